/** A tree without what depends on where it is written. */
export function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => key !== 'id' && key !== 'span');
  return Object.fromEntries(kept.map(([key, inner]) => [key, strip(inner)]));
}
