import type { DataTable, LawDefinition, LawShape, Param, ScalarMath } from '../../stdlib/define.ts';
import { weightedItems } from '../../stdlib/samplers/arguments.ts';
import { masses } from '../../stdlib/samplers/discrete.ts';
import { LawFault } from '../../stdlib/samplers/fault.ts';
import { massBetween, truncate, type Within } from '../../stdlib/samplers/truncated.ts';
import type { Type } from '../../stdlib/types.ts';
import { isMap, type Value } from '../../stdlib/value.ts';
import type { DataValue } from '../2-check/typed-spec.ts';
import type { Conditional, Draw, Expr, Member } from '../3-plan/expr.ts';
import type { LogicalTable } from '../3-plan/logical-plan.ts';
import { BINS, bars, figure, total } from './bars.ts';
import { momentsOf } from './moments.ts';
import { parentsOf, permuted, ranksOf } from './ranks.ts';
import type { Picture } from './tree.ts';

export type PictureTools = {
  readonly math: ScalarMath;
  readonly laws: ReadonlyMap<string, LawDefinition>;
  readonly data: ReadonlyMap<string, DataValue>;
  readonly tables: readonly LogicalTable[];
  /** Of the table that the draw is in. */
  readonly rows: number;
};

/** Cases of an enum that a picture shows. */
const CASES = 6;
/** A law with longer tails than this is cut there, at both ends. */
const TAIL = 0.002;
/** An end of the law is shown where it is no further from the tail than this share of the picture. */
const NEAR = 0.25;

/** The probabilities of a draw's law as it is drawn, `within` included; null where there is nothing to show. */
export function pictureOf(draw: Draw | Conditional | Member, tools: PictureTools): Picture | null {
  if (draw.op === 'conditional') return conditional(draw, tools);
  if (draw.op === 'member') return member(draw, tools);
  const law = tools.laws.get(draw.law);
  if (!law) return null;
  const choice = choiceIn(draw);
  try {
    return choice ? casesOf(draw, choice, law, tools) : oneLaw(argsOf(draw), draw, law, tools);
  } catch (fault) {
    // The law has no mass or no such items: the lowering has said so, or draws it by row.
    if (fault instanceof LawFault) return null;
    throw fault;
  }
}

/** A finite law after its constraints: the probabilities by the code that it was conditioned on, where that is one. */
function conditional({ type, size, weights, given }: Conditional, tools: PictureTools): Picture | null {
  const names = codesOf(type, tools);
  if (names === null) return null;
  const [by, ...others] = given;
  if (!by) return bars(names, weights, null);
  const keys = codesOf(by.code.type, tools);
  const name = nameOf(by.code);
  if (others.length > 0 || keys === null || name === null) return null;
  return firstCases(name, keys, (_, code) =>
    bars(names, weights.slice(code * size, (code + 1) * size), null),
  );
}

/** The codes of each class. */
function member({ type, of, classOf, weights }: Member, tools: PictureTools): Picture | null {
  const names = codesOf(type, tools);
  const keys = codesOf(of.type, tools);
  const name = nameOf(of);
  if (names === null || keys === null || name === null) return null;
  return firstCases(name, keys, (_, number) => {
    const own = names.flatMap((_, code) => (classOf[code] === number ? [code] : []));
    return bars(
      own.map((code) => names[code]!),
      own.map((code) => weights[code]!),
      null,
    );
  });
}

/** What the codes of a type stand for. */
function codesOf(type: Type, { data }: PictureTools): readonly string[] | null {
  if (type.kind === 'enum') return type.values;
  const source = type.kind === 'row' ? data.get(type.data) : undefined;
  return source?.kind === 'table' ? rowLabels(source.table) : null;
}

/** Constant arguments by name; what varies by row is absent. */
type Constants = ReadonlyMap<string, Value>;

const argsOf = (draw: Draw): Constants =>
  new Map(draw.args.flatMap(({ name, value }) => (value.op === 'constant' ? [[name, value.value]] : [])));

type Choice = { readonly by: string; readonly keys: readonly string[] };

/** The one enum by which constant maps are looked up in the arguments. */
function choiceIn(draw: Draw): Choice | null {
  const codes = draw.args.flatMap(({ value }) => (isChoice(value) ? [value.by] : []));
  const [first] = codes;
  if (first?.type.kind !== 'enum') return null;
  const by = nameOf(first);
  return by && codes.every((code) => nameOf(code) === by) ? { by, keys: first.type.values } : null;
}

const isChoice = (expr: Expr): expr is Extract<Expr, { op: 'index' }> =>
  expr.op === 'index' && expr.of.op === 'constant' && expr.by.type.kind === 'enum';

