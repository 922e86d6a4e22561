import type { LawDefinition } from '../../stdlib/define.ts';
import type { Domain } from '../../stdlib/domain.ts';
import { parseBucket } from '../../stdlib/laws/bucket.ts';
import { FLOAT64, INT64, type Type } from '../../stdlib/types.ts';
import type { DrawAst } from '../1-parse/ast.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import { fits } from './compatible.ts';
import type { Context, Scope } from './context.ts';
import { count, domainOfType, interval, numeric, withNull } from './domains.ts';
import { check } from './expression.ts';
import { mean } from './facts.ts';
import { bounded, FAULTY, holeIn, holeOf, type Known } from './known.ts';
import { lawOf } from './law-values.ts';
import { bindLaw, type LawBinding, lawFacts } from './laws.ts';
import { type Callee, wrongType } from './overloads.ts';
import { showDomain } from './show-domain.ts';
import { withoutTails } from './tails.ts';
import { checkLoosely, unknownLaw } from './unknown-law.ts';
import { truncated } from './within.ts';

/** `~law(…) within a..b`. */
export function checkDraw(context: Context, scope: Scope, expr: DrawAst): Known {
  if (!mayDraw(context, scope, expr)) {
    checkLoosely(context, scope, expr.args);
    return FAULTY;
  }
  const named = lawOf(context, expr.law);
  const law = named ? context.laws.get(named.law) : context.laws.get(expr.law.text);
  const within = expr.within && check(context, scope, expr.within);
  if (!law) return unknownLaw(context, scope, expr);
  const callee: Callee = { name: law.name, span: expr.law.span };
  if (named && expr.args.length > 0) {
    context.report(
      diagnose(
        'TVD2013',
        { callee: expr.law.text, count: 0 },
        { span: expr.args[0]?.value.span ?? expr.span },
      ),
    );
    return FAULTY;
  }
  const binding = named ? named.binding : bindLaw(context, scope, law, expr.args, callee);
  if (!binding.sound) return recovered(law, binding);
  mean(context, expr, {
    kind: 'draw',
    law: law.name,
    args: new Map([...binding.args].map(([name, arg]) => [name, arg.ast.value.id])),
    free: binding.free.map(({ label, weight }) => ({ label, weight: weight.ast.value.id })),
  });
  if (law.name === 'ref' && !byColumn(context, binding)) return FAULTY;
  const known = drawn(context, scope, law, binding, callee, expr);
  if (!known || !expr.within || !within) return known ?? FAULTY;
  return truncated(context, law, binding, known, within, expr.within.span, callee);
}

/** Columns draw; constants and measures do not, and constraints cannot yet. */
function mayDraw(context: Context, { place }: Scope, { law, span }: DrawAst): boolean {
  switch (place) {
    case 'let': {
      const help = [{ text: `name the law, \`${law.text}(…)\` without \`~\`, and draw it where it is used` }];
      context.report(diagnose('TVD2017', { where: '`let:`' }, { span }, { help }));
      return false;
    }
    case 'quality':
      context.report(diagnose('TVD2017', { where: '`quality:`' }, { span }));
      return false;
    case 'constraint':
    case 'where':
    case 'weigh': {
      const help = [{ text: 'draw it in a column, which may be hidden' }];
      context.report(diagnose('TVD2908', { what: 'a draw in a constraint' }, { span }, { help }));
      return true;
    }
    case 'column':
    case 'missing':
    case 'block':
      return true;
  }
}

/** A row is a row whatever its weights are, and buckets have values even where they overlap: what reads them is checked. */
function recovered(law: LawDefinition, binding: LawBinding): Known {
  const row = [...binding.args.values()].find(
    (arg) => arg.known.type.kind === 'row' || arg.known.type.kind === 'ref',
  );
  if (row) return { ...row.known, attained: false };
  if (law.free?.of !== 'range' || binding.free.length === 0) return FAULTY;
  const buckets = binding.free.map((free) => parseBucket(free.label));
  const known = buckets.filter((bucket) => typeof bucket !== 'string');
  if (known.length < buckets.length) return FAULTY;
  const integer = known.every((bucket) => bucket.whole);
  const domain = interval(
    Math.min(...known.map((bucket) => bucket.lo)),
    Math.max(...known.map((bucket) => bucket.hi)),
    {
      integer,
    },
  );
  const roots = new Map([[`draw of ${binding.free[0]?.span.start}`, count(domain)]]);
  return { ...bounded(integer ? INT64 : FLOAT64, domain, roots), attained: false };
}

