import type {
  Arg,
  DrawContext,
  FunctionDefinition,
  LawDefinition,
  Lowered,
  SlotRef,
} from '../../stdlib/define.ts';
import { lowerArg } from '../../stdlib/functions/args.ts';
import { lowerCast, lowerIndex, lowerSelect } from '../../stdlib/functions/index.ts';
import { lookupCases } from '../../stdlib/functions/lookup.ts';
import { LawFault } from '../../stdlib/samplers/fault.ts';
import { lowerLaw } from '../../stdlib/samplers/lower-law.ts';
import { FLOAT64, slotOf, TEXT, type Type } from '../../stdlib/types.ts';
import { Unsupported } from '../../stdlib/unsupported.ts';
import { isList, isMap, type Value } from '../../stdlib/value.ts';
import type { Call, Cast, DataField, Draw, Expr, RangeOf } from '../3-plan/expr.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import { lowerCodeOf, lowerConditional, lowerMember } from './conditional.ts';
import type { TableLowering } from './table-lowering.ts';
import { lowerUniqueText } from './unique-text.ts';

/** Steps for an expression; constants, data and pieces stay what they are, for laws and functions to use. */
export function lowerExpr(expr: Expr, table: TableLowering): Arg {
  const nothing: Arg = { kind: 'constant', value: null, type: expr.type };
  const arg = table.builder.from(
    table.place(expr.span),
    () => orUnsupported(expr, table, () => lowerInside(expr, table)) ?? nothing,
  );
  if (arg.kind === 'slot') table.seen?.(expr, arg.slot);
  return arg;
}

function lowerInside(expr: Expr, table: TableLowering): Arg {
  const b = table.builder;
  const slot = (ref: SlotRef): Arg => ({ kind: 'slot', slot: ref, type: expr.type, domain: expr.domain });
  switch (expr.op) {
    case 'constant':
      return { kind: 'constant', value: expr.value, type: expr.type };
    case 'row':
      return slot(b.rowId());
    case 'column':
      return slot(expr.observed ? table.observed(expr.path) : table.complete(expr.path));
    case 'parent': {
      const parent = table.others(expr.table);
      const target = expr.observed ? parent.observed(expr.path) : parent.complete(expr.path);
      return slot(b.parent(lowerToSlot(expr.ref, table), expr.table, target));
    }
    case 'field':
      return slot(lowerField(expr, table));
    case 'call':
      return lowerCall(expr, table);
    case 'index':
      return lowerIndex(b, lowerExpr(expr.of, table), lowerExpr(expr.by, table), expr.type);
    case 'draw':
      return slot(lowerDraw(expr, table).slot);
    case 'conditional':
      return slot(lowerConditional(expr, table));
    case 'member':
      return slot(lowerMember(expr, table));
    case 'code-of':
      return slot(lowerCodeOf(expr, table));
    case 'cast':
      return slot(lowerCast(b, existing(lowerToSlot(expr.of, table), expr, table), expr.of.type, expr.type));
    case 'if': {
      const condition = lowerToSlot(expr.condition, table);
      return slot(
        lowerSelect(
          b,
          condition,
          lowerBranch(expr.then, expr.type, table),
          lowerBranch(expr.otherwise, expr.type, table),
          expr.type,
        ),
      );
    }
    case 'template':
      return slot(
        b.text(expr.parts.map((part) => (typeof part === 'string' ? part : lowerPiece(part, table)))),
      );
    case 'unique-text':
      return slot(lowerUniqueText(expr, table));
    case 'range':
      return lowerRange(expr, table);
    case 'data': {
      const data = table.plan.data.get(expr.name);
      if (data?.kind !== 'table') throw new Error(`${expr.name} is no data table`);
      return { kind: 'data', name: expr.name, data: data.table };
    }
    case 'table':
      return { kind: 'table', name: expr.name, rows: table.others(expr.name).rows };
    case 'list':
      throw new Error('a list of values that vary by row has no slot');
  }
}

/** The expression's value a row. */
export function lowerToSlot(expr: Expr, table: TableLowering): SlotRef {
  const arg = lowerExpr(expr, table);
  return orUnsupported(expr, table, () => argToSlot(arg, table)) ?? table.builder.constant(null, expr.type);
}

