import { EmbeddedActionsParser, type IToken } from 'chevrotain';
import type { ArgAst, MatchArm, TemplatePart, TypeAst } from '../ast.ts';
import type { Builder } from './builder.ts';
import { expectations } from './expectations.ts';
import { OPERATORS } from './operators.ts';
import type { Item, Operand } from './precedence.ts';
import * as t from './tokens.ts';

/** Types that take other types: `list<text>`; after any other name `<` is a comparison. */
const GENERIC: ReadonlySet<string> = new Set(['list', 'ref', 'law']);

/**
 * The grammar of expressions. It knows no precedence: a sequence of operands and operators is folded by precedence.ts,
 * so that each parenthesis costs few stack frames. Chevrotain wants a class.
 */
export class ExpressionGrammar extends EmbeddedActionsParser {
  /** Set before each parse. */
  builder!: Builder;

  constructor(validate: boolean) {
    super(t.vocabulary, { maxLookahead: 1, skipValidations: !validate, errorMessageProvider: expectations });
    this.performSelfAnalysis();
  }

  readonly expression = this.RULE(
    'expression',
    (): Operand =>
      this.OR([
        { ALT: () => this.SUBRULE(this.conditional) },
        { ALT: () => this.SUBRULE(this.matching) },
        { ALT: () => this.SUBRULE(this.sequence) },
      ]),
  );

  private readonly conditional = this.RULE('conditional', (): Operand => {
    const branches: { start: number; condition: Operand; yes: Operand }[] = [];
    let start = this.CONSUME(t.If).startOffset;
    const condition = this.SUBRULE(this.expression);
    this.CONSUME(t.Then);
    branches.push({ start, condition, yes: this.SUBRULE2(this.expression) });
    this.MANY({
      GATE: () => this.LA(2).tokenType === t.If,
      DEF: () => {
        this.CONSUME(t.Else);
        start = this.CONSUME2(t.If).startOffset;
        const next = this.SUBRULE3(this.expression);
        this.CONSUME2(t.Then);
        branches.push({ start, condition: next, yes: this.SUBRULE4(this.expression) });
      },
    });
    this.CONSUME2(t.Else);
    const otherwise = this.SUBRULE5(this.expression);
    return this.ACTION(() => this.builder.conditional(branches, otherwise));
  });

  private readonly matching = this.RULE('matching', (): Operand => {
    const arms: MatchArm[] = [];
    const match = this.CONSUME(t.Match);
    const subject = this.SUBRULE(this.sequence);
    this.CONSUME(t.OpenBrace);
    this.AT_LEAST_ONE_SEP({
      SEP: t.Comma,
      DEF: () => {
        arms.push(this.SUBRULE(this.arm));
      },
    });
    const close = this.CONSUME(t.CloseBrace);
    return this.ACTION(() => this.builder.match(match, subject, arms, close));
  });

  private readonly arm = this.RULE('arm', (): MatchArm => {
    const start = this.LA(1).startOffset;
    const patterns = this.OR([
      {
        ALT: (): Operand[] | null => {
          this.CONSUME(t.Wildcard);
          return null;
        },
      },
      {
        ALT: (): Operand[] | null => {
          const several: Operand[] = [];
          this.AT_LEAST_ONE_SEP({
            SEP: t.Comma,
            DEF: () => {
              several.push(this.SUBRULE(this.sequence));
            },
          });
          return several;
        },
      },
    ]);
    this.CONSUME(t.Arrow);
    const value = this.SUBRULE(this.expression);
    return this.ACTION(() => this.builder.arm(patterns, value, start));
  });

