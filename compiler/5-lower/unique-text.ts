import type { SlotRef } from '../../stdlib/define.ts';
import { INT64 } from '../../stdlib/types.ts';
import type { UniquePiece, UniqueText } from '../3-plan/expr.ts';
import { lowerToSlot } from './expression.ts';
import type { TableLowering } from './table-lowering.ts';

/**
 * index = a permutation of 0 … capacity − 1 at the row, keyed by the column; its digits, in the mixed radix of the pieces'
 * lengths, choose the words. Lengths, and so capacity, may depend on the row's branch.
 */
export function lowerUniqueText(text: UniqueText, table: TableLowering): SlotRef {
  const b = table.builder;
  const bys = text.bys.map((by) => lowerToSlot(by, table));
  const perBranch = (piece: UniquePiece, values: readonly number[]): SlotRef => {
    const [first] = values;
    if (piece.by === null || values.every((value) => value === first))
      return b.constant(BigInt(first!), INT64);
    const operands = [
      { slot: bys[piece.by]!.step },
      b.blob(BigInt64Array.from(values, BigInt)),
      { i32: values.length },
    ];
    return b.kernel('lookup_i64', { kind: 'i64' }, operands);
  };
  const product = (left: SlotRef, right: SlotRef): SlotRef =>
    b.kernel('mul_i64', { kind: 'i64' }, [{ slot: left.step }, { slot: right.step }]);
  const radices = new Map(
    text.parts
      .filter((part) => typeof part !== 'string')
      .map((piece) => [
        piece,
        perBranch(
          piece,
          piece.lists.map((list) => list.length),
        ),
      ]),
  );
  const one = b.constant(1n, INT64);
  const sizes = [...radices.values()].reduce(product, one);
  const index = b.kernel('permute_by', { kind: 'i64' }, [
    { i64: text.stream },
    { slot: b.rowId().step },
    { slot: sizes.step },
  ]);
  let divisor = one;
  const words = text.parts.map((part) => {
    if (typeof part === 'string') return part;
    const lists = [...new Set(part.lists)];
    const offset = (list: readonly string[]): number =>
      lists.slice(0, lists.indexOf(list)).reduce((sum, other) => sum + other.length, 0);
    const radix = radices.get(part)!;
    const first = perBranch(part, part.lists.map(offset));
    const code = b.kernel(
      'digit_code',
      { kind: 'code', dictionary: lists.flat() },
      [index, divisor, radix, first].map(({ step }) => ({ slot: step })),
    );
    divisor = product(divisor, radix);
    return code;
  });
  return b.text(words);
}
