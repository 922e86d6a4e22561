import type { ColumnNode, Explanation, TableNode } from './tree.ts';

/** What DOT and Mermaid draw: columns in boxes of tables and groups, an arrow from what is read to what reads it. */
export type Graph = {
  readonly title: string;
  readonly tables: readonly {
    readonly id: string;
    readonly label: string;
    readonly groups: readonly {
      readonly id: string;
      readonly label: string;
      readonly nodes: readonly GraphNode[];
    }[];
    readonly nodes: readonly GraphNode[];
  }[];
  /** `across`: from a parent table. */
  readonly edges: readonly { readonly from: string; readonly to: string; readonly across: boolean }[];
};

export type GraphNode = {
  readonly id: string;
  readonly label: string;
  readonly kind: 'drawn' | 'given' | 'computed';
  readonly hidden: boolean;
};

export function graphOf(plan: Explanation): Graph {
  const home = new Map(
    plan.tables.flatMap((table) => table.columns.map(({ number }) => [number, table.name])),
  );
  const edges = plan.tables.flatMap((table) =>
    table.columns.flatMap(({ number, reads }) =>
      reads.map((read) => ({ from: id(read), to: id(number), across: home.get(read) !== table.name })),
    ),
  );
  return { title: plan.dataset, tables: plan.tables.map(tableOf), edges };
}

const id = (number: number): string => `c${number}`;

function tableOf(table: TableNode, index: number): Graph['tables'][number] {
  return {
    id: `t${index + 1}`,
    label: table.name,
    groups: table.groups.map((group) => ({
      id: `g${group.number}`,
      label: `group (${group.number}): ${[
        ...table.constraints
          .filter(({ number }) => group.constraints.includes(number))
          .map(({ name }) => name),
        ...(group.weigh ? ['weigh'] : []),
      ].join(', ')}`,
      nodes: table.columns.filter((column) => column.group === group.number).map(nodeOf),
    })),
    nodes: table.columns.filter((column) => column.group === null).map(nodeOf),
  };
}

const nodeOf = (column: ColumnNode): GraphNode => ({
  id: id(column.number),
  label: column.path,
  kind: column.given ? 'given' : column.laws.length > 0 ? 'drawn' : 'computed',
  hidden: column.hidden,
});
