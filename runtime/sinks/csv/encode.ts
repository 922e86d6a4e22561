import type { PhysicalTable } from '../../../compiler/5-lower/physical-plan.ts';
import type { Sink } from '../sink.ts';
import type { ItemNotation, Notation } from '../text/notation.ts';
import { escapes, JSON_ESCAPES } from '../text/notation.ts';
import { utf8 } from '../text/out.ts';
import type { TextTable } from '../text/rows.ts';
import { leavesOf, textEncoder } from '../text/rows.ts';

const doubled = (text: string): string => text.replaceAll('"', '""');

const none = utf8('');
const text = { mark: utf8('"'), escapes: escapes({ '"': '""' }) };
/** Of the JSON inside of a quoted field. */
const items: ItemNotation = {
  text: {
    mark: utf8('""'),
    escapes: escapes(
      Object.fromEntries(Object.entries(JSON_ESCAPES).map(([sign, written]) => [sign, doubled(written)])),
    ),
  },
  mark: utf8('""'),
  duration: [none, none],
};
/** Texts are quoted, always; nothing else is, and a null is nothing at all, so that it differs from the empty text. */
const notation: Notation = {
  nothing: none,
  text,
  json: text,
  mark: none,
  duration: [none, none],
  list: { open: utf8('"['), close: () => utf8(']"'), items },
};

/** RFC 4180 with line feeds: a line of names, fields of structs as `struct.field`, lists as JSON. */
export const csvText = ({ columns }: PhysicalTable): TextTable => {
  const leaves = leavesOf(columns);
  return {
    head: `${leaves.map(({ path }) => named(path.join('.'))).join(',')}\n`,
    row: {
      notation,
      cells: leaves.map(({ column, step }, i) => ({ before: i === 0 ? '' : ',', type: column.type, step })),
      after: '\n',
    },
  };
};

const named = (name: string): string => (/^[\w. -]+$/.test(name) ? name : `"${doubled(name)}"`);

export const encodeCsv: Sink = (_, table) => textEncoder(csvText(table));
