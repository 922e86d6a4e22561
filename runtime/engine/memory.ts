/**
 * A bump arena over the kernels' linear memory, with stack discipline: what was taken after a mark is released as one.
 * Pointers stay good when the memory grows; views do not, so they are made anew when they are read.
 */
export type Arena = {
  readonly memory: WebAssembly.Memory;
  /** A pointer to so many bytes, aligned to 16. The bytes hold anything. */
  take(bytes: number): number;
  mark(): number;
  release(mark: number): void;
};

const PAGE = 65536;
const LIMIT = 2 ** 32;
/** Past every array: text kernels copy 16 bytes at a time and may write over an end. */
export const SLACK = 64;

export function createArena(memory: WebAssembly.Memory, start: number): Arena {
  let top = align(start);
  let end = memory.buffer.byteLength;
  return {
    memory,
    take(bytes) {
      const pointer = top;
      top = align(top + bytes);
      if (top + SLACK > end) {
        // In steps of an eighth at least, because each growth remaps the whole memory.
        const wanted = Math.min(LIMIT, Math.max(top + SLACK, end + end / 8));
        if (top + SLACK > LIMIT)
          throw new RangeError('the batch needs more than 4 GiB: take fewer rows a batch');
        memory.grow(Math.ceil((wanted - end) / PAGE));
        end = memory.buffer.byteLength;
      }
      return pointer;
    },
    mark: () => top,
    release(mark) {
      top = mark;
    },
  };
}

const align = (pointer: number): number => Math.ceil(pointer / 16) * 16;
