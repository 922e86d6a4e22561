import type { LawDefinition } from '../../../stdlib/define.ts';
import { INT64 } from '../../../stdlib/types.ts';
import { isList, type Value } from '../../../stdlib/value.ts';
import { type Call, children, type Draw, type Expr } from '../../3-plan/expr.ts';
import type { FiniteModel } from './finite-model.ts';
import { NotFinite } from './not-finite.ts';

/** A draw from a law on the line, as a condition reads it: itself, or rounded to the nearest integer. */
export type LineRead = { readonly draw: Draw; readonly path: string; readonly rounded: boolean };

/** A condition tells values below `at` from those above it; `at` itself is with the upper, the lower, or neither. */
export type Threshold = LineRead & {
  readonly at: Expr;
  readonly below: boolean;
  readonly above: boolean;
};

/** Laws whose probability of any interval is known. */
export const isLine = (law: LawDefinition | undefined): boolean =>
  law !== undefined && law.shape.kind !== 'own' && law.truncatable && !law.given;

/**
 * All thresholds in a condition and in the parameters of the draws that it depends on: between two of them nothing that
 * is computed here changes with the draw.
 * @throws {NotFinite} where a draw on the line is read otherwise than by comparison with what is finite.
 */
export function thresholdsIn(
  condition: Expr,
  model: FiniteModel,
  laws: ReadonlyMap<string, LawDefinition>,
): readonly Threshold[] {
  const found: Threshold[] = [];
  const seen = new Set<string>();
  const visit = (expr: Expr, path: string): void => {
    const asked = expr.op === 'call' ? askedBy(expr, path, model, laws) : null;
    if (asked) {
      found.push(...asked);
      for (const { draw, path: drawn, at } of asked) {
        visit(at, path);
        visitOnce(draw.stream, () => children(draw), drawn);
      }
      return;
    }
    if (expr.op === 'column') {
      visitOnce(`column ${expr.path}`, () => [model.columnOf(expr)], expr.path);
    } else if (expr.op === 'draw') {
      if (isLine(laws.get(expr.law)))
        throw new NotFinite(
          `${path} is drawn from ${expr.law}, and read otherwise than against finite bounds`,
        );
      visitOnce(expr.stream, () => model.inputsOf(expr, path), path);
    } else for (const child of children(expr)) visit(child, path);
  };
  const visitOnce = (name: string, inside: () => readonly Expr[], path: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const expr of inside()) visit(expr, path);
  };
  visit(condition, 'it');
  return found;
}

type Sides = Pick<Threshold, 'below' | 'above'>;
const BELOW: Sides = { below: true, above: false };
const ABOVE: Sides = { below: false, above: true };
const BOTH: Sides = { below: true, above: true };
/** By the comparison with the draw on the left, and on the right. */
const SIDES: ReadonlyMap<string, readonly [Sides, Sides]> = new Map([
  ['lt', [BELOW, ABOVE]],
  ['ge', [BELOW, ABOVE]],
  ['le', [ABOVE, BELOW]],
  ['gt', [ABOVE, BELOW]],
  ['eq', [BOTH, BOTH]],
  ['ne', [BOTH, BOTH]],
]);

/** Null where the call compares no draw on the line, or two of them. */
function askedBy(
  call: Call,
  path: string,
  model: FiniteModel,
  laws: ReadonlyMap<string, LawDefinition>,
): readonly Threshold[] | null {
  const [left, right] = call.args;
  if (!left || !right) return null;
  const lineOf = (expr: Expr): LineRead | null => readOf(expr, path, model, laws);
  const at = (line: LineRead, where: Expr, sides: Sides): Threshold => {
    const { kind } = where.type;
    if (kind !== 'int' && kind !== 'float' && kind !== 'null')
      throw new NotFinite(`it compares ${line.path} with a ${kind}`);
    return { ...line, ...sides, at: where };
  };
  const sides = SIDES.get(call.fn);
  if (sides) {
    const [a, b] = [lineOf(left), lineOf(right)];
    const line = a ?? b;
    if (line === null || (a && b) || (sides[0] === BOTH && !isWhole(line))) return null;
    return [at(line, a ? right : left, sides[a ? 0 : 1])];
  }
  const line = call.fn === 'between' || call.fn === 'in' || call.fn === 'not_in' ? lineOf(left) : null;
  if (line === null) return null;
  if (right.op === 'range')
    return [at(line, right.lo, BELOW), at(line, right.hi, right.halfOpen ? BELOW : ABOVE)];
  const items = isWhole(line) && right.op === 'constant' && right.type.kind === 'list' ? right.value : null;
  if (!isList(items)) return null;
  const constant = (value: Value): Expr => ({ ...right, op: 'constant', type: INT64, value });
  return items.map((item) => at(line, constant(item), BOTH));
}

/** Single values of a continuous law have no probability to speak of. */
const isWhole = ({ draw, rounded }: LineRead): boolean => rounded || draw.type.kind === 'int';

function readOf(
  expr: Expr,
  path: string,
  model: FiniteModel,
  laws: ReadonlyMap<string, LawDefinition>,
): LineRead | null {
  switch (expr.op) {
    case 'column':
      return readOf(model.columnOf(expr), expr.path, model, laws);
    case 'draw':
      return isLine(laws.get(expr.law)) ? { draw: expr, path, rounded: false } : null;
    case 'cast': {
      const { of, type } = expr;
      const inner = type.kind === 'int' ? readOf(of, path, model, laws) : null;
      if (inner === null || (of.type.kind !== 'float' && of.type.kind !== 'int')) return null;
      return { ...inner, rounded: inner.rounded || of.type.kind === 'float' };
    }
    default:
      return null;
  }
}
