import type { Domain } from '../../stdlib/domain.ts';
import { streamKey } from '../../stdlib/kernels/streams.ts';
import { parseBucket } from '../../stdlib/laws/bucket.ts';
import { laws } from '../../stdlib/laws/index.ts';
import { TEXT } from '../../stdlib/types.ts';
import type { DrawAst, ExprAst, NodeId } from '../1-parse/ast.ts';
import type { Meaning, TypedSpec } from '../2-check/typed-spec.ts';
import { callOf } from './calls.ts';
import type { Constant, Draw, Expr, RangeOf } from './expr.ts';
import { elaborateMatch } from './match.ts';

/** Where an expression stands: its draws are keyed by table and stream (the column's path, or its `stream:`). */
export type Scope = {
  readonly typed: TypedSpec;
  readonly nodes: ReadonlyMap<NodeId, ExprAst>;
  readonly table: string;
  readonly path: string;
  readonly stream: string;
  /** Ordinals of draws count from 0 in each part of a column: its value (''), its `missing`. */
  readonly part: '' | 'missing';
};

/** A checked syntax tree as a core expression. */
export function elaborate(node: ExprAst, scope: Scope): Expr {
  const { typed } = scope;
  const base = {
    type: typed.types.get(node.id)!,
    domain: typed.domains.get(node.id) ?? ANY,
    span: node.span,
  };
  const value = typed.values.get(node.id);
  if (value !== undefined && !FOLDED.has(node.kind)) return { ...base, op: 'constant', value };
  const at = (id: NodeId): Expr => elaborate(scope.nodes.get(id)!, scope);
  const call = (): Expr => {
    const meaning = typed.meanings.get(node.id);
    if (meaning?.kind !== 'call') throw new Error(`${node.kind} without a meaning`);
    const args = meaning.args.map((id) => (id === null ? null : at(id)));
    return {
      ...base,
      op: 'call',
      fn: meaning.fn,
      overload: meaning.overload,
      args: observe(meaning.fn, args),
    };
  };
  switch (node.kind) {
    case 'int':
    case 'real':
    case 'text':
    case 'bool':
    case 'date':
    case 'instant':
    case 'duration':
      return { ...base, op: 'constant', value: node.value };
    case 'null':
      return { ...base, op: 'constant', value: null };
    case 'range':
      return rangeOf(node, scope);
    case 'list':
      return { ...base, op: 'list', items: node.items.map((item) => elaborate(item, scope)) };
    case 'template':
      return {
        ...base,
        op: 'template',
        parts: node.parts.map((part) => (part.kind === 'literal' ? part.text : elaborate(part.expr, scope))),
      };
    case 'name':
      return read(typed.meanings.get(node.id)!, base, at);
    case 'field': {
      const meaning = typed.meanings.get(node.id)!;
      if (meaning.kind !== 'index') return read(meaning, base, at);
      // `map[enum].key`: the key as an index.
      const by = {
        op: 'constant',
        type: TEXT,
        domain: ANY,
        span: node.field.span,
        value: node.field.text,
      } as const;
      return { ...base, op: 'index', of: elaborate(node.of, scope), by };
    }
    case 'index':
      return { ...base, op: 'index', of: elaborate(node.of, scope), by: elaborate(node.index, scope) };
    case 'unary':
      // A negative number is a literal to its reader.
      return value !== undefined && (node.operand.kind === 'int' || node.operand.kind === 'real')
        ? { ...base, op: 'constant', value }
        : call();
    case 'call':
    case 'binary':
      return call();
    case 'is-null': {
      const isNull = call();
      if (!node.negated || isNull.op !== 'call' || isNull.fn !== 'is_null') return isNull;
      // The checker tells the domain of the whole: that of `is null` mirrors it.
      const domain = callOf('not', [isNull], node.span).domain;
      return { ...callOf('not', [{ ...isNull, domain }], node.span), domain: base.domain };
    }
    case 'draw':
      return draw(node, base, scope);
    case 'cast':
      return { ...base, op: 'cast', of: elaborate(node.operand, scope) };
    case 'if':
      return {
        ...base,
        op: 'if',
        condition: elaborate(node.condition, scope),
        then: elaborate(node.then, scope),
        otherwise: elaborate(node.otherwise, scope),
      };
    case 'match':
      return elaborateMatch(node, base, (inner) => elaborate(inner, scope));
    case 'broken':
      throw new Error('a broken expression reached the planner');
  }
}

/** Whose constant values the checker knows but the optimizer puts in place (fold-constants); a range stays one. */
const FOLDED: ReadonlySet<ExprAst['kind']> = new Set([
  'range',
  'call',
  'unary',
  'binary',
  'cast',
  'if',
  'match',
]);

