import { expect, test } from 'vitest';
import { check } from '../../compiler/compile.ts';
import { codes, explainCode } from '../../compiler/diagnostics/explain-code.ts';

/** Pages of the planner, the optimizer and lowering: wrong examples give their code, right ones no error. */
const pages = codes.filter((code) => /^TVD(3|40|5)/.test(code) || code === 'TVD2909' || code === 'TVD2911');

const example = (page: string, heading: string): string | undefined =>
  new RegExp(`## ${heading}\\n\\n\`\`\`yaml\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1];

test.each(pages)('the page of %s', (code) => {
  const page = explainCode(code) ?? '';
  const found = (heading: string) =>
    check(
      { name: code, text: example(page, heading) ?? '' },
      { host: { readFile: () => null }, version: 'test' },
    );
  expect(found('Wrong').map((one) => one.code)).toEqual([code]);
  expect(found('Right')).toEqual([]);
});
