import { describe, expect, it } from 'vitest';
import { styleOf, wantsColor } from '../../cli/terminal/style.ts';
import { renderRecord, renderTable } from '../../cli/terminal/table.ts';
import { displayWidth } from '../../cli/terminal/width.ts';

const style = styleOf(false);
const columns = [
  { name: 'row', align: 'right', cells: ['0', '1'] },
  {
    name: 'title',
    align: 'left',
    cells: ['東京 by Night', 'Silent River of the Long and Patient Northern Winter'],
  },
  { name: 'year', align: 'right', cells: ['1999', '∅'] },
] as const;

describe('renderTable', () => {
  it('aligns columns, numbers to the right, and cuts long texts', () => {
    expect(renderTable(columns, { width: 80, style })).toBe(
      [
        'row  title                                             year',
        '───  ────────────────────────────────────────────────  ────',
        '  0  東京 by Night                                     1999',
        '  1  Silent River of the Long and Patient Northern W…     ∅',
      ].join('\n'),
    );
  });

  it('moves what does not fit into a further block that begins with the first column', () => {
    expect(renderTable(columns, { width: 40, style })).toBe(
      [
        'row  title',
        '───  ───────────────────────────────────',
        '  0  東京 by Night',
        '  1  Silent River of the Long and Patie…',
        '',
        'row  year',
        '───  ────',
        '  0  1999',
        '  1     ∅',
      ].join('\n'),
    );
  });

  it('fits every width', () => {
    for (let width = 40; width < 140; width++) {
      const lines = renderTable([...columns, ...columns, ...columns], { width, style }).split('\n');
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    }
  });
});

it('renderRecord shows a row whole, a line a column', () => {
  const one = columns.map((column) => ({ ...column, cells: [column.cells[1]] }));
  expect(renderRecord(one, { width: 40, style })).toBe(
    ['row    1', 'title  Silent River of the Long and', '       Patient Northern Winter', 'year   ∅'].join(
      '\n',
    ),
  );
});

describe('wantsColor', () => {
  it.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [false, { FORCE_COLOR: '1' }, true],
    [true, { FORCE_COLOR: '0' }, false],
    [false, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    [true, { TERM: 'dumb' }, false],
  ])('terminal %s, environment %j: %s', (isTTY, env, expected) =>
    expect(wantsColor({ isTTY }, env)).toBe(expected),
  );
});