function nameOf(expr: Expr): string | null {
  if (expr.op === 'column') return expr.path;
  if (expr.op !== 'field' && expr.op !== 'parent') return null;
  const of = nameOf(expr.op === 'field' ? expr.of : expr.ref);
  return of && `${of}.${expr.op === 'field' ? expr.column : expr.path}`;
}

function casesOf(draw: Draw, { by, keys }: Choice, law: LawDefinition, tools: PictureTools): Picture | null {
  return firstCases(by, keys, (label) => {
    const picked = draw.args.flatMap(({ name, value }): readonly (readonly [string, Value])[] => {
      if (!isChoice(value) || value.of.op !== 'constant' || value.of.value === null) return [];
      const element = isMap(value.of.value) ? value.of.value.map.get(label) : undefined;
      return element === undefined || element === null ? [] : [[name, element]];
    });
    return picked.length === 0 ? null : oneLaw(new Map([...argsOf(draw), ...picked]), draw, law, tools);
  });
}

/** As many cases as a picture shows; those that have none are passed over. */
function firstCases(
  by: string,
  keys: readonly string[],
  pictureAt: (label: string, code: number) => Picture | null,
): Picture | null {
  const cases: { readonly label: string; readonly picture: Picture }[] = [];
  for (const [code, label] of keys.entries()) {
    const picture = cases.length < CASES ? pictureAt(label, code) : null;
    if (picture) cases.push({ label, picture });
  }
  return cases.length > 0 ? { kind: 'cases', by, cases, others: keys.length - cases.length } : null;
}

function oneLaw(args: Constants, draw: Draw, law: LawDefinition, tools: PictureTools): Picture | null {
  const { shape } = law;
  switch (shape.kind) {
    case 'continuous': {
      const p = numbersOf(args, law.params);
      const within = withinOf(draw);
      return p && within !== undefined ? density(shape, p, within, tools.math) : null;
    }
    case 'discrete': {
      const p = numbersOf(args, law.params);
      const within = withinOf(draw);
      return p && within !== undefined ? integers(shape, p, within, tools.math) : null;
    }
    case 'own':
      return own(args, draw, tools);
  }
}

function numbersOf(args: Constants, params: readonly Param[]): readonly number[] | null {
  const numbers = params.map(({ name, default: otherwise }) => args.get(name) ?? otherwise);
  const found = numbers.filter((value) => typeof value === 'number' || typeof value === 'bigint').map(Number);
  return found.length === params.length ? found : null;
}

/** Undefined where the bounds vary by row. */
function withinOf({ within }: Draw): Within | null | undefined {
  if (within === null) return null;
  if (within.lo.op !== 'constant' || within.hi.op !== 'constant') return undefined;
  return { lo: Number(within.lo.value), hi: Number(within.hi.value), halfOpen: within.halfOpen };
}

type Continuous = Extract<LawShape, { kind: 'continuous' }>;

function density(law: Continuous, p: readonly number[], within: Within | null, m: ScalarMath): Picture {
  const cut = truncate(m, law, p, within);
  const [low, high] = [cut.quantile(TAIL, false), cut.quantile(TAIL, true)];
  const lo = low - cut.lo <= NEAR * (high - low) ? cut.lo : low;
  const hi = cut.hi - high <= NEAR * (high - low) ? cut.hi : high;
  const mass = massBetween(m, law, p, cut.lo, cut.hi);
  const part = (from: number, to: number): number => massBetween(m, law, p, from, to) / mass;
  const edge = (i: number): number => (i === BINS ? hi : lo + ((hi - lo) * i) / BINS);
  const bins = Array.from({ length: BINS }, (_, i) => {
    const [from, to] = [edge(i), edge(i + 1)];
    return { from: figure(from), to: figure(to), share: figure(part(from, to)) };
  });
  return { kind: 'density', of: 'numbers', bins, tails: figure(part(cut.lo, lo) + part(hi, cut.hi)) };
}

type Discrete = Extract<LawShape, { kind: 'discrete' }>;

function integers(law: Discrete, p: readonly number[], within: Within | null, m: ScalarMath): Picture | null {
  const last = within?.halfOpen
    ? Math.ceil(within.hi) - 1
    : Math.floor(within?.hi ?? Number.MAX_SAFE_INTEGER);
  const found = masses(m, law, p, { lo: Math.max(0, Math.ceil(within?.lo ?? 0)), hi: last });
  if (!found) return null;
  const sum = total(found.weights);
  const shares = found.weights.map((weight) => weight / sum);
  const [start, end] = [quantileAt(shares, TAIL), quantileAt(shares, 1 - TAIL)];
  const shown = shares.slice(start, end + 1);
  const tails = figure(total(shares.slice(0, start)) + total(shares.slice(end + 1)));
  const width = Math.ceil(shown.length / BINS);
  const bins = Array.from({ length: Math.ceil(shown.length / width) }, (_, i) => {
    const from = found.first + start + i * width;
    const inside = shown.slice(i * width, (i + 1) * width);
    return { from: from - 0.5, to: from + inside.length - 0.5, share: figure(total(inside)) };
  });
  return { kind: 'density', of: 'numbers', bins, tails };
}

