import type { Kernels } from '../../stdlib/kernels/load.ts';

export type Kernel = Kernels['exports'][string];

/** The kernels that the engine itself calls: stdlib/kernels/assembly/engine.ts, and `concat` of text.ts. */
export type EngineKernels = ReturnType<typeof engineKernels>;

export function engineKernels(exports: Kernels['exports']) {
  return {
    rowRange: named(exports, 'engine_row_range'),
    parentRows: named(exports, 'engine_parent_rows'),
    distinct: named(exports, 'engine_distinct'),
    validAnd: named(exports, 'engine_valid_and'),
    validMask: named(exports, 'engine_valid_mask'),
    fill8: named(exports, 'engine_fill8'),
    fill32: named(exports, 'engine_fill32'),
    check: named(exports, 'engine_check'),
    weigh: named(exports, 'engine_weigh'),
    survivors: named(exports, 'engine_survivors'),
    merge: named(exports, 'engine_merge'),
    firstFaulty: named(exports, 'engine_first_faulty'),
    split: named(exports, 'engine_split'),
    gather: named(exports, 'engine_gather'),
    gatherItems: named(exports, 'engine_gather_items'),
    scatter: named(exports, 'engine_scatter'),
    scatterValue32: named(exports, 'engine_scatter_value32'),
    poisonF64: named(exports, 'engine_poison_f64'),
    poisonI64: named(exports, 'engine_poison_i64'),
    poisonBool: named(exports, 'engine_poison_bool'),
    poisonCode: named(exports, 'engine_poison_code'),
    poisonUuid: named(exports, 'engine_poison_uuid'),
    poisonStr: named(exports, 'engine_poison_str'),
    poisonF64s: named(exports, 'engine_poison_f64s'),
    poisonI64s: named(exports, 'engine_poison_i64s'),
    poisonCodes: named(exports, 'engine_poison_codes'),
    poisonValues: named(exports, 'engine_poison_values'),
    poisonItems: named(exports, 'engine_poison_items'),
    concat: named(exports, 'concat'),
  } as const;
}

export function named(exports: Kernels['exports'], name: string): Kernel {
  const kernel = exports[name];
  if (kernel === undefined) throw new Error(`kernels.wasm has no ${name}`);
  return kernel;
}
