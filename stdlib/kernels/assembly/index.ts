// All exports share one name space. Scalar functions are camelCase (`normalCdf`, and those of ScalarMath: `exp`, `log` …);
// kernels are snake_case or carry a suffix, so that the two never meet.
export function heapBase(): usize {
  return __heap_base;
}

export * from './random';
export * from './elementary';
export * from './error-function';
export * from './gamma-function';
export * from './beta-function';
export * from './engine';
export * from './text';
export * from './arithmetic';
export * from './compare';
export * from './logic';
export * from './cast';
export * from './lookup';
export * from './vector';
export * from './calendar';
export * from './instants';
export * from './quantile';
export * from './alias';
export * from './uniform';
export * from './histogram';
export * from './normal';
export * from './exponential';
export * from './gamma';
export * from './beta';
export * from './poisson';
export * from './zipf';
export * from './permutation';
export * from './consistent';
export * from './choose';
export * from './uuid';
