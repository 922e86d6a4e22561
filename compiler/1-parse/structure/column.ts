import { isMap } from 'yaml';
import { diagnose } from '../../diagnostics/diagnose.ts';
import type { Attributes, ColumnAst } from '../ast.ts';
import { brief } from '../context.ts';
import { type Entry, entriesOf, fieldsOf, type Reading } from './reading.ts';
import { COLUMN } from './shapes.ts';
import { anyName, docIn, expression, flag, nameIn, template, type } from './values.ts';

const BODIES = ['value', 'text', 'struct'] as const;
const PLAIN: Attributes = {
  type: null,
  unique: null,
  missing: null,
  missingAs: null,
  hidden: null,
  length: null,
  doc: null,
  pii: null,
  stream: null,
};

export function columnsOf(entry: Entry, what: string, reading: Reading): ColumnAst[] {
  const entries = entriesOf(entry.value, what, entry.key.span, reading) ?? [];
  if (isMap(entry.value) && entry.value.items.length === 0) {
    reading.report(diagnose('TVD1106', { where: what }, { span: entry.span }));
  }
  return entries.flatMap((column) => {
    const read = columnOf(column, reading);
    return read ? [read] : [];
  });
}

/** `name: expression`, or a mapping with one of value, text and struct beside attributes. */
function columnOf(entry: Entry, reading: Reading): ColumnAst | null {
  const id = reading.nextId();
  const name = anyName(entry.key, 'a column', reading);
  const { span } = entry;
  if (!isMap(entry.value)) {
    const body = { kind: 'value', expr: expression(entry.value, entry.key.span, reading) } as const;
    return name && { id, span, name, body, attributes: PLAIN };
  }
  const fields = fieldsOf(entry.value, COLUMN, entry.key.span, reading);
  if (fields === null) return null;
  const body = bodyOf(entry, fields, reading);
  const attributes = attributesOf(fields, reading);
  return name && { id, span, name, body, attributes };
}

function bodyOf(entry: Entry, fields: ReadonlyMap<string, Entry>, reading: Reading): ColumnAst['body'] {
  const [first, second] = BODIES.flatMap((key) => fields.get(key) ?? []);
  if (!first || second) {
    const found = first && second ? `both \`${first.key.text}\` and \`${second.key.text}\`` : 'none';
    const secondary = first ? [{ span: first.key.span }] : [];
    const span = second ? second.key.span : entry.key.span;
    reading.report(diagnose('TVD1107', { column: brief(entry.key.text), found }, { span }, { secondary }));
  }
  const { span } = entry;
  if (!first) return { kind: 'value', expr: { id: reading.nextId(), span, kind: 'broken' } };
  switch (first.key.text) {
    case 'struct':
      return { kind: 'struct', fields: columnsOf(first, 'a struct', reading) };
    case 'text':
      return { kind: 'value', expr: template(first.value, first.key.span, reading) };
    default:
      return { kind: 'value', expr: expression(first.value, first.key.span, reading) };
  }
}

function attributesOf(fields: ReadonlyMap<string, Entry>, reading: Reading): Attributes {
  const read = <T>(key: string, how: (entry: Entry) => T | null): T | null => {
    const entry = fields.get(key);
    return entry ? how(entry) : null;
  };
  const asExpression = (entry: Entry) => expression(entry.value, entry.key.span, reading);
  return {
    type: read('type', (entry) => type(entry, reading)),
    unique: read('unique', (entry) => flag(entry, reading)),
    missing: read('missing', asExpression),
    missingAs: read('missing_as', asExpression),
    hidden: read('hidden', (entry) => flag(entry, reading)),
    length: read('length', asExpression),
    doc: read('doc', (entry) => docIn(entry, reading)),
    pii: read('pii', (entry) => docIn(entry, reading)),
    stream: read('stream', (entry) => nameIn(entry.value, '`stream`', entry.key.span, reading)),
  };
}
