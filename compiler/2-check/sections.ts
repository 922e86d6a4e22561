import type { ExprAst, PlainAst } from '../1-parse/ast.ts';
import { childrenOf } from '../1-parse/children.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import { checkCondition } from './branches.ts';
import { type Column, type Context, scopeOf, type Table } from './context.ts';
import { check } from './expression.ts';
import { suggestion } from './names.ts';
import { columnAt } from './nulls.ts';

/** Sections whose stages come later: checked as far as names and types go. */
export function checkSections(context: Context): void {
  const { quality, load, use, include } = context.ast;
  for (const expr of quality) checkQuality(context, expr);
  const [first] = quality;
  if (first) unsupported(context, 'quality', first.span);
  if (load) {
    checkLoad(context, load);
    unsupported(context, 'load', load.span);
  }
  if (use) unsupported(context, 'use', use.span);
  if (include) unsupported(context, 'include', include.span);
}

const unsupported = (
  context: Context,
  section: string,
  span: { readonly start: number; readonly end: number },
): void => context.report(diagnose('TVD2901', { section }, { span }));

function checkQuality(context: Context, expr: ExprAst): void {
  const known = check(context, scopeOf('quality'), expr);
  checkCondition(context, expr, known, '`quality:`');
}

/** `milvus: { vector: media.embedding }`: the column must be there. */
function checkLoad(context: Context, load: PlainAst): void {
  const vector = entry(entry(load, 'milvus'), 'vector');
  if (vector?.kind !== 'plain-scalar' || typeof vector.value !== 'string') return;
  const [tableName = '', ...path] = vector.value.split('.');
  const table = context.tables.get(tableName);
  const name = { id: vector.id, span: vector.span, text: tableName };
  if (!table) {
    context.report(
      diagnose(
        'TVD2005',
        { name: tableName },
        { span: vector.span },
        { help: suggestion(name, context.tables.keys()) },
      ),
    );
    return;
  }
  if (columnAt(table.columns, path.join('.'))) return;
  context.report(
    diagnose(
      'TVD2002',
      { where: `table \`${tableName}\``, name: path.join('.') },
      { span: vector.span },
      {
        help: suggestion({ ...name, text: path.join('.') }, table.columns.keys()),
      },
    ),
  );
}

export function entry(plain: PlainAst | null, key: string): PlainAst | null {
  if (plain?.kind !== 'plain-map') return null;
  return plain.entries.find((candidate) => candidate.key.text === key)?.value ?? null;
}

/** Models are named with the length of their vectors. */
export function loadModels(context: Context): void {
  const { models } = context.ast;
  if (models?.kind !== 'plain-map') return;
  for (const { key, value } of models.entries) {
    const dims = entry(value, 'dims');
    const kind = entry(value, 'kind');
    const n = dims?.kind === 'plain-scalar' ? Number(dims.value) : Number.NaN;
    if (dims && !(Number.isInteger(n) && n >= 1 && n <= 65_536)) {
      context.report(
        diagnose(
          'TVD2201',
          { what: `\`dims\` of model \`${key.text}\``, bounds: 'a whole number in 1..65536' },
          { span: dims.span },
        ),
      );
    }
    const shown = kind?.kind === 'plain-scalar' ? String(kind.value) : '';
    context.models.set(key.text, {
      name: key.text,
      kind: shown,
      dims: Number.isInteger(n) && n >= 1 ? n : 0,
    });
  }
}

/** `correlate:`: columns with exactly one draw, and a matrix of their number. */
export function checkCorrelations(context: Context, table: Table): void {
  const { correlate } = table.ast;
  if (!correlate) return;
  const items = correlate.kind === 'plain-list' ? correlate.items : [correlate];
  for (const item of items) {
    const columns = entry(item, 'columns');
    const named = columns?.kind === 'plain-list' ? columns.items : [];
    for (const name of named) {
      const column = correlated(context, table, name);
      const draws = column?.ast.body.kind === 'value' ? drawsIn(column.ast.body.expr) : 1;
      if (column && draws !== 1) {
        context.report(diagnose('TVD2316', { column: column.path, draws }, { span: name.span }));
      }
    }
    const matrix = entry(item, 'matrix');
    const fault = matrix && named.length > 0 ? matrixFault(matrix, named.length) : null;
    if (matrix && fault) context.report(diagnose('TVD2315', { reason: fault }, { span: matrix.span }));
  }
  context.report(diagnose('TVD2906', {}, { span: correlate.span }));
}

const drawsIn = (expr: ExprAst): number =>
  childrenOf(expr).reduce((sum, child) => sum + drawsIn(child), expr.kind === 'draw' ? 1 : 0);

function correlated(context: Context, table: Table, name: PlainAst): Column | null {
  if (name.kind !== 'plain-scalar' || typeof name.value !== 'string') return null;
  const column = columnAt(table.columns, name.value);
  if (!column) {
    context.report(
      diagnose(
        'TVD2002',
        { where: `table \`${table.name}\``, name: name.value },
        { span: name.span },
        {
          help: suggestion({ id: name.id, span: name.span, text: name.value }, table.columns.keys()),
        },
      ),
    );
  }
  return column;
}

/** Symmetric, with unit diagonal, positive definite (by Cholesky's factors). */
function matrixFault(plain: PlainAst, size: number): string | null {
  const rows = plain.kind === 'plain-list' ? plain.items : [];
  const matrix = rows.map((row) =>
    row.kind === 'plain-list'
      ? row.items.map((cell) => (cell.kind === 'plain-scalar' ? Number(cell.value) : Number.NaN))
      : [],
  );
  if (matrix.length !== size || matrix.some((row) => row.length !== size))
    return `it is not ${size} by ${size}`;
  const at = (i: number, j: number) => matrix[i]?.[j] ?? Number.NaN;
  for (let i = 0; i < size; i++) {
    if (at(i, i) !== 1) return 'its diagonal is not 1';
    for (let j = 0; j < i; j++) if (at(i, j) !== at(j, i)) return 'it is not symmetric';
  }
  const factor: number[][] = [];
  for (let i = 0; i < size; i++) {
    const row: number[] = [];
    factor.push(row);
    for (let j = 0; j <= i; j++) {
      let sum = at(i, j);
      for (let k = 0; k < j; k++) sum -= (factor[i]?.[k] ?? 0) * (factor[j]?.[k] ?? 0);
      if (i === j && !(sum > 0)) return 'it is not positive definite';
      row.push(i === j ? Math.sqrt(sum) : sum / (factor[j]?.[j] ?? 1));
    }
  }
  return null;
}
