import type { SlotRef } from '../../../stdlib/define.ts';
import { lookupCases } from '../../../stdlib/functions/lookup.ts';
import { scalarMath } from '../../../stdlib/kernels/load.ts';
import { type Draw, type Expr, mapChildren } from '../../3-plan/expr.ts';
import type { LogicalPlan, LogicalTable } from '../../3-plan/logical-plan.ts';
import { createBlobStore } from '../../5-lower/blobs.ts';
import { createBuilder, type StepBuilder } from '../../5-lower/builder.ts';
import { lowerToSlot } from '../../5-lower/expression.ts';
import type { TableLowering } from '../../5-lower/table-lowering.ts';
import type { RuleTools } from '../rule.ts';
import { cellsOf } from './factor.ts';
import { NotFinite } from './not-finite.ts';
import { firsts, type Partition } from './partition.ts';
import { INPUT, type Result, runSteps } from './run-steps.ts';
import type { Variable } from './variable.ts';

export type Tabulate = (
  expr: Expr,
  scope: readonly Variable[],
  classes: readonly Partition[],
) => readonly Result[];

/**
 * An expression's value for every choice of the classes of `scope`, the last variable fastest: lowered as for a row, and
 * computed by the same kernels for the first state of each class.
 */
export function createTabulate(table: LogicalTable, plan: LogicalPlan, tools: RuleTools): Tabulate {
  return (expr, scope, classes) => {
    const store = createBlobStore();
    const builder = createBuilder({
      seed: plan.seed,
      table: table.name,
      blobs: store,
      math: scalarMath(tools.kernels),
    });
    const result = lowerToSlot(withInputs(expr, scope), loweringOf(table, plan, tools, builder, scope));
    const { steps } = builder;
    const states = scope.map((_, axis) => firsts(classes[axis]!));
    const sizes = states.map(({ length }) => length);
    const numbers = sizes.map((_, i) => i);
    const strides = numbers.map((i) => cellsOf(numbers.slice(i + 1), sizes));
    const program = {
      steps,
      result: result.step,
      dictionary: result.dictionary ?? null,
      blobs: store.finish(),
    };
    return runSteps(tools.kernels, program, cellsOf(numbers, sizes), (input, first, codes) => {
      for (let i = 0; i < codes.length; i++)
        codes[i] = states[input]![Math.floor((first + i) / strides[input]!) % sizes[input]!]!;
    });
  };
}

/** No column has this path. */
const pathOf = (stream: string): string => `~${stream}`;

/** Draws become reads of what is put in. */
function withInputs(expr: Expr, scope: readonly Variable[]): Expr {
  if (expr.op !== 'draw') return mapChildren(expr, (child) => withInputs(child, scope));
  const { type, domain, span, stream } = expr;
  return { op: 'column', path: pathOf(stream), observed: false, type, domain, span };
}

function loweringOf(
  table: LogicalTable,
  plan: LogicalPlan,
  tools: RuleTools,
  builder: StepBuilder,
  scope: readonly Variable[],
): TableLowering {
  const inputs = new Map(
    scope.map((variable, i): [string, SlotRef] => [pathOf(variable.stream), input(builder, variable, i)]),
  );
  const complete = (path: string): SlotRef => {
    const known = inputs.get(path);
    if (known) return known;
    const column = table.columns.find((candidate) => candidate.path === path);
    if (!column) throw new Error(`${table.name} has no column ${path}`);
    const slot = lowerToSlot(withInputs(column.expr, scope), lowering);
    inputs.set(path, slot);
    return slot;
  };
  const never = (): never => {
    throw new NotFinite('it reads more than the finite draws of its row');
  };
  const lowering: TableLowering = {
    plan,
    library: { laws: tools.laws, functions: tools.functions },
    rows: table.rows,
    builder,
    complete,
    observed: never,
    others: never,
    place: () => ({ text: '', line: 0, column: 0 }),
    report: never,
    groupOf: () => null,
    weightOf: () => null,
  };
  return lowering;
}

/** The value of a draw by its state. */
function input(b: StepBuilder, { draw, size, values }: Variable, number: number): SlotRef {
  const dictionary = draw.type.kind === 'enum' ? { dictionary: draw.type.values } : {};
  const code = b.kernel(INPUT, { kind: 'code', ...dictionary }, [{ i32: number }, { i32: size }]);
  return isCode(draw) || values === null ? code : lookupCases(b, code, values, draw.type).slot;
}

/** The state of a draw of an enum or a data row is its value's code. */
export const isCode = ({ type }: Draw): boolean => type.kind === 'enum' || type.kind === 'row';
