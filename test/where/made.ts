import { writeRows } from '../../cli/rows.ts';
import type { PhysicalPlan } from '../../compiler/5-lower/physical-plan.ts';
import { compile } from '../../compiler/compile.ts';
import type { Condition } from '../../compiler/conditions.ts';
import { createEngine } from '../../runtime/engine/engine.ts';
import { probe } from '../../runtime/probe/probe.ts';
import { jsonlText } from '../../runtime/sinks/jsonl/encode.ts';

const LET = {
  language_of: {
    Europe: { French: 55, English: 25, Spanish: 20 },
    Africa: { French: 50, Arabic: 30, English: 20 },
    Asia: { French: 10, Arabic: 40, English: 50 },
  },
};

export const specOf = (tables: object): string =>
  JSON.stringify({ tvdd: 1, dataset: 'd', seed: 5, let: LET, tables });

export function compiled(text: string, conditions: readonly Condition[]) {
  const options = { host: { readFile: () => null }, version: 'test', conditions, probe };
  return compile({ name: 'spec', text }, options);
}

export function made(
  text: string,
  conditions: readonly Condition[],
): { plan: PhysicalPlan; blobs: Uint8Array } {
  const { plan, blobs, diagnostics } = compiled(text, conditions);
  if (!plan) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  return { plan, blobs };
}

type Row = Readonly<Record<string, string | number | boolean | null>>;

/** Rows as JSON; all of them where none are named. */
export function rowsOf(
  plan: PhysicalPlan,
  blobs: Uint8Array,
  name: string,
  wanted?: readonly number[],
): readonly Row[] {
  const table = plan.tables.find((candidate) => candidate.name === name);
  if (!table) throw new Error(`there is no table ${name}`);
  const rows = wanted ?? Array.from({ length: table.rows }, (_, row) => row);
  const found = writeRows(createEngine(plan, blobs), table, jsonlText(table), rows, 8192);
  const lines = [...found].join('').split('\n').slice(0, -1);
  return lines.map((line): Row => JSON.parse(line));
}
