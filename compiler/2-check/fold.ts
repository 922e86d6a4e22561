import type { Overload } from '../../stdlib/define.ts';
import type { SlotKind } from '../../stdlib/types.ts';
import type { Value } from '../../stdlib/value.ts';
import type { Context } from './context.ts';
import { domainOfValue } from './domains.ts';
import type { Known } from './known.ts';
import type { Binding } from './overloads.ts';

type Scalar = 'f64' | 'i64' | 'bool';
const isScalar = (kind: SlotKind): kind is Scalar => kind === 'f64' || kind === 'i64' || kind === 'bool';

/**
 * A call whose arguments are all constants is the value that its kernel gives for one row, so that a constant and a
 * column of equal values agree to the bit. Only scalar kernels fold here.
 */
export function fold(context: Context, overload: Overload, binding: Binding, known: Known): Known {
  const { lower } = overload;
  if (
    typeof lower === 'function' ||
    overload.variadic ||
    !isScalar(lower.out) ||
    !lower.slots.every(isScalar)
  )
    return known;
  const values: Value[] = [];
  for (const [i, arg] of binding.args.entries()) {
    const value = arg ? arg.known.value : overload.params[i]?.default;
    if (value === undefined || value === null) return known;
    values.push(value);
  }
  const value = evaluate(context, lower.kernel, lower.slots.filter(isScalar), lower.out, values);
  if (value === null) return known;
  const domain = domainOfValue(value);
  return { ...known, value, domain, likely: domain, attained: true };
}

function evaluate(
  context: Context,
  name: string,
  slots: readonly Scalar[],
  out: Scalar,
  values: readonly Value[],
): Value | null {
  const { exports, memory, heapBase } = context.kernels();
  const kernel = exports[name];
  if (!kernel || slots.length !== values.length) return null;
  const base = Math.ceil(heapBase / 16) * 16;
  const needed = base + 16 * (slots.length + 1);
  if (memory.buffer.byteLength < needed) memory.grow(Math.ceil((needed - memory.buffer.byteLength) / 65_536));
  const view = new DataView(memory.buffer);
  const at = (i: number) => base + 16 * i;
  for (const [i, kind] of slots.entries()) {
    const value = values[i];
    if (kind === 'f64' && (typeof value === 'number' || typeof value === 'bigint'))
      view.setFloat64(at(i), Number(value), true);
    else if (kind === 'i64' && typeof value === 'bigint') view.setBigInt64(at(i), value, true);
    else if (kind === 'bool' && typeof value === 'boolean') view.setUint8(at(i), value ? 1 : 0);
    else return null;
  }
  kernel(1, ...slots.map((_, i) => at(i)), at(slots.length));
  return read(view, at(slots.length), out);
}

/** Null where the kernel met a fault: the domain has said so already, or the row that reaches it will. */
function read(view: DataView, at: number, kind: Scalar): Value | null {
  switch (kind) {
    case 'f64': {
      const value = view.getFloat64(at, true);
      return Number.isFinite(value) ? value : null;
    }
    case 'i64': {
      const value = view.getBigInt64(at, true);
      return value === -(2n ** 63n) ? null : value;
    }
    case 'bool': {
      const value = view.getUint8(at);
      return value === 255 ? null : value === 1;
    }
  }
}
