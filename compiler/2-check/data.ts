import { createHash } from 'node:crypto';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';
import type { DataTable } from '../../stdlib/define.ts';
import { BOOL, DATE, FLOAT64, INT64, NULL, showType, type Type } from '../../stdlib/types.ts';
import { isList, isMap, type Value } from '../../stdlib/value.ts';
import { daysOf } from '../../stdlib/zones/civil.ts';
import type { DataAst, Name } from '../1-parse/ast.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import { commonType, enumOf, typeOfValue, valueOfJson, valueOfPlain } from './constants.ts';
import type { Context } from './context.ts';
import { integersHold, isHeld } from './integers.ts';
import type { DataValue } from './typed-spec.ts';
import { unlikeItem } from './unlike-item.ts';

/** Reads every entry of `data:`. Faults are reported at the entry's path (or name, for inline rows). */
export function loadData(context: Context): void {
  for (const entry of context.ast.data) {
    if (context.data.has(entry.name.text)) continue;
    context.data.set(entry.name.text, {
      name: entry.name.text,
      span: entry.name.span,
      value:
        entry.source.kind === 'file'
          ? fromFile(context, entry, entry.source.path)
          : fromInline(context, entry),
    });
  }
}

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

function fromInline(context: Context, entry: DataAst): DataValue | null {
  if (entry.source.kind !== 'inline') return null;
  if (!integersHold(context, entry.source.value)) return null;
  const value = valueOfPlain(entry.source.value);
  const canonical = JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'bigint' ? `${item}n` : item instanceof Map ? [...item] : item,
  );
  const fault = (reason: string) => {
    context.report(
      diagnose(
        'TVD2403',
        { name: entry.name.text, reason },
        { span: entry.source.kind === 'inline' ? entry.source.value.span : entry.name.span },
      ),
    );
    return null;
  };
  return fromValue(entry.name.text, value, sha256(canonical), fault);
}

function fromFile(context: Context, entry: DataAst, path: Name): DataValue | null {
  const name = entry.name.text;
  const extension = /\.([a-z0-9]+)$/i.exec(path.text)?.[1]?.toLowerCase() ?? '';
  if (/[*?[\]]/.test(path.text) || extension === 'parquet') {
    const what = extension === 'parquet' ? 'Parquet files as data' : 'data from several files';
    context.report(diagnose('TVD2907', { what }, { span: path.span }));
    return null;
  }
  if (!['csv', 'json', 'yaml', 'yml'].includes(extension)) {
    context.report(
      diagnose(
        'TVD2405',
        { path: path.text },
        { span: path.span },
        {
          help: [{ text: 'name the file .csv, .json or .yaml after its format' }],
        },
      ),
    );
    return null;
  }
  const bytes = context.host.readFile(path.text);
  if (bytes === null) {
    context.report(
      diagnose(
        'TVD2401',
        { path: path.text },
        { span: path.span },
        {
          notes: ['data paths are relative to the spec'],
        },
      ),
    );
    return null;
  }
  const fault = (reason: string) => {
    context.report(diagnose('TVD2402', { path: path.text, reason }, { span: path.span }));
    return null;
  };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return fault('it is not UTF-8 text');
  }
  const hash = sha256(bytes);
  try {
    if (extension === 'csv') return fromCsv(name, text, hash, fault);
    const long = extension === 'json' ? (text.match(LONG_INTEGER) ?? []) : [];
    const rounded = long.find((digits) => !Number.isSafeInteger(Number(digits)));
    if (rounded)
      return fault(`\`${rounded}\` is beyond 2^53, where JSON's numbers are rounded: write it as a text`);
    const json: unknown =
      extension === 'json'
        ? JSON.parse(text)
        : parseYaml(text, { mapAsMap: true, schema: 'core', intAsBigInt: true });
    return fromValue(name, valueOfJson(json), hash, fault);
  } catch (error) {
    return fault(firstLine(error instanceof Error ? error.message : String(error)));
  }
}

/** Integers of 16 digits or more that stand as values. */
const LONG_INTEGER = /(?<=[[:,]\s*)-?\d{16,}(?=\s*[,\]}])/g;

const firstLine = (text: string) => text.split('\n')[0]!.replace(/[.:]$/, '').slice(0, 200);

type Fault = (reason: string) => null;

