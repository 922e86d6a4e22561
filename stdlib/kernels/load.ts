import { createHash } from 'node:crypto';
import type { ScalarMath } from '../define.ts';
import { KERNELS } from './kernels.generated.ts';

/** One instance of kernels.wasm with its own memory; everything from `heapBase` upwards belongs to the caller. */
export type Kernels = {
  readonly exports: Readonly<Record<string, Kernel>>;
  readonly memory: WebAssembly.Memory;
  readonly heapBase: number;
};

/** Takes numbers and pointers as number, 64-bit integers as bigint. */
export type Kernel = (...operands: readonly (number | bigint)[]) => unknown;

/** sha256 of kernels.wasm: part of a plan's hash. */
export const KERNELS_HASH: string = createHash('sha256').update(KERNELS, 'base64').digest('hex');

/** A fresh instance, synchronously. The module is compiled anew: keep the instance, not the call. */
export function loadKernels(): Kernels {
  const module = new WebAssembly.Module(Buffer.from(KERNELS, 'base64'));
  const { exports } = new WebAssembly.Instance(module, { env: { abort } });
  const memory = exports.memory;
  const heapBase = exports.heapBase;
  if (!(memory instanceof WebAssembly.Memory) || !isKernel(heapBase))
    throw new Error('kernels.wasm has no memory');
  const kernels = Object.fromEntries(
    Object.entries(exports).filter((entry): entry is [string, Kernel] => isKernel(entry[1])),
  );
  return { exports: kernels, memory, heapBase: Number(heapBase()) };
}

const isKernel = (item: unknown): item is Kernel => typeof item === 'function';

/** The kernels' mathematics on scalars. */
export function scalarMath(kernels: Kernels): ScalarMath {
  const call = (name: string) => {
    const fn = kernels.exports[name];
    if (fn === undefined) throw new Error(`kernels.wasm has no ${name}`);
    return (...operands: readonly number[]) => Number(fn(...operands));
  };
  return {
    exp: call('exp'),
    expm1: call('expm1'),
    log: call('log'),
    log1p: call('log1p'),
    pow: call('pow'),
    sin: call('sin'),
    cos: call('cos'),
    tan: call('tan'),
    atan: call('atan'),
    lgamma: call('lgamma'),
    gammaP: call('gammaP'),
    gammaQ: call('gammaQ'),
    gammaInverse: call('gammaInverse'),
    gammaInverseUpper: call('gammaInverseUpper'),
    betaI: call('betaI'),
    betaQ: call('betaQ'),
    betaInverse: call('betaInverse'),
    betaInverseUpper: call('betaInverseUpper'),
    poissonDensity: call('poissonDensity'),
    normalCdf: call('normalCdf'),
    normalSf: call('normalSf'),
    normalQuantile: call('normalQuantile'),
  };
}

function abort(): never {
  throw new Error('kernels.wasm aborted');
}
