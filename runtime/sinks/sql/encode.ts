import type { PhysicalTable } from '../../../compiler/5-lower/physical-plan.ts';
import type { Type } from '../../../stdlib/types.ts';
import { showType } from '../../../stdlib/types.ts';
import type { ItemNotation, Notation } from '../text/notation.ts';
import { escapes } from '../text/notation.ts';
import { utf8 } from '../text/out.ts';
import type { TextTable } from '../text/rows.ts';
import { leavesOf } from '../text/rows.ts';

/** Backslashes stand for themselves: `standard_conforming_strings` is on since PostgreSQL 9.1. */
const text = { mark: utf8("'"), escapes: escapes({ "'": "''" }) };
const items: ItemNotation = {
  text,
  mark: text.mark,
  duration: [utf8("'"), utf8(" microseconds'")],
};
const notation: Notation = {
  ...items,
  nothing: utf8('NULL'),
  json: text,
  list: { open: utf8('ARRAY['), close: (of) => utf8(`]::${sqlType(of)}[]`), items },
};

/**
 * A table and its rows for PostgreSQL: CREATE TABLE, then an INSERT a row. Fields of structs are columns
 * `"struct.field"`; the key is the primary key; references are values, without FOREIGN KEY, since a sample need not
 * hold their rows.
 */
export function sqlText({ columns, key, name }: PhysicalTable): TextTable {
  const leaves = leavesOf(columns).map((leaf) => ({ ...leaf, name: leaf.path.join('.') }));
  const lines = leaves.map(
    ({ column, name }) => `${identifier(name)} ${sqlType(column.type)}${column.nullable ? '' : ' NOT NULL'}`,
  );
  const primary = leaves
    .filter((leaf) => leaf.name === key)
    .map((leaf) => `PRIMARY KEY (${identifier(leaf.name)})`);
  const names = leaves.map((leaf) => identifier(leaf.name)).join(', ');
  return {
    head: `CREATE TABLE ${identifier(name)} (\n  ${[...lines, ...primary].join(',\n  ')}\n);\n`,
    row: {
      notation,
      cells: leaves.map(({ column, step }, i) => ({
        before: i === 0 ? `INSERT INTO ${identifier(name)} (${names}) VALUES (` : ', ',
        type: column.type,
        step,
      })),
      after: ');\n',
    },
  };
}

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** PostgreSQL has no unsigned integers and none of 8 bits: the narrowest type that holds all values. */
function sqlType(type: Type): string {
  switch (type.kind) {
    case 'bool':
      return 'boolean';
    case 'int': {
      const bits = type.signed ? type.bits : 2 * type.bits;
      return bits <= 16 ? 'smallint' : bits === 32 ? 'integer' : bits === 64 ? 'bigint' : 'numeric(20, 0)';
    }
    case 'ref':
      return 'bigint';
    case 'float':
      return type.bits === 32 ? 'real' : 'double precision';
    case 'decimal':
      return `numeric(${type.precision}, ${type.scale})`;
    case 'text':
    case 'enum':
      return 'text';
    case 'date':
      return 'date';
    case 'timestamp':
      return 'timestamp with time zone';
    case 'duration':
      return 'interval';
    case 'uuid':
      return 'uuid';
    case 'json':
      return 'json';
    case 'list':
      return `${sqlType(type.of)}[]`;
    case 'vector':
      return 'real[]';
    default:
      throw new Error(`a column of type ${showType(type)} cannot be stored`);
  }
}
