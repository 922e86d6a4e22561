import type {
  Group,
  PhysicalPlan,
  PhysicalTable,
  Slot,
  Step,
  StepBody,
  TextPiece,
} from '../../compiler/5-lower/physical-plan.ts';
import type { Operand } from '../../stdlib/define.ts';
import type { SlotKind } from '../../stdlib/types.ts';

/** Writes plans by hand, a call a step; each gives the step's number. Expressions' texts double as names. */
export type TableBuilder = ReturnType<typeof table>;

export function table(name: string, rows: number) {
  const steps: Step[] = [];
  const groups: Group[] = [];
  const slot = (kind: SlotKind, more: Partial<Slot> = {}): Slot => ({
    kind,
    width: 0,
    nullable: false,
    dictionary: null,
    ...more,
  });
  const push = (of: Slot, body: StepBody, text: string | null): number => {
    const source = text === null ? null : { text, line: steps.length + 1, column: 3 };
    return steps.push({ slot: of, source, body }) - 1;
  };
  const kernel = (
    kernelName: string,
    out: SlotKind | Slot,
    operands: readonly Operand[],
    text: string | null = null,
    nulls: 'strict' | 'never' | 'kernel' = 'strict',
  ): number =>
    push(
      typeof out === 'string' ? slot(out) : out,
      { op: 'kernel', kernel: kernelName, operands, nulls },
      text,
    );
  return {
    steps,
    slot,
    kernel,
    rowId: () => push(slot('i64'), { op: 'row-id' }, 'row'),
    constant: (kind: SlotKind, value: string | number | boolean | null, more: Partial<Slot> = {}) =>
      push(slot(kind, { nullable: value === null, ...more }), { op: 'constant', value }, null),
    /** `~uniform(0, 1)`. */
    uniform: (key: string, group: number | null, text: string | null = null) =>
      kernel('uniforms', 'f64', [{ key, group }], text),
    /** Two slots of f64 → bool, or of f64 → f64. */
    compare: (op: string, a: number, b: number, text: string | null = null) =>
      kernel(op, 'bool', [{ slot: a }, { slot: b }], text),
    combine: (op: string, a: number, b: number, text: string | null = null) =>
      kernel(op, 'f64', [{ slot: a }, { slot: b }], text),
    /** A row of a table of `size` rows. */
    reference(key: string, group: number | null, size: number, text: string | null = null) {
      const word = kernel('words', 'i64', [{ key, group }]);
      const limit = push(slot('i64'), { op: 'constant', value: String(size) }, null);
      return kernel('mod_i64', 'i64', [{ slot: word }, { slot: limit }], text);
    },
    parent(
      ref: number,
      parent: { readonly name: string; readonly steps: readonly Step[] },
      step: number,
      text: string | null = null,
      repeats = true,
    ) {
      const of = parent.steps[step]?.slot ?? slot('f64');
      const nullable = of.nullable || (steps[ref]?.slot.nullable ?? false);
      return push({ ...of, nullable }, { op: 'parent', ref, table: parent.name, step, repeats }, text);
    },
    masked: (of: number, when: number, text: string | null = null) =>
      push({ ...(steps[of]?.slot ?? slot('f64')), nullable: true }, { op: 'masked', of, when }, text),
    text: (pieces: readonly TextPiece[], width: number, text: string | null = null) =>
      push(slot('str', { width }), { op: 'text', pieces }, text),
    /** Judged in the order given, unless `judging` says otherwise. */
    group(
      checks: readonly number[],
      weigh: Group['weigh'] = null,
      tries = 1000,
      judging: (all: Group['judging']) => Group['judging'] = (all) => all,
    ) {
      const all = [...checks.keys(), ...(weigh ? (['weigh'] as const) : [])];
      groups.push({
        checks: checks.map((step) => ({
          step,
          text: steps[step]?.source?.text ?? 'check',
          line: 1,
          column: 1,
          parts: [],
        })),
        weigh,
        judging: judging(all.map((of) => ({ of, leaveOut: null }))),
        tries,
        acceptance: 0.5,
      });
      return groups.length - 1;
    },
    name,
    rows,
    build: (): PhysicalTable => ({
      name,
      doc: null,
      rows,
      key: null,
      steps,
      groups,
      columns: [],
      paths: {},
      shardRows: 1_000_000,
      unitRows: 100_000,
      partition: null,
      leftOut: [],
      estimate: { bytesPerRow: 1, nsPerRow: 1 },
    }),
  };
}

export function plan(
  tables: readonly TableBuilder[],
  blobs: readonly Uint8Array[] = [],
): { readonly plan: PhysicalPlan; readonly blobs: Uint8Array } {
  const places: { readonly offset: number; readonly bytes: number }[] = [];
  let offset = 0;
  for (const blob of blobs) {
    places.push({ offset, bytes: blob.length });
    offset += blob.length;
  }
  return {
    plan: {
      version: 1,
      tvdd: '0',
      kernels: '',
      dataset: 'test',
      seed: '0',
      specHash: '',
      planHash: '',
      tables: tables.map((builder) => builder.build()),
      blobs: places,
      blobsHash: '',
      output: { path: '', format: 'parquet', compression: 'snappy' },
      estimate: { startNs: 0, bytes: 0, bytesPerWorker: 0 },
    },
    blobs: Buffer.concat(blobs),
  };
}

/** A dictionary as a blob: u32 count, u32 offsets[count + 1], UTF-8 bytes. */
export function dictionary(values: readonly string[]): Uint8Array {
  const texts = values.map((value) => Buffer.from(value));
  const offsets = [0];
  for (const text of texts) offsets.push((offsets.at(-1) ?? 0) + text.length);
  return Buffer.concat([new Uint8Array(Uint32Array.from([values.length, ...offsets]).buffer), ...texts]);
}
