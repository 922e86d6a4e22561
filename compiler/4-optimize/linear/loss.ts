import type { Type } from '../../../stdlib/types.ts';
import { constantForm, narrowed, rounded } from './form.ts';
import { add, divide, type Rational, ratio, whole, ZERO } from './rational.ts';

export const HALF = ratio(1n, 2n);

/** By how much a cast may change a value; null where that is not known. */
export function lossOf(from: Type, to: Type, size: Rational | null): Rational | null {
  const real = rounded({ ...constantForm(ZERO), size });
  switch (to.kind) {
    case 'int':
      return from.kind === 'float' || from.kind === 'decimal' ? HALF : null;
    case 'decimal': {
      const half = divide(HALF, whole(10n ** BigInt(to.scale)));
      return from.kind === 'decimal' ? half : real && add(half, real.error);
    }
    case 'float':
      return (to.bits === 64 ? real : real && narrowed(real))?.error ?? null;
    default:
      return null;
  }
}
