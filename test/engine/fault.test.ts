import { describe, expect, test } from 'vitest';
import { createEngine, type Engine, type Rows } from '../../runtime/engine/engine.ts';
import { type FaultDetail, RunFault } from '../../runtime/engine/fault.ts';
import type { Operand } from '../../stdlib/define.ts';
import type { SlotKind } from '../../stdlib/types.ts';
import { dictionary, plan, type TableBuilder, table } from './plan-builder.ts';
import { readBytes, readText } from './read.ts';

const engineOf = (...tables: readonly TableBuilder[]): Engine => {
  const { plan: physical, blobs } = plan(tables, [dictionary(['no', 'yes'])]);
  return createEngine(physical, blobs);
};

function faultOf(engine: Engine, name: string, rows: Rows, step: number): FaultDetail {
  try {
    engine.evaluate(name, rows, [step]);
  } catch (error) {
    if (error instanceof RunFault) return error.detail;
    throw error;
  }
  throw new Error('there was no fault');
}

function isFaulty(engine: Engine, name: string, rows: Rows, step: number): boolean {
  try {
    engine.evaluate(name, rows, [step]);
    return false;
  } catch {
    return true;
  }
}

/** `1 / (row - 5)`, whose row 5 is a fault. */
function quotients() {
  const t = table('t', 100);
  const row = t.kernel('i64_to_f64', 'f64', [{ slot: t.rowId() }], 'row');
  const below = t.combine('sub_f64', row, t.constant('f64', 5), 'row - 5');
  const quotient = t.combine('div_f64', t.constant('f64', 1), below, '1 / (row - 5)');
  return { t, row, below, quotient };
}
const all = { start: 0, count: 100 };

/** A value of each kind that is made of a real. No kernel makes lists of numbers so far. */
const MADE: Readonly<Record<Exclude<SlotKind, 'i64s' | 'f64s'>, (t: TableBuilder, x: number) => number>> = {
  f64: (_, x) => x,
  i64: (t, x) => t.kernel('floor_to_i64', 'i64', [{ slot: x }]),
  bool: (t, x) => t.compare('lt_f64', x, t.constant('f64', 0)),
  code: (t, x) => t.kernel('bool_to_code', { ...t.slot('code'), dictionary: 0 }, [{ slot: MADE.bool(t, x) }]),
  uuid: (t, x) => t.kernel('uuid_of', 'uuid', [{ i64: '7' }, { slot: MADE.i64(t, x) }]),
  vec: (t, x) =>
    t.kernel('vec_concat', { ...t.slot('vec'), width: 2 }, [
      { slot: x },
      { i32: 1 },
      { slot: x },
      { i32: 1 },
    ]),
  codes: (t, x) =>
    t.kernel('vec_top', { ...t.slot('codes'), width: 2, dictionary: 0 }, [
      ...[{ slot: MADE.vec(t, x) }, { i32: 2 }, { i32: 2 }, { f64: 0 }],
    ]),
  str: (t, x) => t.text([{ literal: 'n' }, { slot: MADE.i64(t, x) }], 21),
};

/** Kernels from each kind to others: kernel, kind, what follows the operand. */
const CASTS: Readonly<Record<keyof typeof MADE, readonly (readonly [string, SlotKind, ...Operand[]])[]>> = {
  f64: [
    ['f64_to_i64', 'i64', { i64: '-100' }, { i64: '100' }],
    ['f64_to_decimal', 'i64', { f64: 100 }, { i64: '-10000' }, { i64: '10000' }],
    ['f64_to_f32', 'f64'],
    ['f64_to_str', 'str'],
  ],
  i64: [
    ['i64_to_f64', 'f64'],
    ['i64_in_range', 'i64', { i64: '-100' }, { i64: '100' }],
    ['decimal_up', 'i64', { i64: '10' }, { i64: '-1000' }, { i64: '1000' }],
    ['decimal_down', 'i64', { i64: '10' }, { i64: '-1000' }, { i64: '1000' }],
    ['decimal_to_f64', 'f64', { f64: 10 }],
    ['i64_to_code', 'code', { i64: '-1' }, { i32: 3 }],
    ['i64_to_str', 'str', { i32: 0 }],
  ],
  bool: [
    ['bool_to_i64', 'i64'],
    ['bool_to_code', 'code'],
    ['bool_to_str', 'str'],
  ],
  code: [['code_to_str', 'str', { blob: 0 }]],
  uuid: [['uuid_to_str', 'str']],
  vec: [['vec_argmax', 'code', { i32: 2 }]],
  codes: [['list_length_codes', 'i64']],
  str: [['length_str', 'i64']],
};

