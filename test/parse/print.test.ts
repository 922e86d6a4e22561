import fc from 'fast-check';
import { expect, test } from 'vitest';
import { childrenOf } from '../../compiler/1-parse/children.ts';
import { parseExpression } from '../../compiler/1-parse/expression/parse-expression.ts';
import { parseSpec } from '../../compiler/1-parse/parse.ts';
import { printExpression } from '../../compiler/1-parse/print/print-expression.ts';
import { printSpec } from '../../compiler/1-parse/print/print-spec.ts';
import { expr, spec } from './arbitrary.ts';
import { strip } from './strip.ts';

/** Ordinals follow from the source; random trees have none. */
const withoutOrdinals = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(strip(value), (key, inner) =>
      key === 'ordinal' ? undefined : typeof inner === 'bigint' ? `${inner}n` : inner,
    ),
  );

test('an expression is parsed from its print', () => {
  fc.assert(
    fc.property(expr, (tree) => {
      const text = printExpression(tree);
      const { value, diagnostics } = parseExpression({ name: 'print', text });
      expect(
        diagnostics.map((one) => one.message),
        text,
      ).toEqual([]);
      expect(withoutOrdinals(value), text).toEqual(withoutOrdinals(tree));
    }),
    { numRuns: 2_000 },
  );
});

test('parentheses are printed only where they are needed', () => {
  fc.assert(
    fc.property(expr, (tree) => {
      const text = printExpression(tree);
      const open = [...text.matchAll(/(?<=^|[\s([{=,.-])\(/g)];
      for (const { index } of open.slice(0, 5)) {
        const close = closing(text, index);
        if (close === null) continue;
        const without = `${text.slice(0, index)} ${text.slice(index + 1, close)} ${text.slice(close + 1)}`;
        const { value, diagnostics } = parseExpression({ name: 'print', text: without });
        const same =
          diagnostics.length === 0 &&
          JSON.stringify(withoutOrdinals(value)) === JSON.stringify(withoutOrdinals(tree));
        // A type that could go on (`x as list < 3`) keeps its parentheses everywhere.
        expect(same && !/as (?:list|ref|law)\)/.test(text), `${text}\n${without}`).toBe(false);
      }
    }),
    { numRuns: 1_000 },
  );
});

/** The parenthesis that closes another, quotes skipped; null where templates make that hard. */
function closing(text: string, open: number): number | null {
  let depth = 0;
  if (/["'`]/.test(text)) return null;
  for (let i = open; i < text.length; i++) {
    if (text[i] === '(') depth++;
    if (text[i] === ')' && --depth === 0) return i;
  }
  return null;
}

test('a spec is parsed from its print', () => {
  fc.assert(
    fc.property(spec, (tree) => {
      const text = printSpec(tree);
      const { value, diagnostics } = parseSpec({ name: 'print', text });
      expect(
        diagnostics.map((one) => one.message),
        text,
      ).toEqual([]);
      expect(withoutOrdinals(value), text).toEqual(withoutOrdinals(tree));
    }),
    { numRuns: 100 },
  );
});

test('ids are unique and spans nest', () => {
  fc.assert(
    fc.property(expr, (tree) => {
      const { value } = parseExpression({ name: 'print', text: printExpression(tree) });
      const ids = new Set<number>();
      const walk = (one: NonNullable<typeof value>): void => {
        expect(ids.has(one.id)).toBe(false);
        ids.add(one.id);
        for (const child of childrenOf(one)) {
          expect(child.span.start).toBeGreaterThanOrEqual(one.span.start);
          expect(child.span.end).toBeLessThanOrEqual(one.span.end);
          walk(child);
        }
      };
      if (value) walk(value);
    }),
  );
});
