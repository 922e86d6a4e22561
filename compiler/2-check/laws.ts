import type { ArgFacts, LawDefinition, Param } from '../../stdlib/define.ts';
import type { Domain } from '../../stdlib/domain.ts';
import { type Bucket, parseBucket } from '../../stdlib/laws/bucket.ts';
import type { Type } from '../../stdlib/types.ts';
import type { ArgAst, ExprAst } from '../1-parse/ast.ts';
import type { Span } from '../1-parse/source.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import { boundsHold, checkBounds } from './bounds.ts';
import { argFacts } from './calls.ts';
import { fits } from './compatible.ts';
import { type Context, type Scope, scopeOf } from './context.ts';
import { domainOfValue, interval } from './domains.ts';
import { check } from './expression.ts';
import { mean, note } from './facts.ts';
import { bounded, FAULTY, isFaulty, type Known } from './known.ts';
import { labelOf } from './labels.ts';
import { suggestion } from './names.ts';
import { type Argument, type Callee, parametersNote, wrongType } from './overloads.ts';
import { refuseRange } from './range-ends.ts';

type FreeArgument = { readonly label: string; readonly span: Span; readonly weight: Argument };
export type LawBinding = {
  readonly args: ReadonlyMap<string, Argument>;
  readonly free: readonly FreeArgument[];
  /** False where an argument is faulty: reported. */
  readonly sound: boolean;
};

/** Puts a law's arguments in place and checks them. */
export function bindLaw(
  context: Context,
  scope: Scope,
  law: LawDefinition,
  asts: readonly ArgAst[],
  callee: Callee,
): LawBinding {
  const args = new Map<string, Argument>();
  const free: FreeArgument[] = [];
  let sound = true;
  let complete = true;
  let position = 0;
  let inner: Scope | null = scope;
  for (const ast of asts) {
    if (law.free && (ast.name || ast.key)) {
      sound = freeArgument(context, scope, ast, free) && sound;
      continue;
    }
    const param = paramOf(law, ast, ast.name || ast.key ? 0 : position++);
    if (!param || args.has(param.name)) {
      if (!param) check(context, inner ?? scope, ast.value);
      misplaced(context, law, ast, param, callee);
      sound = false;
      complete &&= param !== undefined;
    } else if (inner) {
      const known = lawArgument(context, inner, law, param, ast.value);
      args.set(param.name, { ast, known });
      inner = scopeAfter(context, scope, inner, param, ast, known);
    }
  }
  sound = freeHolds(context, law, args, free, callee) && sound;
  sound =
    !refuseRange(context, law, args, callee) &&
    paramsHold(context, law, args, free, callee, complete) &&
    sound;
  return { args, free, sound };
}

const paramOf = (law: LawDefinition, { name, key }: ArgAst, position: number): Param | undefined => {
  if (key) return undefined;
  return name ? law.params.find((param) => param.name === name.text) : law.params[position];
};

/** `view=70`, `1920..1949=5`. */
function freeArgument(context: Context, scope: Scope, ast: ArgAst, free: FreeArgument[]): boolean {
  const named = ast.name ?? ast.key;
  const weight = { ast, known: check(context, scope, ast.value) };
  const label = ast.name?.text ?? (ast.key ? labelOf(ast.key) : '');
  const span = named?.span ?? ast.value.span;
  const twice = free.some((other) => other.label === label);
  if (twice) context.report(diagnose('TVD2014', { name: label }, { span }));
  free.push({ label, span, weight });
  return !twice && !isFaulty(weight.known);
}

/** What the arguments after a table see: its columns first. Null, nothing is to be said, where the table is faulty. */
function scopeAfter(
  context: Context,
  outer: Scope,
  inner: Scope,
  param: Param,
  ast: ArgAst,
  { type }: Known,
): Scope | null {
  if (type.kind === 'error' && context.meanings.get(ast.value.id)?.kind === 'data') return null;
  if (type.kind === 'row') return { ...outer, data: type.data };
  if (type.kind !== 'ref' || param.type !== 'table') return inner;
  return scopeOf(outer.place, context.tables.get(type.table) ?? null);
}