describe('faults', () => {
  test('name the operation, the row and what it was computed from', () => {
    const { t, quotient } = quotients();
    const later = t.combine('add_f64', quotient, t.combine('add_f64', quotient, quotient), 'c');
    const engine = engineOf(t);
    expect(faultOf(engine, 't', all, later)).toEqual({
      code: 'TVD6001',
      table: 't',
      row: 5,
      via: null,
      tries: null,
      source: { text: '1 / (row - 5)', line: 6, column: 3 },
      values: [{ text: 'row - 5', value: '0' }],
    });
    expect(faultOf(engine, 't', [7, 6, 5], quotient).row).toBe(5);
    expect(engine.evaluate('t', [4, 6], [later]).column(later).values).toEqual(Float64Array.of(-3, 3));
  });

  test('in a branch not taken are none', () => {
    const { t, row, quotient } = quotients();
    const guard = t.compare('eq_f64', row, t.constant('f64', 5));
    const guarded = t.kernel('select_f64', 'f64', [
      { slot: guard },
      { valid: guard },
      { slot: row },
      { slot: quotient },
    ]);
    const { values } = engineOf(t).evaluate('t', all, [guarded]).column(guarded);
    expect(values[5]).toBe(5);
  });

  test('in the branch taken are told from those in the other', () => {
    const { t, row, quotient, below } = quotients();
    const root = t.kernel('log_f64', 'f64', [{ slot: below }], 'log(row - 5)');
    const guard = t.compare('eq_f64', row, t.constant('f64', 5));
    const other = t.kernel('not_bool', 'bool', [{ slot: guard }]);
    const choose = (condition: number, yes: number, no: number): number =>
      t.kernel('select_f64', 'f64', [{ slot: condition }, { valid: condition }, { slot: yes }, { slot: no }]);
    const [first, second] = [choose(guard, quotient, root), choose(other, quotient, root)];
    const engine = engineOf(t);
    expect(faultOf(engine, 't', [5], first).source?.text).toBe('1 / (row - 5)');
    expect(faultOf(engine, 't', [5], second).source?.text).toBe('log(row - 5)');
  });

  test('under a null are none', () => {
    const { t, row, quotient } = quotients();
    const masked = t.masked(quotient, t.compare('eq_f64', row, t.constant('f64', 5)));
    expect(engineOf(t).evaluate('t', all, [masked]).column(masked).valid?.[5]).toBe(0);
  });

  test('of the condition of a mask are none where nobody takes the value', () => {
    const { t, row, quotient } = quotients();
    const text = t.text([{ literal: 'row ' }, { slot: t.rowId() }], 24);
    const masked = t.masked(text, t.compare('lt_f64', quotient, t.constant('f64', -0.6)));
    const guard = t.compare('eq_f64', row, t.constant('f64', 5));
    const chosen = t.kernel(
      'select_null_str',
      { ...t.slot('str'), width: 24, nullable: true },
      [
        ...[
          { slot: guard },
          { valid: guard },
          { slot: text },
          { valid: text },
          { slot: masked },
          { valid: masked },
        ],
      ],
      null,
      'kernel',
    );
    const column = engineOf(t).evaluate('t', all, [chosen]).column(chosen);
    expect([3, 4, 5, 6].map((i) => readText(column, i))).toEqual(['row 3', null, 'row 5', 'row 6']);
  });

  test('reach texts', () => {
    const { t, quotient } = quotients();
    const whole = t.kernel('floor_to_i64', 'i64', [{ slot: quotient }], 'floor(…)');
    const text = t.text([{ literal: 'n' }, { slot: whole }], 21, '"n{…}"');
    expect(faultOf(engineOf(t), 't', all, text).source?.text).toBe('1 / (row - 5)');
  });

  test('of a parent are the parent’s, with the row that read it', () => {
    const { t, quotient } = quotients();
    const child = table('child', 10 ** 12);
    const row = child.rowId();
    const ref = child.kernel(
      'mod_i64',
      'i64',
      [{ slot: row }, { slot: child.constant('i64', '100') }],
      'ref',
    );
    const read = child.combine('add_f64', child.parent(ref, t, quotient), child.constant('f64', 1), 'read');
    const engine = engineOf(t, child);
    const fault = faultOf(engine, 'child', { start: 10 ** 11, count: 50 }, read);
    expect(fault).toMatchObject({ table: 't', row: 5, via: { table: 'child', row: 10 ** 11 + 5 } });
    expect(fault.source?.text).toBe('1 / (row - 5)');
  });

  test('of a check fail the run, unless another check rejects the candidate', () => {
    const build = (guarded: boolean) => {
      const { t, row, quotient } = quotients();
      const u = t.uniform('1', 0, 'u');
      const risky = t.compare('lt_f64', quotient, t.combine('add_f64', u, t.constant('f64', 9)), 'risky');
      const other = t.compare('ne_f64', row, t.constant('f64', 5));
      t.group(guarded ? [risky, other] : [risky], null, 3);
      return { engine: engineOf(t), u };
    };
    const bare = build(false);
    expect(faultOf(bare.engine, 't', all, bare.u)).toMatchObject({ code: 'TVD6001', row: 5 });
    const guarded = build(true);
    expect(faultOf(guarded.engine, 't', all, guarded.u)).toMatchObject({ code: 'TVD6002', row: 5, tries: 3 });
  });

  test('of running out of tries show the check that fails, on the last candidate', () => {
    const t = table('t', 1000);
    const x = t.uniform('1', 0, 'x');
    const never = t.compare('lt_f64', x, t.constant('f64', 0), 'x < 0');
    t.group([t.compare('le_f64', x, x, 'x <= x'), never], null, 20);
    const fault = faultOf(engineOf(t), 't', [17, 3], x);
    expect(fault).toMatchObject({ code: 'TVD6002', row: 17, tries: 20, source: { text: 'x < 0' } });
    expect(fault.values[0]?.text).toBe('x');
    expect(Number(fault.values[0]?.value)).toBeGreaterThan(0);
  });

  test('of a weight that is null', () => {
    const t = table('t', 1000);
    const x = t.uniform('1', 0, 'x');
    const weight = t.masked(x, t.compare('lt_f64', x, t.constant('f64', 0.01)), 'if x >= 0.01 then x');
    t.group([], { step: weight, key: '9' });
    const fault = faultOf(engineOf(t), 't', { start: 0, count: 1000 }, x);
    expect(fault).toMatchObject({ code: 'TVD6003', source: { text: 'if x >= 0.01 then x' } });
    expect(Number(fault.values[0]?.value)).toBeLessThan(0.01);
  });

  test('of a weight outside 0..1', () => {
    const t = table('t', 1000);
    const x = t.uniform('1', 0, 'x');
    t.group([], { step: t.combine('add_f64', x, t.constant('f64', 0.9), 'x + 0.9'), key: '9' });
    const fault = faultOf(engineOf(t), 't', { start: 0, count: 1000 }, x);
    expect(fault).toMatchObject({ code: 'TVD6003', source: { text: 'x + 0.9' } });
    expect(Number(fault.values[0]?.value)).toBeGreaterThan(0.1);
  });

  test('found in a batch are those of the row alone, in whatever retry of whatever parent', () => {
    const parents = table('parents', 3000);
    const u = parents.uniform('1', 0, 'u');
    const root = parents.kernel(
      'log_f64',
      'f64',
      [{ slot: parents.combine('sub_f64', u, parents.constant('f64', 0.004), 'u - 0.004') }],
      'log(u - 0.004)',
    );
    parents.group([parents.compare('lt_f64', root, parents.constant('f64', -1), 'log(u - 0.004) < -1')]);
    const low = parents.combine('sub_f64', u, parents.constant('f64', 0.05), 'u - 0.05');
    const late = parents.kernel('log_f64', 'f64', [{ slot: low }], 'log(u - 0.05)');
    const children = table('children', 10 ** 9);
    const hot = children.kernel('floordiv_i64', 'i64', [
      { slot: children.reference('2', 0, 160, 'ref') },
      { slot: children.constant('i64', '2') },
    ]);
    const read = children.parent(hot, parents, u, 'ref.u');
    children.group([children.compare('lt_f64', read, children.uniform('3', 0, 'x'), 'ref.u < x')]);
    const engine = engineOf(parents, children);

    const cases = [
      { name: 'parents', step: u, texts: ['log(u - 0.004)'] },
      { name: 'parents', step: late, texts: ['log(u - 0.004)', 'log(u - 0.05)'] },
      { name: 'children', step: read, texts: ['log(u - 0.004)'] },
    ];
    for (const { name, step, texts } of cases) {
      let found = 0;
      for (let start = 0; start < 3000; start += 100) {
        const rows = { start, count: 100 };
        if (!isFaulty(engine, name, rows, step)) continue;
        const fault = faultOf(engine, name, rows, step);
        const row = fault.via?.row ?? fault.row;
        expect(row).toBeGreaterThanOrEqual(start);
        expect(faultOf(engine, name, [row], step)).toEqual(fault);
        expect(texts).toContain(fault.source?.text);
        expect(Number(fault.values[0]?.value)).toBeLessThanOrEqual(0);
        expect(fault.via?.table).toBe(name === 'children' ? 'children' : undefined);
        found++;
      }
      expect(found).toBeGreaterThan(5);
    }
  });

  test('cross threads as plain data', () => {
    const { t, quotient } = quotients();
    const fault = faultOf(engineOf(t), 't', all, quotient);
    expect(structuredClone(fault)).toEqual(fault);
  });
});

