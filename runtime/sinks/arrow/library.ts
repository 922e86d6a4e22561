export type Arrow = typeof import('apache-arrow');

/** Apache Arrow, loaded when a worker needs it: it costs 70 ms of start-up. */
export const loadArrow = (): Promise<Arrow> => import('apache-arrow');
