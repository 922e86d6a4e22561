import type { Arg, ScalarMath, SlotRef } from '../../stdlib/define.ts';
import { lowerSelect } from '../../stdlib/functions/index.ts';
import type { Kernels } from '../../stdlib/kernels/load.ts';
import { lowerLaw } from '../../stdlib/samplers/lower-law.ts';
import { BOOL, FLOAT64, INT64, type Type } from '../../stdlib/types.ts';
import type { Span } from '../1-parse/source.ts';
import { groupsOf } from '../3-plan/groups.ts';
import type { Layout, LogicalColumn, LogicalPlan, LogicalTable } from '../3-plan/logical-plan.ts';
import { storedOrder } from '../3-plan/order.ts';
import { rankPower } from '../3-plan/reference-weight.ts';
import type { RuleFiring } from '../4-optimize/rule.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { plainEncoding } from '../storage/encoding.ts';
import { storedType } from '../storage/facts.ts';
import { parquetBytes } from '../storage/parquet-bytes.ts';
import type { BlobStore } from './blobs.ts';
import { createBuilder, type Place } from './builder.ts';
import { lowerCheck } from './check.ts';
import { coerce, lowerExpr, lowerToSlot } from './expression.ts';
import { HOT_PARENTS, hotParents } from './hot-parents.ts';
import { asWritten, judgingOf, ORDER_CHECKS, orderFiring } from './judging.ts';
import type { Acceptance } from './lower.ts';
import { partitionOf } from './partition.ts';
import type { Group, OutputColumn, OutputFormat, PhysicalTable, Step } from './physical-plan.ts';
import { rowBytes } from './row-bytes.ts';
import { shardSizes } from './shards.ts';
import type { Library, TableLowering } from './table-lowering.ts';
import { defaultTries } from './tries.ts';

export type LoweringContext = {
  readonly plan: LogicalPlan;
  readonly format: OutputFormat;
  readonly library: Library;
  readonly kernels: Kernels;
  readonly math: ScalarMath;
  readonly store: BlobStore;
  readonly place: (span: Span) => Place;
  readonly table: (name: string) => TableLowering;
  readonly report: (diagnostic: Diagnostic) => void;
  readonly tell: (firing: RuleFiring) => void;
  /** Rules that are left out. */
  readonly without: readonly string[];
  /** Null before it is measured. */
  readonly acceptance: (table: string, group: number) => Acceptance | null;
};

/** Assumed until acceptance is measured. */
const ACCEPTANCE_FLOOR = 1e-3;

export function createTableLowering(table: LogicalTable, context: LoweringContext): TableLowering {
  const builder = createBuilder({
    seed: context.plan.seed,
    table: table.name,
    blobs: context.store,
    math: context.math,
  });
  const groups = groupsOf(table);
  const columns = new Map(table.columns.map((column) => [column.path, column]));
  const made = { complete: new Map<string, SlotRef>(), observed: new Map<string, SlotRef>() };
  const memo = (kind: keyof typeof made, path: string, make: (column: LogicalColumn) => SlotRef): SlotRef => {
    const known = made[kind].get(path);
    if (known) return known;
    const column = columns.get(path);
    if (!column) throw new Error(`${table.name} has no column ${path}`);
    const slot = builder.from({ ...context.place(column.expr.span), stream: column.stream }, () =>
      make(column),
    );
    made[kind].set(path, slot);
    return slot;
  };
  const lowering: TableLowering = {
    plan: context.plan,
    library: context.library,
    rows: table.rows,
    builder,
    complete: (path) => memo('complete', path, (column) => lowerToSlot(column.expr, lowering)),
    observed: (path) =>
      memo('observed', path, (column) =>
        column.missing
          ? builder.masked(lowering.complete(path), lowerMissing(column.missing, lowering))
          : lowering.complete(path),
      ),
    others: context.table,
    report: context.report,
    place: context.place,
    groupOf: (stream) => {
      const group = groups.findIndex((candidate) => candidate.draws.has(stream));
      return group < 0 ? null : group;
    },
    weightOf: (parent, path) => rankPower(context.plan.tables, parent, path),
  };
  return lowering;
}

