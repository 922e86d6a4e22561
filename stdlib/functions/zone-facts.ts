import type { ArgFacts } from '../define.ts';
import { isZone } from '../zones/index.ts';

/** The zones that `tz` may name, or why it names none. */
export function zonesOf(fact: ArgFacts | undefined): readonly string[] | string {
  if (fact === undefined || fact.type.kind === 'null') return ['UTC'];
  const names =
    typeof fact.value === 'string' ? [fact.value] : fact.type.kind === 'enum' ? fact.type.values : null;
  if (names === null) return 'the zone must be a constant or an enum of zones';
  const unknown = names.find((name) => !isZone(name));
  return unknown === undefined ? names : `there is no time zone ${unknown} in the IANA database`;
}