/** The language is wider than what the library can build; every other error is a bug of ours and stays one. */
function orUnsupported<T>(expr: Expr, table: TableLowering, build: () => T): T | null {
  try {
    return build();
  } catch (fault) {
    if (!(fault instanceof Unsupported)) throw fault;
    table.report(diagnose('TVD2911', { reason: fault.message }, { span: expr.span }));
    return null;
  }
}

export function argToSlot(arg: Arg, table: TableLowering): SlotRef {
  if (arg.kind === 'slot') return arg.slot;
  if (arg.kind === 'constant') return table.builder.constant(arg.value, arg.type);
  return lowerArg(table.builder, arg).slot;
}

/** A branch of `if` in the type of the whole: a null takes it, a number is widened. */
function lowerBranch(expr: Expr, type: Type, table: TableLowering): SlotRef {
  const arg = lowerExpr(expr, table);
  if (arg.kind === 'constant' && arg.value === null) return table.builder.constant(null, type);
  return coerce(argToSlot(arg, table), expr.type, type, table);
}

/** The row that an integer names: its table must have it. */
function existing(slot: SlotRef, { of, type }: Cast, { builder, others }: TableLowering): SlotRef {
  if (type.kind !== 'ref' || of.type.kind !== 'int') return slot;
  const range = [{ i64: '0' }, { i64: String(others(type.table).rows - 1) }];
  return builder.kernel('i64_in_range', { kind: 'i64' }, [{ slot: slot.step }, ...range]);
}

/** A value in another type that holds it: numbers widen, decimals get the same scale. */
export function coerce(slot: SlotRef, from: Type, to: Type, table: TableLowering): SlotRef {
  const alike =
    from.kind === to.kind && (from.kind !== 'decimal' || to.kind !== 'decimal' || from.scale === to.scale);
  return alike ? slot : lowerCast(table.builder, slot, from, to);
}

function lowerPiece(expr: Expr, table: TableLowering): string | SlotRef {
  const arg = lowerExpr(expr, table);
  if (arg.kind === 'constant' && (typeof arg.value === 'string' || typeof arg.value === 'bigint'))
    return String(arg.value);
  const slot = argToSlot(arg, table);
  const whole = slot.kind === 'code' || slot.kind === 'str' || expr.type.kind === 'int';
  return whole ? slot : lowerCast(table.builder, slot, expr.type, TEXT);
}

function lowerRange(expr: RangeOf, table: TableLowering): Arg {
  const lo = lowerParameter(expr.lo, table);
  const hi = lowerParameter(expr.hi, table);
  if (lo.kind !== 'constant' || hi.kind !== 'constant')
    return { kind: 'range', lo, hi, halfOpen: expr.halfOpen };
  return { kind: 'constant', value: [lo.value, hi.value, expr.halfOpen], type: expr.type };
}

function lowerCall(expr: Call, table: TableLowering): Arg {
  const fn = functionOf(expr.fn, table);
  const overload = fn.overloads[expr.overload];
  if (!overload) throw new Error(`${expr.fn} has no overload ${expr.overload}`);
  const args = expr.args.map((arg, i): Arg => {
    if (arg) return lowerExpr(arg, table);
    const param = overload.params[i]!;
    return { kind: 'constant', value: param.default ?? null, type: { kind: 'null' } };
  });
  if (expr.type.kind === 'piece') {
    const named = args.map(
      (arg, i) =>
        [
          overload.params[Math.min(i, overload.params.length - 1)]!.name +
            (i >= overload.params.length ? `.${i}` : ''),
          arg,
        ] as const,
    );
    return { kind: 'piece', name: expr.fn, args: new Map(named) };
  }
  const slot = (ref: SlotRef): Arg => ({ kind: 'slot', slot: ref, type: expr.type, domain: expr.domain });
  if (typeof overload.lower === 'function') return slot(overload.lower(table.builder, args, expr.type).slot);
  const { kernel, slots, out } = overload.lower;
  const operands = args.map((arg, i) => ({
    slot: inSlot(arg, slots[Math.min(i, slots.length - 1)]!, table).step,
  }));
  return slot(table.builder.kernel(kernel, { kind: out }, operands));
}

