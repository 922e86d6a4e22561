import type { IToken } from 'chevrotain';
import { diagnose } from '../../diagnostics/diagnose.ts';
import type { ArgAst, ExprAst, MatchArm, Name, Node, TemplatePart, TypeAst } from '../ast.ts';
import { brief, type MappedText, type ParseContext } from '../context.ts';
import type { Span } from '../source.ts';
import { type Literal, readDate, readDuration, readInstant, readInt, readReal, unquote } from './literals.ts';
import { type Clash, type Fold, foldSequence, type Item, type Operand } from './precedence.ts';
import * as t from './tokens.ts';

/** Makes nodes: ids in order, spans in the user's file. One builder a text; it counts the text's draws. */
export type Builder = ReturnType<typeof createBuilder>;

const endOf = (token: IToken): number => token.startOffset + token.image.length;

const isOrdering = (token: IToken): boolean => /^[<>=!]=?$/.test(token.image);

export function createBuilder(text: MappedText, context: ParseContext) {
  let draws = 0;
  let faulty = false;
  const spanOf = (start: number, end: number): Span => text.spanOf(start, end);
  const node = (start: number, end: number): Node => ({ id: context.nextId(), span: spanOf(start, end) });
  const operand = (expr: ExprAst, start: number, end: number): Operand => ({ node: expr, start, end });
  const around = (expr: ExprAst, start: IToken, end: IToken): Operand =>
    operand(expr, start.startOffset, endOf(end));
  const broken = (start: number, end: number): ExprAst => {
    faulty = true;
    return { ...node(start, end), kind: 'broken' };
  };
  const nameOf = (token: IToken): Name => ({
    ...node(token.startOffset, endOf(token)),
    text: token.image.startsWith('`') ? token.image.slice(1, -1) : token.image,
  });

  const literal = <T>(
    token: IToken,
    read: (raw: string) => Literal<T>,
    make: (value: T) => ExprAst,
  ): ExprAst => {
    const result = read(token.image);
    if ('value' in result) return make(result.value);
    const { startOffset } = token;
    context.report(
      diagnose(
        'TVD1204',
        { literal: brief(token.image) },
        { span: spanOf(startOffset, endOf(token)), text: result.fault },
      ),
    );
    return broken(startOffset, endOf(token));
  };

  const fold: Fold = {
    binary: (op, left, right) => {
      const base = node(left.start, right.end);
      return op === '..' || op === '..<'
        ? { ...base, kind: 'range', lo: left.node, hi: right.node, halfOpen: op === '..<' }
        : { ...base, kind: 'binary', op, left: left.node, right: right.node };
    },
    prefix: (op, { node: inner, end }, start) => ({ ...node(start, end), kind: 'unary', op, operand: inner }),
    as: ({ node: inner, start }, to, end) => ({ ...node(start, end), kind: 'cast', operand: inner, to }),
    isNull: ({ node: inner, start }, negated, end) => ({
      ...node(start, end),
      kind: 'is-null',
      operand: inner,
      negated,
    }),
  };

  const clashed = ({ first, second }: Clash): void => {
    context.report(
      diagnose(
        'TVD1207',
        { first: first.image, second: second.image },
        { span: spanOf(second.startOffset, endOf(second)), text: 'here' },
        {
          secondary: [{ span: spanOf(first.startOffset, endOf(first)) }],
          help: isOrdering(first) && isOrdering(second) ? [{ text: 'join two comparisons by `and`' }] : [],
        },
      ),
    );
  };

  return {
    spanOf,
    name: nameOf,
    broken,
    endOf,
    isFaulty: () => faulty,

    /** A literal or a name. */
    atom(token: IToken): Operand {
      const raw = token.image;
      const here = () => node(token.startOffset, endOf(token));
      const make = (): ExprAst => {
        switch (token.tokenType) {
          case t.Int:
            return literal(token, readInt, (value) => ({ ...here(), kind: 'int', value }));
          case t.Real:
            return literal(token, readReal, (value) => ({ ...here(), kind: 'real', value, raw }));
          case t.DateLiteral:
            return literal(token, readDate, (value) => ({ ...here(), kind: 'date', value, raw }));
          case t.Instant:
            return literal(token, readInstant, (value) => ({ ...here(), kind: 'instant', value, raw }));
          case t.Duration:
            return literal(token, readDuration, (value) => ({ ...here(), kind: 'duration', value, raw }));
          case t.Text:
            return { ...here(), kind: 'text', value: unquote(raw) };
          case t.True:
            return { ...here(), kind: 'bool', value: true };
          case t.False:
            return { ...here(), kind: 'bool', value: false };
          case t.Null:
            return { ...here(), kind: 'null' };
          default: {
            const { text: name, ...rest } = nameOf(token);
            return { ...rest, kind: 'name', name };
          }
        }
      };
      return around(make(), token, token);
    },

    sequence(items: readonly Item[]): Operand {
      const result = foldSequence(items, fold);
      if ('operand' in result) return result.operand;
      clashed(result.clash);
      const { first, second } = result.clash;
      return operand(broken(first.startOffset, endOf(second)), first.startOffset, endOf(second));
    },
    grouped: (inner: Operand, open: IToken, close: IToken): Operand => around(inner.node, open, close),
    list: (items: readonly Operand[], open: IToken, close: IToken): Operand =>
      around(
        { ...node(open.startOffset, endOf(close)), kind: 'list', items: items.map((item) => item.node) },
        open,
        close,
      ),
    field(of: Operand, field: IToken): Operand {
      const base = node(of.start, endOf(field));
      return operand({ ...base, kind: 'field', of: of.node, field: nameOf(field) }, of.start, endOf(field));
    },
    index(of: Operand, index: Operand, close: IToken): Operand {
      const base = node(of.start, endOf(close));
      return operand({ ...base, kind: 'index', of: of.node, index: index.node }, of.start, endOf(close));
    },
    call(callee: IToken, args: readonly ArgAst[], close: IToken): Operand {
      const base = node(callee.startOffset, endOf(close));
      return around({ ...base, kind: 'call', callee: nameOf(callee), args }, callee, close);
    },
    ordinal: () => draws++,
    draw(
      tilde: IToken,
      law: IToken,
      ordinal: number,
      args: readonly ArgAst[],
      within: Operand | null,
      close: IToken,
    ): Operand {
      const end = within ? within.end : endOf(close);
      const base = node(tilde.startOffset, end);
      const drawn: ExprAst = {
        ...base,
        kind: 'draw',
        law: nameOf(law),
        args,
        within: within?.node ?? null,
        ordinal,
      };
      return operand(drawn, tilde.startOffset, end);
    },
    within: (lo: Operand, hi: Operand, halfOpen: boolean): Operand =>
      operand(fold.binary(halfOpen ? '..<' : '..', lo, hi), lo.start, hi.end),
    template(parts: readonly TemplatePart[], start: number, end: number): Operand {
      return operand({ ...node(start, end), kind: 'template', parts }, start, end);
    },
    conditional(
      branches: readonly { readonly start: number; readonly condition: Operand; readonly yes: Operand }[],
      otherwise: Operand,
    ): Operand {
      // From the last `else if` inwards to outwards: a chain is as deep as it is long, but is built without recursion.
      return branches.reduceRight(
        (rest, { start, condition, yes }) =>
          operand(
            {
              ...node(start, rest.end),
              kind: 'if',
              condition: condition.node,
              then: yes.node,
              otherwise: rest.node,
            },
            start,
            rest.end,
          ),
        otherwise,
      );
    },
    arm(patterns: readonly Operand[] | null, value: Operand, start: number): MatchArm {
      return {
        patterns: patterns?.map((pattern) => pattern.node) ?? null,
        value: value.node,
        span: spanOf(start, value.end),
      };
    },
    match(match: IToken, subject: Operand, arms: readonly MatchArm[], close: IToken): Operand {
      return around(
        { ...node(match.startOffset, endOf(close)), kind: 'match', subject: subject.node, arms },
        match,
        close,
      );
    },
    type(name: IToken, args: readonly (TypeAst | number)[], end: number): TypeAst {
      return { ...node(name.startOffset, end), name: nameOf(name).text, args };
    },

    /** `key=value`; a key is a name, a label, a number or a range of such. */
    argument(key: Operand, value: Operand | null): ArgAst {
      if (value === null) return { name: null, key: null, value: key.node };
      const before = key.node;
      if (before.kind === 'name') {
        return {
          name: { id: before.id, span: before.span, text: before.name },
          key: null,
          value: value.node,
        };
      }
      if (isLabel(before)) return { name: null, key: before, value: value.node };
      context.report(diagnose('TVD1212', {}, { span: spanOf(key.start, key.end) }));
      faulty = true;
      return { name: null, key: null, value: value.node };
    },
  };
}

function isLabel(expr: ExprAst): boolean {
  switch (expr.kind) {
    case 'int':
    case 'real':
    case 'text':
    case 'bool':
    case 'date':
    case 'instant':
    case 'duration':
    case 'broken':
      return true;
    case 'unary':
      return expr.op === '-' && isLabel(expr.operand);
    case 'range':
      return isLabel(expr.lo) && isLabel(expr.hi);
    default:
      return false;
  }
}
