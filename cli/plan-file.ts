import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PhysicalPlan } from '../compiler/5-lower/physical-plan.ts';
import { systemReason } from './errors.ts';
import { EXIT } from './exit.ts';
import { failure } from './failure.ts';
import { VERSION } from './version.ts';

export type PlanFile = { readonly plan: PhysicalPlan; readonly blobs: Uint8Array };

/** Arrays of the plan lie beside it under this name. */
const TABLES = 'tables.bin';

export function writePlan(path: string, { plan, blobs }: PlanFile): void {
  write(join(dirname(path), TABLES), blobs);
  write(path, `${JSON.stringify(plan, null, 1)}\n`);
}

export const writeText = (path: string, text: string): void => write(path, text);

export function readPlan(path: string): PlanFile {
  const refuse = (reason: string, help = 'compile the spec again: `tvdd compile SPEC -o plan.json`') =>
    failure('TVD7014', { path, reason }, EXIT.usage, help);
  const plan = parsePlan(new TextDecoder().decode(read(path)));
  if (!plan) throw refuse('it is not what `tvdd compile` writes');
  if (plan.tvdd !== VERSION) throw refuse(`tvdd ${plan.tvdd} made it, this is tvdd ${VERSION}`);
  const blobs = read(join(dirname(path), TABLES));
  const hash = createHash('sha256').update(blobs).digest('hex');
  if (hash !== plan.blobsHash) throw refuse(`${TABLES} beside it belongs to another plan`);
  return { plan, blobs };
}

function parsePlan(text: string): PhysicalPlan | null {
  try {
    const value: unknown = JSON.parse(text);
    return isPlan(value) ? value : null;
  } catch {
    return null;
  }
}

const isPlan = (value: unknown): value is PhysicalPlan =>
  typeof value === 'object' &&
  value !== null &&
  'version' in value &&
  value.version === 1 &&
  'planHash' in value &&
  'blobsHash' in value &&
  'tables' in value &&
  Array.isArray(value.tables);

function read(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw failure('TVD7008', { path, reason: systemReason(error) }, EXIT.usage);
  }
}

function write(path: string, content: string | Uint8Array): void {
  try {
    writeFileSync(path, content);
  } catch (error) {
    throw failure('TVD7016', { path, reason: systemReason(error) }, EXIT.run);
  }
}
