import type { ArgFacts, Param } from '../../stdlib/define.ts';
import { FLOAT64, INT64, type Type } from '../../stdlib/types.ts';
import type { ExprAst } from '../1-parse/ast.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import type { Context, Scope } from './context.ts';
import { domainOfType } from './domains.ts';
import { check } from './expression.ts';
import { note } from './facts.ts';
import { bounded, constant, FAULTY, isFaulty, type Known, mergeRoots } from './known.ts';
import { suggestion } from './names.ts';
import { type Argument, bindOverload } from './overloads.ts';

/** What the language has and no library item implements yet: names and types are checked, nothing runs. */
type Later = {
  readonly overloads: readonly {
    readonly params: readonly Param[];
    readonly variadic?: boolean;
    readonly result: (args: readonly ArgFacts[]) => Type | string;
  }[];
  /** The first argument is the name of a model. */
  readonly model?: boolean;
};

const param = (name: string, type: Param['type'], rest: Partial<Param> = {}): Param => ({
  name,
  type,
  doc: '',
  ...rest,
});
const real = (): Type => FLOAT64;
const positive = { bounds: { min: 1, max: 65_536 }, constant: true };
const dimsOf = (facts: ArgFacts | undefined): number => Number(facts?.value ?? 0);

const embedded = (args: readonly ArgFacts[]): Type => {
  const dims = dimsOf(args[2]) || dimsOf(args[0]);
  return { kind: 'vector', dims };
};

export const laterFunctions: ReadonlyMap<string, Later> = new Map<string, Later>([
  [
    'embed',
    {
      model: true,
      overloads: [
        {
          params: [
            param('model', 'any'),
            param('text', 'text'),
            param('project', 'int', { ...positive, default: null }),
          ],
          result: embedded,
        },
      ],
    },
  ],
  [
    'concat',
    {
      overloads: [
        {
          params: [param('vectors', 'vector')],
          variadic: true,
          result: (args) => ({
            kind: 'vector',
            dims: args.reduce((sum, { type }) => sum + (type.kind === 'vector' ? type.dims : 0), 0),
          }),
        },
      ],
    },
  ],
  [
    'vad_audio',
    {
      overloads: [
        {
          params: [param('vad', 'list'), param('dims', 'int', positive)],
          result: (args) => ({ kind: 'vector', dims: dimsOf(args[1]) }),
        },
        {
          params: [param('vad', 'vector'), param('dims', 'int', positive)],
          result: (args) => ({ kind: 'vector', dims: dimsOf(args[1]) }),
        },
      ],
    },
  ],
  ['rank_size_exponent', { overloads: [{ params: [param('column', 'number')], result: real }] }],
  ['entropy', { overloads: [{ params: [param('column', 'any')], result: real }] }],
  [
    'peak_hours',
    {
      overloads: [
        {
          params: [param('column', 'timestamp'), param('tz', 'text', { default: null })],
          result: () => ({ kind: 'list', of: INT64 }),
        },
      ],
    },
  ],
  [
    'prev',
    {
      overloads: [
        {
          params: [param('column', 'any'), param('first', 'any')],
          result: (args) => args[0]?.type ?? FLOAT64,
        },
      ],
    },
  ],
]);

/** Laws of the language that have no entry in stdlib/laws yet. */
export const laterLaws: ReadonlySet<string> = new Set([
  'student_t',
  'cauchy',
  'logistic',
  'weibull',
  'pareto',
  'gumbel',
  'laplace',
  'triangular',
  'von_mises',
  'kumaraswamy',
  'binomial',
  'negative_binomial',
  'geometric',
  'hypergeometric',
  'empirical',
  'mixture',
  'multinomial',
  'multivariate_normal',
  'shuffle',
  'markov',
  'regex',
  'person',
  'place',
  'internet',
  'company',
]);

export function checkLaterCall(
  context: Context,
  scope: Scope,
  expr: Extract<ExprAst, { kind: 'call' }>,
): Known {
  const { callee } = expr;
  const later = laterFunctions.get(callee.text);
  if (!later) return FAULTY;
  const inner: Scope = { ...scope, later: true };
  const args = expr.args.map((ast, i): Argument => {
    const model = later.model && (ast.name ? ast.name.text === 'model' : i === 0);
    return {
      ast,
      known: model
        ? note(context, ast.value, modelKnown(context, ast.value))
        : check(context, inner, ast.value),
    };
  });
  if (!scope.later && scope.place !== 'quality') {
    context.report(diagnose('TVD2902', { fn: callee.text }, { span: callee.span }));
  }
  if (args.some((arg) => isFaulty(arg.known))) return FAULTY;
  const bound = bindOverload(context, { name: callee.text, span: callee.span }, later.overloads, args);
  const overload = bound && later.overloads[bound.overload];
  if (!bound || !overload) return FAULTY;
  const facts = bound.args.map(
    (arg): ArgFacts =>
      arg
        ? { type: arg.known.type, domain: arg.known.domain, value: arg.known.value }
        : { type: { kind: 'null' }, domain: domainOfType(INT64), value: null },
  );
  context.meanings.set(expr.id, {
    kind: 'call',
    fn: callee.text,
    overload: bound.overload,
    args: bound.args.map((arg) => arg?.ast.value.id ?? null),
  });
  const type = overload.result(facts);
  if (typeof type === 'string') return FAULTY;
  return bounded(
    type,
    domainOfType(
      type,
      args.some((arg) => arg.known.domain.nullable),
    ),
    mergeRoots(args.map((arg) => arg.known)),
  );
}

/** A model's value is the length of its vectors. */
function modelKnown(context: Context, expr: ExprAst): Known {
  const name = expr.kind === 'name' ? expr.name : '';
  const model = context.models.get(name);
  if (model) return constant({ kind: 'piece', name: 'model' }, BigInt(model.dims));
  context.report(
    diagnose(
      'TVD2006',
      { name: name || 'this' },
      { span: expr.span },
      { help: suggestion({ ...expr, text: name }, context.models.keys()) },
    ),
  );
  return FAULTY;
}
