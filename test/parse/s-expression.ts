import type { ArgAst, ExprAst, TypeAst } from '../../compiler/1-parse/ast.ts';

/** A tree as `(op a b)`, which shows what binds to what. */
export function sExpression(expr: ExprAst): string {
  switch (expr.kind) {
    case 'int':
      return String(expr.value);
    case 'bool':
      return String(expr.value);
    case 'real':
      return `real:${expr.value}`;
    case 'date':
    case 'instant':
    case 'duration':
      return `${expr.kind}:${expr.value}`;
    case 'text':
      return JSON.stringify(expr.value);
    case 'null':
    case 'broken':
      return expr.kind;
    case 'name':
      return /^\w+$/.test(expr.name) ? expr.name : `|${expr.name}|`;
    case 'range':
      return form(expr.halfOpen ? '..<' : '..', sExpression(expr.lo), sExpression(expr.hi));
    case 'list':
      return form('list', ...expr.items.map(sExpression));
    case 'template':
      return form(
        'template',
        ...expr.parts.map((part) =>
          part.kind === 'hole' ? sExpression(part.expr) : JSON.stringify(part.text),
        ),
      );
    case 'field':
      return form('.', sExpression(expr.of), expr.field.text);
    case 'index':
      return form('index', sExpression(expr.of), sExpression(expr.index));
    case 'call':
      return form('call', expr.callee.text, ...expr.args.map(arg));
    case 'draw':
      return form(
        `~${expr.ordinal}`,
        expr.law.text,
        ...expr.args.map(arg),
        ...(expr.within ? ['within', sExpression(expr.within)] : []),
      );
    case 'unary':
      return form(expr.op, sExpression(expr.operand));
    case 'binary':
      return form(expr.op, sExpression(expr.left), sExpression(expr.right));
    case 'is-null':
      return form(expr.negated ? 'is-not-null' : 'is-null', sExpression(expr.operand));
    case 'cast':
      return form('as', sExpression(expr.operand), type(expr.to));
    case 'if':
      return form('if', sExpression(expr.condition), sExpression(expr.then), sExpression(expr.otherwise));
    case 'match':
      return form(
        'match',
        sExpression(expr.subject),
        ...expr.arms.map((arm) =>
          form('=>', ...(arm.patterns?.map(sExpression) ?? ['_']), sExpression(arm.value)),
        ),
      );
  }
}

const form = (...words: string[]): string => `(${words.join(' ')})`;

const arg = ({ name, key, value }: ArgAst): string =>
  name || key
    ? `${name ? name.text : key ? sExpression(key) : ''}=${sExpression(value)}`
    : sExpression(value);

const type = ({ name, args }: TypeAst): string =>
  args.length === 0
    ? name
    : form(name, ...args.map((one) => (typeof one === 'number' ? String(one) : type(one))));
