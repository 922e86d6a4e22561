import { mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { COSTS, type Costs } from '../compiler/5-lower/cost/costs.ts';
import { writeText } from './plan-file.ts';

/** Where this machine's own costs lie, once `tvdd bench kernels` has measured them. */
export const machineCostsPath = (): string =>
  join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tvdd', 'costs.json');

export type KnownCosts = { readonly costs: Costs; readonly own: boolean };

/** Under a forecast: whose figures it is made with. */
export const costsNote = ({ costs, own }: KnownCosts): string =>
  own
    ? 'times by what `tvdd bench kernels` has measured on this machine'
    : `times as on ${costs.machine}; \`tvdd bench kernels\` measures this machine`;

/** This machine's own costs; the committed ones where it has none that this version reads. */
export function readCosts(): KnownCosts {
  try {
    const found: unknown = JSON.parse(readFileSync(machineCostsPath(), 'utf8'));
    if (isCosts(found)) return { costs: found, own: true };
  } catch {
    // None, or none that can be read.
  }
  return { costs: COSTS, own: false };
}

export function writeCosts(path: string, costs: Costs): void {
  mkdirSync(dirname(path), { recursive: true });
  writeText(path, `${JSON.stringify(costs, null, 2)}\n`);
}

const isCosts = (value: unknown): value is Costs =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(COSTS).every((key) => key in value) &&
  'version' in value &&
  value.version === COSTS.version;
