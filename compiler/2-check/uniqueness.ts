import type { Type } from '../../stdlib/types.ts';
import { isList, type Value } from '../../stdlib/value.ts';
import type { ExprAst } from '../1-parse/ast.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import { sameType } from './constants.ts';
import type { Column, Context, Table } from './context.ts';
import { columnAt } from './nulls.ts';
import type { Meaning } from './typed-spec.ts';

/** Whether two rows can never have the same value in a column, as its `type:` stores it. */
export function isOneToOne(context: Context, { table, ast, known }: Column, depth = 0): boolean {
  const { body, attributes } = ast;
  if (body.kind !== 'value' || !oneToOne(context, table, body.expr, depth)) return false;
  return attributes.type === null || keepsApart(context.types.get(body.expr.id), known?.type);
}

/** Whether a conversion leads different values to different values: to a real it may round two to one. */
const keepsApart = (from: Type | undefined, to: Type | undefined): boolean =>
  from !== undefined &&
  to !== undefined &&
  (sameType(from, to) || (from.kind === 'int' && (to.kind === 'int' || to.kind === 'text')));

/** By the form of the expression alone. */
function oneToOne(context: Context, table: Table, expr: ExprAst, depth: number): boolean {
  if (depth > 100) return false;
  const inner = (operand: ExprAst): boolean => oneToOne(context, table, operand, depth + 1);
  const constant = (operand: ExprAst): boolean => context.values.has(operand.id);
  switch (expr.kind) {
    case 'name':
    case 'field':
      return nameOneToOne(context, table, expr, depth);
    case 'draw':
      return isPermutation(context.meanings.get(expr.id));
    case 'call':
      return (
        expr.callee.text === 'uuid' &&
        expr.args.length > 0 &&
        expr.args[0] !== undefined &&
        inner(expr.args[0].value)
      );
    case 'unary':
      return expr.op === '-' && inner(expr.operand);
    case 'binary': {
      const { op, left, right } = expr;
      // Reals round: `row + 1e17` is the same for neighbours.
      if (![expr, left, right].every(({ id }) => isExact(context.types.get(id)))) return false;
      if (op === '+' || op === '-')
        return (inner(left) && constant(right)) || (constant(left) && inner(right));
      if (op !== '*') return false;
      const factor = constant(left) ? left : right;
      const other = factor === left ? right : left;
      return Number(context.values.get(factor.id) ?? 0) !== 0 && inner(other);
    }
    case 'cast':
      return (
        inner(expr.operand) && keepsApart(context.types.get(expr.operand.id), context.types.get(expr.id))
      );
    case 'template':
      return templateOneToOne(context, expr, inner);
    default:
      return false;
  }
}

const isPermutation = (meaning: Meaning | undefined): boolean =>
  meaning?.kind === 'draw' && meaning.law === 'permutation';

/** Computed in integers. */
const isExact = (type: Type | undefined): boolean => type !== undefined && EXACT.has(type.kind);
const EXACT: ReadonlySet<Type['kind']> = new Set(['int', 'date', 'timestamp', 'duration']);

function nameOneToOne(context: Context, table: Table, expr: ExprAst, depth: number): boolean {
  const meaning = context.meanings.get(expr.id);
  if (meaning?.kind === 'row') return true;
  if (meaning?.kind !== 'column') return false;
  const column = columnAt(table.columns, meaning.path);
  return column !== null && (isUnique(column) || isOneToOne(context, column, depth + 1));
}

/** What is asked for is checked where it is asked for. */
const isUnique = ({ ast }: Column): boolean =>
  ast.body.kind === 'value' && ast.attributes.unique?.value === true;