function fromCsv(name: string, text: string, hash: string, fault: Fault): DataValue | null {
  const lines: number[] = [];
  const records = parseCsv(text, {
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    on_record: (record: string[], { lines: line }) => {
      lines.push(line);
      return record;
    },
  });
  const rows = records.map((cells, i) => ({ cells, line: lines[i] ?? 0 }));
  const header = rows[0];
  if (header === undefined) return fault('it is empty');
  const names = header.cells.map((cell) => cell.trim());
  const unnamed = names.indexOf('');
  if (unnamed >= 0) return fault(`column ${unnamed + 1} has no name in the first line`);
  const twice = names.find((column, i) => names.indexOf(column) !== i);
  if (twice !== undefined) return fault(`it has two columns named \`${twice}\``);
  const body = rows.slice(1);
  if (body.length === 0) return fault('it has a header and no rows');
  const ragged = body.find((row) => row.cells.length !== names.length);
  if (ragged) {
    return fault(
      `line ${ragged.line} has ${plural(ragged.cells.length, 'cell')}, the header ${names.length}`,
    );
  }
  for (const i of names.keys()) {
    if (!body.every(({ cells }) => cells[i] === '' || INTEGER.test(cells[i] ?? ''))) continue;
    const beyond = body.find(({ cells }) => cells[i] !== '' && !isHeld(BigInt(cells[i] ?? 0)));
    if (beyond) {
      const cell = `\`${beyond.cells[i]}\` of column \`${names[i]}\``;
      return fault(`line ${beyond.line}: ${cell} lies beyond ±(2^63 - 1), where integers end`);
    }
  }
  const columns = names.map((column, i) => ({
    name: column,
    ...columnOf(body.map((row) => row.cells[i] ?? '')),
  }));
  return { kind: 'table', table: { name, rows: body.length, columns, hash } };
}

const plural = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;

const INTEGER = /^[+-]?(0|[1-9]\d*)$/;
/** What begins with a zero is a code (of a post office, say), not a number. */
const REAL = /^[+-]?((0|[1-9]\d*)(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

/** The narrowest type that every cell has; empty cells are null. Texts of few values are an enum. */
function columnOf(cells: readonly string[]): { readonly type: Type; readonly values: readonly Value[] } {
  const full = cells.filter((cell) => cell !== '');
  const read = <T extends Value>(convert: (cell: string) => T) =>
    cells.map((cell) => (cell === '' ? null : convert(cell)));
  if (full.length > 0) {
    if (full.every((cell) => INTEGER.test(cell))) {
      return { type: INT64, values: read(BigInt) };
    }
    if (full.every((cell) => REAL.test(cell) && Number.isFinite(Number(cell)))) {
      return { type: FLOAT64, values: read(Number) };
    }
    if (full.every((cell) => cell === 'true' || cell === 'false')) {
      return { type: BOOL, values: read((cell) => cell === 'true') };
    }
    if (full.every((cell) => dayOf(cell) !== null))
      return { type: DATE, values: read((cell) => dayOf(cell) ?? 0n) };
  }
  return { type: enumOf(full), values: read(String) };
}

/** Days since 1970 of `2024-01-31`, or null. */
function dayOf(text: string): bigint | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  if (month < 1 || month > 12 || day < 1 || day > lengths[month - 1]!) return null;
  return BigInt(daysOf(year, month, day));
}

/** A list of records is a table; a map is a document. */
function fromValue(name: string, value: Value, hash: string, fault: Fault): DataValue | null {
  if (value === null) return fault('it is empty');
  if (isMap(value)) {
    if (value.map.size === 0) return fault('it is empty');
    const type = typeOfValue(value);
    return type
      ? { kind: 'document', value, type, hash }
      : fault(unlikeItem(value) ?? 'one of its lists holds values of different types');
  }
  if (!isList(value)) return fault('it is neither a list of records nor a map');
  if (value.length === 0) return fault('it has no rows');
  return fromRecords(name, value, hash, fault);
}

function fromRecords(name: string, records: readonly Value[], hash: string, fault: Fault): DataValue | null {
  const first = records[0];
  if (first === undefined || first === null || !isMap(first))
    return fault('its items are not records (maps of column to value)');
  const names = [...first.map.keys()];
  const cells = new Map<string, Value[]>(names.map((column) => [column, []]));
  for (const [i, record] of records.entries()) {
    if (record === null || !isMap(record)) return fault(`item ${i + 1} is not a record`);
    const extra = [...record.map.keys()].find((column) => !cells.has(column));
    if (extra !== undefined) return fault(`record ${i + 1} has a column \`${extra}\` that the first has not`);
    for (const column of names) {
      const cell = record.map.get(column);
      if (cell === undefined) return fault(`record ${i + 1} has no \`${column}\``);
      cells.get(column)?.push(cell);
    }
  }
  const columns: DataTable['columns'][number][] = [];
  for (const [column, values] of cells) {
    let type: Type = NULL;
    for (const [i, value] of values.entries()) {
      const next = typeOfValue(value);
      const both = next && commonType(type, next);
      if (!both) {
        const given = next ? `${showType(next)}, those before ${showType(type)}` : 'a list of unlike items';
        return fault(`in record ${i + 1}, \`${column}\` is ${given}`);
      }
      type = both;
    }
    const texts = values.filter((value) => typeof value === 'string');
    if (type.kind === 'text') columns.push(dated(column, values, texts));
    else columns.push({ name: column, type, values: type.kind === 'float' ? values.map(toReal) : values });
  }
  return { kind: 'table', table: { name, rows: records.length, columns, hash } };
}

const toReal = (value: Value): Value => (typeof value === 'bigint' ? Number(value) : value);

function dated(
  name: string,
  values: readonly Value[],
  texts: readonly string[],
): DataTable['columns'][number] {
  if (texts.every((text) => dayOf(text) !== null)) {
    return {
      name,
      type: DATE,
      values: values.map((value) => (typeof value === 'string' ? dayOf(value) : value)),
    };
  }
  return { name, type: enumOf(texts), values };
}
