import type { SlotRef } from '../../stdlib/define.ts';
import { aliasCells, stack } from '../../stdlib/samplers/alias.ts';
import type { Type } from '../../stdlib/types.ts';
import type { CodeOf, Conditional, Member } from '../3-plan/expr.ts';
import { lowerToSlot } from './expression.ts';
import type { TableLowering } from './table-lowering.ts';

/** An alias table for each choice of the given codes, without the codes that cannot come up there. */
export function lowerConditional(expr: Conditional, table: TableLowering): SlotRef {
  const b = table.builder;
  const { given, size, weights, type } = expr;
  if (given.length === 0)
    return b.kernel('alias', codesOf(type), [
      { key: expr.stream, group: table.groupOf(expr.stream) },
      b.blob(aliasCells(weights)),
      { i32: weights.length },
    ]);
  const joint = jointCode(given, table);
  const cases = Array.from({ length: joint.size }, (_, i) =>
    possible(
      weights.slice(i * size, (i + 1) * size),
      Array.from({ length: size }, (_, code) => code),
    ),
  );
  return aliasBy(cases, joint.slot, expr, table);
}

/** An alias table for each class, of its own codes. */
export function lowerMember(expr: Member, table: TableLowering): SlotRef {
  const codes = Array.from({ length: expr.classes }, (): number[] => []);
  expr.classOf.forEach((of, code) => {
    codes[of]!.push(code);
  });
  const cases = codes.map((own) =>
    possible(
      own.map((code) => expr.weights[code]!),
      own,
    ),
  );
  return aliasBy(cases, lowerToSlot(expr.of, table), expr, table);
}

type Case = { readonly items: readonly number[]; readonly weights: readonly number[] };

/** The codes that can come up. */
const possible = (weights: readonly number[], codes: readonly number[]): Case => ({
  items: codes.filter((_, i) => weights[i]! > 0),
  weights: weights.filter((weight) => weight > 0),
});

function aliasBy(
  cases: readonly Case[],
  by: SlotRef,
  { stream, type }: Conditional | Member,
  table: TableLowering,
): SlotRef {
  const b = table.builder;
  const tables = stack(
    cases.map((each) => (each.items.length > 0 ? aliasCells(each.weights) : new BigUint64Array(0))),
  );
  return b.kernel('alias_by', codesOf(type), [
    { key: stream, group: table.groupOf(stream) },
    { slot: by.step },
    { i32: cases.length },
    b.blob(tables.directory),
    b.blob(tables.cells),
    b.blob(Int32Array.from(cases.flatMap(({ items }) => items))),
  ]);
}

export function lowerCodeOf({ given, codes, type }: CodeOf, table: TableLowering): SlotRef {
  const { slot, size } = jointCode(given, table);
  const b = table.builder;
  return b.kernel('lookup_code', codesOf(type), [
    { slot: slot.step },
    b.blob(Int32Array.from(codes)),
    { i32: size },
  ]);
}

type Sized = { readonly slot: SlotRef; readonly size: number };

/** Several codes as one. */
function jointCode(given: Conditional['given'], table: TableLowering): Sized {
  const [first, ...others] = given.map(({ code, size }): Sized => ({ slot: lowerToSlot(code, table), size }));
  if (first === undefined) throw new Error('a code follows from some other');
  return others.reduce((a, c) => {
    const operands = [{ slot: a.slot.step }, { slot: c.slot.step }, { i32: a.size }, { i32: c.size }];
    return { slot: table.builder.kernel('pair_code', { kind: 'code' }, operands), size: a.size * c.size };
  }, first);
}

const codesOf = (type: Type) =>
  ({ kind: 'code', ...(type.kind === 'enum' ? { dictionary: type.values } : {}) }) as const;
