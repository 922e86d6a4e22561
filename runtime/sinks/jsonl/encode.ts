import type { OutputColumn, PhysicalTable } from '../../../compiler/5-lower/physical-plan.ts';
import type { Sink } from '../sink.ts';
import type { ItemNotation, Notation } from '../text/notation.ts';
import { escapes, JSON_ESCAPES } from '../text/notation.ts';
import { utf8 } from '../text/out.ts';
import type { RowText, TextTable } from '../text/rows.ts';
import { textEncoder } from '../text/rows.ts';

const none = utf8('');
const items: ItemNotation = {
  text: { mark: utf8('"'), escapes: escapes(JSON_ESCAPES) },
  mark: utf8('"'),
  duration: [none, none],
};
const notation: Notation = {
  ...items,
  nothing: utf8('null'),
  // Line ends cannot stand inside a JSON string, so those in a JSON value only lay it out.
  json: { mark: none, escapes: escapes({ '\n': ' ', '\r': ' ' }) },
  list: { open: utf8('['), close: () => utf8(']'), items },
};

/**
 * An object a row and line. Integers and decimals are numbers with all their digits: JSON sets no limit, JavaScript's
 * own JSON.parse rounds beyond 2^53.
 */
export const jsonlText = ({ columns }: PhysicalTable): TextTable => ({
  head: '',
  row: { notation, ...objectText(columns, '', '\n') },
});

/** Cells with the names and braces before them; what is open at the end goes before `after`. */
function objectText(
  columns: readonly OutputColumn[],
  before: string,
  after: string,
): Pick<RowText, 'cells' | 'after'> {
  let pending = `${before}{`;
  const cells = columns.flatMap(({ body, name, type }, i): RowText['cells'] => {
    pending += `${i === 0 ? '' : ','}${JSON.stringify(name)}:`;
    const inner =
      body.kind === 'leaf'
        ? { cells: [{ before: pending, type, step: body.step }], after: '' }
        : objectText(body.fields, pending, '');
    pending = inner.after;
    return inner.cells;
  });
  return { cells, after: `${pending}}${after}` };
}

export const encodeJsonl: Sink = (_, table) => textEncoder(jsonlText(table));
