import { describe, expect, it } from 'vitest';
import { firstRows, writeRows } from '../../cli/rows.ts';
import type { Picture } from '../../compiler/explain/tree.ts';
import { createEngine } from '../../runtime/engine/engine.ts';
import { jsonlText } from '../../runtime/sinks/jsonl/encode.ts';
import { explained } from './explained.ts';

const { plan, blobs, explain } = explained('test/explain/pictures.yaml');
const columns = explain.tables[0]!.columns.filter(({ hidden }) => !hidden);

type Row = Readonly<Record<string, string | number | boolean>>;
const [rows = [], children = []] = plan.tables.map((table): readonly Row[] => {
  const all = firstRows(table, table.rows);
  const lines = [...writeRows(createEngine(plan, blobs), table, jsonlText(table), all, 8192)]
    .join('')
    .split('\n');
  return lines.slice(0, -1).map((line): Row => JSON.parse(line));
});

/** Standard errors: a bin of an exact picture fails with probability 6e-7; with some 900 bins one seed in 2,000 fails. */
const Z = 5;
/** Pictures keep six digits. */
const DIGITS = 1e-5;

function compare(picture: Picture, path: string, among: readonly Row[]): void {
  const holds = (share: number, accepts: (value: string | number | boolean) => boolean, what: string) => {
    const frequency = among.filter((row) => accepts(row[path]!)).length / among.length;
    const error = Z * Math.sqrt((share * (1 - share)) / among.length) + DIGITS;
    expect(Math.abs(frequency - share), `${path}: ${what}, ${frequency} for ${share}`).toBeLessThan(error);
  };
  switch (picture.kind) {
    case 'density': {
      const [first, last] = [picture.bins[0]!, picture.bins.at(-1)!];
      const number = (x: string | number | boolean): number =>
        picture.of === 'instants' ? Date.parse(String(x)) * 1000 : Number(x);
      for (const [i, { from, to, share }] of picture.bins.entries()) {
        const closed = i === picture.bins.length - 1;
        holds(share, (x) => number(x) >= from && (number(x) < to || (closed && x === to)), `${from}..${to}`);
      }
      holds(picture.tails, (x) => number(x) < first.from || number(x) > last.to, 'tails');
      expect(picture.bins.reduce((sum, { share }) => sum + share, picture.tails)).toBeCloseTo(1, 3);
      break;
    }
    case 'bars':
      for (const { label, share } of picture.bars) holds(share, (x) => String(x) === label, label);
      expect(picture.bars.reduce((sum, { share }) => sum + share, picture.others?.share ?? 0)).toBeCloseTo(
        1,
        4,
      );
      break;
    case 'cases':
      for (const { label, picture: one } of picture.cases) {
        const some = among.filter((row) => String(row[picture.by]) === label);
        expect(some.length).toBeGreaterThan(100);
        compare(one, path, some);
      }
  }
}

describe('the picture of a law is what is drawn', () => {
  it('the spec covers every kind', () => {
    const kinds = columns.map(({ laws }) => laws[0]?.picture?.kind);
    expect(new Set(kinds)).toEqual(new Set(['density', 'bars', 'cases']));
    expect(kinds).not.toContain(undefined);
  });
  it.each(columns)('$path', ({ path, laws }) => {
    expect(laws).toHaveLength(1);
    compare(laws[0]!.picture!, path, rows);
  });
  it('parents by their row, and by their rank', () => {
    const [parent, ranked] = explain.tables[1]!.columns;
    compare(parent!.laws[0]!.picture!, 'parent', children);
    const byRank = ranked!.laws[0]!.picture!;
    expect(byRank).toMatchObject({ kind: 'bars', caption: 'rows of draws by their rank' });
    compare(byRank, 'rank', children);
  });
});
