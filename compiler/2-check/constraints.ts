import type { Domain } from '../../stdlib/domain.ts';
import { showType } from '../../stdlib/types.ts';
import type { ConstraintAst, ExprAst } from '../1-parse/ast.ts';
import { childrenOf } from '../1-parse/children.ts';
import type { Span } from '../1-parse/source.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import { boundsHold } from './bounds.ts';
import { checkCondition } from './branches.ts';
import { type Context, type Scope, scopeOf, type Table } from './context.ts';
import { intersect, isEmpty, withNull } from './domains.ts';
import { check } from './expression.ts';
import { holeIn, isFaulty, type Known } from './known.ts';
import { suggestion } from './names.ts';
import { both, guard, narrowing } from './narrow.ts';
import { columnAt } from './nulls.ts';
import { showDomain } from './show-domain.ts';

/** Constraints, `weigh:` and `unique:` of a table, and the contradictions that single columns show. */
export function checkConstraints(context: Context, table: Table): void {
  const claims: Claim[] = [];
  for (const constraint of table.ast.constraints) {
    const scope = scopeOf(constraint.asked ? 'where' : 'constraint', table);
    const inner = whenScope(context, scope, constraint);
    const known = check(context, inner, constraint.check);
    if (!checkCondition(context, constraint.check, known, 'a constraint') || isFaulty(known)) continue;
    if (!constraint.asked) unholed(context, known, constraint.check);
    if (constraint.when) continue;
    claims.push(...claimsOf(context, constraint));
  }
  contradictions(context, table, claims);
  checkWeigh(context, table);
  for (const unique of table.ast.uniques) {
    for (const name of unique.columns) {
      if (!columnAt(table.columns, name.text)) unknownColumn(context, table, name);
    }
    context.report(diagnose('TVD2908', { what: '`unique` over several columns' }, { span: unique.span }));
  }
}

/** Holes are cut after all constraints: nothing of a constraint may depend on them, through other columns either. */
function unholed(context: Context, known: Known, expr: ExprAst): void {
  const column = holeIn(known);
  if (column !== null) context.report(diagnose('TVD2303', { column }, { span: expr.span }));
}

function whenScope(context: Context, scope: Scope, { when }: ConstraintAst): Scope {
  if (!when) return scope;
  const known = check(context, scope, when);
  checkCondition(context, when, known, '`when:`');
  unholed(context, known, when);
  return guard(context, scope, when, true);
}

export function unknownColumn(
  context: Context,
  table: Table,
  name: { readonly text: string; readonly span: Span; readonly id: number },
): void {
  const paths = [...table.columns.keys(), ...table.order.map((column) => column.path)];
  context.report(
    diagnose(
      'TVD2002',
      { where: `table \`${table.name}\``, name: name.text },
      { span: name.span, text: 'no such name here' },
      {
        help: suggestion(name, new Set(paths)),
        notes: [
          `it has ${[...table.columns.keys()]
            .slice(0, 12)
            .map((column) => `\`${column}\``)
            .join(', ')}${table.columns.size > 12 ? ', …' : ''}`,
        ],
      },
    ),
  );
}

/** What one constraint demands of one place, beside what the place may be. */
type Claim = {
  readonly key: string;
  readonly demanded: Domain;
  readonly own: Domain;
  readonly place: ExprAst;
  readonly span: Span;
};

/** What is null is not false, so that only conjuncts that are never null demand anything of their places. */
function claimsOf(context: Context, { check: whole }: ConstraintAst): readonly Claim[] {
  const demands = conjunctsOf(whole)
    .filter((conjunct) => context.domains.get(conjunct.id)?.nullable === false)
    .map((conjunct) => narrowing(context, conjunct, true))
    .reduce(both, new Map());
  const claims: Claim[] = [];
  for (const [key, demanded] of demands) {
    const place = placeWith(context, whole, key);
    const own = place && context.domains.get(place.id);
    if (place && own) claims.push({ key, demanded, own, place, span: whole.span });
  }
  return claims;
}

const conjunctsOf = (expr: ExprAst): readonly ExprAst[] =>
  expr.kind === 'binary' && expr.op === 'and'
    ? [...conjunctsOf(expr.left), ...conjunctsOf(expr.right)]
    : [expr];

function placeWith(context: Context, expr: ExprAst, key: string): ExprAst | null {
  if (context.keys.get(expr.id) === key) return expr;
  for (const child of childrenOf(expr)) {
    const found = placeWith(context, child, key);
    if (found) return found;
  }
  return null;
}

/** A claim that leaves nothing of the law, or nothing of what earlier claims leave, names its culprits. */
function contradictions(context: Context, table: Table, claims: readonly Claim[]): void {
  const left = new Map<string, { readonly domain: Domain; readonly claims: readonly Claim[] }>();
  const told = new Set<Span>();
  for (const claim of claims) {
    if (told.has(claim.span)) continue;
    const before = left.get(claim.key) ?? { domain: withNull(claim.own, true), claims: [] };
    const alone = intersect(withNull(claim.own, true), withNull(claim.demanded, true));
    const type = context.types.get(claim.place.id);
    if (isEmpty(alone)) {
      told.add(claim.span);
      const column = columnAt(table.columns, claim.key);
      const law =
        column?.ast.body.kind === 'value'
          ? [{ span: column.ast.body.expr.span, text: showDomain(claim.own, type) }]
          : [];
      context.report(
        diagnose(
          'TVD2301',
          { what: claim.key, values: showDomain(claim.own, type) },
          { span: claim.span, text: `demands ${showDomain(claim.demanded, type)}` },
          {
            secondary: law,
          },
        ),
      );
      continue;
    }
    const now = intersect(before.domain, withNull(claim.demanded, true));
    if (isEmpty(now)) {
      told.add(claim.span);
      const culprits = smallest(claim, before.claims);
      context.report(
        diagnose(
          'TVD2302',
          { what: claim.key },
          { span: claim.span, text: `demands ${showDomain(claim.demanded, type)}` },
          {
            secondary: culprits.map((other) => ({
              span: other.span,
              text: `demands ${showDomain(other.demanded, type)}`,
            })),
          },
        ),
      );
      continue;
    }
    left.set(claim.key, { domain: now, claims: [...before.claims, claim] });
  }
}

/** One earlier claim that contradicts this one by itself, else all of them. */
function smallest(claim: Claim, others: readonly Claim[]): readonly Claim[] {
  const alone = others.find((other) => {
    const both = intersect(withNull(other.demanded, true), withNull(claim.demanded, true));
    return isEmpty(intersect(withNull(claim.own, true), both));
  });
  return alone ? [alone] : others;
}

function checkWeigh(context: Context, table: Table): void {
  const { weigh } = table.ast;
  if (!weigh) return;
  const known = check(context, scopeOf('weigh', table), weigh);
  if (isFaulty(known)) return;
  if (known.type.kind !== 'float' && known.type.kind !== 'int') {
    context.report(
      diagnose(
        'TVD2102',
        { what: '`weigh`', expected: 'a number in 0..1', given: showType(known.type) },
        { span: weigh.span },
      ),
    );
    return;
  }
  unholed(context, known, weigh);
  if (known.domain.nullable) {
    context.report(
      diagnose(
        'TVD2321',
        {},
        { span: weigh.span },
        {
          help: [{ text: 'say what a null weighs, a number in 0..1: `coalesce(…, 1)`' }],
        },
      ),
    );
    return;
  }
  boundsHold(context, { min: 0, max: 1 }, { ast: { name: null, key: null, value: weigh }, known }, '`weigh`');
}
