import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSpec } from '../../compiler/1-parse/parse.ts';
import { printSpec } from '../../compiler/1-parse/print/print-spec.ts';
import { renderDiagnostics } from '../../compiler/diagnostics/render.ts';

const flagship = readFileSync(new URL('../../config/media_dataset.yaml', import.meta.url), 'utf8');

const piece = fc.oneof(
  fc.constantFrom(
    "'",
    '"',
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    ': ',
    ' #',
    ',',
    '\n',
    '\t',
    '\r',
    '  ',
    '- ',
    '~',
    '*a',
    '&a',
    '!',
    '|',
    '>',
    '`',
    '---\n',
    '\ufeff',
    '\u2028',
    '😀',
    '\ud800',
  ),
  fc.string({ maxLength: 3 }),
);
const damage = fc.array(fc.record({ at: fc.nat(flagship.length), drop: fc.nat(5), add: piece }), {
  minLength: 1,
  maxLength: 4,
});

test('a damaged spec ends in diagnostics with places in the text, never in an exception', () => {
  fc.assert(
    fc.property(damage, (edits) => {
      let text = flagship;
      for (const { at, drop, add } of edits) text = text.slice(0, at) + add + text.slice(at + drop);
      const { value, diagnostics } = parseSpec({ name: 'damaged', text });
      if (value === null) expect(diagnostics.length).toBeGreaterThan(0);
      for (const one of diagnostics) {
        for (const { span } of [one.primary, ...one.secondary]) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
          expect(span.end).toBeLessThanOrEqual(text.length);
        }
      }
      for (const format of ['text', 'json', 'github'] as const) {
        renderDiagnostics(diagnostics, [{ name: 'damaged', text }], { color: false, format });
      }
    }),
    { numRuns: 300 },
  );
});

test('the flagship is parsed from its print', () => {
  const { value, diagnostics } = parseSpec({ name: 'flagship', text: flagship });
  expect(diagnostics).toEqual([]);
  const printed = value ? printSpec(value) : '';
  const again = parseSpec({ name: 'print', text: printed });
  expect(again.diagnostics).toEqual([]);
  expect(again.value && printSpec(again.value)).toBe(printed);
});
