import { describe, expect, test } from 'vitest';
import { createEngine, type Engine, type Rows } from '../../runtime/engine/engine.ts';
import { type FaultDetail, RunFault } from '../../runtime/engine/fault.ts';
import { plan, type TableBuilder, table } from './plan-builder.ts';
import { readText } from './read.ts';

const engineOf = (...tables: readonly TableBuilder[]): Engine => {
  const { plan: physical, blobs } = plan(tables);
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

/** `1 / (row - 5)`, whose row 5 is a fault. */
function quotients() {
  const t = table('t', 100);
  const row = t.kernel('i64_to_f64', 'f64', [{ slot: t.rowId() }], 'row');
  const below = t.combine('sub_f64', row, t.constant('f64', 5), 'row - 5');
  const quotient = t.combine('div_f64', t.constant('f64', 1), below, '1 / (row - 5)');
  return { t, row, below, quotient };
}
const all = { start: 0, count: 100 };

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

  test('under a null are none', () => {
    const { t, row, quotient } = quotients();
    const masked = t.masked(quotient, t.compare('eq_f64', row, t.constant('f64', 5)));
    expect(engineOf(t).evaluate('t', all, [masked]).column(masked).valid?.[5]).toBe(0);
  });

  test('of the condition of a mask make the value a fault, of whatever kind', () => {
    const { t, row, quotient } = quotients();
    const when = t.compare('lt_f64', quotient, t.constant('f64', 0), 'missing');
    const number = t.masked(row, when);
    const text = t.masked(t.text([{ literal: 'a' }, { literal: '' }], 1), when);
    const engine = engineOf(t);
    for (const step of [number, text])
      expect(faultOf(engine, 't', all, step).source?.text).toBe('1 / (row - 5)');
    const column = engine.evaluate('t', [4, 6], [text]).column(text);
    expect([readText(column, 0), readText(column, 1)]).toEqual([null, 'a']);
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

  test('of a weight outside 0..1', () => {
    const t = table('t', 1000);
    const x = t.uniform('1', 0, 'x');
    t.group([], { step: t.combine('add_f64', x, t.constant('f64', 0.9), 'x + 0.9'), key: '9' });
    const fault = faultOf(engineOf(t), 't', { start: 0, count: 1000 }, x);
    expect(fault).toMatchObject({ code: 'TVD6003', source: { text: 'x + 0.9' } });
    expect(Number(fault.values[0]?.value)).toBeGreaterThan(0.1);
  });

  test('cross threads as plain data', () => {
    const { t, quotient } = quotients();
    const fault = faultOf(engineOf(t), 't', all, quotient);
    expect(structuredClone(fault)).toEqual(fault);
  });
});
