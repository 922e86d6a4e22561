import { FORMATS } from '../../compiler/output-formats.ts';
import type { Overrides } from '../../compiler/overrides.ts';
import { MOST_ROWS, NAMES_TABLE } from '../conditions.ts';
import { checkRule, type planSpec, type WrittenCondition } from '../plan-spec.ts';
import type { CompileOptions } from './api.ts';
import { blame } from './errors.ts';

/** The same bounds as on the command line. @throws {Failure} for a value out of them. */
export function planOptions(options: CompileOptions): Omit<Parameters<typeof planSpec>[1], 'host'> {
  const { without = [], set = {} } = options;
  for (const rule of without) checkRule(rule, blame);
  const settings = Object.entries(set).map(([name, value]) => {
    const text = `${name}=${value}`;
    return { text, source: { name: 'set', text } };
  });
  return {
    overrides: overridesOf(options),
    conditions: conditionsOf(options),
    settings,
    without: [...new Set(without)],
  };
}

function overridesOf({ scale, rows = {}, seed, format }: CompileOptions): Overrides {
  if (scale !== undefined && !(scale > 0 && Number.isFinite(scale)))
    throw badOption('scale', scale, 'a number above 0');
  for (const count of Object.values(rows)) wholeNumber('rows', count, 1);
  if (format !== undefined && !FORMATS.includes(format))
    throw badOption('format', format, `one of ${FORMATS.join(', ')}`);
  return {
    ...(scale === undefined ? {} : { scale }),
    ...(seed === undefined ? {} : { seed: seedOf(seed) }),
    ...(format === undefined ? {} : { format }),
    ...(Object.keys(rows).length > 0 ? { rows } : {}),
  };
}

function seedOf(seed: number | bigint): bigint {
  if (typeof seed === 'bigint' || Number.isSafeInteger(seed)) {
    const value = BigInt(seed);
    if (value === BigInt.asIntN(64, value)) return value;
  }
  throw badOption('seed', seed, 'an integer of 64 bits, a bigint beyond 2^53');
}

function conditionsOf({ where = [], quota = [] }: CompileOptions): readonly WrittenCondition[] {
  const written = (name: string, text: string, rows: number | null): WrittenCondition => {
    if (!NAMES_TABLE.test(text))
      throw badOption(name, text, "a table and a condition, as in 'users: age < 18'");
    return { text, rows, source: { name, text } };
  };
  const total = quota.reduce((sum, { rows }) => sum + wholeNumber('quota', rows, 1), 0);
  if (total > MOST_ROWS)
    throw badOption('quota', total, 'rows of which there are 2^48 at most, all together');
  return [
    ...(typeof where === 'string' ? [where] : where).map((text) => written('where', text, null)),
    ...quota.map(({ where: text, rows }) => written('quota', text, rows)),
  ];
}

export function wholeNumber(option: string, value: number, min: number, max = MOST_ROWS): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw badOption(option, value, `a whole number from ${min}${max === MOST_ROWS ? '' : ` to ${max}`}`);
}

const badOption = (option: string, value: unknown, expected: string): Error =>
  blame('TVD7005', { option, expected, value: String(value) });
