import type { ScalarMath } from '../../stdlib/define.ts';
import type { Kernels } from '../../stdlib/kernels/load.ts';
import { count, percent, size } from '../explain/figures.ts';
import type { BlobStore } from './blobs.ts';
import { distinctParents } from './cost/distinct.ts';
import { BATCH } from './cost/table-facts.ts';
import type { Step } from './physical-plan.ts';

export const HOT_PARENTS = {
  name: 'hot-parents',
  doc: 'The rows of the most popular parents are looked up; parents that seldom repeat are not searched for repeats.',
} as const;

/** As many rows as stay in a processor's second cache: 128 kB. */
const MOST_HOT = 2 ** 14;
/** Below this share of references to them a look-up saves less than its branch costs. */
const LEAST_SHARE = 1 / 8;
/** Above this share of different parents in a batch, finding the repeated ones costs more than it saves. */
const MOST_DISTINCT = 0.75;

export type HotParentsInput = {
  readonly steps: readonly Step[];
  readonly rowsOf: (table: string) => number;
  readonly store: BlobStore;
  readonly kernels: Kernels;
  readonly math: ScalarMath;
};

export type Choice = { readonly step: number; readonly before: string; readonly after: string };

/** What the popularity of parents, known from the laws of references, is good for: chosen reference by reference. */
export function hotParents(input: HotParentsInput): {
  readonly steps: readonly Step[];
  readonly choices: readonly Choice[];
} {
  const choices: Choice[] = [];
  const steps = input.steps.map((step, number): Step => {
    const { body } = step;
    if (body.op !== 'kernel' || body.kernel !== 'unpermute') return step;
    const hot = hotRows(body.operands, input);
    if (hot === null) return step;
    const { rows, share } = hot;
    choices.push({
      step: number,
      before: 'the row of each rank computed',
      after: `the rows of ${count(rows.length)} ranks, ~${percent(share)} of the references, looked up in ${size(rows.byteLength)}`,
    });
    const [key, rank, parents] = body.operands;
    const operands = [key!, rank!, parents!, input.store.add(rows), { i32: rows.length }];
    return { ...step, body: { ...body, kernel: 'unpermute_hot', operands } };
  });
  const apart = new Map<number, number>();
  for (const { body } of steps) {
    if (body.op !== 'parent' || apart.has(body.ref) || !isLaw(steps[body.ref]!)) continue;
    const distinct = distinctParents(steps, body.ref, input.rowsOf(body.table), BATCH, input.math) / BATCH;
    apart.set(body.ref, distinct);
    if (distinct <= MOST_DISTINCT) continue;
    choices.push({
      step: body.ref,
      before: 'parents that repeat in a batch computed once',
      after: `each computed where it is read: ~${percent(distinct)} of a batch’s parents are different`,
    });
  }
  const chosen = steps.map((step): Step => {
    const { body } = step;
    const direct = body.op === 'parent' && (apart.get(body.ref) ?? 0) > MOST_DISTINCT;
    return direct ? { ...step, body: { ...body, repeats: false } } : step;
  });
  return { steps: chosen, choices };
}

/** A reference whose law of parents is known. */
const isLaw = ({ body }: Step): boolean =>
  body.op === 'kernel' && ['consistent', 'unpermute', 'unpermute_hot'].includes(body.kernel);

type Operands = Extract<Step['body'], { op: 'kernel' }>['operands'];

/** The rows of the first ranks, and the share of references that they have; null where that is too small. */
function hotRows(
  operands: Operands,
  { steps, kernels, math }: HotParentsInput,
): { readonly rows: BigInt64Array; readonly share: number } | null {
  const [key, parents] = operands.flatMap((each) => ('i64' in each ? [BigInt(each.i64)] : []));
  const [rank] = operands.flatMap((each) => ('slot' in each ? [steps[each.slot]!.body] : []));
  if (key === undefined || parents === undefined) return null;
  if (rank?.op !== 'kernel' || rank.kernel !== 'zipf') return null;
  const exponent = rank.operands.reduce((found, each) => ('f64' in each ? each.f64 : found), 0);
  const hot = Math.min(MOST_HOT, Number(parents));
  const share = shareOf(hot, Number(parents), exponent, math);
  return share < LEAST_SHARE ? null : { rows: rowsOf(kernels, key, parents, hot), share };
}

/** Of the first `hot` of n ranks under a power law: Σ k^−s up to there over the whole, its tail as an integral. */
function shareOf(hot: number, n: number, s: number, m: ScalarMath): number {
  let head = 0;
  for (let rank = 1; rank <= hot; rank++) head += m.pow(rank, -s);
  return head / (head + integral(hot + 0.5, n + 0.5, s, m));
}

const integral = (a: number, b: number, s: number, m: ScalarMath): number =>
  s === 1 ? m.log(b / a) : (m.pow(b, 1 - s) - m.pow(a, 1 - s)) / (1 - s);

function rowsOf(
  { exports, memory, heapBase }: Kernels,
  key: bigint,
  parents: bigint,
  n: number,
): BigInt64Array {
  const ranks = Math.ceil(heapBase / 16) * 16;
  const rows = ranks + n * 8;
  const missing = rows + n * 8 - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / 65_536));
  new BigInt64Array(memory.buffer, ranks, n).set(BigInt64Array.from({ length: n }, (_, i) => BigInt(i)));
  exports.unpermute?.(n, key, ranks, parents, rows);
  return new BigInt64Array(memory.buffer, rows, n).slice();
}
