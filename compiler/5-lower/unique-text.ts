import type { SlotRef } from '../../stdlib/define.ts';
import { INT64 } from '../../stdlib/types.ts';
import type { UniqueText } from '../3-plan/expr.ts';
import { capacities } from '../3-plan/unique-text.ts';
import { lowerToSlot } from './expression.ts';
import type { TableLowering } from './table-lowering.ts';

/**
 * index = a permutation of 0..capacity−1 at the row, keyed by the column; its digits, in the mixed radix of the pieces'
 * lengths, choose the pieces. With a branch, capacity and radices are the branch's.
 */
export function lowerUniqueText(text: UniqueText, table: TableLowering): SlotRef {
  const b = table.builder;
  const branch = text.by && lowerToSlot(text.by, table);
  const perBranch = (values: readonly number[]): SlotRef => {
    const [first] = values;
    if (!branch || values.every((value) => value === first)) return b.constant(BigInt(first!), INT64);
    return b.kernel('lookup_i64', { kind: 'i64' }, [{ slot: branch.step }, b.blob(BigInt64Array.from(values, BigInt))]);
  };
  const key = { i64: text.stream };
  const sizes = perBranch(capacities(text));
  const index = b.kernel('permute_by', { kind: 'i64' }, [key, { slot: b.rowId().step }, { slot: sizes.step }]);
  let divisors = capacities(text).map(() => 1);
  const pieces = text.parts.map((part) => {
    if (typeof part === 'string') return part;
    const dictionary = [...new Set(part.lists)].flat();
    const offsets = new Map([...new Set(part.lists)].map((list, i, lists) => [list, lists.slice(0, i).reduce((sum, other) => sum + other.length, 0)]));
    const radices = part.lists.map((list) => list.length);
    const code = b.kernel('digit_code', { kind: 'code', dictionary }, [
      { slot: index.step },
      { slot: perBranch(divisors).step },
      { slot: perBranch(radices).step },
      { slot: perBranch(part.lists.map((list) => offsets.get(list)!)).step },
    ]);
    divisors = divisors.map((divisor, i) => divisor * radices[i]!);
    return code;
  });
  return b.text(pieces);
}
