import { describe, expect, test } from 'vitest';
import { END_SECOND, FIRST_SECOND, TZDATA_VERSION, zoneNames, zoneTable } from '../../stdlib/zones/index.ts';
import { parseRule, transitionsOf } from '../../stdlib/zones/rule.ts';

/** The oracle: the host's own copy of the database, through Intl. Its version may differ from ours. */
function hostOffset(zone: string): ((second: number) => number) | null {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return null;
  }
  return (second) => {
    const part = Object.fromEntries(
      format.formatToParts(second * 1000).map(({ type, value }) => [type, value]),
    );
    const local = Date.UTC(
      Number(part.year),
      Number(part.month) - 1,
      Number(part.day),
      Number(part.hour),
      Number(part.minute),
      Number(part.second),
    );
    return local / 1000 - second;
  };
}

const offsetAt = (zone: string, second: number): number => {
  const table = zoneTable(zone);
  if (table === null) throw new Error(zone);
  const after = table.transitions.findIndex((at) => at > second);
  return table.offsets[after < 0 ? table.transitions.length : after] ?? Number.NaN;
};

/** From 1972, when the last zones left local mean time, to 2020; since then governments changed their minds after the host's copy. */
const [FROM, TO] = [63_072_000, 1_577_836_800];

describe('the database', () => {
  const names = zoneNames();

  test('has zones and links, in a version', () => {
    expect(names.length).toBeGreaterThan(550);
    expect(TZDATA_VERSION).toMatch(/^\d{4}[a-z]$/);
    expect(zoneTable('Asia/Calcutta')).toEqual(zoneTable('Asia/Kolkata'));
    for (const wrong of ['Mars/Olympus', '', ' ', 'Europe', 'Europe/Paris ', 'Europe/Paris\n', '|'])
      expect(zoneTable(wrong)).toBeNull();
  });

  test('every zone is in order, within the centuries covered, and never changes to what it was', () => {
    for (const name of names) {
      const { transitions, offsets } = zoneTable(name)!;
      expect(offsets.length).toBe(transitions.length + 1);
      for (const [i, at] of transitions.entries()) {
        expect(at > (transitions[i - 1] ?? FIRST_SECOND) && at < END_SECOND, name).toBe(true);
        expect(offsets[i + 1], name).not.toBe(offsets[i]);
      }
      expect(
        offsets.every((offset) => Math.abs(offset) < 16 * 3600),
        name,
      ).toBe(true);
    }
  });

  test('agrees with the host on every zone at 30 instants of 1972–2019', () => {
    const differing: string[] = [];
    for (const name of names) {
      const host = hostOffset(name);
      if (host === null) continue;
      for (let i = 0; i < 30; i++) {
        const second = Math.floor(FROM + (TO - FROM) * ((i * 0.618033988749895 + name.length * 0.1) % 1));
        if (host(second) !== offsetAt(name, second))
          differing.push(`${name} at ${new Date(second * 1000).toISOString()}`);
      }
    }
    // A newer database corrects the past of a zone or two.
    expect(differing.length, differing.join('\n')).toBeLessThanOrEqual(5);
  });

  test.each([
    'Europe/Paris',
    'America/New_York',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'Asia/Beirut',
    'Pacific/Apia',
    'Europe/Dublin',
  ])('changes the clock of %s to the second as the host does', (zone) => {
    const host = hostOffset(zone)!;
    const changes = zoneTable(zone)!.transitions.filter((at) => at > FROM && at < TO);
    expect(changes.length).toBeGreaterThan(10);
    for (const at of changes) {
      expect(offsetAt(zone, at - 1)).toBe(host(at - 1));
      expect(offsetAt(zone, at)).toBe(host(at));
      expect(offsetAt(zone, at - 1)).not.toBe(offsetAt(zone, at));
    }
  });

  test.each(['Europe/Paris', 'America/Los_Angeles', 'Pacific/Auckland', 'Asia/Jerusalem', 'America/Nuuk'])(
    'goes on with the rule of %s to 2099',
    (zone) => {
      const host = hostOffset(zone)!;
      for (let year = 2040; year <= 2099; year++) {
        for (const month of [0, 6]) {
          const second = Date.UTC(year, month, 15) / 1000;
          expect(offsetAt(zone, second), `${year}`).toBe(host(second));
        }
      }
    },
  );
});

describe('rules', () => {
  test('with negative summer time, half hours, times beyond a day', () => {
    expect(parseRule('IST-1GMT0,M10.5.0,M3.5.0/1').standard).toBe(3600);
    expect(parseRule('ACST-9:30ACDT,M10.1.0,M4.1.0/3').summer?.offset).toBe(37_800);
    // The Thursday before the last Sunday of March, 50 hours on: Saturday 2:00 in Gaza.
    const [spring] = transitionsOf(parseRule('EET-2EEST,M3.4.4/50,M10.4.4/50'), 2030);
    expect(new Date((spring?.at ?? 0) * 1000).toISOString()).toBe('2030-03-30T00:00:00.000Z');
    expect(() => parseRule('nonsense')).toThrow();
  });
});
