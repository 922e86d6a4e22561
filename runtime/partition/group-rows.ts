import type { PartitionColumn } from '../../compiler/5-lower/physical-plan.ts';
import type { Batch, ColumnView } from '../engine/column-view.ts';
import { component, textReader } from './component.ts';

/** Rows of one partition among those grouped: their places, from 0, ascending. */
export type RowGroup = { readonly path: string; readonly places: Uint32Array };

/** Sorts rows by the values of partition columns. */
export type Grouper = {
  /** The batch's rows stand at `first` and after. */
  add(batch: Batch, first: number): void;
  groups(): readonly RowGroup[];
};

/** Values of a column are numbered as they come; so many of them, and pairs of columns still fit into a double. */
const MOST_VALUES = 2 ** 22;

export function createGrouper(columns: readonly PartitionColumn[]): Grouper {
  const numbered = columns.map(numberValues);
  const pairs = columns.map(() => new Map<number, number>());
  const groups: { readonly path: string; places: Uint32Array; count: number }[] = [];

  const groupOf = (ids: readonly Int32Array[], i: number): number => {
    let at = 0;
    for (let level = 0; level < ids.length; level++) {
      const key = at * MOST_VALUES + ids[level]![i]!;
      const known = pairs[level]!;
      let next = known.get(key);
      if (next === undefined) {
        next = level === ids.length - 1 ? groups.length : known.size;
        known.set(key, next);
        if (level === ids.length - 1) {
          const path = ids.map((column, j) => numbered[j]!.components[column[i]!]!).join('/');
          groups.push({ path, places: new Uint32Array(64), count: 0 });
        }
      }
      at = next;
    }
    return at;
  };

  return {
    add(batch, first) {
      const ids = columns.map(({ step }, j) => numbered[j]!.ids(batch.column(step), batch.rows));
      for (let i = 0; i < batch.rows; i++) {
        const group = groups[groupOf(ids, i)]!;
        if (group.count === group.places.length) {
          const larger = new Uint32Array(group.count * 2);
          larger.set(group.places);
          group.places = larger;
        }
        group.places[group.count++] = first + i;
      }
    },
    groups: () => groups.map(({ path, places, count }) => ({ path, places: places.subarray(0, count) })),
  };
}

/** A column's values as numbers from 0, and the folder of each. */
function numberValues({ name, type }: PartitionColumn) {
  const known = new Map<number | bigint | string | null, number>();
  const components: string[] = [];
  const read = textReader(type);
  let ids = new Int32Array(0);
  /** What tells values apart; texts by themselves, everything else by its slot's number. */
  const keyOf = (view: ColumnView, i: number): number | bigint | string | null =>
    view.valid?.[i] === 0 ? null : view.offsets ? read(view, i) : view.values[i]!;
  return {
    components,
    ids(view: ColumnView, rows: number): Int32Array {
      if (ids.length < rows) ids = new Int32Array(rows);
      for (let i = 0; i < rows; i++) {
        const key = keyOf(view, i);
        let id = known.get(key);
        if (id === undefined) {
          id = components.length;
          if (id === MOST_VALUES) throw new Error(`partition: ${name} has more than ${MOST_VALUES} values`);
          known.set(key, id);
          components.push(component(name, read(view, i)));
        }
        ids[i] = id;
      }
      return ids;
    },
  };
}
