import type { PhysicalTable, Step, StepBody } from '../../compiler/5-lower/physical-plan.ts';
import { stepInputs } from '../../compiler/5-lower/step-inputs.ts';
import { valueBytes } from './slots.ts';

/** What depends on what within one table; worked out once a plan. */
export type Closure = {
  /** Steps that a step reads, without repetition. */
  readonly inputs: readonly (readonly number[])[];
  /** Groups whose draws a step depends on, in order. */
  readonly groups: readonly (readonly number[])[];
  /** Steps that depend on a group's draws, in order. */
  readonly dependents: readonly (readonly number[])[];
  /** A step and all that it needs, in order of evaluation. */
  needs(step: number): readonly number[];
  /** The same for a retry of a group: steps that do not depend on the group and can be kept stand for all below them. */
  needsOfRetry(step: number, group: number): readonly number[];
};

export function closureOf(table: PhysicalTable): Closure {
  const inputs = table.steps.map((step) => [...new Set(stepInputs(step.body))]);
  const groups: (readonly number[])[] = [];
  for (const [number, step] of table.steps.entries()) {
    const found = new Set(keyGroups(step.body));
    for (const input of inputs[number] ?? []) {
      const known = groups[input];
      if (known === undefined)
        throw new Error(`plan: step ${number} of ${table.name} reads the later step ${input}`);
      for (const group of known) found.add(group);
    }
    groups.push([...found].sort((a, b) => a - b));
  }
  const known = new Map<string, readonly number[]>();
  const walk = (step: number, key: string, opens: (step: number) => boolean): readonly number[] => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const wanted = new Set([step]);
    // A set yields what is added while it is walked; steps come after their inputs, so their numbers are an order.
    for (const next of wanted) if (opens(next)) for (const input of inputs[next] ?? []) wanted.add(input);
    const order = [...wanted].sort((a, b) => a - b);
    known.set(key, order);
    return order;
  };
  return {
    inputs,
    groups,
    dependents: table.groups.map((_, group) =>
      [...groups.keys()].filter((step) => groups[step]?.includes(group)),
    ),
    needs: (step) => walk(step, `${step}`, () => true),
    needsOfRetry: (step, group) =>
      walk(step, `${step} ${group}`, (next) => {
        const of = table.steps[next];
        return of === undefined || !isKept(of) || (groups[next]?.includes(group) ?? false);
      }),
  };
}

/** Whether a retry takes a step's values from the frame, where they do not depend on the group. */
export const isKept = ({ body, slot }: Step): boolean =>
  (body.op === 'kernel' || body.op === 'parent') && valueBytes(slot.kind, slot.width) !== null;

const keyGroups = (body: StepBody): readonly number[] =>
  body.op === 'kernel'
    ? body.operands.flatMap((operand) => ('key' in operand && operand.group !== null ? [operand.group] : []))
    : [];
