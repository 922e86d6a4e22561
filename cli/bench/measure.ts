import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { storedLayout } from '../../compiler/5-lower/cost/column-cost.ts';
import type { Cost, Costs, StoredLayout, Written } from '../../compiler/5-lower/cost/costs.ts';
import { type CostSample, fitCost } from '../../compiler/5-lower/cost/fit.ts';
import type { OutputFormat, PhysicalPlan } from '../../compiler/5-lower/physical-plan.ts';
import { compile } from '../../compiler/compile.ts';
import { type ColumnTime, timeColumns } from '../../runtime/probe/column-times.ts';
import { timeFiles } from '../../runtime/probe/file-times.ts';
import { timeCall, timeKernels } from '../../runtime/probe/kernel-times.ts';
import { run } from '../../runtime/run.ts';
import { VERSION } from '../version.ts';
import { KERNELS_SPEC } from './spec.ts';

/** What everything costs on this machine. `say` is told what comes next. */
export async function measureCosts(rounds: number, say: (what: string) => void): Promise<Costs> {
  const { plan, blobs } = kernelsPlan();
  say('kernels');
  const kernels = fitted(timeKernels(plan, blobs, rounds).map((time) => [time.kernel, time] as const));
  const columns = async (
    format: OutputFormat,
    compression: PhysicalPlan['output']['compression'] = 'none',
  ) => {
    say(`columns, ${format === 'parquet' ? compression : format}`);
    const output = { ...plan.output, format, compression };
    return columnCosts(await timeColumns({ ...plan, output }, blobs, 'stored', Math.ceil(rounds / 2)));
  };
  const written = {
    snappy: await columns('parquet', 'snappy'),
    none: await columns('parquet', 'none'),
    zstd: await columns('parquet', 'zstd'),
    lz4: await columns('parquet', 'lz4'),
    csv: await columns('csv'),
    jsonl: await columns('jsonl'),
    arrow: await columns('arrow'),
  };
  say('files');
  const file = fitCost(timeFiles(rounds));
  return {
    version: 1,
    machine: machineName(),
    kernels,
    callNs: Math.round(timeCall(plan, blobs, rounds)),
    columns: written,
    file,
    startNs: await timeStart(plan, blobs),
  };
}

/** The plan that everything is measured on. */
export function kernelsPlan(): { readonly plan: PhysicalPlan; readonly blobs: Uint8Array } {
  const options = { host: { readFile: () => null }, version: VERSION };
  const { plan, blobs, diagnostics } = compile({ name: 'kernels', text: KERNELS_SPEC }, options);
  if (!plan) throw new Error(`the spec of kernels: ${diagnostics[0]?.message}`);
  return { plan, blobs };
}

/** By name, in the order of names. */
function fitted(samples: readonly (readonly [string, CostSample])[]): Readonly<Record<string, Cost>> {
  const grouped = new Map<string, CostSample[]>();
  for (const [name, sample] of samples) grouped.set(name, [...(grouped.get(name) ?? []), sample]);
  const names = [...grouped.keys()].sort();
  return Object.fromEntries(names.map((name) => [name, fitCost(grouped.get(name)!)]));
}

function columnCosts(times: readonly ColumnTime[]): Costs['columns'][Written] {
  const complete = times.filter(({ column }) => !column.nullable);
  const of = (layout: StoredLayout): Cost =>
    fitCost(complete.filter(({ column }) => storedLayout(column.type) === layout));
  const narrow = of('narrow');
  const nullable = times.find(({ column }) => column.nullable);
  return {
    bool: of('bool'),
    narrow,
    wide: of('wide'),
    decimal: of('decimal'),
    uuid: of('uuid'),
    enum: of('enum'),
    text: of('text'),
    list: of('list'),
    vector: of('vector'),
    nulls: { ns: Math.max(0, Math.round((nullable?.ns ?? 0) - narrow.ns)) },
  };
}

/** A run of one row, in processor time: what it waits for is not its own. */
async function timeStart(plan: PhysicalPlan, blobs: Uint8Array): Promise<number> {
  const out = mkdtempSync(join(tmpdir(), 'tvdd-start-'));
  const tables = plan.tables.map((table) => ({ ...table, rows: 1 }));
  try {
    const since = process.cpuUsage();
    await run({ ...plan, tables: tables.slice(-1) }, blobs, { out, workers: 1 });
    const { user, system } = process.cpuUsage(since);
    return (user + system) * 1000;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

const machineName = (): string => `${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}`;
