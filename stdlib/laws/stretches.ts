import type { ZoneTable } from '../zones/index.ts';

/**
 * A part of a local day on which the clock runs evenly: from `from` to `to` seconds after local midnight, beginning at
 * `start` (seconds since 1970, UTC). An ordinary day is one stretch of 86,400 s; where the clock is changed there are two
 * (or more), of which a gap leaves out and a repetition counts twice.
 */
export type Stretch = {
  readonly day: number;
  readonly start: number;
  readonly from: number;
  readonly to: number;
};

const DAY = 86_400;

/** The stretches of the local days first … end − 1, in the order of time. */
export function stretchesOf(
  { transitions, offsets }: ZoneTable,
  first: number,
  end: number,
): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const [i, offset] of offsets.entries()) {
    const begins = transitions[i - 1] ?? -Infinity;
    const ends = transitions[i] ?? Infinity;
    // On the local clock of this offset.
    const from = Math.max(begins + offset, first * DAY);
    const to = Math.min(ends + offset, end * DAY);
    for (let at = from; at < to; ) {
      const day = Math.floor(at / DAY);
      const next = Math.min((day + 1) * DAY, to);
      stretches.push({ day, start: at - offset, from: at - day * DAY, to: next - day * DAY });
      at = next;
    }
  }
  return stretches;
}

/** First and last instant (excluded) of these local days, in seconds UTC. */
export function boundsOf(zone: ZoneTable, first: number, end: number): readonly [number, number] {
  let lo = Infinity;
  let hi = -Infinity;
  for (const [i, offset] of zone.offsets.entries()) {
    const from = Math.max((zone.transitions[i - 1] ?? -Infinity) + offset, first * DAY);
    const to = Math.min((zone.transitions[i] ?? Infinity) + offset, end * DAY);
    if (from >= to) continue;
    lo = Math.min(lo, from - offset);
    hi = Math.max(hi, to - offset);
  }
  return [lo, hi];
}