  private readonly sequence = this.RULE('sequence', (): Operand => {
    const items: Item[] = [];
    this.SUBRULE(this.operand, { ARGS: [items] });
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            items.push(this.SUBRULE(this.operator));
            this.SUBRULE2(this.operand, { ARGS: [items] });
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME(t.As);
            const to = this.SUBRULE(this.type);
            const end = this.builderEnd();
            this.ACTION(() => items.push({ kind: 'as', to, token, end }));
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME(t.Is);
            const negated = this.OPTION(() => this.CONSUME(t.Not)) !== undefined;
            this.CONSUME(t.Null);
            const end = this.builderEnd();
            items.push({ kind: 'is-null', negated, token, end });
          },
        },
      ]);
    });
    return this.ACTION(() => this.builder.sequence(items));
  });

  private readonly operator = this.RULE(
    'operator',
    (): Item =>
      this.OR([
        {
          ALT: (): Item => {
            const token = this.CONSUME(t.BinaryOperator);
            return { kind: 'binary', op: OPERATORS.get(token.tokenType) ?? '+', token };
          },
        },
        {
          ALT: (): Item => {
            const token = this.CONSUME(t.Not);
            this.CONSUME(t.In);
            return { kind: 'binary', op: 'not in', token };
          },
        },
      ]),
  );

  /** Signs, `not`s and what they stand before. */
  private readonly operand = this.RULE('operand', (items: Item[]): void => {
    this.MANY(() => {
      const item = this.OR([
        { ALT: (): Item => ({ kind: 'prefix', op: '-', token: this.CONSUME(t.Minus) }) },
        { ALT: (): Item => ({ kind: 'prefix', op: 'not', token: this.CONSUME(t.Not) }) },
      ]);
      this.ACTION(() => items.push(item));
    });
    const operand = this.SUBRULE(this.postfix);
    this.ACTION(() => items.push({ kind: 'operand', operand }));
  });

  private readonly postfix = this.RULE('postfix', (): Operand => {
    let operand = this.SUBRULE(this.primary);
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            this.CONSUME(t.Dot);
            // After a dot every word is a name.
            const field = this.CONSUME(t.Word);
            this.ACTION(() => {
              operand = this.builder.field(operand, field);
            });
          },
        },
        {
          ALT: () => {
            this.CONSUME(t.OpenBracket);
            const index = this.SUBRULE(this.expression);
            const close = this.CONSUME(t.CloseBracket);
            this.ACTION(() => {
              operand = this.builder.index(operand, index, close);
            });
          },
        },
      ]);
    });
    return operand;
  });

  private readonly primary = this.RULE(
    'primary',
    (): Operand =>
      this.OR([
        {
          ALT: () => {
            const token = this.CONSUME(t.Atom);
            return this.ACTION(() => this.builder.atom(token));
          },
        },
        { ALT: () => this.SUBRULE(this.nameOrCall) },
        { ALT: () => this.SUBRULE(this.draw) },
        { ALT: () => this.SUBRULE(this.template) },
        {
          ALT: () => {
            const open = this.CONSUME(t.OpenParen);
            const inner = this.SUBRULE(this.expression);
            const close = this.CONSUME(t.CloseParen);
            return this.ACTION(() => this.builder.grouped(inner, open, close));
          },
        },
        {
          ALT: () => {
            const items: Operand[] = [];
            const open = this.CONSUME(t.OpenBracket);
            this.MANY_SEP({
              SEP: t.Comma,
              DEF: () => {
                items.push(this.SUBRULE2(this.expression));
              },
            });
            const close = this.CONSUME(t.CloseBracket);
            return this.ACTION(() => this.builder.list(items, open, close));
          },
        },
      ]),
  );

  private readonly name = this.RULE(
    'name',
    (): IToken =>
      this.OR([{ ALT: () => this.CONSUME(t.Identifier) }, { ALT: () => this.CONSUME(t.QuotedName) }]),
  );

  private readonly nameOrCall = this.RULE('nameOrCall', (): Operand => {
    const name = this.SUBRULE(this.name);
    const call = this.OPTION(() => this.SUBRULE(this.args));
    return this.ACTION(() =>
      call ? this.builder.call(name, call.args, call.close) : this.builder.atom(name),
    );
  });

  private readonly draw = this.RULE('draw', (): Operand => {
    const tilde = this.CONSUME(t.Tilde);
    // Counted before the arguments, whose draws come later in the source.
    const ordinal = this.ACTION(() => this.builder.ordinal());
    const law = this.SUBRULE(this.name);
    const { args, close } = this.SUBRULE(this.args);
    const within = this.OPTION(() => {
      this.CONSUME(t.Within);
      return this.SUBRULE(this.bounds);
    });
    return this.ACTION(() => this.builder.draw(tilde, law, ordinal, args, within ?? null, close));
  });

  private readonly bounds = this.RULE('bounds', (): Operand => {
    const lo = this.SUBRULE(this.unary);
    const halfOpen = this.OR([
      {
        ALT: () => {
          this.CONSUME(t.RangeClosed);
          return false;
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.RangeHalf);
          return true;
        },
      },
    ]);
    const hi = this.SUBRULE2(this.unary);
    return this.ACTION(() => this.builder.within(lo, hi, halfOpen));
  });

  /** Signs, a primary with its fields, a power. */
  private readonly unary = this.RULE('unary', (): Operand => {
    const items: Item[] = [];
    this.SUBRULE(this.signed, { ARGS: [items] });
    this.MANY(() => {
      const token = this.CONSUME(t.Power);
      this.ACTION(() => items.push({ kind: 'binary', op: '^', token }));
      this.SUBRULE2(this.signed, { ARGS: [items] });
    });
    return this.ACTION(() => this.builder.sequence(items));
  });

  private readonly signed = this.RULE('signed', (items: Item[]): void => {
    this.MANY(() => {
      const token = this.CONSUME(t.Minus);
      this.ACTION(() => items.push({ kind: 'prefix', op: '-', token }));
    });
    const operand = this.SUBRULE(this.postfix);
    this.ACTION(() => items.push({ kind: 'operand', operand }));
  });

  private readonly args = this.RULE('args', (): { args: ArgAst[]; close: IToken } => {
    const args: ArgAst[] = [];
    this.CONSUME(t.OpenParen);
    this.MANY_SEP({
      SEP: t.Comma,
      DEF: () => {
        const key = this.SUBRULE(this.expression);
        const value = this.OPTION(() => {
          this.CONSUME(t.Assign);
          return this.SUBRULE2(this.expression);
        });
        this.ACTION(() => args.push(this.builder.argument(key, value ?? null)));
      },
    });
    return { args, close: this.CONSUME(t.CloseParen) };
  });

  private readonly template = this.RULE('template', (): Operand => {
    const open = this.CONSUME(t.OpenQuote);
    const parts = this.SUBRULE(this.parts);
    const close = this.CONSUME(t.CloseQuote);
    return this.ACTION(() => this.builder.template(parts, open.startOffset, this.builder.endOf(close)));
  });

  private readonly parts = this.RULE('parts', (): TemplatePart[] => {
    const parts: TemplatePart[] = [];
    this.MANY(() => {
      const part = this.OR([
        { ALT: (): TemplatePart => this.literal(this.CONSUME(t.QuotedLiteral)) },
        { ALT: (): TemplatePart => this.literal(this.CONSUME(t.TextLiteral)) },
        {
          ALT: (): TemplatePart => {
            this.CONSUME(t.Hole);
            const operand = this.SUBRULE(this.expression);
            this.CONSUME(t.CloseBrace);
            return this.ACTION(() => ({ kind: 'hole', expr: operand.node }));
          },
        },
      ]);
      this.ACTION(() => parts.push(part));
    });
    return parts;
  });

  /** A whole `text:`. */
  readonly text = this.RULE('text', (): TemplatePart[] => this.SUBRULE(this.parts));

  readonly type = this.RULE('type', (): TypeAst => {
    const args: (TypeAst | number)[] = [];
    const name = this.SUBRULE(this.name);
    const number = (token: IToken) => this.ACTION(() => args.push(Number(token.image.replaceAll('_', ''))));
    this.OPTION({
      GATE: () => this.LA(1).tokenType !== t.Less || GENERIC.has(name.image),
      DEF: () =>
        this.OR([
          {
            ALT: () => {
              this.CONSUME(t.Less);
              const inner = this.SUBRULE2(this.type);
              this.ACTION(() => args.push(inner));
              this.CONSUME(t.Greater);
            },
          },
          {
            ALT: () => {
              this.CONSUME(t.OpenParen);
              this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => number(this.CONSUME(t.Int)) });
              this.CONSUME(t.CloseParen);
            },
          },
          {
            ALT: () => {
              this.CONSUME(t.OpenBracket);
              number(this.CONSUME2(t.Int));
              this.CONSUME(t.CloseBracket);
            },
          },
        ]),
    });
    const end = this.builderEnd();
    return this.ACTION(() => this.builder.type(name, args, end));
  });

  /** The text between a template's braces. */
  private literal(token: IToken): TemplatePart {
    return { kind: 'literal', text: token.image.replaceAll('{{', '{').replaceAll('}}', '}') };
  }

  /** Where the last token ended. */
  private builderEnd(): number {
    return this.ACTION(() => this.builder.endOf(this.LA(0)));
  }
}
