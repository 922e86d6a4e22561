import type { Domain } from '../../stdlib/domain.ts';
import { showType, type Type } from '../../stdlib/types.ts';
import type { Value } from '../../stdlib/value.ts';
import type { ExprAst } from '../1-parse/ast.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import { checkMember } from './compatible.ts';
import { commonType, sameValue, show } from './constants.ts';
import type { Context, Scope } from './context.ts';
import { ANY, count, integerEnds, numeric, union, withNull } from './domains.ts';
import { check } from './expression.ts';
import { isValue } from './facts.ts';
import { FAULTY, isFaulty, type Known, mergeRoots } from './known.ts';
import { guard, guardBy } from './narrow.ts';

export function checkIf(context: Context, scope: Scope, expr: Extract<ExprAst, { kind: 'if' }>): Known {
  const condition = check(context, scope, expr.condition);
  checkCondition(context, expr.condition, condition, '`if`');
  const then = check(context, guard(context, scope, expr.condition, true), expr.then);
  const otherwise = check(context, guard(context, scope, expr.condition, false), expr.otherwise);
  const known = joined(context, expr, [
    { expr: expr.then, known: then },
    { expr: expr.otherwise, known: otherwise },
  ]);
  if (isFaulty(known) || isFaulty(condition)) return isFaulty(known) ? FAULTY : known;
  if (typeof condition.value === 'boolean') {
    const taken = condition.value ? then : otherwise;
    return { ...taken, type: known.type };
  }
  return { ...known, roots: mergeRoots([condition, then, otherwise]) };
}

export function checkCondition(context: Context, expr: ExprAst, known: Known, what: string): boolean {
  if (isFaulty(known) || known.type.kind === 'bool' || known.type.kind === 'null') return true;
  context.report(
    diagnose(
      'TVD2105',
      { what },
      { span: expr.span, text: `this is ${article(known.type)}` },
      {
        help:
          known.type.kind === 'int' || known.type.kind === 'float'
            ? [{ text: 'compare it: `… > 0`, `… != 0`' }]
            : [],
      },
    ),
  );
  return false;
}

const article = (type: Type) => {
  const shown = showType(type);
  return /^[aeiou]/.test(shown) ? `an ${shown}` : `a ${shown}`;
};

type Branch = { readonly expr: ExprAst; readonly known: Known };

/** The value of one of several branches: their common type, the union of what they may be. */
function joined(context: Context, expr: ExprAst, branches: readonly Branch[]): Known {
  const sound = branches.filter(
    ({ expr: branch, known }) => !isFaulty(known) && isValue(context, branch, known),
  );
  const first = sound[0];
  if (!first) return FAULTY;
  let type: Type = literalType(first.known);
  let domain: Domain = first.known.domain;
  let likely: Domain = first.known.likely;
  for (const { expr: branch, known } of sound.slice(1)) {
    const both = commonType(type, literalType(known));
    if (!both) {
      context.report(
        diagnose(
          'TVD2104',
          { a: showType(type), b: showType(known.type) },
          { span: branch.span, text: showType(known.type) },
          {
            secondary: [{ span: first.expr.span, text: showType(type) }],
          },
        ),
      );
      return FAULTY;
    }
    type = both;
    domain = union(domain, known.domain);
    likely = union(likely, known.likely);
  }
  if (sound.length < branches.length) return FAULTY;
  const knowns = sound.map((branch) => branch.known);
  const same = knowns.every(
    (known) =>
      known.value !== undefined &&
      first.known.value !== undefined &&
      sameValue(known.value, first.known.value),
  );
  return {
    type,
    domain,
    likely,
    value: same && expr.kind !== 'draw' ? first.known.value : undefined,
    cases: knowns.every((known) => casesOf(known) !== undefined)
      ? knowns.flatMap((known) => casesOf(known) ?? [])
      : undefined,
    roots: mergeRoots(knowns),
    attained: knowns.every((known) => known.attained),
  };
}

export const casesOf = (known: Known): readonly Value[] | undefined =>
  known.value !== undefined ? [known.value] : known.cases;

/** A text literal in a branch is an enum of one: `if … then 'classic' else 'modern'` has two values. */
const literalType = (known: Known): Type =>
  known.type.kind === 'text' && typeof known.value === 'string'
    ? { kind: 'enum', values: [known.value] }
    : known.type;

