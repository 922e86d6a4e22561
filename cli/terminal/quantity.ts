/** Quantities for people. */

/** `1,234,567`. */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

const UNITS = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** `1.2 M`, `340 k`, `7`. */
export function formatAmount(value: number): string {
  for (const [size, unit] of UNITS)
    if (value >= size) return `${(value / size).toFixed(value < 10 * size ? 1 : 0)} ${unit}`;
  return value.toFixed(0);
}

/** `512 B`, `1.4 MB`: powers of 1000. */
export const formatBytes = (bytes: number): string =>
  bytes < 1000 ? `${Math.round(bytes)} B` : `${formatAmount(bytes)}B`;

/** `0.42 s`, `12 s`, `3 min 20 s`, `2 h 05 min`. */
export const formatSeconds = (seconds: number): string =>
  seconds < 9.995 ? `${seconds.toFixed(2)} s` : formatWholeSeconds(seconds);

/** For what is guessed: `5 s`. */
export function formatWholeSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** `1 table`, `3 tables`. */
export const plural = (count: number, noun: string): string =>
  `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