function paramsHold(
  context: Context,
  law: LawDefinition,
  args: ReadonlyMap<string, Argument>,
  free: readonly FreeArgument[],
  callee: Callee,
  complete: boolean,
): boolean {
  let holds = true;
  for (const param of law.params) {
    const arg = args.get(param.name);
    if (arg) {
      holds = !isFaulty(arg.known) && argumentHolds(context, param, arg, callee) && holds;
    } else if (param.default === undefined && free.length === 0 && complete) {
      const notes = [param.doc];
      context.report(
        diagnose('TVD2012', { callee: callee.name, name: param.name }, { span: callee.span }, { notes }),
      );
      holds = false;
    }
  }
  return holds;
}

/** An argument that the law has no parameter for, or has one for already. */
function misplaced(
  context: Context,
  law: LawDefinition,
  ast: ArgAst,
  param: Param | undefined,
  callee: Callee,
): void {
  const notes = parametersNote(law.params);
  const { span } = ast.name ?? ast.key ?? ast.value;
  if (param) context.report(diagnose('TVD2014', { name: param.name }, { span }));
  else if (ast.key) context.report(diagnose('TVD2015', { callee: callee.name }, { span }, { notes }));
  else if (ast.name) {
    const names = law.params.map((each) => each.name);
    const help = suggestion(ast.name, names);
    context.report(
      diagnose('TVD2011', { callee: callee.name, name: ast.name.text }, { span }, { help, notes }),
    );
  } else {
    const count = law.params.length;
    context.report(diagnose('TVD2013', { callee: callee.name, count }, { span }, { notes }));
  }
}

/** The name of a table where one is asked for; else an expression. */
function lawArgument(
  context: Context,
  scope: Scope,
  law: LawDefinition,
  param: Param,
  value: ExprAst,
): Known {
  if (value.kind === 'name') {
    const data = context.data.get(value.name);
    if (law.name !== 'ref' && data && (data.value === null || data.value.kind === 'table')) {
      mean(context, value, { kind: 'data', name: value.name });
      return note(
        context,
        value,
        data.value ? rowOf(data.name, data.value.kind === 'table' ? data.value.table.rows : 0) : FAULTY,
      );
    }
    if (param.type === 'table') return note(context, value, tableArgument(context, law, value));
  }
  return check(context, scope, value);
}

const rowOf = (data: string, rows: number): Known =>
  bounded({ kind: 'row', data }, interval(0, rows - 1, { integer: true }));

function tableArgument(
  context: Context,
  law: LawDefinition,
  value: Extract<ExprAst, { kind: 'name' }>,
): Known {
  const table = context.tables.get(value.name);
  if (law.name === 'ref' && table) {
    mean(context, value, { kind: 'table', name: value.name });
    return bounded({ kind: 'ref', table: value.name }, interval(0, table.rows - 1, { integer: true }));
  }
  const candidates = law.name === 'ref' ? context.tables.keys() : context.data.keys();
  const notes =
    law.name !== 'ref' && table ? ['the rows of a table of this spec are drawn with `~ref(…)`'] : [];
  context.report(
    diagnose(
      'TVD2005',
      { name: value.name },
      { span: value.span },
      { help: suggestion({ ...value, text: value.name }, candidates), notes },
    ),
  );
  return FAULTY;
}

function argumentHolds(context: Context, param: Param, arg: Argument, callee: Callee): boolean {
  if (!fits(param.type, arg.known.type)) {
    wrongType(context, callee, param, arg);
    return false;
  }
  if (
    param.constant &&
    arg.known.value === undefined &&
    !['piece', 'row', 'ref'].includes(arg.known.type.kind)
  ) {
    context.report(
      diagnose('TVD2117', { name: param.name, callee: callee.name }, { span: arg.ast.value.span }),
    );
    return false;
  }
  return checkBounds(context, param, arg, callee);
}