/** What the types of steps do not know: a null that a guard keeps out (`if x is null then 0 else x`). */
const mayBeNull = ({ domain, missing, missingAs, type }: LogicalColumn): boolean =>
  domain.nullable || (missing !== null && missingAs === null) || type.kind === 'ref';

/** Where a value is missing: a condition, or a probability under a stream of its own. */
function lowerMissing(missing: NonNullable<LogicalColumn['missing']>, table: TableLowering): SlotRef {
  const arg = lowerExpr(missing.expr, table);
  if (missing.expr.type.kind === 'bool') return lowerToSlot(missing.expr, table);
  const p: Arg =
    arg.kind === 'constant' ? { kind: 'constant', value: Number(arg.value), type: FLOAT64 } : arg;
  const bernoulli = table.library.laws.get('bernoulli');
  if (!bernoulli) throw new Error('no law bernoulli');
  const name = bernoulli.params[0]!.name;
  const draw = {
    args: new Map([[name, p]]),
    free: [],
    within: null,
    type: BOOL,
    rows: table.rows,
    key: { key: missing.stream, group: table.groupOf(missing.stream) },
    by: null,
  };
  return lowerLaw(table.builder, bernoulli, draw).slot;
}

type Stored = { readonly slot: SlotRef; readonly type: Type };

/** What is stored: the observed value, or the sentinel of `missing_as`, which may be a text that the enum lacks. */
function stored(column: LogicalColumn, table: TableLowering, context: LoweringContext): Stored {
  const { missing, missingAs } = column;
  if (!missing || !missingAs)
    return asKey(
      { slot: asTexts(table.observed(column.path), column.type, table), type: column.type },
      table,
      context,
    );
  const type = storedType(column);
  const when = lowerMissing(missing, table);
  const sentinel = coerce(lowerToSlot(missingAs, table), missingAs.type, type, table);
  const complete = asTexts(table.complete(column.path), type, table);
  return { slot: lowerSelect(table.builder, when, sentinel, complete, type), type };
}

/** Texts that are looked up are codes until they are stored. */
const asTexts = (slot: SlotRef, { kind }: Type, { builder }: TableLowering): SlotRef =>
  kind === 'text' ? builder.convert(slot, 'str') : slot;

/** A reference is stored as its parent's key; as the parent's row number where that table declares none. */
function asKey({ slot, type }: Stored, table: TableLowering, context: LoweringContext): Stored {
  if (type.kind !== 'ref') return { slot, type };
  const parent = context.plan.tables.find((candidate) => candidate.name === type.table);
  const key = parent?.columns.find((candidate) => candidate.path === parent.key);
  if (!key) return { slot, type: INT64 };
  const value = table.builder.parent(slot, type.table, context.table(type.table).complete(key.path));
  return asKey({ slot: value, type: key.type }, table, context);
}

/** In what order a group is judged: the spec's, until its acceptance is estimated. */
function judging(
  group: Omit<Group, 'judging'>,
  number: number,
  table: LogicalTable,
  lowering: TableLowering,
  context: LoweringContext,
): Group['judging'] {
  const written = asWritten(group);
  const rejects = context.acceptance(table.name, number)?.rejects;
  if (rejects === undefined || context.without.includes(ORDER_CHECKS.name)) return written;
  const parentOf = (name: string) => ({
    steps: context.table(name).builder.steps,
    rows: context.table(name).rows,
  });
  const { math } = context;
  const best = judgingOf({ steps: lowering.builder.steps, parentOf, math, group, number, rejects });
  const firing = orderFiring(best, group, rejects);
  if (firing === null) return written;
  context.tell({ rule: ORDER_CHECKS.name, applied: true, table: table.name, ...firing });
  return best;
}

