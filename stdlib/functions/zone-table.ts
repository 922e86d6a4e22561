import type { Arg, Builder, Operand, SlotRef } from '../define.ts';
import type { Domain } from '../domain.ts';
import { END_SECOND, FIRST_SECOND, type ZoneTable, zoneTable } from '../zones/index.ts';
import { constantOf } from './args.ts';

const MICROS = 1_000_000;

/** UTC itself: no table, and no end to it. */
const UTC_NAMES: ReadonlySet<string> = new Set([
  'UTC',
  'Etc/UTC',
  'Etc/UCT',
  'Etc/Universal',
  'Etc/Zulu',
  'UCT',
  'Universal',
  'Zulu',
]);
export const isUtc = (name: unknown): boolean => typeof name === 'string' && UTC_NAMES.has(name);

/** µs since 1970 of the local clock, in the zone `tz` names: a constant, or an enum of zones. Outside 1900–2099 is a fault. */
export function localTime(b: Builder, time: SlotRef, domain: Domain, tz: Arg | undefined): SlotRef {
  const name = constantOf(tz) ?? 'UTC';
  if (tz === undefined || tz.kind === 'constant') {
    if (isUtc(name)) return time;
    return b.kernel('local_time', { kind: 'i64' }, [
      { slot: time.step },
      { i32: 0 },
      zoneBlob(b, [zoneOf(String(name))], domain),
    ]);
  }
  if (tz.kind !== 'slot' || tz.slot.dictionary === undefined)
    throw new Error('a time zone is a constant or an enum');
  const operands: Operand[] = [
    { slot: time.step },
    { slot: tz.slot.step },
    zoneBlob(b, tz.slot.dictionary.map(zoneOf), domain),
  ];
  return b.kernel('local_time', { kind: 'i64' }, operands);
}

export function zoneOf(name: string): ZoneTable {
  const table = zoneTable(name);
  if (table === null) throw new Error(`no time zone ${name}`);
  return table;
}

/** The layout of kernels/assembly/calendar.ts, cut to the instants that can occur. */
function zoneBlob(b: Builder, zones: readonly ZoneTable[], domain: Domain): Operand {
  const known = domain.kind === 'interval' ? domain : { lo: -Infinity, hi: Infinity };
  const from = Math.max(FIRST_SECOND, Math.floor(known.lo / MICROS));
  const to = Math.min(END_SECOND, Math.floor(known.hi / MICROS) + 1);
  const starts = [0];
  const transitions: number[] = [];
  const offsets: number[] = [];
  for (const zone of zones) {
    for (let i = 0; i < zone.offsets.length; i++) {
      const begins = zone.transitions[i - 1] ?? FIRST_SECOND;
      const ends = zone.transitions[i] ?? END_SECOND;
      if (ends <= from || begins >= to) continue;
      transitions.push(begins);
      offsets.push(zone.offsets[i] ?? 0);
    }
    starts.push(transitions.length);
  }
  const micros = [...transitions, ...offsets].map((seconds) => seconds * MICROS);
  return b.blob(BigInt64Array.from([zones.length, from * MICROS, to * MICROS, ...starts, ...micros], BigInt));
}
