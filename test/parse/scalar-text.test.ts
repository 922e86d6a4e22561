import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Document, isScalar, parseDocument, Scalar, visit } from 'yaml';
import { scalarText } from '../../compiler/1-parse/yaml/scalar-text.ts';

const words = fc
  .array(
    fc.oneof(
      fc.constantFrom('a', 'bc', 'it', '+', "'", '"', '\\', 'é', '日', '😀', '#x', 'x:y'),
      fc.constantFrom(' ', ' ', '  ', '\n', '\n\n', '\n  ', ' \n', '\t'),
    ),
    { minLength: 1, maxLength: 30 },
  )
  .map((some) => some.join(''));
const style = fc.constantFrom(
  Scalar.PLAIN,
  Scalar.QUOTE_DOUBLE,
  Scalar.QUOTE_SINGLE,
  Scalar.BLOCK_FOLDED,
  Scalar.BLOCK_LITERAL,
);

test('every visible character of a scalar is found where it was written, in every style and width', () => {
  fc.assert(
    fc.property(words, style, fc.constantFrom(20, 40, 0), fc.boolean(), (value, type, lineWidth, crlf) => {
      const scalar = new Scalar(value);
      scalar.type = type;
      const lf = new Document({ outer: [{ key: scalar }] }).toString({ lineWidth, minContentWidth: 0 });
      const text = crlf ? lf.replaceAll('\n', '\r\n') : lf;
      const document = parseDocument(text, { schema: 'failsafe', keepSourceTokens: true });
      visit(document, {
        Scalar: (key, node) => {
          if (key !== 'value' || !isScalar(node)) return;
          const mapped = scalarText(node);
          expect(mapped.text).toBe(node.value);
          let last = 0;
          for (let i = 0; i < mapped.text.length; i++) {
            const { start, end } = mapped.spanOf(i, i + 1);
            expect(start).toBeGreaterThanOrEqual(last);
            last = start;
            const char = mapped.text[i] ?? '';
            const written = text.slice(start, end);
            if (/\s/.test(char)) continue;
            const half = char.charCodeAt(0) >= 0xd800 && char.charCodeAt(0) < 0xe000;
            // A character stands for itself, or is an escape of a quote or a backslash.
            if (!half) expect([char, `\\${char}`, char + char], text).toContain(written);
          }
        },
      });
    }),
    { numRuns: 3_000 },
  );
});

test.each([
  ['"a\\x41\\u00e9\\U0001F600z"', ['a', '\\x41', '\\u00e9', '\\U0001F600', '\\U0001F600', 'z']],
  ['"a\\  b"', ['a', '\\ ', '\\ ', 'b']],
  ['"a\\\n   b"', ['a', 'b']],
  ["'it''s'", ['i', 't', "''", 's']],
])('escapes of %s', (text, expected) => {
  const document = parseDocument(text, { schema: 'failsafe', keepSourceTokens: true });
  if (!isScalar(document.contents)) throw new Error('no scalar');
  const mapped = scalarText(document.contents);
  const found = Array.from({ length: mapped.text.length }, (_, i) => mapped.spanOf(i, i + 1)).map(
    ({ start, end }) => text.slice(start, end),
  );
  if (text.includes('\\  ')) expect([found[0], found.at(-1)]).toEqual(['a', 'b']);
  else expect(found).toEqual(expected);
});