/** The steps, as the popularity of parents makes them. */
function stepsOf(
  table: LogicalTable,
  made: readonly Step[],
  paths: PhysicalTable['paths'],
  context: LoweringContext,
): readonly Step[] {
  if (context.without.includes(HOT_PARENTS.name)) return made;
  const rowsOf = (name: string): number => context.table(name).rows;
  const { steps, choices } = hotParents({ ...context, steps: made, rowsOf });
  for (const { step, before, after } of choices) {
    const column = Object.entries(paths).find(([, own]) => own === step)?.[0];
    const target = column ?? made[step]!.source?.text ?? '';
    context.tell({ rule: HOT_PARENTS.name, applied: true, table: table.name, target, before, after });
  }
  return steps;
}

/** Makes every step of a table; the result is read once all tables' steps are made. */
export function finishTable(
  table: LogicalTable,
  lowering: TableLowering,
  context: LoweringContext,
): () => PhysicalTable {
  const { builder } = lowering;
  const columns = new Map(table.columns.map((column) => [column.path, column]));
  const at = (span: Span, stream: string) => ({ ...context.place(span), stream });
  const layout = (entries: readonly Layout[]): OutputColumn[] =>
    entries.map((entry): OutputColumn => {
      if (entry.kind === 'struct') {
        const fields = layout(entry.fields);
        const type = {
          kind: 'struct',
          fields: fields.map((field) => ({ name: field.name, type: field.type })),
        } as const;
        return { name: entry.name, doc: entry.doc, type, nullable: false, body: { kind: 'struct', fields } };
      }
      const column = columns.get(entry.path)!;
      const { slot, type } = builder.from(at(column.expr.span, column.stream), () =>
        stored(column, lowering, context),
      );
      return {
        name: entry.name,
        doc: entry.doc,
        type,
        nullable: slot.nullable && mayBeNull(column),
        body: {
          kind: 'leaf',
          step: slot.step,
          order: storedOrder(column, table),
          encoding: entry.encoding ?? plainEncoding(type),
        },
      };
    });
  const outputs = layout(table.layout);
  const groups = groupsOf(table).map((group, index): Omit<Group, 'judging'> => {
    const estimate = context.acceptance(table.name, index);
    const checks = group.constraints.map((index) => {
      const { span, predicate } = table.constraints[index]!;
      return builder.from(at(span, ''), () => lowerCheck(span, predicate, lowering));
    });
    const { weigh } = table;
    const weight = weigh && group.weigh ? weigh : null;
    return {
      checks,
      weigh: weight && {
        step: builder.from(at(weight.expr.span, ''), () =>
          builder.convert(lowerToSlot(weight.expr, lowering), 'f64'),
        ).step,
        key: weight.stream,
      },
      tries:
        Math.max(...group.constraints.map((index) => table.constraints[index]!.tries ?? 0), 0) ||
        defaultTries(
          context.math,
          table.rows,
          estimate ? Math.min(estimate.low, estimate.worst?.low ?? 1) : ACCEPTANCE_FLOOR,
        ),
      acceptance: estimate?.share ?? 1,
    };
  });
  const paths = Object.fromEntries(
    table.columns.map((column) => [column.path, lowering.complete(column.path).step]),
  );
  return () => {
    const steps = stepsOf(table, builder.steps, paths, context);
    const parquet = parquetBytes(table, context.plan, context.math);
    const bytesPerRow = context.format === 'parquet' ? parquet : rowBytes(outputs, steps, context.format);
    // By Parquet's bytes whatever the format, so that a file of the same number has the same rows in all of them.
    const sizes = shardSizes(parquet, table.rows);
    return {
      name: table.name,
      doc: table.doc,
      rows: table.rows,
      key: table.key,
      steps,
      groups: groups.map((group, number) => ({
        ...group,
        judging: judging(group, number, table, lowering, context),
      })),
      columns: outputs,
      paths,
      ...sizes,
      ...partitionOf(table, outputs, parquet, sizes.shardRows),
      estimate: { bytesPerRow, nsPerRow: 0 },
    };
  };
}
