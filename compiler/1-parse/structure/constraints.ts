import { isMap, isSeq } from 'yaml';
import { diagnose } from '../../diagnostics/diagnose.ts';
import type { ConstraintAst, Name, TableAst } from '../ast.ts';
import type { Span } from '../source.ts';
import { type Entry, fieldsOf, foundIn, type Reading, resolve, spanOf, type Value } from './reading.ts';
import { CONSTRAINT, MOST_TRIES } from './shapes.ts';
import { docIn, expression, integer, nameIn } from './values.ts';

type Uniques = TableAst['uniques'];
export type Constraints = { readonly checks: readonly ConstraintAst[]; readonly uniques: Uniques };

/** The items of a list; a lone one in its place is a fault. */
export function itemsOf({ key, value, span }: Entry, reading: Reading): readonly Value[] {
  if (isSeq(value)) return value.items.map((item) => resolve(item, reading));
  const at = spanOf(value, span);
  if (value !== null && reading.isCut(at.start)) return [];
  const what = `\`${key.text}\``;
  reading.report(diagnose('TVD1103', { what, expected: 'a list', found: foundIn(value) }, { span: at }));
  return [];
}

/** Each an expression, `{ check, when, … }`, or `{ unique: [a, b] }`. */
export function constraintsOf(entry: Entry, reading: Reading): Constraints {
  const checks: ConstraintAst[] = [];
  const uniques: Uniques[number][] = [];
  for (const item of itemsOf(entry, reading)) {
    const span = spanOf(item, entry.key.span);
    const id = reading.nextId();
    if (!isMap(item)) {
      const check = expression(item, entry.key.span, reading);
      checks.push({ id, span, check, when: null, name: null, doc: null, tries: null });
      continue;
    }
    const fields = fieldsOf(item, CONSTRAINT, span, reading);
    const unique = fields?.get('unique');
    const check = fields?.get('check');
    if (fields && !check && !unique) {
      const where = 'a constraint';
      reading.report(diagnose('TVD1102', { where, key: 'check' }, { span }));
    }
    if (unique) uniques.push({ columns: namesIn(unique.value, unique, reading), span: unique.span });
    if (fields && check) checks.push(checkOf(id, span, check, fields, reading));
  }
  return { checks, uniques };
}

function checkOf(
  id: number,
  span: Span,
  check: Entry,
  fields: ReadonlyMap<string, Entry>,
  reading: Reading,
): ConstraintAst {
  const when = fields.get('when');
  const name = fields.get('name');
  const doc = fields.get('doc');
  const tries = fields.get('tries');
  const count = tries ? integer(tries, 1n, MOST_TRIES, reading) : null;
  return {
    id,
    span,
    check: expression(check.value, check.key.span, reading),
    when: when ? expression(when.value, when.key.span, reading) : null,
    name: name ? docIn(name, reading) : null,
    doc: doc ? docIn(doc, reading) : null,
    tries: count && { value: Number(count.value), span: count.span },
  };
}

/** `unique: [a, b]`, or a list of such lists. */
export function uniquesOf(entry: Entry, reading: Reading): Uniques {
  const items = itemsOf(entry, reading);
  if (!items.some(isSeq))
    return items.length > 0 ? [{ columns: namesIn(entry.value, entry, reading), span: entry.span }] : [];
  return items.map((item) => ({ columns: namesIn(item, entry, reading), span: spanOf(item, entry.span) }));
}

function namesIn(value: Value, entry: Entry, reading: Reading): Name[] {
  return itemsOf({ ...entry, value }, reading).flatMap(
    (item) => nameIn(item, 'a column', entry.span, reading) ?? [],
  );
}
