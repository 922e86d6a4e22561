import { describe, expect, it } from 'vitest';
import { compile } from '../../compiler/compile.ts';
import { widthOf } from '../../compiler/diagnostics/lines.ts';
import { renderExplanation } from '../../compiler/explain/render.ts';
import type { Explanation } from '../../compiler/explain/tree.ts';
import { DRAW_KERNELS } from '../../compiler/explain/words.ts';
import { probe } from '../../runtime/probe/probe.ts';
import { loadKernels } from '../../stdlib/kernels/load.ts';
import { explained } from './explained.ts';

const SPECS = [
  'config/media_dataset.yaml',
  'test/conformance/laws.yaml',
  'test/explain/awkward.yaml',
  'test/explain/pictures.yaml',
];
const specs = SPECS.map((path) => [path, explained(path)] as const);

describe.each(specs)('%s', (_, { explain, plan }) => {
  const columns = explain.tables.flatMap((table) => table.columns);
  const groups = explain.tables.flatMap((table) => table.groups);
  const constraints = explain.tables.flatMap((table) => table.constraints);

  it('numbers are given once, without gaps, and every reference finds its node', () => {
    const numbers = [...columns, ...groups, ...constraints].map(({ number }) => number);
    expect([...numbers].sort((a, b) => a - b)).toEqual(numbers.map((_, i) => i + 1));
    const [isColumn, isGroup, isConstraint] = [columns, groups, constraints].map(
      (nodes) => new Set(nodes.map(({ number }) => number)),
    );
    for (const { reads, group } of [...columns, ...constraints]) {
      for (const read of reads) expect(isColumn).toContain(read);
      if (group !== null) expect(isGroup).toContain(group);
    }
    for (const group of groups) {
      for (const member of group.columns) expect(isColumn).toContain(member);
      for (const member of group.constraints) expect(isConstraint).toContain(member);
    }
    for (const { number } of explain.rules.flatMap((rule) => rule.firings))
      if (number !== null) expect(numbers).toContain(number);
  });

  it('a column is made after what it reads in its table', () => {
    for (const table of explain.tables) {
      const own = new Set(table.columns.map(({ number }) => number));
      for (const { number, reads } of table.columns)
        for (const read of reads) if (own.has(read)) expect(read).toBeLessThan(number);
    }
  });

  it('rows, files and groups are the plan’s', () => {
    expect(explain.rows).toBe(plan.tables.reduce((sum, { rows }) => sum + rows, 0));
    for (const [i, table] of explain.tables.entries()) {
      expect(table.groups.map(({ tries }) => tries)).toEqual(
        plan.tables[i]!.groups.map(({ tries }) => tries),
      );
      expect(new Set(table.constraints.map(({ group }) => group !== null))).toEqual(
        new Set(table.constraints.map(({ lowering }) => lowering === 'reject' || lowering === 'sort')),
      );
    }
  });

  it('how a column is made is told in words, not by kernels', () => {
    const kernels = new Set(Object.keys(loadKernels().exports));
    for (const { made } of columns) {
      expect(made.length).toBeGreaterThan(0);
      for (const words of made) expect(kernels).not.toContain(words.replace(/^\d+ × /, ''));
    }
  });

  it.each([40, 61, 80, 120, 200])('text fits %i cells', (width) => {
    for (const format of ['text', 'nodes', 'rules'] as const) {
      const lines = renderExplanation(explain, format, { width }).split('\n');
      expect(lines.filter((line) => widthOf(line) > width)).toEqual([]);
    }
  });

  it('JSON is the tree', () => {
    expect(JSON.parse(renderExplanation(explain, 'json', { width: 80 }))).toEqual(explain);
  });

  it('the page is whole and needs nothing from elsewhere', () => {
    const html = renderExplanation(explain, 'html', { width: 80 });
    expect(html).not.toMatch(/<script|<link|<img|\bsrc=|url\(|@import|https?:/);
    expect(unbalanced(html)).toEqual([]);
    const ids = new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));
    for (const [, target] of html.matchAll(/ href="#([^"]*)"/g)) expect(ids).toContain(target);
    for (const { path } of columns) expect(html).toContain(`>${path}<`);
  });
});

/** Tags that are not closed in the order of opening. */
function unbalanced(html: string): readonly string[] {
  const VOID = new Set(['meta', 'br']);
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [tag, close, name = '', self] of html.matchAll(/<(\/?)([a-zA-Z][\w]*)[^<>]*?(\/?)>/g)) {
    if (VOID.has(name) || self) continue;
    if (!close) open.push(name);
    else if (open.pop() !== name) wrong.push(tag);
  }
  return [...wrong, ...open];
}

describe('the words', () => {
  it('are of kernels that there are', () => {
    const kernels = Object.keys(loadKernels().exports);
    expect(DRAW_KERNELS.filter((kernel) => !kernels.includes(kernel))).toEqual([]);
  });
});

describe('rules that are left out', () => {
  const lowering = ({ tables }: Explanation, name: string) =>
    tables.flatMap(({ constraints }) => constraints).find((constraint) => constraint.name === name)?.lowering;
  const [, all] = specs[0]!;
  const some = explained('config/media_dataset.yaml', ['truncate-draws', 'tabulate-codes']);

  it('are said to be, do not fire, and leave their constraints to others', () => {
    const states = (explain: Explanation) => explain.rules.map(({ name, state }) => [name, state]);
    expect(states(some.explain)).toContainEqual(['truncate-draws', 'left out']);
    expect(states(all.explain)).toContainEqual(['truncate-draws', 'fired']);
    expect(lowering(all.explain, 'age of consent')).toBe('truncate');
    expect(lowering(some.explain, 'age of consent')).toBe('enumerate');
    expect(renderExplanation(some.explain, 'rules', { width: 80 })).toContain('left out by --without');
  });

  it('are part of the plan’s hash', () => {
    const reordered = explained('config/media_dataset.yaml', ['tabulate-codes', 'truncate-draws']);
    const idle = explained('config/media_dataset.yaml', ['drop-dead-columns']);
    expect(some.plan.planHash).not.toBe(all.plan.planHash);
    expect(reordered.plan.planHash).toBe(some.plan.planHash);
    expect(idle.plan.planHash).not.toBe(all.plan.planHash);
  });
});

it('a proved constraint may be all that reads a hidden column, which is then not made', () => {
  const text = `tvdd: 1
dataset: d
seed: 1
tables:
  t:
    rows: 10
    columns:
      age: ~histogram(18..49=1)
      retired: { value: age >= 66, hidden: true }
    constraints: [not retired]
`;
  const host = { readFile: () => null };
  const { explain } = compile({ name: 'spec.yaml', text }, { host, version: 'test', probe });
  expect(explain?.tables[0]?.columns.map(({ path }) => path)).toEqual(['age']);
  expect(explain?.tables[0]?.constraints.map(({ lowering, reads }) => [lowering, reads])).toEqual([
    ['proved', []],
  ]);
});