const ANY: Domain = { kind: 'any', nullable: true };
type Base = Pick<Constant, 'type' | 'domain' | 'span'>;

function read(meaning: Meaning, base: Base, at: (id: NodeId) => Expr): Expr {
  switch (meaning.kind) {
    case 'column':
      return { ...base, op: 'column', path: meaning.path, observed: false };
    case 'parent':
      return {
        ...base,
        op: 'parent',
        ref: at(meaning.via),
        table: meaning.table,
        path: meaning.path,
        observed: false,
      };
    case 'data-field':
      return { ...base, op: 'field', of: at(meaning.of), data: meaning.data, column: meaning.column };
    case 'let':
      return at(meaning.expr);
    case 'data':
      return { ...base, op: 'data', name: meaning.name };
    case 'table':
      return { ...base, op: 'table', name: meaning.name };
    case 'row':
      return { ...base, op: 'row' };
    default:
      throw new Error(`a name that means ${meaning.kind} stands where a value belongs`);
  }
}

/** `is null` and `coalesce` see the hole that `missing:` cuts; everything else sees the complete value. */
function observe(fn: string, args: readonly (Expr | null)[]): readonly (Expr | null)[] {
  if (fn !== 'is_null' && fn !== 'coalesce') return args;
  return args.map((arg) => (arg?.op === 'column' || arg?.op === 'parent' ? { ...arg, observed: true } : arg));
}

function rangeOf(node: Extract<ExprAst, { kind: 'range' }>, scope: Scope): RangeOf {
  return {
    op: 'range',
    type: scope.typed.types.get(node.id) ?? { kind: 'range', of: scope.typed.types.get(node.lo.id)! },
    domain: ANY,
    span: node.span,
    lo: elaborate(node.lo, scope),
    hi: elaborate(node.hi, scope),
    halfOpen: node.halfOpen,
  };
}

function draw(node: DrawAst, base: Base, scope: Scope): Draw {
  const meaning = scope.typed.meanings.get(node.id);
  if (meaning?.kind !== 'draw') throw new Error(`~${node.law.text} without a meaning`);
  const law = laws.get(meaning.law);
  if (!law) throw new Error(`no law ${meaning.law}`);
  const at = (id: NodeId): Expr => elaborate(scope.nodes.get(id)!, scope);
  const weighing = meaning.law === 'ref' ? meaning.args.get('by') : undefined;
  const args = [...meaning.args].flatMap(([name, id]) => {
    if (id === weighing) return [];
    const seen = scope.typed.meanings.get(id);
    // `weight=weight` names a column of the picked data table: its values.
    if (seen?.kind === 'data-column') return [{ name, value: dataColumn(seen.data, seen.column, id, scope) }];
    return [{ name, value: at(id) }];
  });
  return {
    ...base,
    op: 'draw',
    law: meaning.law,
    stream: streamKey(scope.typed.ast.seed, scope.table, scope.stream, scope.part + String(node.ordinal)),
    args,
    free: meaning.free.map(({ label, weight }) => ({
      label,
      range: rangeOfLabel(label),
      weight: at(weight),
    })),
    within: node.within?.kind === 'range' ? rangeOf(node.within, scope) : null,
    by: weighing === undefined ? null : weightOf(args, typedMeaning(weighing, scope)),
  };
}

const typedMeaning = (id: NodeId, scope: Scope): Meaning | undefined => scope.typed.meanings.get(id);

function weightOf(args: Draw['args'], by: Meaning | undefined): Draw['by'] {
  const parent = args.find((arg) => arg.value.op === 'table')?.value;
  if (parent?.op !== 'table' || (by?.kind !== 'column' && by?.kind !== 'parent'))
    throw new Error('by= names no column');
  return { table: parent.name, path: by.path };
}

function dataColumn(data: string, column: string, id: NodeId, scope: Scope): Constant {
  const source = scope.typed.data.get(data);
  if (source?.kind !== 'table') throw new Error(`${data} is no table`);
  const found = source.table.columns.find((candidate) => candidate.name === column)!;
  const { span } = scope.nodes.get(id)!;
  return { op: 'constant', type: { kind: 'list', of: found.type }, domain: ANY, span, value: found.values };
}

/** `1920..1949` of a histogram. */
function rangeOfLabel(label: string): readonly [number, number, boolean] | null {
  const bucket = parseBucket(label);
  return typeof bucket === 'string' ? null : [bucket.lo, bucket.hi, bucket.halfOpen];
}