/** Free keys or a map (or column) in their place, not both; weights are numbers in bounds, and not all zero. */
function freeHolds(
  context: Context,
  law: LawDefinition,
  args: ReadonlyMap<string, Argument>,
  free: readonly FreeArgument[],
  callee: Callee,
): boolean {
  const first = law.params[0];
  if (!law.free) return true;
  if (free.length > 0 && first && args.has(first.name)) {
    context.report(diagnose('TVD2018', { callee: callee.name }, { span: callee.span }));
    return false;
  }
  if (free.length === 0 && args.size === 0) {
    context.report(
      diagnose(
        'TVD2012',
        { callee: callee.name, name: law.free.of === 'range' ? 'bucket=weight' : 'value=weight' },
        { span: callee.span },
        { notes: [law.free.doc] },
      ),
    );
    return false;
  }
  let holds = true;
  for (const { label, weight } of free) {
    if (isFaulty(weight.known)) continue;
    if (!fits('real', weight.known.type)) {
      wrongType(context, callee, { name: label, type: 'real', doc: '' }, weight);
      holds = false;
    } else if (!boundsHold(context, law.free.bounds, weight, `the weight of \`${label}\``)) holds = false;
  }
  const weights = free.map(({ weight }) => weight.known.value);
  if (
    holds &&
    weights.length > 0 &&
    law.name !== 'dirichlet' &&
    weights.every((value) => value !== undefined && Number(value) === 0)
  ) {
    context.report(diagnose('TVD2213', { callee: callee.name }, { span: callee.span }));
    return false;
  }
  return (law.free.of === 'label' || bucketsHold(context, free)) && holds;
}

/** Histogram buckets are ranges that share no value. */
function bucketsHold(context: Context, free: readonly FreeArgument[]): boolean {
  let holds = true;
  const sorted: { readonly argument: FreeArgument; readonly range: Bucket }[] = [];
  for (const argument of free) {
    const range = parseBucket(argument.label);
    if (typeof range !== 'string') {
      sorted.push({ argument, range });
      continue;
    }
    context.report(diagnose('TVD2209', { label: argument.label }, { span: argument.span, text: range }));
    holds = false;
  }
  sorted.sort((a, b) => a.range.lo - b.range.lo);
  const real = sorted.some(({ range }) => !range.whole);
  for (const [i, next] of sorted.entries()) {
    const before = sorted[i - 1];
    if (!before) continue;
    const { lo, hi, halfOpen } = before.range;
    const overlaps = next.range.lo < hi || (next.range.lo === hi && !halfOpen && !real);
    if (!overlaps) continue;
    context.report(
      diagnose(
        'TVD2210',
        { a: before.argument.label, b: next.argument.label },
        { span: next.argument.span },
        {
          secondary: [{ span: before.argument.span, text: '' }],
          help: [{ text: `leave the end out: \`${lo}..<${hi}\`` }],
        },
      ),
    );
    holds = false;
  }
  return holds;
}

/** What the law's type and support are computed from: arguments by parameter, then free keys by label. */
export function lawFacts(
  law: LawDefinition,
  binding: LawBinding,
  pick: (known: Known) => Domain,
): ReadonlyMap<string, ArgFacts> {
  const facts = new Map<string, ArgFacts>();
  for (const param of law.params) {
    const arg = binding.args.get(param.name);
    if (arg) facts.set(param.name, argFacts(arg.known, pick(arg.known)));
    else if (param.default !== undefined && param.default !== null) {
      const value = param.default;
      facts.set(param.name, { type: defaultType(value), domain: domainOfValue(value), value });
    }
  }
  for (const { label, weight } of binding.free) facts.set(label, argFacts(weight.known, pick(weight.known)));
  return facts;
}

const defaultType = (value: unknown): Type =>
  typeof value === 'bigint'
    ? { kind: 'int', bits: 64, signed: true }
    : typeof value === 'number'
      ? { kind: 'float', bits: 64 }
      : { kind: 'null' };
