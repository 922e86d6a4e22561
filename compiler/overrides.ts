import type { SpecAst, TableAst } from './1-parse/ast.ts';
import type { OutputFormat } from './5-lower/physical-plan.ts';

/** What a command line may change about a spec: part of the plan's identity. */
export type Overrides = {
  /** Multiplies row counts, except of tables with `scale: fixed`; never below one row. */
  readonly scale?: number;
  readonly rows?: Readonly<Record<string, number>>;
  readonly seed?: bigint;
  /** Instead of what `output:` names. */
  readonly format?: OutputFormat;
};

export function override(ast: SpecAst, { scale = 1, rows = {}, seed }: Overrides): SpecAst {
  const resize = (table: TableAst): TableAst => {
    if (!table.rows) return table;
    const stated = rows[table.name.text];
    const scaled =
      table.scale === 'fixed' ? table.rows.value : Math.max(1, Math.round(table.rows.value * scale));
    const value = stated ?? scaled;
    return value === table.rows.value
      ? table
      : { ...table, rows: { ...table.rows, value, stated: table.rows.value } };
  };
  return { ...ast, seed: seed ?? ast.seed, tables: ast.tables.map(resize) };
}
