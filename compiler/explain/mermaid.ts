import { type GraphNode, graphOf } from './graph.ts';
import type { Explanation } from './tree.ts';

/** Tables, columns and groups as a Mermaid flow chart, for Markdown pages. */
export function explainMermaid(plan: Explanation): string {
  const { tables, edges } = graphOf(plan);
  const nodes = tables.flatMap((table) => [...table.nodes, ...table.groups.flatMap((group) => group.nodes)]);
  const of = (kind: GraphNode['kind']): readonly string[] =>
    nodes.filter((node) => node.kind === kind).map(({ id }) => id);
  const node = ({ id, label, hidden }: GraphNode): string =>
    hidden ? `${id}([${quote(label)}])` : `${id}[${quote(label)}]`;
  const lines = [
    'flowchart LR',
    ...tables.flatMap((table) => [
      `  subgraph ${table.id} [${quote(table.label)}]`,
      ...table.nodes.map((each) => `    ${node(each)}`),
      ...table.groups.flatMap((group) => [
        `    subgraph ${group.id} [${quote(group.label)}]`,
        ...group.nodes.map((each) => `      ${node(each)}`),
        '    end',
      ]),
      '  end',
    ]),
    ...edges.map(({ from, to, across }) => `  ${from} ${across ? '-.->' : '-->'} ${to}`),
    '  classDef drawn fill:#dbe9ff,stroke:#4a78c0,color:#111',
    '  classDef given fill:#e6e6e6,stroke:#777,color:#111',
    ...(['drawn', 'given'] as const).flatMap((kind) =>
      of(kind).length > 0 ? [`  class ${of(kind).join(',')} ${kind}`] : [],
    ),
  ];
  return `${lines.join('\n')}\n`;
}

/** Mermaid reads `#code;` in texts as a character. */
const quote = (text: string): string =>
  `"${text.replace(/[#&"<>\\[\](){}|`;]/g, (char) => `#${char.charCodeAt(0)};`).replace(/\s+/g, ' ')}"`;
