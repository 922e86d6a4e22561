import type { Explanation } from './tree.ts';

/** The tree itself, for programs: `version` goes up when a field changes its meaning or goes away. */
export const explainJson = (plan: Explanation): string => `${JSON.stringify(plan, null, 2)}\n`;
