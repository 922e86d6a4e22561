import type { PhysicalTable, StepBody } from '../../compiler/5-lower/physical-plan.ts';

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
};

export function closureOf(table: PhysicalTable): Closure {
  const inputs = table.steps.map((step) => [...new Set(inputsOf(step.body))]);
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
  const needs = new Map<number, readonly number[]>();
  return {
    inputs,
    groups,
    dependents: table.groups.map((_, group) =>
      [...groups.keys()].filter((step) => groups[step]?.includes(group)),
    ),
    needs(step) {
      const known = needs.get(step);
      if (known !== undefined) return known;
      const wanted = new Set([step]);
      // Inputs come before what reads them; a set yields what is added while it is walked.
      for (const next of wanted) for (const input of inputs[next] ?? []) wanted.add(input);
      const order = [...wanted].sort((a, b) => a - b);
      needs.set(step, order);
      return order;
    },
  };
}

function inputsOf(body: StepBody): readonly number[] {
  switch (body.op) {
    case 'row-id':
    case 'constant':
      return [];
    case 'kernel':
      return body.operands.flatMap((operand) =>
        'slot' in operand ? [operand.slot] : 'valid' in operand ? [operand.valid] : [],
      );
    case 'parent':
      return [body.ref];
    case 'masked':
      return [body.of, body.when];
    case 'text':
      return body.pieces.flatMap((piece) => ('slot' in piece ? [piece.slot] : []));
  }
}

const keyGroups = (body: StepBody): readonly number[] =>
  body.op === 'kernel'
    ? body.operands.flatMap((operand) => ('key' in operand && operand.group !== null ? [operand.group] : []))
    : [];
