import { expect, test } from 'vitest';
import type { ExprAst, SpecAst } from '../../compiler/1-parse/ast.ts';
import { childrenOf } from '../../compiler/1-parse/children.ts';
import { parseSpec } from '../../compiler/1-parse/parse.ts';

const HEAD = 'tvdd: 1\ndataset: d\nseed: 1\ntables:\n  t:\n    rows: 1\n    columns:\n';

function columnOf(yaml: string): { readonly text: string; readonly expr: ExprAst } {
  const text = HEAD + yaml;
  const { value, diagnostics } = parseSpec({ name: 'spans', text });
  expect(diagnostics).toEqual([]);
  const body = (value as SpecAst).tables[0]?.columns[0]?.body;
  if (body?.kind !== 'value') throw new Error('no value');
  return { text, expr: body.expr };
}

/** What the user wrote for each name, number and text in a column. */
function leaves(yaml: string): string[] {
  const { text, expr } = columnOf(yaml);
  const found: string[] = [];
  const walk = (one: ExprAst): void => {
    const children = childrenOf(one);
    if (children.length === 0) found.push(text.slice(one.span.start, one.span.end));
    children.forEach(walk);
  };
  walk(expr);
  return found;
}

const whole = (yaml: string): string => {
  const { text, expr } = columnOf(yaml);
  return text.slice(expr.span.start, expr.span.end);
};

test.each([
  ['plain', '      x: alpha + 12 * beta\n', ['alpha', '12', 'beta']],
  ['plain over lines', '      x: alpha +\n        12 *\n\n        beta\n', ['alpha', '12', 'beta']],
  ['single quotes', "      x: 'alpha + ''it''''s'' + beta'\n", ['alpha', "''it''''s''", 'beta']],
  ['double quotes', '      x: "alpha + \'a\\tb\' + beta"\n', ['alpha', "'a\\tb'", 'beta']],
  ['escapes', '      x: "\\u0061l + \'\\U0001F600\\x41\' + b"\n', ['\\u0061l', "'\\U0001F600\\x41'", 'b']],
  ['escaped line breaks', '      x: "alpha + \\\n        12 + \\\n        beta"\n', ['alpha', '12', 'beta']],
  ['quotes over lines', '      x: "alpha +\n        12\n\n        + beta"\n', ['alpha', '12', 'beta']],
  ['single quotes over lines', "      x: 'alpha +\n        12\n        + beta'\n", ['alpha', '12', 'beta']],
  ['folded', '      x: >\n        alpha\n        + 12\n\n        + beta\n', ['alpha', '12', 'beta']],
  [
    'folded, indented more',
    '      x: >-\n        alpha +\n          12\n            + beta\n        - c\n',
    ['alpha', '12', 'beta', 'c'],
  ],
  ['literal', '      x: |\n        alpha\n          + 12\n        + beta\n', ['alpha', '12', 'beta']],
  ['literal, with an indentation', '      x: |2-\n           alpha\n          + 12\n', ['alpha', '12']],
  ['literal, with a comment', '      x: | # why\n        alpha +\n        beta\n', ['alpha', 'beta']],
  ['CRLF', '      x: >\r\n        alpha\r\n        + 12\r\n', ['alpha', '12']],
  ['CRLF in quotes', '      x: "alpha +\r\n        12"\r\n', ['alpha', '12']],
  ['a flow mapping', '      x: { value: alpha + 12, hidden: true }\n', ['alpha', '12']],
  ['a flow mapping, quoted', '      x: { value: "f(alpha, 12)", hidden: true }\n', ['alpha', '12']],
  ['after wide characters', '      x: "\'日本😀\' + alpha"\n', ["'日本😀'", 'alpha']],
  ['a template', '      x: { text: "a {alpha} b {12}" }\n', ['alpha', '12']],
  [
    'a template in a block',
    '      x:\n        text: |\n          a {alpha}\n            b {beta}\n',
    ['alpha', 'beta'],
  ],
  ['an alias', '      x: &a alpha + 1\n', ['alpha', '1']],
])('in %s', (_, yaml, expected) => {
  expect(leaves(yaml)).toEqual(expected);
});

test.each([
  ['      x: (alpha + 1) * 2\n', '(alpha + 1) * 2'],
  ['      x: if a then b else c\n', 'if a then b else c'],
  ['      x: ~normal(38, 14) within 13..95 as int8\n', '~normal(38, 14) within 13..95 as int8'],
  ['      x: >\n        alpha\n        + 1\n', 'alpha\n        + 1'],
  ["      x: 'a + ''b'''\n", "a + ''b''"],
  ['      x: a.b[c]  # comment\n', 'a.b[c]'],
])('the whole of %j', (yaml, expected) => {
  expect(whole(yaml)).toBe(expected);
});

test('a byte order mark shifts nothing', () => {
  const text = `\ufeff${HEAD}      x: alpha + 1\n`;
  const { value, diagnostics } = parseSpec({ name: 'bom', text });
  expect(diagnostics).toEqual([]);
  const body = value?.tables[0]?.columns[0]?.body;
  expect(body?.kind === 'value' && text.slice(body.expr.span.start, body.expr.span.end)).toBe('alpha + 1');
});

test('structure has spans too', () => {
  const text = `${HEAD}      x: { value: row, hidden: true, missing: 0.1 }\n    constraints:\n      - { check: x > 1, when: x < 5, tries: 20 }\n`;
  const { value } = parseSpec({ name: 'spans', text });
  const slice = (node: { span: { start: number; end: number } } | null | undefined) =>
    node && text.slice(node.span.start, node.span.end);
  const table = value?.tables[0];
  expect(slice(table?.name)).toBe('t');
  expect(slice(table?.rows)).toBe('1');
  expect(slice(table?.columns[0]?.name)).toBe('x');
  expect(slice(table?.columns[0]?.attributes.hidden)).toBe('true');
  expect(slice(table?.columns[0]?.attributes.missing)).toBe('0.1');
  expect(slice(table?.constraints[0]?.when)).toBe('x < 5');
  expect(slice(table?.constraints[0]?.tries)).toBe('20');
});
