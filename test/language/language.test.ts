import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../cli/arguments.ts';
import { loadCommand } from '../../cli/commands/index.ts';
import { conditionsOf } from '../../cli/conditions.ts';
import { commandLine } from '../../cli/failure.ts';
import { firstRows, writeRows } from '../../cli/rows.ts';
import { LEVELS } from '../../compiler/1-parse/expression/precedence.ts';
import { COLUMN, CONSTRAINT, SPEC, TABLE } from '../../compiler/1-parse/structure/shapes.ts';
import { type Compiled, compile } from '../../compiler/compile.ts';
import type { Condition } from '../../compiler/conditions.ts';
import { codes } from '../../compiler/diagnostics/explain-code.ts';
import type { Setting } from '../../compiler/settings.ts';
import { createEngine } from '../../runtime/engine/engine.ts';
import { probe } from '../../runtime/probe/probe.ts';
import { jsonlText } from '../../runtime/sinks/jsonl/encode.ts';
import { type Block, blocksOf, type Claim, claimsOf, completed } from './blocks.ts';
import { functionTable, lawTable } from './tables.ts';

const PAGE = new URL('../../compiler/LANGUAGE.md', import.meta.url);
const page = readFileSync(PAGE, 'utf8');
const blocks = blocksOf(page);
const named = (block: Block) => `line ${block.line}`;
const inLanguage = (language: string) => blocks.filter((block) => block.language === language);
const specs = inLanguage('yaml');
const right = specs.filter(({ info }) => info.length === 0);
const wrong = specs.filter(({ info }) => info[0] === 'wrong');

/** Files that specs of the page read: blocks such as ```csv cities.csv. */
const files = new Map(inLanguage('csv').map(({ info, text }) => [info[0], new TextEncoder().encode(text)]));
const compiled = (
  text: string,
  conditions: readonly Condition[] = [],
  settings: readonly Setting[] = [],
): Compiled =>
  compile(
    { name: 'spec.yaml', text },
    { host: { readFile: (path) => files.get(path) ?? null }, version: 'test', probe, conditions, settings },
  );

/** The first rows of the last table, as JSON lines. */
function lines({ plan, blobs }: Compiled, count: number): readonly string[] {
  const table = plan!.tables.at(-1)!;
  const text = writeRows(createEngine(plan!, blobs), table, jsonlText(table), firstRows(table, count), 8192);
  return [...text].join('').trimEnd().split('\n');
}
const readRows = (of: Compiled, count: number): readonly unknown[] =>
  lines(of, count).map((line): unknown => JSON.parse(line));

/** The value of a column wherever it is nested; undefined where no column has the name. */
function cellOf(row: unknown, column: string): unknown {
  if (typeof row !== 'object' || row === null) return undefined;
  const entries = Object.entries(row);
  const own = entries.find(([name]) => name === column);
  if (own) return own[1];
  return entries.map(([, value]) => cellOf(value, column)).find((value) => value !== undefined);
}

/** Six standard errors: a true claim fails with probability 2 × 10^-9, once, when streams change. */
function checkMean({ column, of }: Claim, rows: readonly unknown[]): void {
  const values = rows.map((row) => Number(cellOf(row, column)));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const rounding = 0.5 * 10 ** -(of.split('.')[1] ?? '').length;
  expect(Math.abs(mean - Number(of)), `mean of ${column}: ${mean}`).toBeLessThan(
    6 * Math.sqrt(variance / values.length) + rounding,
  );
}

const MEAN_ROWS = 20_000;

describe('examples that are right', () => {
  test.each(right.map((block) => [named(block), block] as const))('%s', (_, { text }) => {
    const claims = claimsOf(text);
    const means = claims.filter(({ kind }) => kind === 'mean');
    const spec = completed(means.length > 0 ? `rows: ${MEAN_ROWS}\n${text}` : text);
    const of = compiled(spec);
    expect(of.diagnostics).toEqual([]);
    const [first] = readRows(of, 1);
    for (const { column, kind, of: value } of claims)
      if (kind === 'gives')
        expect({ [column]: cellOf(first, column) }).toEqual({ [column]: JSON.parse(value) });
    if (means.length === 0) return;
    const rows = readRows(of, MEAN_ROWS);
    for (const claim of means) checkMean(claim, rows);
  });
});

