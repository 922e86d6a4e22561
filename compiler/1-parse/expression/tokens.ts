import { createToken, Lexer, type TokenType } from 'chevrotain';

/** What several tokens are: an operator between operands, an operand by itself, a word. */
const category = (name: string, label: string): TokenType => createToken({ name, pattern: Lexer.NA, label });
export const BinaryOperator = category('BinaryOperator', 'an operator');
export const Atom = category('Atom', 'a value');
export const Word = category('Word', 'a name');
const binary = { categories: [BinaryOperator] };
const atom = { categories: [Atom] };

const token = (name: string, pattern: RegExp | string, label: string, more: object = {}): TokenType =>
  createToken({ name, pattern, label, ...more });

export const Identifier = token('Identifier', /[A-Za-z_][A-Za-z0-9_]*/, 'a name', { categories: [Word] });
export const QuotedName = token('QuotedName', /`[^`\n]+`/, 'a name', { categories: [Word] });

const keyword = (name: string, word: string, category?: TokenType): TokenType =>
  token(name, word, `\`${word}\``, {
    longer_alt: Identifier,
    categories: category ? [Word, category] : [Word],
  });
export const If = keyword('If', 'if');
export const Then = keyword('Then', 'then');
export const Else = keyword('Else', 'else');
export const Match = keyword('Match', 'match');
export const Implies = keyword('Implies', 'implies', BinaryOperator);
export const Or = keyword('Or', 'or', BinaryOperator);
export const And = keyword('And', 'and', BinaryOperator);
export const Not = keyword('Not', 'not');
export const In = keyword('In', 'in', BinaryOperator);
export const Is = keyword('Is', 'is');
export const As = keyword('As', 'as');
export const Within = keyword('Within', 'within');
export const True = keyword('True', 'true', Atom);
export const False = keyword('False', 'false', Atom);
export const Null = keyword('Null', 'null', Atom);
export const Wildcard = keyword('Wildcard', '_');
const keywords = [
  If,
  Then,
  Else,
  Match,
  Implies,
  Or,
  And,
  Not,
  In,
  Is,
  As,
  Within,
  True,
  False,
  Null,
  Wildcard,
];

/** Names that must stand in backticks to be names. */
export const RESERVED: ReadonlySet<string> = new Set(keywords.map((type) => String(type.PATTERN)));

const DATE = String.raw`\d{4}-\d{2}-\d{2}(?![0-9])`;
export const Instant = token(
  'Instant',
  new RegExp(`${DATE}T[0-9:.]*(?:Z|[+-]\\d{2}:\\d{2})?`),
  'an instant',
  atom,
);
export const DateLiteral = token('Date', new RegExp(DATE), 'a date', atom);
const END = '(?![A-Za-z0-9_])';
export const Duration = token(
  'Duration',
  new RegExp(`\\d[\\d_]*(?:\\.\\d[\\d_]*)?(?:us|ms|s|min|h|d|w)${END}`),
  'a duration',
  atom,
);
export const Real = token(
  'Real',
  new RegExp(`\\d[\\d_]*(?:\\.\\d[\\d_]*(?:[eE][+-]?\\d+)?|[eE][+-]?\\d+)${END}`),
  'a number',
  atom,
);
/** `5.`, `.5`, `5x`: digits that are no number. */
export const BadNumber = token(
  'BadNumber',
  /\d[\d_]*\.(?![.\w`])|\d[\d_]*(?:\.\d[\d_]*)?[A-Za-z]\w*|\.\d\w*/,
  'a number',
);
export const Int = token('Int', /\d[\d_]*/, 'a number', atom);

export const Text = token('Text', /'(?:[^']|'')*'/, 'a text', atom);
export const OpenText = token('OpenText', /'(?:[^']|'')*/, 'a text');

const symbol = (name: string, text: string, more: object = {}): TokenType =>
  token(name, text, `\`${text}\``, more);
export const RangeHalf = symbol('RangeHalf', '..<', binary);
export const RangeClosed = symbol('RangeClosed', '..', binary);
export const Dot = symbol('Dot', '.');
export const Arrow = symbol('Arrow', '=>');
export const Equal = symbol('Equal', '==', binary);
export const NotEqual = symbol('NotEqual', '!=', binary);
export const LessEqual = symbol('LessEqual', '<=', binary);
export const GreaterEqual = symbol('GreaterEqual', '>=', binary);
export const Less = symbol('Less', '<', binary);
export const Greater = symbol('Greater', '>', binary);
export const Assign = symbol('Assign', '=');
export const Plus = symbol('Plus', '+', binary);
export const Minus = symbol('Minus', '-', binary);
export const Times = symbol('Times', '*', binary);
export const FloorDivide = symbol('FloorDivide', '//', binary);
export const Divide = symbol('Divide', '/', binary);
export const Modulo = symbol('Modulo', '%', binary);
export const Power = symbol('Power', '^', binary);
export const Tilde = symbol('Tilde', '~');
export const OpenParen = symbol('OpenParen', '(');
export const CloseParen = symbol('CloseParen', ')');
export const OpenBracket = symbol('OpenBracket', '[');
export const CloseBracket = symbol('CloseBracket', ']');
export const Comma = symbol('Comma', ',');
export const OpenBrace = symbol('OpenBrace', '{', { push_mode: 'expression' });
export const CloseBrace = symbol('CloseBrace', '}', { pop_mode: true });

export const OpenQuote = symbol('OpenQuote', '"', { push_mode: 'template' });
export const CloseQuote = symbol('CloseQuote', '"', { pop_mode: true });
export const Hole = symbol('Hole', '{', { push_mode: 'expression' });
/** Inside `"…"`, and in a `text:` where a quote is a character like any other. */
export const QuotedLiteral = token('QuotedLiteral', /(?:[^{}"]|\{\{|\}\})+/, 'text');
export const TextLiteral = token('TextLiteral', /(?:[^{}]|\{\{|\}\})+/, 'text');
export const StrayBrace = token('StrayBrace', '}', '`}`');

/** A character that begins no token is an error of the lexer. */
const Space = createToken({ name: 'Space', pattern: /[ \t\r\n\ufeff]+/, group: Lexer.SKIPPED });
const symbols = [
  RangeHalf,
  RangeClosed,
  BadNumber,
  Dot,
  Arrow,
  Equal,
  NotEqual,
  LessEqual,
  GreaterEqual,
  Less,
  Greater,
  Assign,
  Plus,
  Minus,
  Times,
  FloorDivide,
  Divide,
  Modulo,
  Power,
  Tilde,
  OpenParen,
  CloseParen,
  OpenBracket,
  CloseBracket,
  Comma,
  OpenBrace,
  CloseBrace,
  OpenQuote,
];
const numbers = [Instant, DateLiteral, Duration, Real];

const modes = {
  expression: [Space, ...keywords, Identifier, QuotedName, ...numbers, ...symbols, Int, Text, OpenText],
  template: [QuotedLiteral, Hole, CloseQuote, StrayBrace],
  text: [TextLiteral, Hole, StrayBrace],
};

/** What the parser may meet. */
export const vocabulary: TokenType[] = [
  ...new Set([...Object.values(modes).flat(), BinaryOperator, Atom, Word]),
];

/** A template's holes and a match's braces push and pop modes, so that templates nest. */
export const createLexer = (validate: boolean): Lexer =>
  new Lexer(
    { modes, defaultMode: 'expression' },
    { positionTracking: 'onlyOffset', skipValidations: !validate },
  );
