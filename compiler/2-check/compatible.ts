import type { TypePattern } from '../../stdlib/define.ts';
import type { Type } from '../../stdlib/types.ts';
import type { ExprAst } from '../1-parse/ast.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import { show } from './constants.ts';
import type { Context } from './context.ts';
import type { Known } from './known.ts';
import { closest, didYouMean } from './names.ts';

/** Whether a value of the type may stand where the pattern is asked for. Null and faulty values may everywhere. */
export function fits(pattern: TypePattern, type: Type): boolean {
  if (type.kind === 'error' || type.kind === 'null') return true;
  switch (pattern) {
    case 'any':
      return true;
    case 'int':
      return type.kind === 'int';
    case 'real':
    case 'number':
      return type.kind === 'int' || type.kind === 'float' || type.kind === 'decimal';
    case 'text':
      return type.kind === 'text' || type.kind === 'enum';
    case 'row':
      return type.kind === 'row' || type.kind === 'ref';
    case 'table':
      return type.kind === 'row' || type.kind === 'ref' || (type.kind === 'list' && type.of.kind === 'row');
    default:
      return type.kind === pattern;
  }
}

/** As messages name it. */
export function showPattern(pattern: TypePattern): string {
  switch (pattern) {
    case 'int':
      return 'an integer';
    case 'real':
    case 'number':
      return 'a number';
    case 'any':
      return 'anything';
    case 'enum':
      return 'an enum';
    case 'row':
      return 'a row';
    case 'piece':
      return 'a piece of a law';
    case 'table':
      return 'the name of a table';
    default:
      return `a ${pattern}`;
  }
}

/**
 * A text literal beside an enum (or beside a text of known values) must be one of its values: `mood == 'Romantc'` is
 * never true. Reports and returns false where it is not.
 */
export function checkMember(context: Context, subject: Known, expr: ExprAst, known: Known): boolean {
  const values = finiteTexts(subject);
  if (!values || typeof known.value !== 'string' || values.includes(known.value)) return true;
  const near = closest(known.value, values);
  const listed = values.slice(0, 12).map((value) => show(value));
  context.report(
    diagnose(
      'TVD2103',
      { value: known.value },
      { span: expr.span, text: near === null ? '' : 'misspelt?' },
      {
        notes: [
          `the values are ${listed.join(', ')}${values.length > 12 ? `, … ${values.length} in all` : ''}`,
        ],
        help: near === null ? [] : [didYouMean(show(near), expr.span)],
      },
    ),
  );
  return false;
}

function finiteTexts(known: Known): readonly string[] | null {
  if (known.type.kind === 'enum') return known.type.values;
  if (known.type.kind !== 'text' || known.value !== undefined || known.domain.kind !== 'set') return null;
  return known.domain.values.filter((value) => typeof value === 'string');
}
