import type { ColumnAst, ExprAst, NodeId, PlainAst, SpecAst } from '../1-parse/ast.ts';

/** Every expression of a spec by its id. */
export function indexNodes(ast: SpecAst): ReadonlyMap<NodeId, ExprAst> {
  const nodes = new Map<NodeId, ExprAst>();
  const add = (expr: ExprAst | null): void => {
    if (expr === null) return;
    nodes.set(expr.id, expr);
    for (const child of childNodes(expr)) add(child);
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

/** The expressions directly inside. */
export function childNodes(expr: ExprAst): readonly ExprAst[] {
  switch (expr.kind) {
    case 'int':
    case 'real':
    case 'text':
    case 'bool':
    case 'null':
    case 'date':
    case 'instant':
    case 'duration':
    case 'name':
    case 'broken':
      return [];
    case 'range':
      return [expr.lo, expr.hi];
    case 'list':
      return expr.items;
    case 'template':
      return expr.parts.flatMap((part) => (part.kind === 'hole' ? [part.expr] : []));
    case 'field':
      return [expr.of];
    case 'index':
      return [expr.of, expr.index];
    case 'call':
      return expr.args.map((arg) => arg.value);
    case 'draw':
      return [...expr.args.map((arg) => arg.value), ...(expr.within ? [expr.within] : [])];
    case 'unary':
    case 'is-null':
    case 'cast':
      return [expr.operand];
    case 'binary':
      return [expr.left, expr.right];
    case 'if':
      return [expr.condition, expr.then, expr.otherwise];
    case 'match':
      return [expr.subject, ...expr.arms.flatMap((arm) => [...(arm.patterns ?? []), arm.value])];
  }
}
