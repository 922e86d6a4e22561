import type { SlotRef } from '../../stdlib/define.ts';
import { aliasCells, stack } from '../../stdlib/samplers/alias.ts';
import type { Conditional } from '../3-plan/expr.ts';
import { lowerToSlot } from './expression.ts';
import type { TableLowering } from './table-lowering.ts';

/** An alias table for each choice of the given codes, without the codes that cannot come up there. */
export function lowerConditional(expr: Conditional, table: TableLowering): SlotRef {
  const b = table.builder;
  const { given, size, weights, type } = expr;
  const key = { key: expr.stream, group: table.groupOf(expr.stream) };
  const out = { kind: 'code', ...(type.kind === 'enum' ? { dictionary: type.values } : {}) } as const;
  const [first, ...others] = given.map((each) => ({ slot: lowerToSlot(each.code, table), size: each.size }));
  if (first === undefined)
    return b.kernel('alias', out, [key, b.blob(aliasCells(weights)), { i32: weights.length }]);
  const joint = others.reduce(
    (a, c) => ({
      slot: b.kernel('pair_code', { kind: 'code' }, [
        { slot: a.slot.step },
        { slot: c.slot.step },
        { i32: a.size },
        { i32: c.size },
      ]),
      size: a.size * c.size,
    }),
    first,
  );
  const cases = Array.from({ length: joint.size }, (_, i) => {
    const row = weights.slice(i * size, (i + 1) * size);
    const items = row.flatMap((weight, code) => (weight > 0 ? [code] : []));
    return { items, weights: items.map((code) => row[code]!) };
  });
  const tables = stack(
    cases.map((each) => (each.items.length > 0 ? aliasCells(each.weights) : new BigUint64Array(0))),
  );
  return b.kernel('alias_by', out, [
    key,
    { slot: joint.slot.step },
    { i32: joint.size },
    b.blob(tables.directory),
    b.blob(tables.cells),
    b.blob(Int32Array.from(cases.flatMap(({ items }) => items))),
  ]);
}
