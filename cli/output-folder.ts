import type { PhysicalPlan } from '../compiler/5-lower/physical-plan.ts';
import { EXIT } from './exit.ts';
import { failure } from './failure.ts';

/**
 * The folder that a spec names under `output:`. `${VAR}` is resolved here, at use: no plan, hash or log holds its value.
 *
 * @throws {Failure} where the environment has no such variable.
 */
export function folderNamed({ output }: PhysicalPlan, spec: string): string {
  return output.path.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = process.env[name];
    if (value !== undefined) return value;
    throw failure('TVD7018', { variable: name, spec }, EXIT.usage, 'set it, or name the folder with --out');
  });
}
