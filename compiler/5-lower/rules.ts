import { HOT_PARENTS } from './hot-parents.ts';
import { ORDER_CHECKS } from './judging.ts';

/** The rules of lowering: choices among plans that make the same bytes. */
export const loweringRules: readonly { readonly name: string; readonly doc: string }[] = [
  ORDER_CHECKS,
  HOT_PARENTS,
];
