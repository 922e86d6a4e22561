import type { Source } from '../compiler/1-parse/source.ts';
import type { OutputFormat, PhysicalPlan } from '../compiler/5-lower/physical-plan.ts';
import type { Compiled, CompileOptions } from '../compiler/compile.ts';
import { nearest } from '../compiler/diagnostics/nearest.ts';
import { FORMATS } from '../compiler/output-formats.ts';
import type { Overrides } from '../compiler/overrides.ts';
import type { Setting } from '../compiler/settings.ts';
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
import { EXIT } from './exit.ts';
import { Failure, usage } from './failure.ts';
import type { Output } from './output.ts';
import { runFailure } from './run-fault.ts';
import { hostOf, readSpec } from './spec-file.ts';
import { VERSION } from './version.ts';

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

function settingsOf(args: Arguments): readonly (Setting & { readonly source: Source })[] {
  return args.all('set').map((word) => {
    if (word.text.indexOf('=') < 1)
      throw badValue(args, 'set', word, 'a constant and its value, as in vat=0.06');
    return { text: word.text, source: { name: '--set', text: word.text } };
  });
}

async function withoutOf(args: Arguments): Promise<readonly string[]> {
  const words = args.all('without');
  if (words.length === 0) return [];
  const { ESSENTIAL, rules } = await import('../compiler/4-optimize/rules/index.ts');
  const { loweringRules } = await import('../compiler/5-lower/rules.ts');
  const names = [...rules, ...loweringRules].map(({ name }) => name).filter((name) => !ESSENTIAL.has(name));
  for (const word of words) {
    if (names.includes(word.text)) continue;
    if (ESSENTIAL.has(word.text)) throw badValue(args, 'without', word, 'a rule that can be left out');
    const near = nearest(word.text, names);
    const hints = near
      ? { label: `did you mean \`${near}\`?` }
      : { help: `its rules are ${names.join(', ')}` };
    throw usage(args.line, word.at, 'TVD7017', { rule: word.text }, hints);
  }
  return [...new Set(words.map(({ text }) => text))];
}

/** A plan with what it was made from: the spec, then the conditions. */
export type Planned = Compiled & { readonly plan: PhysicalPlan; readonly sources: readonly Source[] };

/** Spec → plan; warnings are shown, errors end the command. */
export async function compileSpec(
  args: Arguments,
  path: Word,
  output: Output,
  {
    format,
    ...options
  }: Pick<CompileOptions, 'probe' | 'costs'> & {
    readonly format?: OutputFormat | null;
  } = {},
): Promise<Planned> {
  const overrides = { ...overridesOf(args), ...(format ? { format } : {}) };
  const without = await withoutOf(args);
  const conditions = conditionsOf(args);
  const source = readSpec(path.text);
  const settings = settingsOf(args);
  const sources = [source, ...[...conditions, ...settings].map((one) => one.source)];
  const { compile } = await import('../compiler/compile.ts');
  const compiled = attempt(
    () =>
      compile(source, {
        ...options,
        host: hostOf(path.text),
        overrides,
        without,
        conditions,
        settings,
        version: VERSION,
      }),
    sources,
  );
  const { plan, diagnostics } = compiled;
  if (!plan) throw new Failure(diagnostics, sources, EXIT.spec);
  await showDiagnostics(diagnostics, sources, output.err);
  for (const word of args.all('rows'))
    tableIn(args, plan, { ...word, text: word.text.slice(0, word.text.lastIndexOf('=')) });
  return { ...compiled, plan, sources };
}

/** Estimating acceptance makes rows, and a row may be at fault: the spec's fault, then. */
function attempt(work: () => Compiled, sources: readonly Source[]): Compiled {
  try {
    return work();
  } catch (error) {
    const known = runFailure(error, sources);
    throw known instanceof Failure ? new Failure(known.diagnostics, known.sources, EXIT.spec) : known;
  }
}

/** The table that the user named. */
export function tableIn(args: Arguments, plan: PhysicalPlan, word: Word): PhysicalPlan['tables'][number] {
  const found = plan.tables.find((table) => table.name === word.text);
  if (found) return found;
  const names = plan.tables.map((table) => table.name);
  const near = nearest(word.text, names);
  const hints = near
    ? { label: `did you mean \`${near}\`?` }
    : { help: `its tables are ${names.join(', ')}` };
  throw usage(args.line, word.at, 'TVD7011', { table: word.text }, hints);
}
