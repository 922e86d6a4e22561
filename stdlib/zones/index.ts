import { parseRule, type Rule, transitionsOf } from './rule.ts';
import { TZDATA_VERSION, ZONES } from './zones.data.ts';

export { TZDATA_VERSION };

/**
 * The clock of a zone from 1900 until 2100: `offsets[0]` (seconds east of UTC) holds before `transitions[0]` (seconds
 * since 1970, UTC), `offsets[i + 1]` from `transitions[i]` on.
 */
export type ZoneTable = { readonly transitions: readonly number[]; readonly offsets: readonly number[] };

/** What the tables cover, in seconds: [first, end). */
export const FIRST_SECOND = -2_208_988_800;
export const END_SECOND = 4_102_444_800;

const LAST_YEAR = 2099;

export const isZone = (name: string): boolean => lineOf(name) >= 0;

/** Where a zone's line names it; −1 where the database has no such zone. */
const lineOf = (name: string): number => (/^[A-Za-z0-9_+\-/]+$/.test(name) ? ZONES.indexOf(` ${name} `) : -1);

/** A zone of the IANA database by its name or a link to it; null where there is none. */
export function zoneTable(name: string): ZoneTable | null {
  const found = lineOf(name);
  if (found < 0) return null;
  const [, offsetList = '', steps = '', footer = ''] = ZONES.slice(found, ZONES.indexOf('\n', found)).split(
    '|',
  );
  const known = offsetList.split(' ').map(Number);
  const transitions: number[] = [];
  const offsets = [known[0] ?? 0];
  let at = FIRST_SECOND;
  for (const step of steps === '' ? [] : steps.split(' ')) {
    const [after = '0', offset = '0'] = step.split(':');
    at += Number.parseInt(after, 36);
    const to = known[Number.parseInt(offset, 36)] ?? 0;
    if (to === offsets.at(-1)) continue;
    transitions.push(at);
    offsets.push(to);
  }
  extend(transitions, offsets, at, parseRule(footer));
  return { transitions, offsets };
}

/** Appends what the rule says from the last transition of the database on. */
function extend(transitions: number[], offsets: number[], last: number, rule: Rule): void {
  const firstYear = 1970 + Math.floor(last / 31_556_952);
  for (let year = firstYear; year <= LAST_YEAR; year++) {
    for (const { at, offset } of transitionsOf(rule, year)) {
      if (at <= last || at >= END_SECOND || offset === offsets.at(-1)) continue;
      transitions.push(at);
      offsets.push(offset);
    }
  }
}

/** Every name, links too, sorted. */
export function zoneNames(): readonly string[] {
  return ZONES.split('\n')
    .flatMap((line) => line.slice(0, line.indexOf('|')).split(' '))
    .filter((name) => name !== '')
    .sort();
}
