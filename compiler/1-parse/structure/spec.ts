import { isMap, isScalar } from 'yaml';
import { diagnose } from '../../diagnostics/diagnose.ts';
import type { DataAst, LetAst, Name, PlainAst, SpecAst, TableAst } from '../ast.ts';
import { brief } from '../context.ts';
import { itemsOf } from './constraints.ts';
import { plain } from './plain.ts';
import { type Entry, entriesOf, fieldsOf, type Reading, spanOf, type Value } from './reading.ts';
import { DATA_FILE, MOST_SEED, SPEC, VERSION } from './shapes.ts';
import { tableOf } from './table.ts';
import { anyName, expression, identifier, integer, nameIn } from './values.ts';

/** The tree of a document, as far as it can be read; null when it is no mapping. */
export function specOf(contents: Value, reading: Reading): SpecAst | null {
  const start = spanOf(contents, { start: 0, end: 0 });
  const whole = { start: start.start, end: start.start };
  const fields = fieldsOf(contents, SPEC, whole, reading);
  if (fields === null) return null;
  const parts: { -readonly [Part in keyof SpecAst]: SpecAst[Part] } = {
    dataset: { id: reading.nextId(), span: whole, text: '' },
    seed: 0n,
    data: [],
    lets: [],
    tables: [],
    quality: [],
    models: null,
    output: null,
    load: null,
    use: null,
    include: null,
  };
  // In the order of the file, so that ids are in it too.
  for (const [key, field] of fields) {
    switch (key) {
      case 'tvdd':
        versionOf(field, reading);
        break;
      case 'dataset':
        parts.dataset = datasetOf(field, reading) ?? parts.dataset;
        break;
      case 'seed':
        parts.seed = integer(field, -MOST_SEED - 1n, MOST_SEED, reading)?.value ?? 0n;
        break;
      case 'data':
        parts.data = namedIn(field, 'a data table', reading, dataOf);
        break;
      case 'let':
        parts.lets = namedIn(field, 'a constant', reading, letOf);
        break;
      case 'tables':
        parts.tables = tablesOf(field, reading);
        break;
      case 'quality':
        parts.quality = itemsOf(field, reading).map((item) => expression(item, field.key.span, reading));
        break;
      case 'models':
      case 'output':
      case 'load':
        parts[key] = mappingIn(field, reading);
        break;
      case 'use':
      case 'include':
        parts[key] = plain(field.value, field.span, reading);
        break;
    }
  }
  return parts;
}

function versionOf(field: Entry, reading: Reading): void {
  const version = integer(field, 0n, 2n ** 48n, reading);
  if (version === null || version.value === VERSION) return;
  reading.report(diagnose('TVD1109', { version: version.value }, { span: version.span }));
}

function datasetOf(field: Entry, reading: Reading): Name | null {
  const name = nameIn(field.value, '`dataset`', field.key.span, reading);
  return name && identifier(name, 'a dataset', reading);
}

function tablesOf(field: Entry, reading: Reading): TableAst[] {
  const entries = entriesOf(field.value, '`tables`', field.key.span, reading);
  if (entries?.length === 0) reading.report(diagnose('TVD1106', { where: '`tables`' }, { span: field.span }));
  return (entries ?? []).flatMap((entry) => tableOf(entry, reading) ?? []);
}

function namedIn<T>(
  field: Entry,
  what: string,
  reading: Reading,
  read: (name: Name, entry: Entry, reading: Reading) => T | null,
): T[] {
  const entries = entriesOf(field.value, `\`${field.key.text}\``, field.key.span, reading) ?? [];
  return entries.flatMap((entry) => {
    const name = anyName(entry.key, what, reading);
    const value = name && read(name, entry, reading);
    return value ? [value] : [];
  });
}

/** `{ file: path }`, or the rows themselves. */
function dataOf(name: Name, entry: Entry, reading: Reading): DataAst | null {
  if (isMap(entry.value) && entry.value.has('file')) {
    const file = fieldsOf(entry.value, DATA_FILE, entry.key.span, reading)?.get('file');
    const path = file ? nameIn(file.value, '`file`', file.key.span, reading) : null;
    if (path?.text.includes('\0')) {
      reading.report(diagnose('TVD1105', { what: 'a path', name: '…', rule: 'no NUL' }, { span: path.span }));
      return null;
    }
    return path && { name, source: { kind: 'file', path } };
  }
  if (isScalar(entry.value) || entry.value === null) {
    const span = spanOf(entry.value, entry.key.span);
    if (reading.isCut(span.start)) return null;
    const what = `\`${brief(name.text)}\``;
    const found = isScalar(entry.value) ? 'a text' : 'nothing';
    reading.report(diagnose('TVD1103', { what, expected: '`{ file: … }` or rows', found }, { span }));
    return null;
  }
  return { name, source: { kind: 'inline', value: plain(entry.value, entry.span, reading) } };
}

/** A scalar is an expression; lists and maps are data. */
function letOf(name: Name, { key, value, span }: Entry, reading: Reading): LetAst {
  const isData = value !== null && !isScalar(value);
  return { name, value: isData ? plain(value, span, reading) : expression(value, key.span, reading) };
}

function mappingIn(field: Entry, reading: Reading): PlainAst | null {
  const entries = entriesOf(field.value, `\`${field.key.text}\``, field.key.span, reading);
  if (entries === null) return null;
  return {
    id: reading.nextId(),
    span: spanOf(field.value, field.span),
    kind: 'plain-map',
    entries: entries.map((entry) => ({ key: entry.key, value: plain(entry.value, entry.span, reading) })),
  };
}
