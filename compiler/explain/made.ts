import type { LogicalColumn, LogicalTable } from '../3-plan/logical-plan.ts';
import type { PhysicalTable, Step, StepBody } from '../5-lower/physical-plan.ts';
import { stepInputs } from '../5-lower/step-inputs.ts';
import type { StepNode } from './tree.ts';
import { drawWords, isDraw, isNamed, makeWords } from './words.ts';

/** How a column is made, in words: its draws, the parents that it reads, and what its value comes from. */
export function made(column: LogicalColumn, table: LogicalTable, physical: PhysicalTable): readonly string[] {
  const top = physical.paths[column.path]!;
  const earlier = table.columns.find((other) => physical.paths[other.path] === top);
  const last = physical.steps[top]!.body;
  if (earlier && earlier.path !== column.path && last.op !== 'constant')
    return [`the same as ${earlier.path}`];
  const own = ownSteps(top, physical).map((step) => physical.steps[step]!.body);
  const draws = own.flatMap((body) => (body.op === 'kernel' && isDraw(body) ? [drawWords(body)] : []));
  const others = own
    .filter(
      (body) =>
        body.op === 'parent' || scales(body) || (body === last && draws.length === 0 && !own.some(scales)),
    )
    .flatMap((body) => makeWords(body) ?? []);
  const words = [...new Set([...draws.map(repeated), ...others])];
  return words.length > 0 ? words : ['computed'];
}

const repeated = (words: string, _: number, all: readonly string[]): string => {
  const times = all.filter((other) => other === words).length;
  return times > 1 ? `${times} × ${words}` : words;
};

/** What completes a draw, or stands for one. */
const scales = (body: StepBody): boolean => body.op === 'kernel' && isNamed(body.kernel);

/** The steps behind a step, those of columns that it reads left out. */
export function stepsOf(root: number, physical: PhysicalTable): readonly StepNode[] {
  return ownSteps(root, physical).map((number) => {
    const { body, slot } = physical.steps[number]!;
    const kernel =
      body.op === 'kernel' ? body.kernel : body.op === 'parent' ? `parent ${body.table}` : body.op;
    return { step: number, kernel, reads: [...new Set(stepInputs(body))], slot: slot.kind };
  });
}

/** In the order of evaluation, `root` itself last. */
function ownSteps(root: number, { paths, steps }: PhysicalTable): readonly number[] {
  const others = new Set(Object.values(paths).filter((step) => step !== root));
  const found = new Set<number>();
  const visit = (number: number): void => {
    if (found.has(number)) return;
    found.add(number);
    const body = bodyOf(steps, number);
    // Another column with its holes: where those are is that column's.
    if (body.op === 'masked' && others.has(body.of)) return;
    for (const read of stepInputs(body)) if (!others.has(read)) visit(read);
  };
  visit(root);
  return [...found].sort((a, b) => a - b);
}

const bodyOf = (steps: readonly Step[], number: number): StepBody => steps[number]!.body;
