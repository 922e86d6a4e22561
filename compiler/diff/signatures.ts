import { createHash } from 'node:crypto';
import type { Operand } from '../../stdlib/define.ts';
import type { Group, OutputColumn, PhysicalPlan, PhysicalTable, StepBody } from '../5-lower/physical-plan.ts';

/**
 * What the values of a plan's steps are functions of, as digests: steps of equal digests have equal values at equal rows.
 * Tries, shards, names of columns and places in the file do not matter; parents and groups do.
 */
export type Signatures = (table: string, step: number) => string;

export function signaturesOf(plan: PhysicalPlan, blobs: Uint8Array): Signatures {
  const tables = new Map(plan.tables.map((table) => [table.name, table]));
  const contents = plan.blobs.map(({ offset, bytes }) => digest(blobs.subarray(offset, offset + bytes)));
  const known = new Map<string, string>();
  const tableOf = (name: string): PhysicalTable => {
    const table = tables.get(name);
    if (!table) throw new Error(`plan: there is no table ${name}`);
    return table;
  };

  /** `open`: the group whose checks are being read, which is what they are and need not be told. */
  const step = (name: string, number: number, open: number | null): string => {
    const key = `${name} ${number} ${open}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const { body, slot } = tableOf(name).steps[number]!;
    const made = digest([slot.kind, ...describe(name, body, open)]);
    known.set(key, made);
    return made;
  };
  const describe = (name: string, body: StepBody, open: number | null): readonly string[] => {
    switch (body.op) {
      case 'row-id':
        return [body.op];
      case 'constant':
        return [body.op, JSON.stringify(body.value)];
      case 'kernel':
        return [body.kernel, body.nulls, ...body.operands.map((operand) => operandOf(name, operand, open))];
      case 'parent':
        return [body.op, step(name, body.ref, open), body.table, step(body.table, body.step, null)];
      case 'masked':
        return [body.op, step(name, body.of, open), step(name, body.when, open)];
      case 'text':
        return [
          body.op,
          ...body.pieces.map((piece) =>
            'slot' in piece ? shown(name, piece.slot, open) : JSON.stringify(piece.literal),
          ),
        ];
    }
  };
  const operandOf = (name: string, operand: Operand, open: number | null): string => {
    if ('slot' in operand) return step(name, operand.slot, open);
    if ('valid' in operand) return `valid ${step(name, operand.valid, open)}`;
    if ('blob' in operand) return contents[operand.blob]!;
    if ('key' in operand) {
      const group =
        operand.group === null ? '' : operand.group === open ? 'own' : groupOf(name, operand.group);
      return `${operand.key} ${group}`;
    }
    return JSON.stringify(operand);
  };
  const groupOf = (name: string, number: number): string => {
    const { checks, weigh }: Group = tableOf(name).groups[number]!;
    const read = checks.map((check) => step(name, check.step, number)).sort();
    return digest([...read, ...(weigh ? [step(name, weigh.step, number), weigh.key] : [])]);
  };
  /** Where codes become texts. */
  const shown = (name: string, number: number, open: number | null): string => {
    const { dictionary } = tableOf(name).steps[number]!.slot;
    return `${step(name, number, open)} ${dictionary === null ? '' : contents[dictionary]}`;
  };
  return (table, number) => shown(table, number, null);
}

function digest(of: Uint8Array | readonly string[]): string {
  return createHash('sha256')
    .update(of instanceof Uint8Array ? of : JSON.stringify(of))
    .digest('base64');
}

/** The steps of leaf columns by path: those stored as they are stored, hidden ones complete. */
export function columnSteps(table: PhysicalTable): ReadonlyMap<string, number> {
  const stored = new Map<string, number>();
  const visit = ({ name, body }: OutputColumn, within: string): void => {
    const path = `${within}${name}`;
    if (body.kind === 'leaf') stored.set(path, body.step);
    else for (const field of body.fields) visit(field, `${path}.`);
  };
  for (const column of table.columns) visit(column, '');
  return new Map([...Object.entries(table.paths), ...stored]);
}