/** A constant is made in the slot kind that is asked for; a slot is converted. */
function inSlot(arg: Arg, kind: SlotRef['kind'], table: TableLowering): SlotRef {
  const natural = arg.kind === 'constant' ? slotOf(arg.type) : null;
  if (arg.kind === 'constant' && kind === 'f64' && natural === 'i64' && arg.value !== null) {
    return table.builder.constant(Number(arg.value), { kind: 'float', bits: 64 });
  }
  if (arg.kind === 'constant' && kind === 'str' && typeof arg.value === 'string')
    return table.builder.constant(arg.value, { kind: 'text' });
  return table.builder.convert(argToSlot(arg, table), kind);
}

const functionOf = (name: string, table: TableLowering): FunctionDefinition => {
  const fn = table.library.functions.get(name);
  if (!fn) throw new Error(`no function ${name}`);
  return fn;
};

function lowerDraw(expr: Draw, table: TableLowering): Lowered {
  const law: LawDefinition | undefined = table.library.laws.get(expr.law);
  if (!law) throw new Error(`no law ${expr.law}`);
  const within = expr.within && lowerExpr(expr.within, table);
  const draw: DrawContext = {
    args: new Map(expr.args.map(({ name, value }) => [name, lowerParameter(value, table)])),
    free: expr.free.map(({ label, weight }) => ({ label, weight: lowerParameter(weight, table) })),
    within: within && asRange(within),
    type: expr.type,
    rows: table.rows,
    key: { key: expr.stream, group: table.groupOf(expr.stream) },
    by: expr.by && table.weightOf(expr.by.table, expr.by.path),
  };
  try {
    return lowerLaw(table.builder, law, draw);
  } catch (fault) {
    if (!(fault instanceof LawFault)) throw fault;
    table.report(diagnose('TVD5001', { law: law.name, reason: fault.message }, { span: expr.span }));
    return { slot: table.builder.constant(null, expr.type), type: expr.type };
  }
}

/** A number looked up by a code is left as its cases: laws have a table for each. */
function lowerParameter(expr: Expr, table: TableLowering): Arg {
  if (expr.type.kind === 'decimal')
    return { kind: 'slot', slot: realOf(expr, table), type: FLOAT64, domain: expr.domain };
  if (slotOf(expr.type) !== 'f64' && slotOf(expr.type) !== 'i64') return lowerExpr(expr, table);
  if (expr.op === 'field') {
    const by = lowerToSlot(expr.of, table);
    return { kind: 'choice', by, cases: columnOf(expr, table), type: expr.type };
  }
  if (
    expr.op === 'index' &&
    expr.of.op === 'constant' &&
    isMap(expr.of.value) &&
    expr.by.type.kind === 'enum'
  ) {
    const { map } = expr.of.value;
    const by = lowerToSlot(expr.by, table);
    if (by.dictionary?.every((key) => map.has(key))) {
      return { kind: 'choice', by, cases: by.dictionary.map((key) => map.get(key)!), type: expr.type };
    }
  }
  return lowerExpr(expr, table);
}

/** A decimal lies in its slot as a whole number of units: laws take its value. */
const realOf = (expr: Expr, table: TableLowering): SlotRef =>
  lowerCast(table.builder, lowerToSlot(expr, table), expr.type, FLOAT64);

function asRange(arg: Arg): Extract<Arg, { kind: 'range' }> {
  if (arg.kind === 'range') return arg;
  if (arg.kind !== 'constant' || arg.type.kind !== 'range' || !isList(arg.value))
    throw new Error('within takes a range');
  const [lo = null, hi = null, halfOpen] = arg.value;
  const end = (value: Value): Arg => ({
    kind: 'constant',
    value,
    type: arg.type.kind === 'range' ? arg.type.of : arg.type,
  });
  return { kind: 'range', lo: end(lo), hi: end(hi), halfOpen: halfOpen === true };
}

/** A column of a drawn data row: a table by the row's code. */
const lowerField = (expr: DataField, table: TableLowering): SlotRef =>
  lookupCases(table.builder, lowerToSlot(expr.of, table), columnOf(expr, table), expr.type).slot;

function columnOf({ data, column }: DataField, table: TableLowering): readonly Value[] {
  const source = table.plan.data.get(data);
  const found =
    source?.kind === 'table' ? source.table.columns.find(({ name }) => name === column) : undefined;
  if (!found) throw new Error(`${data} has no column ${column}`);
  return found.values;
}
