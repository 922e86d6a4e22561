import type { ColumnAst, ExprAst, NodeId, PlainAst, SpecAst } from '../1-parse/ast.ts';
import { childrenOf } from '../1-parse/children.ts';

/** Every expression of a spec by its id. */
export function indexNodes(ast: SpecAst): ReadonlyMap<NodeId, ExprAst> {
  const nodes = new Map<NodeId, ExprAst>();
  const add = (expr: ExprAst | null): void => {
    if (expr === null) return;
    nodes.set(expr.id, expr);
    for (const child of childrenOf(expr)) add(child);
  };
  const addColumn = (column: ColumnAst): void => {
    if (column.body.kind === 'value') add(column.body.expr);
    else column.body.fields.forEach(addColumn);
    const { missing, missingAs, length } = column.attributes;
    [missing, missingAs, length].forEach(add);
  };
  for (const { value } of ast.lets) if (!isPlain(value)) add(value);
  for (const table of ast.tables) {
    table.columns.forEach(addColumn);
    for (const constraint of table.constraints) [constraint.check, constraint.when].forEach(add);
    add(table.weigh);
    add(table.block?.count ?? null);
  }
  ast.quality.forEach(add);
  return nodes;
}

export const isPlain = (node: ExprAst | PlainAst): node is PlainAst => node.kind.startsWith('plain-');
