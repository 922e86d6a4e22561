import { expect, test } from 'vitest';
import { parseSpec } from '../../compiler/1-parse/parse.ts';
import { codes, explainCode } from '../../compiler/diagnostics/explain-code.ts';

/** Pages of this phase: their wrong examples give their code and nothing else, their right ones nothing. */
const mine = codes.filter((code) => code.startsWith('TVD1'));

const example = (page: string, heading: string): string | undefined =>
  new RegExp(`## ${heading}\\n\\n\`\`\`yaml\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1];

test.each(mine)('the page of %s', (code) => {
  const page = explainCode(code) ?? '';
  const [wrong, right] = [example(page, 'Wrong'), example(page, 'Right')];
  expect(wrong === undefined).toBe(right === undefined);
  if (wrong === undefined || right === undefined) return;
  expect(parseSpec({ name: code, text: wrong }).diagnostics.map((one) => one.code)).toEqual([code]);
  expect(parseSpec({ name: code, text: right }).diagnostics).toEqual([]);
});

test('codes are found with and without their prefix', () => {
  expect(explainCode('1001')).toBe(explainCode('TVD1001'));
  expect(explainCode('tvd1001')).toContain('TVD1001');
  expect(explainCode('TVD9999')).toBeNull();
  expect(explainCode('nonsense')).toBeNull();
});
