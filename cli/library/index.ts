import { probe } from '../../runtime/probe/probe.ts';
import { planSpec, tableNamed } from '../plan-spec.ts';
import type * as api from './api.ts';
import { datasetOf } from './dataset.ts';
import { blame, publicError } from './errors.ts';
import { planOptions } from './options.ts';
import { specOf } from './spec.ts';

export { RunError, SpecError } from './api.ts';

export const compile: typeof api.compile = async (spec, options = {}) => {
  try {
    const { source, host } = specOf(spec);
    const planned = planSpec(source, { ...planOptions(options), host, probe });
    for (const table of Object.keys(options.rows ?? {})) tableNamed(planned.plan, table, blame);
    return datasetOf(planned);
  } catch (error) {
    throw publicError(error);
  }
};

export const sample: typeof api.sample = async (spec, table, { rows, row, ...options } = {}) =>
  (await compile(spec, options)).sample(table, { rows, row });

export const run: typeof api.run = async (spec, options = {}) => (await compile(spec, options)).run(options);
