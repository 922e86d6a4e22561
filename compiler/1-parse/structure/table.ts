import { diagnose } from '../../diagnostics/diagnose.ts';
import type { BlockAst, Name, TableAst } from '../ast.ts';
import { columnsOf } from './column.ts';
import { constraintsOf, uniquesOf } from './constraints.ts';
import { plain } from './plain.ts';
import { type Entry, fieldsOf, foundIn, type Reading, textOf } from './reading.ts';
import { BLOCK, MOST_ROWS, TABLE } from './shapes.ts';
import { docIn, expression, identifier, integer, nameIn } from './values.ts';

export function tableOf(entry: Entry, reading: Reading): TableAst | null {
  const id = reading.nextId();
  const name = identifier(entry.key, 'a table', reading);
  const fields = fieldsOf(entry.value, TABLE, entry.key.span, reading);
  if (fields === null) return null;
  const get = <T>(key: string, read: (field: Entry) => T): T | null => {
    const field = fields.get(key);
    return field ? read(field) : null;
  };
  const rows = get('rows', (field) => integer(field, 1n, MOST_ROWS, reading));
  const block = blockOf(fields, reading);
  checkBlock(entry, fields, reading);
  const columns = get('columns', (field) => columnsOf(field, '`columns`', reading)) ?? [];
  const constraints = get('constraints', (field) => constraintsOf(field, reading));
  const uniques = get('unique', (field) => uniquesOf(field, reading)) ?? [];
  const table = {
    id,
    span: entry.span,
    rows: rows && { value: Number(rows.value), span: rows.span },
    scale: get('scale', (field) => scaleOf(field, reading)),
    key: get('key', (field) => nameIn(field.value, '`key`', field.key.span, reading)),
    block,
    columns,
    constraints: constraints?.checks ?? [],
    uniques: [...uniques, ...(constraints?.uniques ?? [])],
    correlate: get('correlate', (field) => plain(field.value, field.span, reading)),
    weigh: get('weigh', (field) => expression(field.value, field.key.span, reading)),
    doc: get('doc', (field) => docIn(field, reading)),
  };
  return name && { ...table, name };
}

function scaleOf(field: Entry, reading: Reading): 'fixed' | null {
  const text = textOf(field.value, '`scale`', field.key.span, reading);
  if (text === null || text.text === 'fixed') return text && 'fixed';
  const found = foundIn(field.value);
  reading.report(diagnose('TVD1103', { what: '`scale`', expected: '`fixed`', found }, { span: text.outer }));
  return null;
}

/** `for: users as user`. */
function blockOf(fields: ReadonlyMap<string, Entry>, reading: Reading): BlockAst | null {
  const field = fields.get('for');
  const text = field && textOf(field.value, '`for`', field.key.span, reading);
  if (!field || !text) return null;
  const words = new RegExp(BLOCK).exec(text.text);
  if (!words) {
    const expected = '`table as name`';
    reading.report(
      diagnose('TVD1103', { what: '`for`', expected, found: foundIn(field.value) }, { span: text.outer }),
    );
    return null;
  }
  const [, space = '', parent = '', as = '', alias = ''] = words;
  const name = (word: string, at: number): Name => ({
    id: reading.nextId(),
    span: text.spanOf(at, at + word.length),
    text: word,
  });
  const id = reading.nextId();
  const count = fields.get('count');
  const weight = fields.get('weight');
  return {
    id,
    span: field.span,
    parent: name(parent, space.length),
    alias: name(alias, space.length + parent.length + as.length),
    count: count ? expression(count.value, count.key.span, reading) : null,
    weight: weight ? expression(weight.value, weight.key.span, reading) : null,
  };
}

/** Rows are counted by `rows`, or in blocks by `count`. */
function checkBlock(entry: Entry, fields: ReadonlyMap<string, Entry>, reading: Reading): void {
  if (fields.has('for')) {
    if (fields.has('count') || fields.has('rows')) return;
    reading.report(
      diagnose('TVD1102', { where: 'a table with `for`', key: 'count' }, { span: entry.key.span }),
    );
    return;
  }
  if (!fields.has('rows') && !fields.has('count')) {
    reading.report(diagnose('TVD1102', { where: 'a table', key: 'rows' }, { span: entry.key.span }));
  }
  for (const key of ['count', 'weight']) {
    const field = fields.get(key);
    if (field) reading.report(diagnose('TVD1108', { key }, { span: field.key.span }));
  }
}
