import type { GroupCheck } from '../../compiler/5-lower/physical-plan.ts';
import { evaluate } from './evaluate.ts';
import { type FaultDetail, type FaultValue, RunFault } from './fault.ts';
import { FIRST, type Frame, type Machine, makeFrame, OPEN, rootOf, rowAt } from './frame.ts';
import { firstPoison } from './poison.ts';
import { showValue } from './show-value.ts';

/** Throws what is wrong with a row whose `step` is poison: the operation that made the poison, not those it went through. */
export function raise(machine: Machine, frame: Frame, index: number, step: number): never {
  const row = inspect(machine, frame, index);
  const origin = originOf(machine, row, step);
  throw fault(machine, 'TVD6001', origin.frame, origin.step, origin.named, null);
}

/** The last candidate of a row (a frame of one row) that ran out of tries: the check that it fails. */
export function raiseExhausted(machine: Machine, candidate: Frame, group: number): never {
  const { checks, weigh, tries } = groupOf(candidate, group);
  const failed = checks.find(({ step }) => isFalse(machine, candidate, step)) ?? (weigh ? null : checks[0]);
  if (failed) throw unmet(machine, candidate, failed, tries);
  if (weigh === null) throw new Error('plan: a group without checks');
  throw fault(machine, 'TVD6002', candidate, weigh.step, weigh.step, tries);
}

/** With the values of the check's parts, as far as they are values. */
function unmet(machine: Machine, candidate: Frame, check: GroupCheck, tries: number): RunFault {
  const { detail } = fault(machine, 'TVD6002', candidate, check.step, check.step, tries);
  const { step: _, parts, ...source } = check;
  const values = parts.flatMap(({ step, type, ...place }): FaultValue[] => {
    const value = shown(machine, candidate, step);
    return value === null ? [] : [{ text: place.text, value, at: { place, type } }];
  });
  return new RunFault({ ...detail, source, values: values.length > 0 ? values : detail.values });
}

/** A candidate whose checks or weight cannot be judged. */
export function raiseUnjudged(machine: Machine, frame: Frame, index: number, group: number): never {
  const { checks, weigh } = groupOf(frame, group);
  const row = inspect(machine, frame, index);
  for (const { step } of weigh === null ? checks : [...checks, weigh]) {
    if (isPoison(machine, row, step)) raise(machine, row, 0, step);
  }
  if (weigh === null) throw new Error('a candidate is at fault, and its checks are not');
  throw fault(machine, 'TVD6003', row, weigh.step, weigh.step, null);
}

function groupOf(frame: Frame, group: number): Frame['table']['groups'][number] {
  const found = frame.table.groups[group];
  if (found === undefined) throw new Error(`plan: ${frame.table.name} has no group ${group}`);
  return found;
}

/** One row of a frame alone, its attempts as they are there. */
function inspect(machine: Machine, frame: Frame, index: number): Frame {
  const { arena } = machine;
  const rows = arena.take(8);
  new BigInt64Array(arena.memory.buffer, rows, 1)[0] = BigInt(rowAt(machine, frame, index));
  const row = makeFrame(frame.table, 1, rows, { kind: 'inspect', frame, index });
  for (const [group, attempts] of frame.attempts.entries()) {
    if (attempts === OPEN || attempts === FIRST) row.attempts[group] = attempts;
    else row.attempts[group] = attempts + 4 * index;
  }
  return row;
}

type Blamed = {
  readonly frame: Frame;
  readonly step: number;
  /** The last step on the way that stands in the spec. */
  readonly named: number | null;
};

/** From a poison step to the first of its inputs that is poison too, and so on to where there is none. */
function originOf(machine: Machine, start: Frame, poisoned: number): Blamed {
  let frame = start;
  let step = poisoned;
  let named: number | null = null;
  for (;;) {
    const program = frame.table.steps[step];
    if (program === undefined) throw new Error(`plan: ${frame.table.name} has no step ${step}`);
    if (program.source !== null) named = step;
    const input = inputsTaken(machine, frame, step).find((next) => isPoison(machine, frame, next));
    if (input !== undefined) {
      step = input;
    } else if (program.body.op === 'parent') {
      evaluate(machine, frame, step);
      const parents = frame.parents.get(program.body.ref);
      if (parents === undefined) return { frame, step, named };
      frame = parents.frame;
      step = program.body.step;
      named = null;
    } else {
      return { frame, step, named };
    }
  }
}

/** What a step's value is made of: of a choice, the condition and the branch taken. */
function inputsTaken(machine: Machine, frame: Frame, step: number): readonly number[] {
  const { steps, closure } = frame.table;
  const body = steps[step]?.body;
  if (body?.op === 'kernel' && body.kernel.startsWith('select_')) {
    const [condition, yes, no] = body.operands.flatMap((operand) =>
      'slot' in operand ? [operand.slot] : [],
    );
    if (condition !== undefined && yes !== undefined && no !== undefined) {
      return [condition, isTrue(machine, frame, condition) ? yes : no];
    }
  }
  return closure.inputs[step] ?? [];
}

function isPoison(machine: Machine, row: Frame, step: number): boolean {
  const slot = row.table.steps[step]?.slot;
  return slot !== undefined && firstPoison(machine, slot, evaluate(machine, row, step), 1) === 0;
}

const isTrue = (machine: Machine, row: Frame, step: number): boolean => shown(machine, row, step) === 'true';
const isFalse = (machine: Machine, row: Frame, step: number): boolean =>
  shown(machine, row, step) === 'false';

function shown(machine: Machine, row: Frame, step: number): string | null {
  const slot = row.table.steps[step]?.slot;
  return slot === undefined ? null : showValue(machine, slot, evaluate(machine, row, step));
}

function fault(
  machine: Machine,
  code: FaultDetail['code'],
  frame: Frame,
  step: number,
  named: number | null,
  tries: number | null,
): RunFault {
  const row = { table: frame.table.name, row: rowAt(machine, frame, 0) };
  const root = rootOf(machine, frame, 0);
  return new RunFault({
    code,
    ...row,
    via: root.table === row.table && root.row === row.row ? null : root,
    tries,
    source: named === null ? null : (frame.table.steps[named]?.source ?? null),
    values: valuesUnder(machine, frame, step),
  });
}

/** The nearest steps below that stand in the spec, with their values in a frame of one row. */
function valuesUnder(machine: Machine, frame: Frame, step: number): FaultDetail['values'] {
  const { closure, steps } = frame.table;
  const values = new Map<string, string>();
  const seen = new Set(closure.inputs[step]);
  for (const number of seen) {
    const input = steps[number];
    if (input === undefined || input.body.op === 'constant') continue;
    if (input.source !== null) {
      values.set(input.source.text, showValue(machine, input.slot, evaluate(machine, frame, number)));
    } else {
      for (const next of closure.inputs[number] ?? []) seen.add(next);
    }
  }
  return [...values].map(([text, value]) => ({ text, value }));
}
