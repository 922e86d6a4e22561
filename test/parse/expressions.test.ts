import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ExpressionGrammar } from '../../compiler/1-parse/expression/grammar.ts';
import { parseExpression } from '../../compiler/1-parse/expression/parse-expression.ts';
import { createLexer } from '../../compiler/1-parse/expression/tokens.ts';
import { sExpression } from './s-expression.ts';

const cases: Record<string, [string, string][]> = parse(
  readFileSync(new URL('./expressions.yaml', import.meta.url), 'utf8'),
);

for (const [group, some] of Object.entries(cases)) {
  describe(group, () => {
    test.each(some)('%s', (text, expected) => {
      const { value, diagnostics } = parseExpression({ name: 'case', text });
      const codes = diagnostics.map((one) => one.code);
      if (expected.startsWith('TVD')) expect(codes).toEqual([expected]);
      else {
        expect(codes).toEqual([]);
        expect(value && sExpression(value)).toBe(expected);
      }
    });
  });
}

test('the grammar and its tokens are sound', () => {
  // Production skips these checks for the sake of the start-up time.
  expect(() => new ExpressionGrammar(true)).not.toThrow();
  expect(() => createLexer(true)).not.toThrow();
});
