import type { BlobData, Builder, ScalarMath, SlotRef } from '../../stdlib/define.ts';
import { convertSlot } from '../../stdlib/functions/convert.ts';
import { streamKey } from '../../stdlib/kernels/streams.ts';
import { type SlotKind, slotOf, type Type } from '../../stdlib/types.ts';
import { Unsupported } from '../../stdlib/unsupported.ts';
import type { Value } from '../../stdlib/value.ts';
import type { BlobStore } from './blobs.ts';
import type { Step, StepBody, TextPiece } from './physical-plan.ts';

/** A table's steps as they are being made. Equal steps are made once. */
export type StepBuilder = Builder & {
  readonly steps: readonly Step[];
  readonly parent: (ref: SlotRef, table: string, target: SlotRef) => SlotRef;
  readonly text: (pieces: readonly (string | SlotRef)[]) => SlotRef;
  readonly masked: (of: SlotRef, when: SlotRef) => SlotRef;
  /** Runs `make` with steps attributed to a place in the spec; without a stream, in the column that is being made. */
  readonly from: <T>(source: Place & { readonly stream?: string }, make: () => T) => T;
};

/** Text of an expression, and where it stands. */
export type Place = NonNullable<Step['source']>;

export type BuilderContext = {
  readonly seed: bigint;
  readonly table: string;
  readonly blobs: BlobStore;
  readonly math: ScalarMath;
};

export function createBuilder(context: BuilderContext): StepBuilder {
  const steps: Step[] = [];
  const refs: SlotRef[] = [];
  const known = new Map<string, SlotRef>();
  let source: Place | null = null;
  let columnStream = '';

  const push = (body: StepBody, slot: Omit<SlotRef, 'step'>): SlotRef => {
    const dictionary = slot.dictionary ? context.blobs.dictionary(slot.dictionary).blob : null;
    const key = JSON.stringify([body, slot.kind, slot.width, dictionary]);
    const found = known.get(key);
    if (found) return found;
    steps.push({
      slot: { kind: slot.kind, width: slot.width ?? 1, nullable: slot.nullable, dictionary },
      source,
      body,
    });
    const ref: SlotRef = { ...slot, step: steps.length - 1 };
    refs.push(ref);
    known.set(key, ref);
    return ref;
  };

  const builder: StepBuilder = {
    steps,
    math: context.math,
    kernel: (name, out, operands, nulls = 'strict') => {
      const nullable =
        nulls === 'kernel' ||
        (nulls === 'strict' && operands.some((operand) => 'slot' in operand && refs[operand.slot]!.nullable));
      return push({ op: 'kernel', kernel: name, operands, nulls }, { ...out, nullable });
    },
    constant: (value, type) => push({ op: 'constant', value: plain(value, type) }, constantSlot(value, type)),
    rowId: () => push({ op: 'row-id' }, { kind: 'i64', nullable: false }),
    blob: (data: BlobData) => context.blobs.add(data),
    convert: (slot, to) => convertSlot(builder, slot, to),
    dictionary: (values) => context.blobs.dictionary(values),
    stream: (purpose) => streamKey(context.seed, context.table, columnStream, purpose),
    parent: (ref, table, target) =>
      push(
        { op: 'parent', ref: ref.step, table, step: target.step, repeats: true },
        { ...omitStep(target), nullable: ref.nullable || target.nullable },
      ),
    text: (pieces) => {
      const slots = pieces.filter((piece) => typeof piece !== 'string');
      const width = pieces.reduce(
        (sum, piece) => sum + (typeof piece === 'string' ? Buffer.byteLength(piece) : widthAsText(piece)),
        0,
      );
      const body = pieces.map(
        (piece): TextPiece => (typeof piece === 'string' ? { literal: piece } : { slot: piece.step }),
      );
      return push(
        { op: 'text', pieces: body },
        { kind: 'str', width, nullable: slots.some((slot) => slot.nullable) },
      );
    },
    masked: (of, when) =>
      push({ op: 'masked', of: of.step, when: when.step }, { ...omitStep(of), nullable: true }),
    from: (place, make) => {
      const before = { source, columnStream };
      const { stream: _, ...at } = place;
      source = at;
      columnStream = place.stream ?? columnStream;
      try {
        return make();
      } finally {
        ({ source, columnStream } = before);
      }
    },
  };
  return builder;
}

const omitStep = ({ step: _, ...slot }: SlotRef): Omit<SlotRef, 'step'> => slot;

/** Digits of the longest int64, with its sign. */
const INT64_DIGITS = 20;

/** The most bytes that a slot's value takes as text. */
function widthAsText(slot: SlotRef): number {
  switch (slot.kind) {
    case 'str':
      return slot.width ?? 0;
    case 'code':
      return Math.max(0, ...(slot.dictionary ?? []).map((value) => Buffer.byteLength(value)));
    case 'i64':
      return INT64_DIGITS;
    default:
      throw new Error(`${slot.kind} is no piece of text`);
  }
}

function constantSlot(value: Value, type: Type): Omit<SlotRef, 'step'> {
  const kind: SlotKind = slotOf(type) ?? 'bool';
  const nullable = value === null;
  if (kind === 'str')
    return { kind, nullable, width: typeof value === 'string' ? Buffer.byteLength(value) : 0 };
  if (type.kind === 'enum') return { kind, nullable, dictionary: type.values };
  return { kind, nullable };
}

function plain(value: Value, type: Type): string | number | boolean | null {
  if (value === null || typeof value === 'boolean') return value;
  if (type.kind === 'enum' && typeof value === 'string') return type.values.indexOf(value);
  if (typeof value === 'bigint') return slotOf(type) === 'f64' ? Number(value) : value.toString();
  if (typeof value === 'number') return slotOf(type) === 'i64' ? BigInt(value).toString() : real(value);
  if (typeof value === 'string') return value;
  throw new Unsupported(`a ${type.kind} that is the same in every row`);
}

/** As JSON keeps it: what JSON has no number for is text. */
const real = (value: number): number | string =>
  Number.isFinite(value) && !Object.is(value, -0) ? value : Object.is(value, -0) ? '-0' : String(value);
