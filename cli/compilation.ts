import type { OutputFormat } from '../compiler/5-lower/physical-plan.ts';
import type { CompileOptions } from '../compiler/compile.ts';
import { FORMATS } from '../compiler/output-formats.ts';
import type { Overrides } from '../compiler/overrides.ts';
import {
  type Arguments,
  badValue,
  type Options,
  optionOf,
  positiveNumber,
  seedOf,
  type Word,
  wholeNumber,
} from './arguments.ts';
import { CONDITIONS, conditionsOf } from './conditions.ts';
import { showDiagnostics } from './errors.ts';
import { type Blame, usage } from './failure.ts';
import type { Output } from './output.ts';
import type { Planned, WrittenSetting } from './plan-spec.ts';
import { hostOf, readSpec } from './spec-file.ts';

/** What a command line may change about a plan: the same options for every command that compiles. */
export const PLANNING = {
  scale: { value: 'X', summary: 'multiply the rows of every table (except `scale: fixed`) by X' },
  rows: { value: 'TABLE=N', summary: 'give a table N rows; may be repeated' },
  seed: { value: 'N', summary: 'draw with this seed instead of the spec’s' },
  set: { value: 'NAME=VALUE', summary: 'give a constant of `let:` another value; may be repeated' },
  ...CONDITIONS,
  without: {
    value: 'RULE',
    summary: 'leave out a rule of the optimizer (`compile --explain=rules` lists them); may be repeated',
  },
} satisfies Options;

/** Of commands whose plan is run: part of what the plan is, as the others are. */
export const FILES = {
  format: { value: 'FORMAT', summary: `write ${FORMATS.join(', ')} files instead of what \`output:\` names` },
} satisfies Options;

export function fileFormatOf(args: Arguments): OutputFormat | null {
  const word = optionOf(args, 'format');
  if (!word) return null;
  const format = FORMATS.find((one) => one === word.text);
  if (format) return format;
  throw badValue(args, 'format', word, `one of ${FORMATS.join(', ')}`);
}

export function overridesOf(args: Arguments): Overrides {
  const scale = optionOf(args, 'scale');
  const seed = optionOf(args, 'seed');
  const rows = Object.fromEntries(args.all('rows').map((word) => rowsOf(args, word)));
  return {
    ...(scale ? { scale: positiveNumber(args, 'scale', scale) } : {}),
    ...(seed ? { seed: seedOf(args, seed) } : {}),
    ...(Object.keys(rows).length > 0 ? { rows } : {}),
  };
}

function rowsOf(args: Arguments, word: Word): readonly [string, number] {
  const cut = word.text.lastIndexOf('=');
  if (cut < 1) throw badValue(args, 'rows', word, 'a table and a number, as in media=1_000_000');
  return [word.text.slice(0, cut), wholeNumber(args, 'rows', { ...word, text: word.text.slice(cut + 1) }, 1)];
}

function settingsOf(args: Arguments): readonly WrittenSetting[] {
  return args.all('set').map((word) => {
    if (word.text.indexOf('=') < 1)
      throw badValue(args, 'set', word, 'a constant and its value, as in vat=0.06');
    return { text: word.text, source: { name: '--set', text: word.text } };
  });
}

function withoutOf(args: Arguments, { checkRule }: typeof import('./plan-spec.ts')): readonly string[] {
  const words = args.all('without');
  for (const word of words) checkRule(word.text, blaming(args, word));
  return [...new Set(words.map(({ text }) => text))];
}

/** Faults point at the word. */
export const blaming =
  (args: Arguments, word: Word): Blame =>
  (code, params, hints) =>
    usage(args.line, word.at, code, params, hints);

/** Spec → plan; warnings are shown, errors end the command. */
export async function compileSpec(
  args: Arguments,
  path: Word,
  output: Output,
  {
    format,
    ...options
  }: Pick<CompileOptions, 'probe' | 'costs' | 'around'> & {
    readonly format?: OutputFormat | null;
  } = {},
): Promise<Planned> {
  const overrides = { ...overridesOf(args), ...(format ? { format } : {}) };
  const planner = await import('./plan-spec.ts');
  const without = withoutOf(args, planner);
  const conditions = conditionsOf(args);
  const source = readSpec(path.text);
  const host = hostOf(path.text);
  const planned = planner.planSpec(source, {
    ...options,
    host,
    overrides,
    without,
    conditions,
    settings: settingsOf(args),
  });
  await showDiagnostics(planned.diagnostics, planned.sources, output.err);
  for (const word of args.all('rows'))
    planner.tableNamed(planned.plan, word.text.slice(0, word.text.lastIndexOf('=')), blaming(args, word));
  return planned;
}
