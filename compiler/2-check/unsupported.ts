import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** What is checked and cannot run yet: a warning of `check`, an error of `compile`, `run` and `sample`. */
export const isUnsupported = (diagnostic: Diagnostic): boolean => diagnostic.code.startsWith('TVD29');
