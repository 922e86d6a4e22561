/** A run in a process of its own, which a test may kill. argv: JSON of a {@link Size} and run options. */

import type { RunOptions } from '../../runtime/run.ts';
import { RunError, run } from '../../runtime/run.ts';
import type { Size } from './plan.ts';
import { makePlan } from './plan.ts';

const { options, size }: { readonly options: RunOptions; readonly size: Size } = JSON.parse(
  process.argv[2] ?? '',
);
const { blobs, plan } = makePlan(size);
try {
  const report = await run(plan, blobs, options);
  console.log(JSON.stringify({ report }));
} catch (error) {
  if (!(error instanceof RunError)) throw error;
  const { code, help, message, reason } = error;
  console.log(JSON.stringify({ error: { code, help, message, reason } }));
  process.exitCode = 3;
}