describe('a fault in a slot of each kind is found', () => {
  const choose = (
    t: TableBuilder,
    kind: keyof typeof MADE,
    condition: number,
    yes: number,
    no: number,
  ): number => {
    const nullable = [yes, no].some((step) => t.steps[step]?.slot.nullable);
    const branches: readonly Operand[] = nullable
      ? [{ slot: yes }, { valid: yes }, { slot: no }, { valid: no }]
      : [{ slot: yes }, { slot: no }];
    return t.kernel(
      nullable ? `select_null_${kind}` : `select_${kind}`,
      { ...(t.steps[yes]?.slot ?? t.slot(kind)), nullable },
      [{ slot: condition }, { valid: condition }, ...branches, ...(kind === 'vec' ? [{ i32: 2 }] : [])],
      null,
      nullable ? 'kernel' : 'never',
    );
  };
  const isNull = (t: TableBuilder, kind: keyof typeof MADE, x: number): number =>
    t.kernel(
      `is_null_${kind}`,
      'bool',
      [{ slot: x }, { valid: x }, ...(kind === 'vec' ? [{ i32: 2 }] : [])],
      null,
      'never',
    );

  test.each(Object.keys(MADE) as (keyof typeof MADE)[])('%s', (kind) => {
    const { t, row, quotient } = quotients();
    const faulty = MADE[kind](t, quotient);
    const sound = MADE[kind](t, row);
    const five = t.compare('eq_f64', row, t.constant('f64', 5));
    const when = t.compare('lt_f64', quotient, t.constant('f64', 0));
    const holed = t.masked(sound, t.compare('eq_f64', row, t.constant('f64', 3)));
    const masked = t.masked(sound, when);
    const hidden = t.masked(faulty, five);
    const found: Readonly<Record<string, number>> = {
      stored: faulty,
      masked,
      'chosen by it': choose(t, kind, when, sound, sound),
      'chosen by it, among nulls': choose(t, kind, when, sound, holed),
      taken: choose(t, kind, five, faulty, sound),
      'taken, among nulls': choose(t, kind, five, faulty, holed),
      'is it null': isNull(t, kind, faulty),
      ...Object.fromEntries(
        CASTS[kind].map(([kernel, to, ...more]) => [
          kernel,
          t.kernel(kernel, { ...t.slot(to), width: 40, dictionary: 0 }, [{ slot: faulty }, ...more]),
        ]),
      ),
    };
    const others = {
      'not taken': choose(t, kind, five, sound, faulty),
      hidden,
      'is the hidden null': isNull(t, kind, hidden),
    };
    const engine = engineOf(t);
    for (const [name, step] of Object.entries(found)) {
      expect(faultOf(engine, 't', all, step), name).toMatchObject({
        row: 5,
        source: { text: '1 / (row - 5)' },
      });
      expect(faultOf(engine, 't', [5], step).row, name).toBe(5);
      expect(isFaulty(engine, 't', [4, 6], step), name).toBe(false);
    }
    for (const [name, step] of Object.entries(others))
      expect(isFaulty(engine, 't', all, step), name).toBe(false);
    const nulls = engine.evaluate('t', [4, 5], [others['is the hidden null']]);
    expect(nulls.column(others['is the hidden null']).values).toEqual(Uint8Array.of(0, 1));
    const whole = engine.evaluate('t', [4, 6, 7], [sound, masked]);
    expect(readBytes(whole.column(masked), 0)).toBe(null);
    expect(readBytes(whole.column(masked), 1)).toEqual(readBytes(whole.column(sound), 1));
    expect(readBytes(whole.column(masked), 2)).toEqual(readBytes(whole.column(sound), 2));
  });

  test('an empty text', () => {
    const { t, quotient } = quotients();
    const masked = t.masked(t.text([], 0), t.compare('lt_f64', quotient, t.constant('f64', 0)));
    expect(faultOf(engineOf(t), 't', all, masked).row).toBe(5);
  });
});
