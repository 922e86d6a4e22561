import type { Step } from '../../compiler/5-lower/physical-plan.ts';
import { concatenate } from './concatenate.ts';
import { resolveGroup } from './conditioning.ts';
import { constantKey } from './constants.ts';
import { cellOf, type Frame, type Machine, OPEN } from './frame.ts';
import { mask } from './mask.ts';
import { readParent } from './parents.ts';
import type { KernelCall } from './program.ts';
import { type Cell, checkRoom, takeSlot, valueBytes } from './slots.ts';
import { isOfRow, isTaken, needsOfSurvivors } from './survivors.ts';
import { validBoth } from './valid.ts';

/** A step's values in a frame. Groups that it depends on are conditioned first. */
export function evaluate(machine: Machine, frame: Frame, step: number): Cell {
  const known = frame.cells[step];
  if (known !== undefined) return known;
  const { closure } = frame.table;
  for (const group of closure.groups[step] ?? []) {
    if (frame.attempts[group] === OPEN) resolveGroup(machine, frame, group);
  }
  for (const needed of needsIn(frame, step)) frame.cells[needed] ??= compute(machine, frame, needed);
  return cellOf(frame, step);
}

/** The step and what it needs that is not there yet, in order. */
function needsIn(frame: Frame, step: number): readonly number[] {
  const { origin, table } = frame;
  switch (origin.kind) {
    case 'retry':
      return table.closure.needsOfRetry(step, origin.group);
    case 'survivors':
      return needsOfSurvivors(frame, step);
    default:
      return table.closure.needs(step);
  }
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

/** In a retry, and for survivors: the values that the frame behind them has already, instead of computing them again. */
function kept(machine: Machine, frame: Frame, number: number, step: Step): Cell | null {
  const { arena, kernels } = machine;
  const { origin, n, table } = frame;
  const bytes = valueBytes(step.slot.kind, step.slot.width);
  if (bytes === null || (origin.kind !== 'retry' && origin.kind !== 'survivors')) return null;
  const retry = origin.kind === 'retry';
  if (retry ? !isOfRow(table, number, origin.group) : !isTaken(frame, number)) return null;
  const cell = retry ? cellOf(origin.frame, number) : evaluate(machine, origin.frame, number);
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