describe('examples that are wrong', () => {
  test.each(wrong.map((block) => [named(block), block] as const))('%s', (_, { text, info }) => {
    const found = compiled(completed(text)).diagnostics.map(({ code }) => code);
    expect(found.toSorted()).toEqual(info.slice(1).toSorted());
  });
});

test('every block is of a kind that is run', () => {
  expect(right.length + wrong.length).toBe(specs.length);
  const spoken = right.flatMap(({ text }) => text.match(/#.*\b(gives|mean) /g) ?? []);
  expect(right.flatMap(({ text }) => claimsOf(text)).length).toBe(spoken.length);
  expect(blocks.filter(({ language }) => !['yaml', 'text', 'csv', 'sh'].includes(language))).toEqual([]);
});

test('results are those of the block before', () => {
  let text = page;
  for (const [i, block] of blocks.entries()) {
    if (block.language !== 'text') continue;
    const of = compiled(completed(blocks[i - 1]!.text));
    const count = block.text.trimEnd().split('\n').length;
    text = text.replace(block.text, () => `${lines(of, count).join('\n')}\n`);
  }
  matches(text);
});

test.each([
  ['laws', lawTable],
  ['functions', functionTable],
] as const)('the table of %s is that of the declarations', (name, table) => {
  const current = readFileSync(PAGE, 'utf8');
  const [start, end] = [`<!-- ${name} -->\n`, `<!-- end of ${name} -->`];
  const [head = ''] = current.split(start);
  const tail = current.split(end)[1];
  expect(tail).toBeDefined();
  matches(`${head}${start}\n${table()}\n${end}${tail}`);
});

function matches(text: string): void {
  if (process.env.UPDATE) writeFileSync(PAGE, text);
  expect(text).toBe(readFileSync(PAGE, 'utf8'));
}

test('every key is spoken of', () => {
  const keys = [SPEC, TABLE, COLUMN, CONSTRAINT].flatMap((shape) => Object.keys(shape.keys));
  expect(keys.filter((key) => !page.includes(`\`${key}\``) && !page.includes(`\`${key}:\``))).toEqual([]);
});

test('every operator is in the table', () => {
  const table = page.slice(page.indexOf('| operators |'), page.indexOf('| `f(x)`'));
  const operators = Object.keys(LEVELS).filter((op) => !table.includes(`\`${op}\``));
  expect(operators).toEqual([]);
});

test('every code has a page', () => {
  const mentioned = [...page.matchAll(/TVD\d{4}/g)].map(([code]) => code);
  expect(mentioned.filter((code) => !codes.includes(code))).toEqual([]);
});

test('links inside the page lead somewhere', () => {
  const anchors = new Set(
    [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\w\s-]/g, '')
        .replaceAll(' ', '-'),
    ),
  );
  const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor);
  expect(links.filter((anchor) => !anchors.has(anchor))).toEqual([]);
  expect(links.length).toBeGreaterThan(10);
});

/** Commands speak of the page's first whole spec. */
const shop = right.find(({ text }) => /^tvdd:/m.test(text))?.text ?? '';
const commands = inLanguage('sh').flatMap(({ text }) => text.split('\n').filter((line) => line !== ''));

test.each(commands)('%s', async (line) => {
  const words = [...line.replace(/ # .*$/, '').matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'),
  );
  const [, name = '', ...rest] = words;
  const command = await loadCommand(name);
  expect(command, name).not.toBeNull();
  const argv = [name, ...rest];
  const args = parseArguments(commandLine(argv), argv, command!.options);
  const { diagnostics } = compiled(shop, conditionsOf(args), args.all('set'));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
});
