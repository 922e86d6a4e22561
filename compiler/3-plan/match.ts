import { BOOL } from '../../stdlib/types.ts';
import type { Value } from '../../stdlib/value.ts';
import type { ExprAst } from '../1-parse/ast.ts';
import { callOf, isNull } from './calls.ts';
import type { Constant, Expr } from './expr.ts';

type MatchAst = Extract<ExprAst, { kind: 'match' }>;
type Base = Pick<Constant, 'type' | 'domain' | 'span'>;

/**
 * `match` over an enum whose arms are constants is a look-up by code; anything else is a tree of `if`. The checker has seen
 * that the arms cover the subject. A null subject gives null, as with every operator.
 */
export function elaborateMatch(node: MatchAst, base: Base, elaborate: (node: ExprAst) => Expr): Expr {
  const subject = elaborate(node.subject);
  const arms = node.arms.map((arm) => ({
    patterns: arm.patterns?.map(elaborate) ?? null,
    value: elaborate(arm.value),
  }));
  const chosen = lookup(subject, arms, base) ?? tree(subject, arms, base);
  if (!subject.domain.nullable) return chosen;
  const nothing: Constant = { ...base, op: 'constant', value: null };
  return { ...base, op: 'if', condition: isNull(subject), then: nothing, otherwise: chosen };
}

type Arm = { readonly patterns: readonly Expr[] | null; readonly value: Expr };

function lookup(subject: Expr, arms: readonly Arm[], base: Base): Expr | null {
  if (subject.type.kind !== 'enum') return null;
  const table = constantTable(subject.type.values, arms);
  if (!table) return null;
  const type = { kind: 'map', keys: subject.type.values, of: base.type } as const;
  const of: Constant = { ...base, op: 'constant', type, value: { map: table } };
  return { ...base, op: 'index', of, by: subject };
}

function constantTable(values: readonly string[], arms: readonly Arm[]): ReadonlyMap<string, Value> | null {
  const table = new Map<string, Value>();
  for (const value of values) {
    const arm = arms.find(
      ({ patterns }) =>
        patterns === null || patterns.some((pattern) => pattern.op === 'constant' && pattern.value === value),
    );
    if (arm?.value.op !== 'constant' || arm.value.value === null) return null;
    table.set(value, arm.value.value);
  }
  return table;
}

/** Arms up to so many are tested one after the other; more are halved, so that the tree stays shallow. */
const CHAIN = 16;

function tree(subject: Expr, arms: readonly Arm[], base: Base): Expr {
  const [first, ...others] = arms;
  if (first === undefined) throw new Error('a match without arms');
  if (others.length === 0) return first.value;
  const middle = arms.length <= CHAIN ? 1 : Math.floor(arms.length / 2);
  const front = arms.slice(0, middle);
  const condition = anyOf(
    subject,
    front.flatMap(({ patterns }) => patterns ?? []),
    base,
  );
  const then = tree(subject, front, base);
  return { ...base, op: 'if', condition, then, otherwise: tree(subject, arms.slice(middle), base) };
}

/** Whether the subject is one of the patterns. */
function anyOf(subject: Expr, patterns: readonly Expr[], base: Base): Expr {
  const [first] = patterns;
  if (first === undefined) {
    const domain = { kind: 'set', values: [false], nullable: false } as const;
    return { op: 'constant', type: BOOL, domain, span: base.span, value: false };
  }
  if (patterns.length === 1) return callOf('eq', [subject, first], first.span);
  const middle = Math.floor(patterns.length / 2);
  const sides = [patterns.slice(0, middle), patterns.slice(middle)].map((half) => anyOf(subject, half, base));
  return callOf('or', sides, first.span);
}
