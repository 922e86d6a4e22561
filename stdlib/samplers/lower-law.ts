import type { Arg, Builder, DrawContext, LawDefinition, Lowered, SlotRef } from '../define.ts';
import { FLOAT64, INT64 } from '../types.ts';
import { aliasCells, stack } from './alias.ts';
import { casesOf, constantCase, type LawCase, parametersOf, realSlot } from './arguments.ts';
import { type DiscreteLaw, masses } from './discrete.ts';
import { LawFault } from './fault.ts';
import { quantileTable, stackTables } from './quantile-table.ts';
import type { ContinuousLaw, Within } from './truncated.ts';

/** So many tables, one a code, stay in the processor's cache. */
const MOST_TABLES = 64;

/**
 * How one `~law(…) within …` is drawn. Whatever has constant parameters, or parameters chosen by one code, becomes
 * tables; location–scale families share the table of the standard law; the rest takes the closed form of the kernels.
 * The choice depends on the spec alone. Throws {@link LawFault}.
 */
export function lowerLaw(b: Builder, law: LawDefinition, draw: DrawContext): Lowered {
  const { shape } = law;
  switch (shape.kind) {
    case 'own':
      return shape.lower(b, draw);
    case 'continuous':
      return { slot: continuous(b, shape, parametersOf(law, draw), draw), type: FLOAT64 };
    case 'discrete':
      return { slot: discrete(b, shape, parametersOf(law, draw), draw), type: INT64 };
  }
}

function continuous(b: Builder, shape: ContinuousLaw, args: readonly Arg[], draw: DrawContext): SlotRef {
  if (shape.standard === null) return closedForm(b, shape, 'f64', args, draw);
  return (
    oneTable(b, shape, args, draw) ??
    standardTable(b, shape, args, draw) ??
    tableByCode(b, shape, args, draw) ??
    closedForm(b, shape, 'f64', args, draw)
  );
}

function oneTable(b: Builder, shape: ContinuousLaw, args: readonly Arg[], draw: DrawContext): SlotRef | null {
  const only = constantCase(args, draw.within);
  const table = only && quantileTable(b.math, shape, only.p, only.within);
  return table && b.kernel('quantile', { kind: 'f64' }, [draw.key, b.blob(table)]);
}

function standardTable(
  b: Builder,
  shape: ContinuousLaw,
  args: readonly Arg[],
  draw: DrawContext,
): SlotRef | null {
  if (!shape.standard || draw.within !== null) return null;
  const { law, p, kernel } = shape.standard;
  const table = quantileTable(b.math, law, p, null);
  if (table === null) return null;
  const z = b.kernel('quantile', { kind: 'f64' }, [draw.key, b.blob(table)]);
  return b.kernel(
    kernel,
    { kind: 'f64' },
    [z, ...args.map((arg) => realSlot(b, arg))].map(({ step }) => ({ slot: step })),
  );
}

function tableByCode(
  b: Builder,
  shape: ContinuousLaw,
  args: readonly Arg[],
  draw: DrawContext,
): SlotRef | null {
  const choice = casesOf(args, draw.within);
  if (choice === null) return null;
  const distinct = new Map(choice.cases.map((each) => [nameOf(each), each]));
  if (distinct.size > MOST_TABLES) return null;
  const stacked = stackTables(
    [...distinct.values()].map(({ p, within }) => quantileTable(b.math, shape, p, within)),
  );
  if (stacked === null) return null;
  const places = new Map([...distinct.keys()].map((name, i) => [name, stacked.offsets[i]!]));
  const offsets = Uint32Array.from(choice.cases, (each) => places.get(nameOf(each))!);
  const by = [{ slot: choice.by.step }, { i32: offsets.length }, b.blob(offsets), b.blob(stacked.tables)];
  return b.kernel('quantile_by', { kind: 'f64' }, [draw.key, ...by]);
}

const nameOf = ({ p, within }: LawCase): string => [...p, within?.lo, within?.hi].join();

function closedForm(
  b: Builder,
  { kernel, kernelWithin }: ContinuousLaw | DiscreteLaw,
  kind: 'f64' | 'i64',
  args: readonly Arg[],
  draw: DrawContext,
): SlotRef {
  const parameters = args.map((arg) => realSlot(b, arg));
  if (draw.within === null) {
    return b.kernel(kernel, { kind }, [draw.key, ...parameters.map(({ step }) => ({ slot: step }))]);
  }
  if (kernelWithin === null) throw new LawFault('this law takes no bounds that vary by row');
  const lo = realSlot(b, draw.within.lo);
  const end = realSlot(b, draw.within.hi);
  const hi = draw.within.halfOpen ? b.kernel('next_below', { kind: 'f64' }, [{ slot: end.step }]) : end;
  const operands = [...parameters, lo, hi].map(({ step }) => ({ slot: step }));
  return b.kernel(kernelWithin, { kind }, [draw.key, ...operands]);
}

function discrete(b: Builder, shape: DiscreteLaw, args: readonly Arg[], draw: DrawContext): SlotRef {
  return (
    oneAlias(b, shape, args, draw) ??
    aliasByCode(b, shape, args, draw) ??
    closedForm(b, shape, 'i64', args, draw)
  );
}

function oneAlias(b: Builder, shape: DiscreteLaw, args: readonly Arg[], draw: DrawContext): SlotRef | null {
  const only = constantCase(args, draw.within);
  const table = only && masses(b.math, shape, only.p, integersOf(only.within));
  if (table === null) return null;
  const cells = aliasCells(table.weights);
  const operands = [b.blob(cells), { i32: cells.length }, { i64: String(table.first) }];
  return b.kernel('alias_i64', { kind: 'i64' }, [draw.key, ...operands]);
}

function aliasByCode(
  b: Builder,
  shape: DiscreteLaw,
  args: readonly Arg[],
  draw: DrawContext,
): SlotRef | null {
  const choice = casesOf(args, draw.within);
  if (choice === null || choice.cases.length > MOST_TABLES) return null;
  const tables = choice.cases.map(({ p, within }) => masses(b.math, shape, p, integersOf(within)));
  const found = tables.flatMap((table) => table ?? []);
  if (found.length < tables.length) return null;
  const { directory, cells } = stack(found.map(({ weights }) => aliasCells(weights)));
  const firsts = BigInt64Array.from(found, ({ first }) => BigInt(first));
  return b.kernel('alias_i64_by', { kind: 'i64' }, [
    draw.key,
    { slot: choice.by.step },
    { i32: found.length },
    b.blob(directory),
    b.blob(cells),
    b.blob(firsts),
  ]);
}

/** The integers of a constant range; without one, all that are counted from 0. */
type Integers = { readonly lo: number; readonly hi: number };
function integersOf(within: Within | null): Integers {
  if (within === null) return { lo: 0, hi: Number.MAX_SAFE_INTEGER };
  return {
    lo: Math.max(0, Math.ceil(within.lo)),
    hi: within.halfOpen ? Math.ceil(within.hi) - 1 : Math.floor(within.hi),
  };
}
