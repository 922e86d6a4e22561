import { BOOL } from '../../stdlib/types.ts';
import type { Value } from '../../stdlib/value.ts';
import type { ExprAst } from '../1-parse/ast.ts';
import { callOf } from './elaborate.ts';
import type { Constant, Expr } from './expr.ts';

type MatchAst = Extract<ExprAst, { kind: 'match' }>;

/**
 * `match` over an enum whose arms are constants is a look-up by code; anything else is a chain of `if`. The checker has
 * seen that the arms cover the subject.
 */
export function elaborateMatch(
  node: MatchAst,
  base: Pick<Constant, 'type' | 'domain' | 'span'>,
  elaborate: (node: ExprAst) => Expr,
): Expr {
  const subject = elaborate(node.subject);
  const arms = node.arms.map((arm) => ({
    patterns: arm.patterns?.map(elaborate) ?? null,
    value: elaborate(arm.value),
  }));
  if (subject.type.kind === 'enum') {
    const table = constantTable(subject.type.values, arms);
    if (table) {
      const type = { kind: 'map', keys: subject.type.values, of: base.type } as const;
      const of: Constant = {
        op: 'constant',
        type,
        domain: base.domain,
        span: base.span,
        value: { map: table },
      };
      return { ...base, op: 'index', of, by: subject };
    }
  }
  const last = arms[arms.length - 1]!;
  return arms.slice(0, -1).reduceRight<Expr>(
    (otherwise, arm) => ({
      ...base,
      op: 'if',
      condition: anyOf(subject, arm.patterns ?? []),
      then: arm.value,
      otherwise,
    }),
    last.value,
  );
}

type Arm = { readonly patterns: readonly Expr[] | null; readonly value: Expr };

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

function anyOf(subject: Expr, patterns: readonly Expr[]): Expr {
  const tests = patterns.map(
    (pattern): Expr =>
      pattern.op === 'range'
        ? callOf('between', [subject, pattern], pattern.span)
        : callOf('eq', [subject, pattern], pattern.span),
  );
  const never: Constant = {
    op: 'constant',
    type: BOOL,
    domain: { kind: 'set', values: [false], nullable: false },
    span: subject.span,
    value: false,
  };
  return tests.length === 0 ? never : tests.reduce((left, right) => callOf('or', [left, right], right.span));
}
