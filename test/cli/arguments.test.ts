import { describe, expect, it } from 'vitest';
import {
  isOn,
  type Options,
  optionOf,
  parseArguments,
  positiveNumber,
  seedOf,
  wholeNumber,
} from '../../cli/arguments.ts';
import { commandLine, Failure } from '../../cli/failure.ts';

const options: Options = {
  out: { value: 'DIR', summary: '' },
  quiet: { summary: '' },
  rows: { value: 'TABLE=N', summary: '' },
  explain: { value: 'json', optional: true, summary: '' },
  n: { short: 'n', value: 'N', summary: '' },
};
const parse = (...argv: string[]) => parseArguments(commandLine(['run', ...argv]), ['run', ...argv], options);

/** The fault as `TVD7003 at "--out"`: its code and the words that it points at. */
function faultOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof Failure) {
      const { code, primary } = error.diagnostics[0]!;
      return `${code} at ${error.sources[0]!.text.slice(primary.span.start, primary.span.end)}`;
    }
    throw error;
  }
  return 'none';
}

describe('parseArguments', () => {
  it('takes values after a space, after =, repeated, short', () => {
    const args = parse('spec.yaml', '--out', 'a', '--rows=t=1', '--rows', 'u=2', '-n', '5', '--quiet');
    expect(args.positionals.map((word) => word.text)).toEqual(['spec.yaml']);
    expect(optionOf(args, 'out')?.text).toBe('a');
    expect(args.all('rows').map((word) => word.text)).toEqual(['t=1', 'u=2']);
    expect(optionOf(args, 'n')?.text).toBe('5');
    expect([isOn(args, 'quiet'), isOn(args, 'explain')]).toEqual([true, false]);
  });

  it('takes an option with a value that may be left out', () => {
    expect(optionOf(parse('--explain'), 'explain')?.text).toBe('');
    expect(optionOf(parse('--explain=json', 'x'), 'explain')?.text).toBe('json');
  });

  it('takes everything after -- as operands', () => {
    expect(parse('--', '--out').positionals.map((word) => word.text)).toEqual(['--out']);
  });

  it.each([
    [['--output', 'x'], 'TVD7002 at --output'],
    [['--constructor'], 'TVD7002 at --constructor'],
    [['a', '--out'], 'TVD7003 at --out'],
    [['--out', '--quiet'], 'TVD7003 at --out'],
    [['--quiet=yes'], 'TVD7004 at --quiet=yes'],
    [['a', '-x'], 'TVD7002 at -x'],
  ])('%j: %s', (argv, fault) => expect(faultOf(() => parse(...argv))).toBe(fault));
});

describe('numbers', () => {
  const word = (text: string) => ({ text, at: 2 });
  const args = parse('--out', 'x');
  it.each([
    ['12', 12],
    ['1_000_000', 1_000_000],
  ])('%s is %d', (text, value) => expect(wholeNumber(args, 'n', word(text), 0)).toBe(value));
  it.each(['', '-1', '1.5', '1e3', '1__0', '0x10', '300000000000000', 'NaN'])(
    '%j is no row count',
    (text) => {
      expect(faultOf(() => wholeNumber(args, 'n', word(text), 0))).toBe('TVD7005 at x');
    },
  );
  it.each([
    ['0.001', 0.001],
    ['1e-3', 0.001],
    ['2', 2],
  ])('%s is the scale %d', (text, value) => expect(positiveNumber(args, 'scale', word(text))).toBe(value));
  it.each(['0', '-1', 'Infinity', '1e999', 'x'])('%j is no scale', (text) => {
    expect(faultOf(() => positiveNumber(args, 'scale', word(text)))).toBe('TVD7005 at x');
  });
  it('takes 64-bit seeds', () => {
    expect(seedOf(args, word('-9223372036854775808'))).toBe(-(2n ** 63n));
    expect(faultOf(() => seedOf(args, word('9223372036854775808')))).toBe('TVD7005 at x');
  });
});
