import { type GraphNode, graphOf } from './graph.ts';
import type { Explanation } from './tree.ts';

const SHAPES: Readonly<Record<GraphNode['kind'], string>> = {
  drawn: 'shape=box, style="rounded,filled", fillcolor="#dbe9ff"',
  given: 'shape=box, style="rounded,filled", fillcolor="#e6e6e6"',
  computed: 'shape=box, style="rounded"',
};

/** Tables, columns and groups for Graphviz: `… --explain=dot | dot -Tsvg`. */
export function explainDot(plan: Explanation): string {
  const { title, tables, edges } = graphOf(plan);
  const node = ({ id, label, kind, hidden }: GraphNode): string =>
    `${id} [label=${quote(label)}, ${SHAPES[kind]}${hidden ? ', fontcolor="#777777"' : ''}];`;
  const lines = [
    `digraph ${quote(title)} {`,
    '  rankdir=LR;',
    '  node [fontname="sans-serif", fontsize=11, color="#555555"];',
    '  edge [color="#888888", arrowsize=0.6];',
    ...tables.flatMap((table) => [
      `  subgraph cluster_${table.id} {`,
      `    label=${quote(table.label)}; fontname="sans-serif"; color="#aaaaaa";`,
      ...table.nodes.map((each) => `    ${node(each)}`),
      ...table.groups.flatMap((group) => [
        `    subgraph cluster_${group.id} {`,
        `      label=${quote(group.label)}; style=dashed; color="#c07000"; fontsize=10;`,
        ...group.nodes.map((each) => `      ${node(each)}`),
        '    }',
      ]),
      '  }',
    ]),
    ...edges.map(({ from, to, across }) => `  ${from} -> ${to}${across ? ' [style=dashed]' : ''};`),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

const quote = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replace(/\s+/g, ' ')}"`;