/** The weight of parents is one of their columns. */
function byColumn(context: Context, binding: LawBinding): boolean {
  const by = binding.args.get('by');
  if (!by) return true;
  const meaning = context.meanings.get(by.ast.value.id);
  if (meaning?.kind !== 'column' && meaning?.kind !== 'parent') {
    context.report(
      diagnose(
        'TVD2504',
        {},
        { span: by.ast.value.span },
        { help: [{ text: 'make it a column of the parent table; it may be `hidden: true`' }] },
      ),
    );
    return false;
  }
  const likely = numeric(by.known.likely);
  if (!likely || !fits('real', by.known.type)) {
    wrongType(context, { name: 'ref', span: by.ast.value.span }, { name: 'by', type: 'real', doc: '' }, by);
    return false;
  }
  if (likely.lo < 0) {
    context.report(
      diagnose(
        'TVD2201',
        { what: '`by` of `ref`', bounds: 'at least 0' },
        { span: by.ast.value.span, text: `here ${showDomain(likely)}` },
      ),
    );
    return false;
  }
  return true;
}

function drawn(
  context: Context,
  scope: Scope,
  law: LawDefinition,
  binding: LawBinding,
  callee: Callee,
  expr: DrawAst,
): Known | null {
  const facts = lawFacts(law, binding, (known) => known.domain);
  const type = law.type(facts);
  if (typeof type === 'string') {
    context.report(diagnose('TVD2118', { callee: callee.name, reason: type }, { span: callee.span }));
    return null;
  }
  const args = [...binding.args.values(), ...binding.free.map((free) => free.weight)].map((arg) => arg.known);
  const nullable = args.some((arg) => arg.domain.nullable && arg.roots.size > 0 && arg.type.kind !== 'list');
  const support = (given: ReturnType<typeof lawFacts>): Domain => {
    const domain = supportOf(scope, law, binding, given);
    return withNull(domain.kind === 'any' ? domainOfType(type) : domain, nullable);
  };
  const domain = support(facts);
  const likely = withoutTails(
    context,
    law,
    binding,
    support(lawFacts(law, binding, (known) => known.likely)),
  );
  const constant = args.every(
    (arg) => arg.roots.size === 0 || arg.type.kind === 'row' || arg.type.kind === 'ref',
  );
  return {
    type,
    domain,
    likely,
    value: undefined,
    cases: undefined,
    roots: new Map([[`draw ${expr.id}`, cardinality(type, domain)], ...args.flatMap(holesOf)]),
    attained: constant || args.every((arg) => arg.attained && arg.roots.size <= 1),
  };
}

const holesOf = (arg: Known): [string, number][] => {
  const hole = holeIn(arg);
  return hole === null ? [] : [[holeOf(hole), 1]];
};

/** A permutation has the table's rows, a reference the parent's. */
function supportOf(
  scope: Scope,
  law: LawDefinition,
  binding: LawBinding,
  facts: ReturnType<typeof lawFacts>,
): Domain {
  if (law.name === 'permutation' && scope.table) return interval(1, scope.table.rows, { integer: true });
  const domain = law.support(facts);
  const parent = [...binding.args.values()].find((arg) => arg.known.type.kind === 'ref');
  if (law.name === 'ref' && parent) return parent.known.domain;
  const picked = [...binding.args.values()].find((arg) => arg.known.type.kind === 'row');
  return picked && domain.kind === 'any' ? picked.known.domain : domain;
}

/** How many values a draw has. */
export function cardinality(type: Type, domain: Domain): number {
  if (type.kind === 'enum') return Math.min(type.values.length, count(domain));
  return count(domain);
}
