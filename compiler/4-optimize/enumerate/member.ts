import type { Expr, Member } from '../../3-plan/expr.ts';
import type { LogicalColumn } from '../../3-plan/logical-plan.ts';
import type { ConditionalLaw } from './eliminate.ts';
import { type Partition, sums } from './partition.ts';
import type { Problem } from './solve.ts';
import type { Variable } from './variable.ts';

/**
 * Whether a draw's class is drawn before its state: where its states are not all told apart, and others are drawn given
 * the class, or the class given others. Else one table of its states will do.
 */
export function needsClass(
  number: number,
  { classes, variables }: Problem,
  laws: readonly ConditionalLaw[],
): boolean {
  const isWhole = classes[number]!.count === variables[number]!.size;
  return (
    !isWhole &&
    laws.some(({ variable, given }) => (variable === number ? given.length > 0 : given.includes(number)))
  );
}

/**
 * A law of classes, given nothing, as one of their states, each in proportion to its weight; where each state is a class,
 * the law itself.
 */
export function spread(law: Float64Array, partition: Partition, weights: Float64Array): Float64Array {
  if (partition.count === partition.classOf.length) return law;
  const totals = sums(partition, weights);
  return weights.map((weight, state) => {
    const of = partition.classOf[state]!;
    return weight > 0 ? (law[of]! * weight) / totals[of]! : 0;
  });
}

/** The hidden column of a draw's class. */
export const classColumn = (
  { draw }: Variable,
  { count }: Partition,
  path: string,
  { span }: LogicalColumn,
): LogicalColumn => ({
  path,
  stream: path,
  span,
  type: { kind: 'enum', values: Array.from({ length: count }, (_, i) => `class ${i + 1}`) },
  domain: { kind: 'any', nullable: false },
  hidden: true,
  expr: draw,
  missing: null,
  missingAs: null,
});

/** A state of the class that `of` holds. */
export function memberOf(
  { draw, stream }: Variable,
  { classOf, count }: Partition,
  weights: Float64Array,
  { type, domain }: LogicalColumn,
  of: Expr,
): Member {
  return {
    op: 'member',
    type,
    domain,
    span: draw.span,
    stream,
    of,
    classes: count,
    classOf: Array.from(classOf),
    weights: Array.from(weights),
  };
}
