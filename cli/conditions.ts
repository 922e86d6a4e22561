import type { Condition } from '../compiler/conditions.ts';
import { type Arguments, badValue, type Options, type Word, wholeNumber } from './arguments.ts';
import type { WrittenCondition } from './plan-spec.ts';

/** What is demanded of a table's rows. */
export const CONDITIONS = {
  where: {
    value: 'T:COND',
    summary: 'table T given that a condition is true, with as many rows; may be repeated',
  },
  quota: {
    value: 'T:COND=N',
    summary: 'N rows of table T given a condition; repeated: one block after the other',
  },
} satisfies Options;

/** In the order in which they were given, each with the text that diagnostics point into. */
export function conditionsOf(args: Arguments): readonly WrittenCondition[] {
  const wheres = args.all('where').map((word) => ({ word, ...whereOf(args, word), name: '--where' }));
  let total = 0;
  const quotas = args.all('quota').map((word) => {
    const quota = quotaOf(args, word);
    total += quota.rows ?? 0;
    if (total > MOST_ROWS)
      throw badValue(args, 'quota', word, 'rows of which there are 2^48 at most, all together');
    return { word, ...quota, name: '--quota' };
  });
  return [...wheres, ...quotas]
    .sort((a, b) => a.word.at - b.word.at)
    .map(({ text, rows, name }) => ({ text, rows, source: { name, text } }));
}

export const MOST_ROWS = 2 ** 48;
export const NAMES_TABLE = /^\s*[A-Za-z_]\w*\s*:/;

function whereOf(args: Arguments, word: Word): Condition {
  if (NAMES_TABLE.test(word.text)) return { text: word.text, rows: null };
  throw badValue(args, 'where', word, "a table and a condition, as in 'users: age < 18'");
}

function quotaOf(args: Arguments, word: Word): Condition {
  const cut = word.text.lastIndexOf('=');
  const number = word.text.slice(cut + 1);
  if (NAMES_TABLE.test(word.text) && /^\d[\d_]*$/.test(number)) {
    const rows = wholeNumber(args, 'quota', { ...word, text: number }, 1);
    return { text: word.text.slice(0, cut), rows };
  }
  throw badValue(args, 'quota', word, "a table, a condition and a number, as in 'users: age < 18'=1000");
}
