import type { Step } from '../../compiler/5-lower/physical-plan.ts';
import { isKept } from './closure.ts';
import { concatenate } from './concatenate.ts';
import { resolveGroup } from './conditioning.ts';
import { constantKey } from './constants.ts';
import { cellOf, type Frame, type Machine, OPEN } from './frame.ts';
import { mask } from './mask.ts';
import { readParent } from './parents.ts';
import type { KernelCall } from './program.ts';
import { type Cell, checkRoom, takeSlot, valueBytes } from './slots.ts';
import { validBoth } from './valid.ts';

/** A step's values in a frame. Groups that it depends on are conditioned first. */
export function evaluate(machine: Machine, frame: Frame, step: number): Cell {
  const known = frame.cells[step];
  if (known !== undefined) return known;
  const { closure } = frame.table;
  for (const group of closure.groups[step] ?? []) {
    if (frame.attempts[group] === OPEN) resolveGroup(machine, frame, group);
  }
  const { origin } = frame;
  const needs = origin.kind === 'retry' ? closure.needsOfRetry(step, origin.group) : closure.needs(step);
  for (const needed of needs) frame.cells[needed] ??= compute(machine, frame, needed);
  return cellOf(frame, step);
}

/** Computes a step whose inputs are known. */
function compute(machine: Machine, frame: Frame, number: number): Cell {
  const step = frame.table.steps[number];
  if (step === undefined) throw new Error(`plan: ${frame.table.name} has no step ${number}`);
  const { body } = step;
  switch (body.op) {
    case 'row-id':
      return { data: frame.rows, items: 0, valid: 0 };
    case 'constant': {
      const cell = machine.constants.get(constantKey(step.slot, body.value));
      if (cell === undefined) throw new Error('a constant was not filled');
      return cell;
    }
    case 'kernel': {
      const call = frame.table.calls[number];
      if (call === undefined || call === null) throw new Error('a kernel was not resolved');
      return kept(machine, frame, number, step) ?? callKernel(machine, frame, step, call);
    }
    case 'parent':
      return kept(machine, frame, number, step) ?? readParent(machine, frame, step.slot, body);
    case 'masked':
      return mask(machine, frame, step.slot, cellOf(frame, body.of), cellOf(frame, body.when));
    case 'text':
      return concatenate(
        machine,
        frame,
        step,
        body.pieces,
        validOfAll(machine, frame, frame.table.closure.inputs[number] ?? []),
      );
  }
}

/** In a retry: the frame's own values of a step that does not depend on the group, instead of computing them again. */
function kept({ arena, kernels }: Machine, frame: Frame, number: number, step: Step): Cell | null {
  const { origin, n, table } = frame;
  const bytes = valueBytes(step.slot.kind, step.slot.width);
  if (origin.kind !== 'retry' || bytes === null || !isKept(step)) return null;
  if (table.closure.groups[number]?.includes(origin.group)) return null;
  const cell = cellOf(origin.frame, number);
  const data = arena.take(n * bytes);
  kernels.gather(n, origin.at, cell.data, bytes, data);
  if (cell.valid === 0) return { data, items: 0, valid: 0 };
  const valid = arena.take(n);
  kernels.gather(n, origin.at, cell.valid, 1, valid);
  return { data, items: 0, valid };
}

function callKernel(machine: Machine, frame: Frame, { slot }: Step, call: KernelCall): Cell {
  const { arena } = machine;
  const { n } = frame;
  const { parameters, holes, operands } = call;
  const { data, items } = takeSlot(arena, slot, n);
  let out = call.out;
  parameters[0] = n;
  parameters[out++] = data;
  if (items !== 0) parameters[out++] = items;
  let valid = 0;
  if (call.nulls === 'strict') valid = validOfAll(machine, frame, operands);
  else if (call.nulls === 'kernel') {
    valid = arena.take(n);
    parameters[out] = valid;
  }
  const mark = arena.mark();
  for (const hole of holes) {
    switch (hole.fill) {
      case 'slot': {
        const cell = cellOf(frame, hole.step);
        parameters[hole.at] = cell.data;
        if (hole.arrays === 2) parameters[hole.at + 1] = cell.items;
        break;
      }
      case 'valid':
        parameters[hole.at] = cellOf(frame, hole.step).valid;
        break;
      case 'rows':
        parameters[hole.at] = frame.rows;
        break;
      case 'attempts':
        parameters[hole.at] = attemptsOf(frame, hole.group);
        break;
      case 'scratch':
        parameters[hole.at] = arena.take(n * hole.bytes);
        break;
    }
  }
  call.kernel(...parameters);
  arena.release(mark);
  return checkRoom(arena, slot, { data, items, valid }, n);
}

function attemptsOf(frame: Frame, group: number): number {
  const attempts = frame.attempts[group];
  if (attempts === undefined || attempts === OPEN)
    throw new Error(`group ${group} is read before it is conditioned`);
  return attempts;
}

/** Null where any of the steps is. */
function validOfAll(machine: Machine, frame: Frame, steps: readonly number[]): number {
  let all = 0;
  for (const step of steps) all = validBoth(machine, frame.n, all, cellOf(frame, step).valid);
  return all;
}
