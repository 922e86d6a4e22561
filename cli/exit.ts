/** What the shell gets to see. */
export const EXIT = { good: 0, spec: 1, usage: 2, run: 3, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
