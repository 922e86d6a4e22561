import type { Type } from '../../stdlib/types.ts';
import type { TypeAst } from '../1-parse/ast.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import type { Help } from '../diagnostics/diagnostic.ts';
import { nearest } from '../diagnostics/nearest.ts';
import type { Context } from './context.ts';
import { didYouMean } from './names.ts';

const SIMPLE: ReadonlyMap<string, Type> = new Map<string, Type>([
  ['bool', { kind: 'bool' }],
  ...([8, 16, 32, 64] as const).flatMap((bits): [string, Type][] => [
    [`int${bits}`, { kind: 'int', bits, signed: true }],
    [`uint${bits}`, { kind: 'int', bits, signed: false }],
  ]),
  ['float32', { kind: 'float', bits: 32 }],
  ['float64', { kind: 'float', bits: 64 }],
  ['text', { kind: 'text' }],
  ['enum', { kind: 'enum', values: [] }],
  ['date', { kind: 'date' }],
  ['timestamp', { kind: 'timestamp' }],
  ['duration', { kind: 'duration' }],
  ['uuid', { kind: 'uuid' }],
  ['json', { kind: 'json' }],
]);

/** Every type's name, arguments left out. */
export const typeNames: readonly string[] = [...SIMPLE.keys(), 'decimal', 'vector', 'list', 'ref'];

/** What other languages call them. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['int', 'int64'],
  ['integer', 'int64'],
  ['bigint', 'int64'],
  ['float', 'float64'],
  ['double', 'float64'],
  ['real', 'float64'],
  ['string', 'text'],
  ['str', 'text'],
  ['varchar', 'text'],
  ['boolean', 'bool'],
  ['datetime', 'timestamp'],
  ['categorical', 'enum'],
]);

/** A type as written, or null: reported. `enum` alone has no values yet: those are of what is cast. */
export function typeOf(context: Context, ast: TypeAst): Type | null {
  const simple = SIMPLE.get(ast.name);
  if (simple && ast.args.length === 0) return simple;
  const [first, second] = ast.args;
  const bad = (expected: string): null => {
    context.report(diagnose('TVD2123', { type: ast.name, expected }, { span: ast.span }));
    return null;
  };
  switch (ast.name) {
    case 'decimal': {
      const whole = (n: unknown): n is number => typeof n === 'number' && Number.isInteger(n);
      if (!whole(first) || !whole(second) || ast.args.length !== 2) return bad('`decimal(precision, scale)`');
      if (first < 1 || first > 18 || second < 0 || second > first)
        return bad('a precision of 1..18 and a scale not above it');
      return { kind: 'decimal', precision: first, scale: second };
    }
    case 'vector':
      if (typeof first !== 'number' || !Number.isInteger(first) || first < 1 || first > 65_536)
        return bad('`vector[n]`, n from 1 to 65,536');
      return { kind: 'vector', dims: first };
    case 'list': {
      if (first === undefined || typeof first === 'number' || ast.args.length !== 1)
        return bad('`list<type>`');
      const of = typeOf(context, first);
      return of && { kind: 'list', of };
    }
    case 'ref': {
      if (first === undefined || typeof first === 'number' || ast.args.length !== 1)
        return bad('`ref<table>`');
      if (context.tables.has(first.name)) return { kind: 'ref', table: first.name };
      context.report(
        diagnose(
          'TVD2005',
          { name: first.name },
          { span: first.span },
          { help: help(first, context.tables.keys()) },
        ),
      );
      return null;
    }
    case 'struct':
      return bad('a column with `struct:`');
    default:
      if (simple) return bad(`\`${ast.name}\` without arguments`);
      context.report(
        diagnose('TVD2122', { name: ast.name }, { span: ast.span }, { help: help(ast, typeNames) }),
      );
      return null;
  }
}

function help(ast: TypeAst, names: Iterable<string>): readonly Help[] {
  const near = ALIASES.get(ast.name.toLowerCase()) ?? nearest(ast.name, names);
  return near === null ? [] : [didYouMean(near, ast.span)];
}
