import type { Span } from '../1-parse/source.ts';
import type { LogicalPlan } from '../3-plan/logical-plan.ts';
import type { PhysicalPlan, PhysicalTable } from '../5-lower/physical-plan.ts';
import { reasons } from './reasons.ts';
import { columnSteps, signaturesOf } from './signatures.ts';

/** A spec as far as a comparison needs it. `logical`: before any rule, so that reasons are those of the spec. */
export type Compared = {
  readonly logical: LogicalPlan;
  readonly physical: PhysicalPlan;
  readonly blobs: Uint8Array;
  readonly excerpt: (span: Span) => string;
};

export type Difference = { readonly tables: readonly TableDifference[] };

export type TableDifference = {
  readonly table: string;
  readonly change: Change;
  /** In the first spec and in the second; null where it has no such table. */
  readonly rows: readonly [number | null, number | null];
  readonly columns: readonly ColumnDifference[];
  /** Whether rows are cut into files, and files into row groups, in another way. */
  readonly files: boolean;
};

/** `changed`: a row that both have may have another value. */
export type ColumnDifference = {
  readonly column: string;
  readonly change: Change;
  readonly hidden: boolean;
  readonly why: readonly string[];
};
export type Change = 'same' | 'added' | 'removed' | 'changed';

/** Which tables and columns have other bytes in the second spec than in the first, and why. */
export function diff(a: Compared, b: Compared): Difference {
  const signatures = [signaturesOf(a.physical, a.blobs), signaturesOf(b.physical, b.blobs)] as const;
  const changed = new Set<string>();
  const steps = (physical: PhysicalPlan, table: string): ReadonlyMap<string, number> => {
    const found = physical.tables.find(({ name }) => name === table);
    return found ? columnSteps(found) : new Map();
  };
  const names = unite(a.logical.tables.map(nameOf), b.logical.tables.map(nameOf));
  for (const table of names) {
    const [before, after] = [steps(a.physical, table), steps(b.physical, table)];
    for (const [path, step] of before) {
      const other = after.get(path);
      if (other !== undefined && signatures[0](table, step) !== signatures[1](table, other))
        changed.add(`${table}.${path}`);
    }
  }
  return { tables: names.map((name) => tableDifference(name, a, b, changed)) };
}

const nameOf = ({ name }: { readonly name: string }): string => name;
const unite = (a: readonly string[], b: readonly string[]): readonly string[] => [...new Set([...a, ...b])];

function tableDifference(
  name: string,
  a: Compared,
  b: Compared,
  changed: ReadonlySet<string>,
): TableDifference {
  const [before, after] = [a, b].map(({ logical }) => logical.tables.find((table) => table.name === name));
  const paths = unite(
    before?.columns.map(({ path }) => path) ?? [],
    after?.columns.map(({ path }) => path) ?? [],
  );
  const columns = paths.map((path): ColumnDifference => {
    const [old, now] = [before, after].map((table) => table?.columns.find((column) => column.path === path));
    const hidden = (now ?? old)?.hidden ?? false;
    if (!before || !old) return { column: path, change: 'added', hidden, why: [] };
    if (!after || !now) return { column: path, change: 'removed', hidden, why: [] };
    if (!changed.has(`${name}.${path}`)) return { column: path, change: 'same', hidden, why: [] };
    return {
      column: path,
      change: 'changed',
      hidden,
      why: reasons([a, before, old], [b, after, now], changed),
    };
  });
  const change = !before
    ? 'added'
    : !after
      ? 'removed'
      : columns.every((one) => one.change === 'same')
        ? 'same'
        : 'changed';
  const physical = [a, b].map((one) => one.physical.tables.find((table) => table.name === name));
  return {
    table: name,
    change,
    rows: [before?.rows ?? null, after?.rows ?? null],
    columns,
    files: cut(physical[0]) !== cut(physical[1]),
  };
}

const cut = (table: PhysicalTable | undefined): string => `${table?.shardRows} ${table?.unitRows}`;
