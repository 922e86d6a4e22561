import type { ExprAst } from '../1-parse/ast.ts';
import { childrenOf } from '../1-parse/children.ts';
import { leavesOf } from './columns.ts';
import type { Column, Table } from './context.ts';

/**
 * The leaf columns of a table, each after those whose names it mentions, as far as that goes. Columns are checked on
 * demand in any case: the order only keeps a long chain of columns from becoming as deep a recursion.
 */
export function readingOrder(table: Table): readonly Column[] {
  const order: Column[] = [];
  const seen = new Set<Column>();
  const stack: { readonly column: Column; readonly reads: Iterator<Column> }[] = [];
  const enter = (column: Column): void => {
    if (seen.has(column)) return;
    seen.add(column);
    stack.push({ column, reads: mentioned(table, column) });
  };
  for (const leaf of leavesOf(table.columns.values())) {
    enter(leaf);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const next = top.reads.next();
      if (!next.done) enter(next.value);
      else {
        order.push(top.column);
        stack.pop();
      }
    }
  }
  return order;
}

function* mentioned(table: Table, column: Column): Generator<Column> {
  if (column.ast.body.kind !== 'value') return;
  for (const name of namesIn(column.ast.body.expr)) {
    const read = column.parent?.fields.get(name) ?? table.columns.get(name);
    if (read) yield* leavesOf([read]);
  }
}

function namesIn(expr: ExprAst): ReadonlySet<string> {
  const names = new Set<string>();
  const open: ExprAst[] = [expr];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.kind === 'name') names.add(next.name);
    open.push(...childrenOf(next));
  }
  return names;
}
