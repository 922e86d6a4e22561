/** Quantities for people. */

/** `1,234,567`. */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

const short = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0));

/** `1.2 M`, `340 k`. */
export function formatAmount(value: number): string {
  const [scaled, unit] = value >= 1e9 ? [value / 1e9, ' G'] : value >= 1e6 ? [value / 1e6, ' M'] : [value / 1e3, ' k'];
  return value < 1000 ? value.toFixed(0) : `${short(scaled)}${unit}`;
}

/** `512 B`, `1.4 MB`: powers of 1000. */
export const formatBytes = (bytes: number): string => (bytes < 1000 ? `${bytes} B` : `${formatAmount(bytes)}B`);

/** `0.42 s`, `12 s`, `3 min 20 s`, `2 h 05 min`. */
export function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return '?';
  if (seconds < 10) return `${seconds.toFixed(2)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** `1 table`, `3 tables`. */
export const plural = (count: number, noun: string): string => `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