export function checkMatch(context: Context, scope: Scope, expr: Extract<ExprAst, { kind: 'match' }>): Known {
  const subject = check(context, scope, expr.subject);
  const seen: Value[] = [];
  const branches: Branch[] = [];
  let closed = false;
  for (const arm of expr.arms) {
    if (closed)
      context.report(diagnose('TVD2107', { why: 'an arm before it takes every value' }, { span: arm.span }));
    if (arm.patterns === null) {
      if (!closed && covered(subject, seen)) {
        context.report(
          diagnose('TVD2107', { why: 'the arms before it take every value' }, { span: arm.span }),
        );
      }
      closed = true;
      const inner = guardBy(context, scope, expr.subject, seen, false);
      branches.push({ expr: arm.value, known: check(context, inner, arm.value) });
      continue;
    }
    const own = arm.patterns.flatMap((pattern) => patternValues(context, scope, subject, pattern, seen));
    seen.push(...own);
    const inner = own.length > 0 ? guardBy(context, scope, expr.subject, own, true) : scope;
    branches.push({ expr: arm.value, known: check(context, inner, arm.value) });
  }
  if (isFaulty(subject)) return FAULTY;
  if (!closed && !exhaustive(context, expr, subject, seen)) return FAULTY;
  const known = joined(context, expr, branches);
  if (isFaulty(known)) return FAULTY;
  const nullable = known.domain.nullable || (subject.domain.nullable && !closed);
  return {
    ...known,
    domain: withNull(known.domain, nullable),
    likely: withNull(known.likely, nullable),
    roots: mergeRoots([subject, ...branches.map((branch) => branch.known)]),
  };
}

/** A pattern is a constant of the subject's type. A repeated one is never reached. */
function patternValues(
  context: Context,
  scope: Scope,
  subject: Known,
  pattern: ExprAst,
  seen: readonly Value[],
): readonly Value[] {
  const known = check(context, scope, pattern);
  if (isFaulty(known) || isFaulty(subject)) return [];
  if (known.value === undefined || known.type.kind === 'range') {
    context.report(diagnose('TVD2121', {}, { span: pattern.span }));
    return [];
  }
  if (!commonType(subject.type, known.type)) {
    context.report(
      diagnose(
        'TVD2102',
        { what: 'the pattern', expected: showType(subject.type), given: showType(known.type) },
        { span: pattern.span },
      ),
    );
    return [];
  }
  if (!checkMember(context, subject, pattern, known)) return [];
  if (seen.some((value) => sameValue(value, known.value ?? null))) {
    context.report(
      diagnose('TVD2107', { why: `\`${show(known.value)}\` has an arm before` }, { span: pattern.span }),
    );
  }
  return [known.value];
}

const missingValues = (
  subject: Known,
  seen: readonly Value[],
): readonly (string | number | boolean)[] | null => {
  const { domain } = subject;
  const taken = new Set(seen.map((value) => (typeof value === 'bigint' ? Number(value) : value)));
  if (domain.kind === 'set') return domain.values.filter((value) => !taken.has(value));
  const range = numeric(domain);
  if (!range || count(range) > 1000) return null;
  const [lo, hi] = integerEnds(range);
  return Array.from({ length: hi - lo + 1 }, (_, i) => lo + i).filter((value) => !taken.has(value));
};

const covered = (subject: Known, seen: readonly Value[]) =>
  !subject.domain.nullable && missingValues(subject, seen)?.length === 0 && subject.domain !== ANY;

function exhaustive(
  context: Context,
  expr: Extract<ExprAst, { kind: 'match' }>,
  subject: Known,
  seen: readonly Value[],
): boolean {
  const missing = missingValues(subject, seen);
  if (missing?.length === 0) return true;
  const shown =
    missing === null
      ? 'any other value'
      : missing.slice(0, 6).map(show).join(', ') + (missing.length > 6 ? ', …' : '');
  context.report(
    diagnose(
      'TVD2106',
      { missing: shown },
      { span: expr.subject.span, text: showType(subject.type) },
      {
        help: [{ text: 'add the arms, or `_ => …` for the rest' }],
      },
    ),
  );
  return false;
}