/** A hole that no two rows share, at an end of the text and set off by a literal without digits: `"FR-{row}"`. */
function templateOneToOne(
  context: Context,
  expr: Extract<ExprAst, { kind: 'template' }>,
  inner: (hole: ExprAst) => boolean,
): boolean {
  const { parts } = expr;
  const holes = parts.filter((part) => part.kind === 'hole');
  if (holes.length === 1) return holes[0]?.kind === 'hole' && inner(holes[0].expr);
  const ends = [
    { at: parts[0], beside: parts[1] },
    { at: parts.at(-1), beside: parts.at(-2) },
  ];
  return ends.some(
    ({ at, beside }) =>
      at?.kind === 'hole' &&
      context.types.get(at.expr.id)?.kind === 'int' &&
      inner(at.expr) &&
      beside?.kind === 'literal' &&
      /^[^\d-].*$/s.test(beside.text) &&
      /[^\d]$/s.test(beside.text),
  );
}

/** The columns of `unique: true` and the key, against the row count. */
export function checkUnique(context: Context, column: Column): void {
  const { unique } = column.ast.attributes;
  const { body } = column.ast;
  const { table } = column;
  if (!unique?.value || body.kind !== 'value' || !column.known || column.known.type.kind === 'error') return;
  if (isOneToOne(context, column)) return;
  const room = body.expr.kind === 'template' ? capacity(context, table, body.expr) : null;
  if (room === null) {
    context.report(
      diagnose(
        'TVD2305',
        { column: column.path },
        { span: body.expr.span },
        {
          secondary: [{ span: unique.span, text: 'asked for here' }],
          help: [
            {
              text: 'build it from `row`, `uuid(row)`, `~permutation()`, or a template of unweighted `~pick(list)` pieces',
            },
          ],
        },
      ),
    );
    return;
  }
  if (room >= table.rows || table.ast.rows === null) return;
  context.report(
    diagnose(
      'TVD2306',
      { column: column.path, capacity: grouped(room), rows: grouped(table.rows) },
      { span: body.expr.span },
      {
        help: [{ text: 'add pieces, or words to the pieces: their numbers multiply' }],
      },
    ),
  );
}

const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

/** How many values the expression has whatever the drawn columns are that it reads; null where it is not of a countable form. */
function capacity(context: Context, table: Table, expr: ExprAst): number | null {
  if (context.values.has(expr.id)) return 1;
  switch (expr.kind) {
    case 'template':
      return expr.parts.reduce<number | null>((product, part) => {
        const room = part.kind === 'literal' ? 1 : capacity(context, table, part.expr);
        return product === null || room === null ? null : product * room;
      }, 1);
    case 'draw':
      return drawCapacity(context, expr);
    case 'name':
    case 'field':
    case 'index': {
      const type = context.types.get(expr.id);
      return type && type.kind !== 'error' ? 1 : null;
    }
    case 'if':
      return least([capacity(context, table, expr.then), capacity(context, table, expr.otherwise)]);
    case 'match':
      return least(expr.arms.map((arm) => capacity(context, table, arm.value)));
    case 'cast':
      return capacity(context, table, expr.operand);
    case 'call': {
      const rooms = expr.args.map((arg) => capacity(context, table, arg.value));
      return rooms.reduce<number | null>(
        (product, room) => (product === null || room === null ? null : product * room),
        1,
      );
    }
    default:
      return null;
  }
}

const least = (rooms: readonly (number | null)[]): number | null =>
  rooms.reduce<number | null>(
    (min, room) => (min === null || room === null ? null : Math.min(min, room)),
    Infinity,
  );

/** Unweighted picks from a list, or from the shortest of the lists that a drawn column chooses among. */
function drawCapacity(context: Context, expr: Extract<ExprAst, { kind: 'draw' }>): number | null {
  if (expr.law.text !== 'pick' || expr.args.length !== 1 || !expr.args[0]) return null;
  const list = expr.args[0].value;
  const lists = context.values.has(list.id)
    ? [context.values.get(list.id) ?? null]
    : (context.cases.get(list.id) ?? []);
  const sizes = lists
    .filter((value: Value): value is readonly Value[] => isList(value))
    .map((items) => new Set(items).size);
  return sizes.length > 0 ? Math.min(...sizes) : null;
}
