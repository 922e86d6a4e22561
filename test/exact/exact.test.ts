import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Cell } from '../../cli/values/cell.ts';
import { ESSENTIAL, rules } from '../../compiler/4-optimize/rules/index.ts';
import { type Evaluated, evaluate, type Spec, type Table } from './evaluate.ts';
import {
  type Amount,
  amount,
  compare,
  comparisonsIn,
  criticalValue,
  type Expectation,
} from './statistics.ts';

/** A table `t` (with what else the spec has), or all tables and which one to read. */
type Case = Partial<Table> & {
  readonly name: string;
  readonly why: string;
  readonly let?: Spec['let'];
  readonly data?: Spec['data'];
  readonly tables?: Spec['tables'];
  readonly read?: string;
  readonly expect: Expectation & {
    /** No cell of the column lies outside. */
    readonly between?: Readonly<Record<string, readonly [Amount, Amount]>>;
    /** No cell of the column comes twice. */
    readonly distinct?: readonly string[];
    /** The cells are those of the spec without the constraints and weight of `t`. */
    readonly unchanged?: readonly string[];
  };
};

const cases: readonly Case[] = parse(readFileSync(new URL('cases.yaml', import.meta.url), 'utf8'));

/** How constraints are met must not be seen in the law: with all rules, and with none that can be left out. */
const WAYS = [
  { way: 'all rules', seed: 1, without: [] },
  {
    way: 'no rules',
    seed: 2,
    without: rules.map((rule) => rule.name).filter((name) => !ESSENTIAL.has(name)),
  },
];

/**
 * All comparisons of the file together raise a false alarm with probability below 10^-6: 10^-7 shared among them, so that
 * the normal approximation (skewed where a share is near 0) has a factor of ten to spare.
 */
const COMPARISONS =
  WAYS.length * cases.reduce((sum, { expect: expected }) => sum + comparisonsIn(expected), 0);
const CRITICAL = criticalValue(1e-7 / COMPARISONS);
/** Expected values are written to ten digits. */
const DIGITS = 1e-9;

function specOf(one: Case): Spec {
  const { rows = 200_000, columns, constraints, weigh, let: lets, data, tables } = one;
  const t = { rows, columns, ...(constraints ? { constraints } : {}), ...(weigh ? { weigh } : {}) };
  return {
    ...(lets ? { let: lets } : {}),
    ...(data ? { data } : {}),
    tables: { ...tables, ...(columns ? { t: { ...t, columns } } : {}) },
  };
}

function unconstrained(spec: Spec): Spec {
  const { constraints: _, weigh: __, ...t } = spec.tables.t ?? { rows: 1, columns: {} };
  return { ...spec, tables: { ...spec.tables, t } };
}

function cellsOf(
  spec: Spec,
  table: string,
  options: { seed: number; without: readonly string[] },
): Evaluated {
  const found = evaluate(spec, table, options);
  if ('errors' in found)
    throw new Error(found.errors.map(({ code, message }) => `${code} ${message}`).join('\n'));
  return found;
}

/** What differs from the expectation by more than chance. */
function faultsOf(
  one: Case,
  cells: Evaluated,
  free: Evaluated | null,
): readonly { readonly what: string; readonly found: unknown }[] {
  const { law = {}, between = {}, distinct = [], unchanged = [] } = one.expect;
  const column = (name: string): readonly Cell[] => {
    const found = cells.get(name);
    if (!found) throw new Error(`no column ${name}`);
    return found;
  };
  const outside = (cell: Cell, [low, high]: readonly [Amount, Amount]): boolean =>
    cell !== null && !(Number(cell) >= amount(low) && Number(cell) <= amount(high));
  return [
    ...compare(cells, one.expect)
      .filter(
        ({ found, expected, error }) =>
          Math.abs(found - expected) > CRITICAL * error + DIGITS * Math.abs(expected),
      )
      .map(({ what, ...found }) => ({ what, found })),
    ...Object.entries(law).flatMap(([name, known]) =>
      [...new Set(column(name).map(String))]
        .filter((key) => !(key in known))
        .map((found) => ({ what: `another value of ${name}`, found })),
    ),
    ...Object.entries(between).flatMap(([name, ends]) => {
      const found = column(name).filter((cell) => outside(cell, ends));
      return found.length > 0 ? [{ what: `${name} outside`, found }] : [];
    }),
    ...distinct
      .filter((name) => new Set(column(name)).size < column(name).length)
      .map((name) => ({ what: `${name} repeats`, found: null })),
    ...unchanged
      .filter((name) => !free?.get(name)?.every((cell, i) => cell === column(name)[i]))
      .map((name) => ({ what: `${name} changed`, found: null })),
  ];
}

describe('exact references', () => {
  for (const one of cases) {
    const { name, read = 't' } = one;
    const spec = specOf(one);
    for (const { way, ...options } of WAYS) {
      test(`${name} (${way})`, () => {
        const free = one.expect.unchanged ? cellsOf(unconstrained(spec), read, options) : null;
        expect(faultsOf(one, cellsOf(spec, read, options), free)).toEqual([]);
      });
    }
  }
});

describe('the references tell a constraint from none', () => {
  const conditioned = cases.filter(({ constraints, weigh }) => constraints || weigh);
  for (const one of conditioned) {
    test(one.name, () => {
      const cells = cellsOf(unconstrained(specOf(one)), 't', { seed: 3, without: [] });
      expect(faultsOf(one, cells, cells)).not.toEqual([]);
    });
  }
});
