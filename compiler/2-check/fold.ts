import type { Arg, Builder, Overload, SlotRef } from '../../stdlib/define.ts';
import { lowerCast } from '../../stdlib/functions/cast.ts';
import { createScalarMachine, NotScalar, POISON } from '../../stdlib/kernels/scalar-machine.ts';
import { NULL, type SlotKind, slotOf, type Type } from '../../stdlib/types.ts';
import type { Value } from '../../stdlib/value.ts';
import type { Context } from './context.ts';
import { domainOfValue } from './domains.ts';
import type { Known } from './known.ts';
import type { Binding } from './overloads.ts';

/**
 * A call whose arguments are all constants is the value that its kernels give for one row, so that a constant and a
 * column of equal values agree to the bit. Texts and lists stay as they are.
 */
export function foldCall(context: Context, overload: Overload, binding: Binding, known: Known): Known {
  const args: Arg[] = [];
  for (const [i, arg] of binding.args.entries()) {
    const value = arg ? arg.known.value : overload.params[i]?.default;
    if (value === undefined || (arg && (value === null || !isNumber(value)))) return known;
    args.push({ kind: 'constant', value, type: arg ? arg.known.type : NULL });
  }
  const { lower } = overload;
  return folded(context, known, (b) => {
    if (typeof lower === 'function') return lower(b, args, known.type).slot;
    const operands = args.map((arg, i) => {
      const slot = arg.kind === 'constant' ? b.constant(arg.value, arg.type) : null;
      const kind = lower.slots[Math.min(i, lower.slots.length - 1)];
      if (slot === null || kind === undefined) throw new NotScalar('no constant');
      return { slot: b.convert(slot, kind).step };
    });
    return b.kernel(lower.kernel, { kind: lower.out }, operands);
  });
}

export function foldCast(context: Context, value: Value | undefined, from: Type, known: Known): Known {
  if (value === undefined || value === null || !isNumber(value)) return known;
  return folded(context, known, (b) => lowerCast(b, b.constant(value, from), from, known.type));
}

const isNumber = (value: Value): boolean => ['number', 'bigint', 'boolean'].includes(typeof value);

const SCALAR: ReadonlySet<SlotKind | null> = new Set(['f64', 'i64', 'bool']);

/** Poison is left to the row that reaches it: its domain has been looked at already. */
function folded(context: Context, known: Known, build: (b: Builder) => SlotRef): Known {
  if (!SCALAR.has(slotOf(known.type))) return known;
  const machine = createScalarMachine(context.kernels());
  try {
    const value = machine.read(build(machine.builder), known.type);
    if (value === POISON) return known;
    const domain = domainOfValue(value);
    return { ...known, value, domain, likely: domain, attained: true };
  } catch (error) {
    if (error instanceof NotScalar) return known;
    throw error;
  }
}
