import type { ArgAst, BinaryOp, ExprAst, MatchArm, Name, TemplatePart, TypeAst } from '../ast.ts';
import { AS_LEVEL, COMPARISON_LEVEL, LEVELS, PREFIX_LEVELS, RANGE_LEVEL } from '../expression/precedence.ts';
import { RESERVED } from '../expression/tokens.ts';

const LOOSEST = 0;
const UNARY = PREFIX_LEVELS['-'];
const PRIMARY = 11;
/** Tighter than a level: what stands beside an operator that does not associate to that side. */
const above = (level: number): number => level + 0.1;

/** The canonical text of an expression, with the parentheses that it needs and no others. */
export function printExpression(expr: ExprAst): string {
  return print(expr, LOOSEST);
}

function print(expr: ExprAst, least: number): string {
  const text = bare(expr);
  return levelOf(expr) < least ? `(${text})` : text;
}

function levelOf(expr: ExprAst): number {
  switch (expr.kind) {
    case 'if':
    case 'match':
      return LOOSEST;
    case 'binary':
      return LEVELS[expr.op];
    case 'unary':
      return PREFIX_LEVELS[expr.op];
    case 'is-null':
      return COMPARISON_LEVEL;
    case 'cast':
      // `x as list < 3` would go on as a type.
      return expr.to.args.length === 0 && ['list', 'ref', 'law'].includes(expr.to.name)
        ? above(LOOSEST)
        : AS_LEVEL;
    case 'range':
      return RANGE_LEVEL;
    case 'draw':
      // What follows `within a..b` would belong to b.
      return expr.within ? UNARY : PRIMARY;
    default:
      return PRIMARY;
  }
}

function bare(expr: ExprAst): string {
  switch (expr.kind) {
    case 'int':
    case 'bool':
      return String(expr.value);
    case 'real':
    case 'date':
    case 'instant':
    case 'duration':
      return expr.raw;
    case 'text':
      return `'${expr.value.replaceAll("'", "''")}'`;
    case 'null':
      return 'null';
    case 'range':
      return printRange(expr, above(RANGE_LEVEL));
    case 'list':
      return `[${expr.items.map(printExpression).join(', ')}]`;
    case 'template':
      // Between quotes, a quote stands in a hole.
      return `"${expr.parts.map((part) => (part.kind === 'hole' ? printPart(part) : printPart(part).replaceAll('"', `{'"'}`))).join('')}"`;
    case 'name':
      return printName(expr.name);
    case 'field':
      return `${print(expr.of, PRIMARY)}.${printWord(expr.field.text)}`;
    case 'index':
      return `${print(expr.of, PRIMARY)}[${printExpression(expr.index)}]`;
    case 'call':
      return `${printName(expr.callee.text)}${printArgs(expr.args)}`;
    case 'draw': {
      const draw = `~${printName(expr.law.text)}${printArgs(expr.args)}`;
      return expr.within ? `${draw} within ${printWithin(expr.within)}` : draw;
    }
    case 'unary':
      return `${expr.op === 'not' ? 'not ' : '-'}${print(expr.operand, PREFIX_LEVELS[expr.op])}`;
    case 'binary':
      return printBinary(expr.op, expr.left, expr.right);
    case 'is-null':
      return `${print(expr.operand, above(COMPARISON_LEVEL))} is ${expr.negated ? 'not ' : ''}null`;
    case 'cast':
      return `${print(expr.operand, AS_LEVEL)} as ${printType(expr.to)}`;
    case 'if': {
      const condition = printExpression(expr.condition);
      return `if ${condition} then ${printExpression(expr.then)} else ${printExpression(expr.otherwise)}`;
    }
    case 'match':
      return `match ${print(expr.subject, above(LOOSEST))} { ${expr.arms.map(printArm).join(', ')} }`;
    case 'broken':
      return '?';
  }
}

function printBinary(op: BinaryOp, left: ExprAst, right: ExprAst): string {
  const level = LEVELS[op];
  switch (op) {
    case '^':
      // A sign may stand right of a power, never left: `-x^2` is `-(x^2)`.
      return `${print(left, PRIMARY)} ^ ${print(right, UNARY)}`;
    case 'implies':
      return `${print(left, above(level))} implies ${print(right, level)}`;
    default: {
      const leftLevel = level === COMPARISON_LEVEL ? above(level) : level;
      return `${print(left, leftLevel)} ${op} ${print(right, above(level))}`;
    }
  }
}

function printRange(range: ExprAst & { readonly kind: 'range' }, least: number): string {
  return `${print(range.lo, least)}${range.halfOpen ? '..<' : '..'}${print(range.hi, least)}`;
}

const printWithin = (within: ExprAst): string =>
  within.kind === 'range' ? printRange(within, UNARY) : print(within, UNARY);

const printArgs = (args: readonly ArgAst[]): string => `(${args.map(printArg).join(', ')})`;

function printArg({ name, key, value }: ArgAst): string {
  if (name) return `${printName(name.text)}=${printExpression(value)}`;
  return key ? `${printExpression(key)}=${printExpression(value)}` : printExpression(value);
}

const printArm = ({ patterns, value }: MatchArm): string =>
  `${patterns ? patterns.map((pattern) => print(pattern, above(LOOSEST))).join(', ') : '_'} => ${printExpression(value)}`;

const isWord = (name: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);

/** A name where keywords are names too. */
const printWord = (name: Name['text']): string => (isWord(name) ? name : `\`${name}\``);
export const printName = (name: Name['text']): string =>
  RESERVED.has(name) ? `\`${name}\`` : printWord(name);

const printPart = (part: TemplatePart): string =>
  part.kind === 'hole' ? `{${printExpression(part.expr)}}` : part.text.replaceAll(/[{}]/g, '$&$&');

/** A template without its quotes, as under `text:`. */
export const printParts = (parts: readonly TemplatePart[]): string => parts.map(printPart).join('');

export function printType({ name, args }: TypeAst): string {
  const [first] = args;
  if (first === undefined) return printName(name);
  if (typeof first !== 'number') return `${printName(name)}<${printType(first)}>`;
  const inner = args.map(String).join(', ');
  return name === 'vector' ? `${name}[${inner}]` : `${printName(name)}(${inner})`;
}
