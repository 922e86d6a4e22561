/** Instants and durations as text. Proleptic Gregorian, UTC; no `Date`, whose range is narrower than 64-bit microseconds. */

import { formatDate } from './civil.ts';

const DAY = 86_400_000_000n;

/** `2024-01-31T10:00:00.000000Z`: always six digits, so that a column is one shape. */
export function formatTimestamp(micros: bigint, separator: 'T' | ' ' = 'T'): string {
  const days = floorDiv(micros, DAY);
  const rest = micros - days * DAY;
  const seconds = rest / 1_000_000n;
  const clock = `${pad(seconds / 3600n, 2)}:${pad((seconds / 60n) % 60n, 2)}:${pad(seconds % 60n, 2)}`;
  return `${formatDate(days)}${separator}${clock}.${pad(rest % 1_000_000n, 6)}${separator === 'T' ? 'Z' : ''}`;
}

const UNITS = [
  ['w', 7n * DAY],
  ['d', DAY],
  ['h', 3_600_000_000n],
  ['min', 60_000_000n],
  ['s', 1_000_000n],
  ['ms', 1000n],
  ['us', 1n],
] as const;

/** As the language writes it: `90min`, `1500ms`. The largest unit that leaves no fraction. */
export function formatDuration(micros: bigint): string {
  if (micros === 0n) return '0s';
  for (const [name, size] of UNITS) if (micros % size === 0n) return `${micros / size}${name}`;
  return `${micros}us`;
}

/** The same to six digits, in the largest unit that it fills. */
export function formatAboutDuration(micros: number): string {
  const [name, size] = UNITS.find(([, each]) => Math.abs(micros) >= Number(each)) ?? (['us', 1n] as const);
  return Number.isSafeInteger(micros) && BigInt(micros) % size === 0n
    ? formatDuration(BigInt(micros))
    : `${Number((micros / Number(size)).toPrecision(6))}${name}`;
}

const floorDiv = (a: bigint, b: bigint): bigint => (a >= 0n || a % b === 0n ? a / b : a / b - 1n);
const pad = (value: bigint, width: number): string => value.toString().padStart(width, '0');
