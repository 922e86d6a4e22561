import type { Group, OutputColumn, PhysicalTable, Slot, Step } from '../physical-plan.ts';
import { stepInputs } from '../step-inputs.ts';

/** Rows that are made at once. */
export const BATCH = 8192;

export const storedSteps = ({ body }: OutputColumn): readonly number[] =>
  body.kind === 'leaf' ? [body.step] : body.fields.flatMap(storedSteps);

/** What depends on what within a table. */
export type TableFacts = {
  readonly table: PhysicalTable;
  readonly inputs: readonly (readonly number[])[];
  /** Groups whose draws a step depends on. */
  readonly groups: readonly ReadonlySet<number>[];
};

export function tableFacts(table: PhysicalTable): TableFacts {
  const inputs = table.steps.map(({ body }) => [...new Set(stepInputs(body))]);
  const groups: ReadonlySet<number>[] = [];
  for (const [step, { body }] of table.steps.entries()) {
    const own = body.op === 'kernel' ? body.operands : [];
    const drawn = own.flatMap((operand) =>
      'key' in operand && operand.group !== null ? [operand.group] : [],
    );
    groups.push(new Set([...drawn, ...inputs[step]!.flatMap((input) => [...groups[input]!])]));
  }
  return { table, inputs, groups };
}

/** Steps and all that they need, where `opens` lets through to a step's inputs. */
export function reached(
  { inputs }: TableFacts,
  steps: readonly number[],
  opens: (step: number) => boolean = () => true,
): ReadonlySet<number> {
  const found = new Set(steps);
  // A set yields what is added while it is walked.
  for (const step of found) if (opens(step)) for (const input of inputs[step]!) found.add(input);
  return found;
}

export const judgedSteps = ({ checks, weigh }: Group): readonly number[] =>
  [...checks, ...(weigh ? [weigh] : [])].map(({ step }) => step);

/** Groups that must be conditioned before steps can be computed, those that their checks wait for too. */
export function groupsBefore(facts: TableFacts, steps: readonly number[]): ReadonlySet<number> {
  const found = new Set(steps.flatMap((step) => [...facts.groups[step]!]));
  for (const group of found) {
    const judged = judgedSteps(facts.table.groups[group]!);
    for (const step of judged) for (const other of facts.groups[step]!) found.add(other);
  }
  return found;
}

/** A retry takes such a step's values over, instead of computing them again, and gives them back. */
export const isCarried = ({ body, slot }: Step): boolean =>
  (body.op === 'kernel' || body.op === 'parent') && !hasItems(slot);

/** Of two arrays. */
export const hasItems = ({ kind }: Slot): boolean =>
  kind === 'str' || kind === 'codes' || kind === 'i64s' || kind === 'f64s';
