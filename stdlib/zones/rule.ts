import { daysOf, weekdayOf } from './civil.ts';

/** What a zone does after its last transition: the TZ string of POSIX as TZif footers use it (RFC 9636, section 3.3). */
export type Rule = {
  readonly standard: number;
  readonly summer: { readonly offset: number; readonly from: Change; readonly until: Change } | null;
};
/** The `week`-th `weekday` (0 is Sunday; week 5 the last) of a month, `time` seconds after local midnight. */
type Change = {
  readonly month: number;
  readonly week: number;
  readonly weekday: number;
  readonly time: number;
};

const NAME = '(?:[A-Za-z]+|<[^>]+>)';
const TIME = '[+-]?\\d+(?::\\d+){0,2}';
const RULE = new RegExp(`^${NAME}(${TIME})(?:${NAME}(${TIME})?,(M[^,]+),(M[^,]+))?$`);

export function parseRule(text: string): Rule {
  const found = RULE.exec(text);
  if (found === null) throw new Error(`no rule of a time zone: ${text}`);
  const [, standard = '0', summer, from, until] = found;
  // West is positive there.
  const offset = 0 - seconds(standard);
  if (from === undefined || until === undefined) return { standard: offset, summer: null };
  return {
    standard: offset,
    summer: {
      offset: summer === undefined ? offset + 3600 : 0 - seconds(summer),
      from: change(from),
      until: change(until),
    },
  };
}

function seconds(text: string): number {
  const [hours = 0, minutes = 0, rest = 0] = text.replace(/^[+-]/, '').split(':').map(Number);
  return (text.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60 + rest);
}

function change(text: string): Change {
  const [date = '', time = '2'] = text.slice(1).split('/');
  const [month = 1, week = 1, weekday = 0] = date.split('.').map(Number);
  return { month, week, weekday, time: seconds(time) };
}

/** The changes of a year, in order. */
export function transitionsOf(
  { standard, summer }: Rule,
  year: number,
): readonly { at: number; offset: number }[] {
  if (summer === null) return [];
  return [
    { at: instantOf(summer.from, year) - standard, offset: summer.offset },
    { at: instantOf(summer.until, year) - summer.offset, offset: standard },
  ].sort((a, b) => a.at - b.at);
}

function instantOf({ month, week, weekday, time }: Change, year: number): number {
  const first = daysOf(year, month, 1);
  const ahead = (weekday - (weekdayOf(first) % 7) + 7) % 7;
  const next = month === 12 ? daysOf(year + 1, 1, 1) : daysOf(year, month + 1, 1);
  let day = first + ahead + (week - 1) * 7;
  while (day >= next) day -= 7;
  return day * 86_400 + time;
}