function quantileAt(shares: readonly number[], u: number): number {
  let sum = 0;
  for (const [i, share] of shares.entries()) {
    sum += share;
    if (sum >= u) return i;
  }
  return shares.length - 1;
}

/** Laws that say themselves how they are drawn. */
function own(args: Constants, draw: Draw, tools: PictureTools): Picture | null {
  switch (draw.law) {
    case 'bernoulli': {
      const p = args.get('p');
      if (typeof p !== 'number' && typeof p !== 'bigint') return null;
      return bars(['true', 'false'], [Number(p), 1 - Number(p)], null);
    }
    case 'categorical':
      return draw.free.length > 0 ? labels(draw, null) : items(args.get('of'), args.get('weight'), null);
    case 'pick':
      return rowsOf(draw, tools) ?? items(args.get('from'), args.get('weight'), null);
    case 'choose':
      return items(args.get('items'), args.get('weight'), 'the item drawn first');
    case 'dirichlet':
      return labels(draw, 'means of the components');
    case 'histogram':
      return intervals(draw);
    case 'zipf': {
      const [n, s] = [args.get('n'), args.get('s')].map(Number);
      return ranksOf(tools.math, n ?? Number.NaN, s ?? Number.NaN, null);
    }
    case 'permutation':
      return permuted(tools.rows);
    case 'ref':
      return parentsOf(draw, tools);
    case 'instants':
      return momentsOf(draw, tools.math);
    default:
      return null;
  }
}

function labels(draw: Draw, caption: string | null): Picture | null {
  const weights = freeWeights(draw);
  return (
    weights &&
    bars(
      draw.free.map(({ label }) => label),
      weights,
      caption,
    )
  );
}

function freeWeights({ free }: Draw): readonly number[] | null {
  const weights = free.flatMap(({ weight }) => (weight.op === 'constant' ? [Number(weight.value)] : []));
  return weights.length === free.length && weights.length > 0 ? weights : null;
}

function items(of: Value | undefined, weight: Value | undefined, caption: string | null): Picture | null {
  if (of === undefined || of === null) return null;
  const { items, weights } = weightedItems(of, weight ?? null);
  return bars(items.map(String), weights, caption);
}

function rowsOf(draw: Draw, tools: PictureTools): Picture | null {
  const from = draw.args.find(({ name }) => name === 'from')?.value;
  const weight = argsOf(draw).get('weight');
  const source = from?.op === 'data' ? tools.data.get(from.name) : undefined;
  if (source?.kind !== 'table') return null;
  const { table } = source;
  const weights = Array.isArray(weight) ? weight.map(Number) : new Array<number>(table.rows).fill(1);
  return bars(rowLabels(table), weights, null);
}

/** A row is called by its first text. */
function rowLabels({ columns, rows }: DataTable): readonly string[] {
  const named = columns.find(({ values }) => typeof values[0] === 'string');
  return Array.from({ length: rows }, (_, i) => String(named?.values[i] ?? `row ${i + 1}`));
}

/** Ranges of integers end half a unit beyond their last. */
function intervals(draw: Draw): Picture | null {
  const weights = freeWeights(draw);
  const within = withinOf(draw);
  if (!weights || within === undefined) return null;
  const whole = draw.type.kind === 'int';
  const half = whole ? 0.5 : 0;
  const cut = draw.free.flatMap(({ range }, i) => {
    if (range === null) return [];
    const [lo, hi, open] = range;
    const [from, to] = [lo - half, (whole && open ? hi - 1 : hi) + half];
    const start = Math.max(
      from,
      (whole ? Math.ceil(within?.lo ?? from) : (within?.lo ?? from)) - (within ? half : 0),
    );
    const last = within ? (whole ? lastInteger(within) + half : within.hi) : to;
    const end = Math.min(to, last);
    return end > start ? [{ from: start, to: end, weight: (weights[i]! * (end - start)) / (to - from) }] : [];
  });
  const sum = total(cut.map(({ weight }) => weight));
  const bins = [...cut]
    .sort((a, b) => a.from - b.from)
    .map(({ from, to, weight }) => ({ from: figure(from), to: figure(to), share: figure(weight / sum) }));
  return sum > 0 ? { kind: 'density', of: 'numbers', bins, tails: 0 } : null;
}

const lastInteger = ({ hi, halfOpen }: Within): number => (halfOpen ? Math.ceil(hi) - 1 : Math.floor(hi));
