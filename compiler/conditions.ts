import type { ConstraintAst, ExprAst, NodeId, SpecAst, TableAst } from './1-parse/ast.ts';
import { createContext, plainText } from './1-parse/context.ts';
import { readExpression } from './1-parse/expression/parse-expression.ts';
import type { Span } from './1-parse/source.ts';
import { diagnose } from './diagnostics/diagnose.ts';
import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { nearest } from './diagnostics/nearest.ts';
import type { TextLayout } from './text-layout.ts';

/** What a command line demands of a table's rows: `users: age < 18`. With `rows` it is a quota: that many rows of those. */
export type Condition = { readonly text: string; readonly rows: number | null };

/** Ids that no parse of a spec reaches. */
const FIRST_ID: NodeId = 2 ** 40;

export type Conditioned = {
  readonly ast: SpecAst;
  readonly diagnostics: readonly Diagnostic[];
};

/**
 * The spec with the conditions as constraints of their tables. A table with quotas has as many rows as they say together:
 * one block of rows after the other, each conditioned on its own predicate (the row being given, that is exact).
 */
export function conditioned(
  spec: SpecAst,
  layout: TextLayout,
  conditions: readonly Condition[],
  rows: Readonly<Record<string, number>>,
): Conditioned {
  const context = createContext(FIRST_ID);
  const asked = new Map<TableAst, Asked[]>();
  for (const [i, { text, rows }] of conditions.entries()) {
    const start = layout.starts[i]!;
    const [prefix = '', name = ''] = /^\s*([A-Za-z_]\w*)\s*:/.exec(text) ?? [];
    const span = spanOf(start + prefix.indexOf(name), name.length);
    const table = spec.tables.find((candidate) => candidate.name.text === name);
    if (!table) {
      const near = nearest(
        name,
        spec.tables.map((candidate) => candidate.name.text),
      );
      const label = near === null ? {} : { text: `did you mean \`${near}\`?` };
      context.report(diagnose('TVD4201', { name }, { span, ...label }));
      continue;
    }
    const check = readExpression(plainText(text.slice(prefix.length), start + prefix.length), context);
    asked.set(table, [...(asked.get(table) ?? []), { check, rows, span }]);
  }
  const tables = spec.tables.map((table) => {
    const all = asked.get(table);
    if (!all) return table;
    const quotas = all.filter((one) => one.rows !== null);
    const name = table.name.text;
    if (quotas.length > 0 && Object.hasOwn(rows, name))
      context.report(diagnose('TVD4202', { table: name }, { span: quotas[0]!.span }));
    if (table.block) context.report(diagnose('TVD4203', { table: name }, { span: all[0]!.span }));
    return withConstraints(table, all, context.nextId);
  });
  return { ast: { ...spec, tables }, diagnostics: context.diagnostics };
}

type Asked = { readonly check: ExprAst; readonly rows: number | null; readonly span: Span };

function withConstraints(table: TableAst, all: readonly Asked[], nextId: () => NodeId): TableAst {
  const total = all.reduce((sum, { rows }) => sum + (rows ?? 0), 0);
  let first = 0;
  const constraints = all.flatMap(({ check: whole, rows }) => {
    const start = first;
    first += rows ?? 0;
    return conjuncts(whole).map((check): ConstraintAst => {
      const { span } = check;
      const block = rows === null ? null : inBlock(start, start + rows, total, span, nextId);
      return { id: nextId(), span, check, when: block, name: null, doc: null, tries: null, asked: true };
    });
  });
  return {
    ...table,
    rows: total > 0 ? { value: total, span: all[0]!.span } : table.rows,
    constraints: [...table.constraints, ...constraints],
  };
}

/** `a and b` is true where both are: each part may be met in its own way. */
const conjuncts = (check: ExprAst): readonly ExprAst[] =>
  check.kind === 'binary' && check.op === 'and'
    ? [...conjuncts(check.left), ...conjuncts(check.right)]
    : [check];

/** `row >= first and row < end`, less what holds for every row. */
function inBlock(
  first: number,
  end: number,
  total: number,
  span: Span,
  nextId: () => NodeId,
): ExprAst | null {
  const bound = (op: '>=' | '<', value: number): ExprAst => ({
    id: nextId(),
    span,
    kind: 'binary',
    op,
    left: { id: nextId(), span, kind: 'name', name: 'row' },
    right: { id: nextId(), span, kind: 'int', value: BigInt(value) },
  });
  const from = first === 0 ? null : bound('>=', first);
  const to = end === total ? null : bound('<', end);
  if (from && to) return { id: nextId(), span, kind: 'binary', op: 'and', left: from, right: to };
  return from ?? to;
}

/** The first row of every block of quotas, by table. */
export function blockStarts(
  ast: SpecAst,
  conditions: readonly Condition[],
): Readonly<Record<string, readonly number[]>> {
  const starts: Record<string, number[]> = Object.fromEntries(ast.tables.map(({ name }) => [name.text, []]));
  const next = new Map<string, number>();
  for (const { text, rows } of conditions) {
    const name = /^\s*([A-Za-z_]\w*)\s*:/.exec(text)?.[1] ?? '';
    if (rows === null) continue;
    starts[name]?.push(next.get(name) ?? 0);
    next.set(name, (next.get(name) ?? 0) + rows);
  }
  return starts;
}

const spanOf = (start: number, length: number): Span => ({ start, end: start + length });
