import type { ExplainNode } from './tree.ts';

/** The tree for a terminal. Columns of facts are aligned among siblings of one kind. */
export function explainText(root: ExplainNode): string {
  const lines = [`${[root.title, ...root.facts].join(' · ')}`];
  for (const child of root.children) {
    lines.push('', [child.title, ...child.facts].join(' · '));
    lines.push(...branches(child.children, ''));
  }
  return `${lines.join('\n')}\n`;
}

const MAX_CELL = 64;

function branches(nodes: readonly ExplainNode[], indent: string): readonly string[] {
  return nodes.flatMap((node, i) => {
    const last = i === nodes.length - 1;
    const alike = nodes.filter((other) => other.kind === node.kind);
    const cells = [node.title, ...node.facts].map(shorten);
    const padded = cells.map((cell, column) =>
      column === cells.length - 1
        ? cell
        : cell.padEnd(Math.max(...alike.map((other) => width(other, column)))),
    );
    return [
      `${indent}${last ? '└─' : '├─'} ${padded.join('  ')}`,
      ...branches(node.children, `${indent}${last ? '  ' : '│ '} `),
    ];
  });
}

const width = (node: ExplainNode, column: number): number =>
  shorten([node.title, ...node.facts][column] ?? '').length;
const shorten = (text: string): string => (text.length > MAX_CELL ? `${text.slice(0, MAX_CELL - 1)}…` : text);
