import type {
  OutputColumn,
  OutputFormat,
  PhysicalPlan,
  PhysicalTable,
} from '../../compiler/5-lower/physical-plan.ts';
import { plainEncoding } from '../../compiler/storage/encoding.ts';
import type { Type } from '../../stdlib/types.ts';
import { dictionary, plan, table } from '../engine/plan-builder.ts';

/** A plan by hand: two tables whose columns depend on the row, on draws, on texts and on nulls. */
export type Size = {
  readonly rows: number;
  readonly shardRows: number;
  readonly unitRows: number;
  /** Of the first column's divisor: the row at which it is zero, or −1 for none. */
  readonly faultAt: number;
  readonly planHash: string;
  readonly bytesPerRow: number;
  readonly format: OutputFormat;
};
export const SIZE: Size = {
  rows: 20_000,
  shardRows: 2_000,
  unitRows: 500,
  faultAt: -1,
  planHash: 'plan-1',
  bytesPerRow: 1,
  format: 'parquet',
};

const COLOURS = ['red', 'green', 'blue'];

export function makePlan(size: Size): { readonly plan: PhysicalPlan; readonly blobs: Uint8Array } {
  const films = tableOf('films', size.rows, '11');
  const views = tableOf('views', size.rows / 2, '22', size.faultAt);
  const made = plan([films.builder, views.builder], [dictionary(COLOURS)]);
  const columns = new Map([films, views].map((one) => [one.builder.name, one.columns]));
  const tables = made.plan.tables.map(
    (one): PhysicalTable => ({
      ...one,
      shardRows: size.shardRows,
      unitRows: size.unitRows,
      estimate: { bytesPerRow: size.bytesPerRow, nsPerRow: 1000 },
      columns: columns.get(one.name) ?? [],
    }),
  );
  const output = { ...made.plan.output, format: size.format };
  return {
    plan: { ...made.plan, dataset: 'cinema', planHash: size.planHash, tables, output },
    blobs: made.blobs,
  };
}

function tableOf(name: string, rows: number, key: string, faultAt = -1) {
  const b = table(name, rows);
  const row = b.rowId();
  const share = b.uniform(key, null);
  const flag = b.compare('lt_f64', share, b.constant('f64', 0.25));
  const colour = b.kernel('uniform_code', b.slot('code', { dictionary: 0 }), [
    { key: `${key}1`, group: null },
    { i32: 3 },
  ]);
  const title = b.text([{ literal: `${name} no. ` }, { slot: row }, { literal: ', ' }, { slot: colour }], 60);
  const distance = b.kernel('sub_f64', 'f64', [
    { slot: b.kernel('i64_to_f64', 'f64', [{ slot: row }]) },
    { slot: b.constant('f64', faultAt) },
  ]);
  const ratio = b.combine('div_f64', share, distance, 'share / distance');
  const id = b.kernel('uuid_of', 'uuid', [{ i64: '7' }, { slot: row }]);
  const columns: readonly OutputColumn[] = [
    leaf('row', { kind: 'int', bits: 64, signed: true }, row),
    leaf('share', { kind: 'float', bits: 64 }, share),
    leaf('seldom', { kind: 'float', bits: 32 }, b.masked(share, flag), true),
    leaf('colour', { kind: 'enum', values: COLOURS }, colour),
    leaf('title', { kind: 'text' }, title),
    leaf('ratio', { kind: 'float', bits: 64 }, ratio),
    leaf('id', { kind: 'uuid' }, id),
  ];
  return { builder: b, columns };
}

export const leaf = (
  name: string,
  type: Type,
  step: number,
  nullable = false,
  doc: string | null = null,
): OutputColumn => ({
  name,
  doc,
  type,
  nullable,
  body: { kind: 'leaf', step, order: null, encoding: plainEncoding(type) },
});
