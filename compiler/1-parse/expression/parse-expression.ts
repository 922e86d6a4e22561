import { type IRecognitionException, type IToken, tokenLabel } from 'chevrotain';
import { diagnose, type Extra } from '../../diagnostics/diagnose.ts';
import type { Help, Outcome } from '../../diagnostics/diagnostic.ts';
import type { ExprAst, TypeAst } from '../ast.ts';
import { brief, createContext, type MappedText, type ParseContext, plainText } from '../context.ts';
import type { Source } from '../source.ts';
import { quoted } from '../yaml/quoted.ts';
import { type Builder, createBuilder } from './builder.ts';
import { DEEPEST, HIGHEST, tooDeep, tooHigh } from './depth.ts';
import { ExpressionGrammar } from './grammar.ts';
import type { Operand } from './precedence.ts';
import * as t from './tokens.ts';
import { foreignSpelling, reportCharacter, reportToken } from './unknown-tokens.ts';

/** Longer ones are data, and belong into `let:` or a file. */
const LONGEST = 50_000;

const lexer = t.createLexer(false);
const grammar = new ExpressionGrammar(false);

/** Reads an expression from a scalar. A fault is reported once and leaves a `broken` node. */
export function readExpression(text: MappedText, context: ParseContext): ExprAst {
  const expr = readWith(text, context, 'expression', () => grammar.expression());
  return expr.kind === 'name' && text.quote !== '' && text.text === expr.name
    ? { ...expr, quoted: true }
    : expr;
}

/** Reads a `text:`. Without holes it is a text, else a template. */
export function readTemplate(text: MappedText, context: ParseContext): ExprAst {
  const expr = readWith(text, context, 'text', (builder) =>
    builder.template(grammar.text(), 0, text.text.length),
  );
  if (expr.kind !== 'template' || expr.parts.some((part) => part.kind === 'hole')) return expr;
  const value = expr.parts.map((part) => (part.kind === 'literal' ? part.text : '')).join('');
  return { id: expr.id, span: expr.span, kind: 'text', value };
}

/** Reads a type as in `type: list<text>`, or null. */
export function readType(text: MappedText, context: ParseContext): TypeAst | null {
  const builder = createBuilder(text, context);
  const tokens = tokenize(text, context, builder, 'expression');
  if (tokens === null) return null;
  grammar.builder = builder;
  grammar.input = tokens;
  const type = grammar.type();
  return grammar.errors[0] ? refuse(grammar.errors[0], tokens, text, context, builder) : type;
}

/** Parses a source that is nothing but one expression. */
export function parseExpression(source: Source): Outcome<ExprAst> {
  const context = createContext();
  return { value: readExpression(plainText(source.text), context), diagnostics: context.diagnostics };
}

function readWith(
  text: MappedText,
  context: ParseContext,
  mode: 'expression' | 'text',
  rule: (builder: Builder) => Operand,
): ExprAst {
  const builder = createBuilder(text, context);
  const broken = () => builder.broken(0, text.text.length);
  const tokens = tokenize(text, context, builder, mode);
  if (tokens === null) return broken();
  grammar.builder = builder;
  grammar.input = tokens;
  const operand = rule(builder);
  const [fault] = grammar.errors;
  if (fault) {
    refuse(fault, tokens, text, context, builder);
    return broken();
  }
  if (tokens.length > HIGHEST && tooHigh(operand.node)) {
    context.report(diagnose('TVD1208', { limit: HIGHEST }, { span: text.spanOf(0, text.text.length) }));
    return broken();
  }
  return operand.node;
}

/** The tokens, or null when one of them is none or they nest too deep. */
function tokenize(
  text: MappedText,
  context: ParseContext,
  builder: Builder,
  mode: 'expression' | 'text',
): IToken[] | null {
  if (text.text.length > LONGEST) {
    context.report(diagnose('TVD1205', { limit: LONGEST }, { span: text.spanOf(0, 1) }));
    return null;
  }
  const { tokens, errors } = lexer.tokenize(text.text, mode);
  if (mode === 'expression' && tokens.length === 0 && errors.length === 0) {
    context.report(diagnose('TVD1209', {}, { span: text.outer }));
    return null;
  }
  const deep = tooDeep(tokens);
  if (deep) {
    context.report(
      diagnose('TVD1208', { limit: DEEPEST }, { span: text.spanOf(deep.startOffset, builder.endOf(deep)) }),
    );
    return null;
  }
  const unknown = errors[0]?.offset ?? text.text.length;
  for (const token of tokens)
    if (token.startOffset < unknown && reportToken(token, text, context)) return null;
  if (errors.length === 0) return tokens;
  reportCharacter(unknown, text, context);
  return null;
}

const OPENERS = new Map([
  [t.OpenParen, t.CloseParen],
  [t.OpenBracket, t.CloseBracket],
  [t.OpenBrace, t.CloseBrace],
  [t.Hole, t.CloseBrace],
  [t.OpenQuote, t.CloseQuote],
]);
const CLOSERS = new Set(OPENERS.values());

/** The innermost bracket that is open before a token. */
function openBefore(tokens: readonly IToken[], stop: IToken): IToken | null {
  const open: IToken[] = [];
  for (const token of tokens) {
    if (token === stop) break;
    if (OPENERS.has(token.tokenType)) open.push(token);
    else if (CLOSERS.has(token.tokenType)) open.pop();
  }
  return open.at(-1) ?? null;
}

/** Says what a syntax error is. */
function refuse(
  error: IRecognitionException,
  tokens: readonly IToken[],
  text: MappedText,
  context: ParseContext,
  builder: Builder,
): null {
  const { token } = error;
  const atEnd = Number.isNaN(token.startOffset) || token.image === '';
  const open = openBefore(tokens, token);
  const place = (one: IToken) => text.spanOf(one.startOffset, builder.endOf(one));
  if (atEnd && open && error.message !== 'a value') {
    context.report(diagnose('TVD1210', { bracket: open.image }, { span: place(open) }));
    return null;
  }
  const last = tokens.at(-1);
  const end = last ? builder.endOf(last) : 0;
  const closes = open && error.message === tokenLabel(OPENERS.get(open.tokenType) ?? t.CloseParen);
  const extra: Extra = closes
    ? { secondary: [{ span: place(open), text: 'opened here' }] }
    : {
        notes: notesFor(token),
        help: [...foreignSpelling(token.image, place(token)), ...forgottenQuotes(tokens, token, text)],
      };
  const found = atEnd ? 'the end' : `\`${brief(token.image)}\``;
  // Where the text ends too early, the place is just behind it.
  const span = atEnd
    ? { start: text.spanOf(end - 1, end).end, end: text.spanOf(end - 1, end).end }
    : place(token);
  context.report(diagnose('TVD1201', { expected: error.message, found }, { span }, extra));
  return null;
}

const notesFor = ({ tokenType, image }: IToken): string[] =>
  tokenType === t.If || tokenType === t.Match
    ? [`an \`${image}\` among operators stands in parentheses`]
    : [];

/** `x: 'Hello world'`: two words in quotes that are YAML's. */
function forgottenQuotes(
  [first, second]: readonly IToken[],
  found: IToken,
  { text, quote, outer }: MappedText,
): Help[] {
  if (
    quote === '' ||
    found !== second ||
    first?.tokenType !== t.Identifier ||
    second.tokenType !== t.Identifier
  )
    return [];
  const edit = { span: outer, text: quoted(`'${text.replaceAll("'", "''")}'`) };
  return [
    {
      text: "YAML's quotes are not part of an expression: a text has quotes of its own, or stands under `text:`",
      edit,
    },
  ];
}
