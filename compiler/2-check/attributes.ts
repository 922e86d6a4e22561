import type { Domain } from '../../stdlib/domain.ts';
import { showType, slotOf, type Type } from '../../stdlib/types.ts';
import { isList } from '../../stdlib/value.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import { boundsHold } from './bounds.ts';
import { checkCondition } from './branches.ts';
import { convert } from './casts.ts';
import { commonType } from './constants.ts';
import { type Column, type Context, scopeOf } from './context.ts';
import { intersect, isEmpty, lengths, numeric } from './domains.ts';
import { check } from './expression.ts';
import { isValue } from './facts.ts';
import { FAULTY, isFaulty, type Known } from './known.ts';
import { typeOf } from './type-names.ts';

/** What `type:` and `length:` make of a column's value, and whether a column can hold it. */
export function checkAttributes(context: Context, column: Column, value: Known): Known {
  const { attributes, body } = column.ast;
  const length = lengthOf(context, column);
  const declared = attributes.type && typeOf(context, attributes.type);
  if (attributes.type && !declared) return FAULTY;
  if (body.kind !== 'value') return value;
  const typed = declared ? declaredAs(context, column, value, declared) : value;
  if (isFaulty(typed) || !storable(context, column, typed)) return FAULTY;
  return length ? withLength(context, column, typed, length) : typed;
}

function declaredAs(context: Context, column: Column, value: Known, declared: Type): Known {
  const { body, attributes } = column.ast;
  if (body.kind !== 'value' || !attributes.type) return value;
  if (value.type.kind !== 'vector' || declared.kind !== 'vector' || value.type.dims === declared.dims) {
    return convert(context, value, declared, body.expr, attributes.type.span);
  }
  const { dims } = value.type;
  const fitting = [...context.models.values()].find((model) => model.dims === declared.dims);
  const notes = fitting
    ? ` or a ${declared.dims}-d model (\`${fitting.name}\`)`
    : ` or a ${declared.dims}-d model`;
  context.report(
    diagnose(
      'TVD2125',
      { given: dims, declared: declared.dims },
      { span: body.expr.span, text: `vector[${dims}]` },
      {
        secondary: [{ span: attributes.type.span, text: `vector[${declared.dims}]` }],
        help: [{ text: `take \`project=${declared.dims}\` in \`embed(…)\`${notes}` }],
      },
    ),
  );
  return FAULTY;
}

const isHidden = (column: Column): boolean =>
  (column.ast.attributes.hidden?.value ?? false) || (column.parent !== null && isHidden(column.parent));

/** Rows of data and constants of compile time live in hidden columns, or nowhere. */
function storable(context: Context, column: Column, value: Known): boolean {
  const { type } = value;
  const { body } = column.ast;
  if (body.kind !== 'value') return true;
  if (type.kind === 'row' && !isHidden(column)) {
    context.report(
      diagnose(
        'TVD2124',
        { data: type.data },
        { span: body.expr.span },
        {
          help: [
            {
              text: 'take one of its columns, or keep it with `hidden: true` and read them from other columns',
            },
          ],
        },
      ),
    );
    return false;
  }
  if (!isValue(context, body.expr, value)) return false;
  if (slotOf(type) !== null || type.kind === 'ref') return true;
  const help = type.kind === 'null' ? [{ text: 'state the type: `type: text`' }] : [];
  context.report(
    diagnose('TVD2115', { type: showType(type) }, { span: body.expr.span, text: showType(type) }, { help }),
  );
  return false;
}

/** `length: 5..100`, in code points. Null where it is none: reported. */
function lengthOf(context: Context, column: Column): readonly [number, number] | null {
  const { length: ast } = column.ast.attributes;
  if (!ast) return null;
  const known = check(context, scopeOf('column', column.table, column.parent), ast);
  if (isFaulty(known)) return null;
  const range = known.type.kind === 'range' && known.type.of.kind === 'int' ? known.value : undefined;
  if (range !== undefined && range !== null && isList(range) && Number(range[0]) >= 0) {
    return [Number(range[0]), Number(range[1]) - (range[2] === true ? 1 : 0)];
  }
  context.report(
    diagnose(
      'TVD2311',
      { given: showType(known.type) },
      { span: ast.span },
      {
        help:
          ast.kind === 'binary' && ast.op === '-'
            ? [{ text: 'a range is written with two points: `50..200`' }]
            : [],
      },
    ),
  );
  return null;
}

function withLength(
  context: Context,
  column: Column,
  value: Known,
  [lo, hi]: readonly [number, number],
): Known {
  const { length: ast, unique } = column.ast.attributes;
  if (!ast) return value;
  if (value.type.kind !== 'text' && value.type.kind !== 'enum') {
    context.report(diagnose('TVD2310', { type: showType(value.type) }, { span: ast.span }));
    return value;
  }
  const own = lengths(value.domain);
  if (!own) return value;
  const never = own.minLength > hi || own.maxLength < lo;
  const open = own.minLength < lo || own.maxLength > hi;
  if (never || (open && unique?.value)) {
    const most = Number.isFinite(own.maxLength) ? String(own.maxLength) : 'any number of';
    context.report(
      diagnose(
        'TVD2214',
        { length: `${lo}..${hi}`, from: own.minLength, to: most },
        { span: ast.span },
        {
          secondary: [{ span: valueSpan(column), text: `texts of ${own.minLength} to ${most} characters` }],
          notes: never
            ? []
            : ['a unique text is built, not drawn again, so that every one of its texts must fit'],
        },
      ),
    );
    return value;
  }
  if (open) {
    context.report(
      diagnose(
        'TVD2908',
        { what: 'a `length` that some of the texts miss' },
        { span: ast.span, text: `texts of ${own.minLength} to ${own.maxLength}` },
      ),
    );
  }
  const cut = (domain: Domain): Domain =>
    domain.kind === 'text'
      ? {
          ...domain,
          minLength: Math.max(domain.minLength, lo),
          maxLength: Math.min(domain.maxLength, hi),
          maxBytes: Math.min(domain.maxBytes, 4 * hi),
        }
      : domain;
  return { ...value, domain: cut(value.domain), likely: cut(value.likely) };
}

const valueSpan = (column: Column) =>
  column.ast.body.kind === 'value' ? column.ast.body.expr.span : column.ast.name.span;

/** `missing:` is a probability or a condition on the complete row; `missing_as:` a value of the column's type. */
export function checkMissing(context: Context, column: Column): void {
  const { missing } = column.ast.attributes;
  if (!missing) return;
  const known = check(context, scopeOf('missing', column.table, column.parent), missing);
  if (isFaulty(known) || known.type.kind === 'bool') return;
  if (numeric(known.domain) && (known.type.kind === 'float' || known.type.kind === 'int')) {
    boundsHold(
      context,
      { min: 0, max: 1 },
      { ast: { name: null, key: null, value: missing }, known },
      '`missing`',
    );
    return;
  }
  checkCondition(context, missing, known, '`missing:`, where it is no probability,');
}

export function checkSentinel(context: Context, column: Column): void {
  const { missingAs, missing } = column.ast.attributes;
  if (!missingAs) return;
  const known = check(context, scopeOf('missing', column.table, column.parent), missingAs);
  const own = column.known;
  if (isFaulty(known) || !own || isFaulty(own)) return;
  if (!missing) {
    context.report(
      diagnose(
        'TVD2313',
        {},
        { span: missingAs.span },
        { help: [{ text: 'add `missing:` with a probability or a condition' }] },
      ),
    );
    return;
  }
  if (known.value === undefined) {
    context.report(
      diagnose('TVD2117', { name: 'missing_as', callee: column.path }, { span: missingAs.span }),
    );
    return;
  }
  const both = commonType(own.type, known.type);
  if (!both || (own.type.kind === 'int' && known.type.kind === 'float')) {
    context.report(
      diagnose(
        'TVD2102',
        { what: '`missing_as`', expected: showType(own.type), given: showType(known.type) },
        { span: missingAs.span },
      ),
    );
    return;
  }
  if (column.ast.attributes.unique?.value) {
    context.report(
      diagnose(
        'TVD2320',
        { column: column.path },
        { span: missingAs.span },
        {
          secondary: [{ span: column.ast.attributes.unique.span, text: 'unique' }],
          help: [{ text: 'leave `missing_as` out: nulls do not repeat a value' }],
        },
      ),
    );
    return;
  }
  if (own.type.kind !== 'enum') sentinelApart(context, column, own, known, missingAs.span);
}

/** A sentinel that the column also holds as a value cannot be told from one. */
function sentinelApart(
  context: Context,
  column: Column,
  own: Known,
  sentinel: Known,
  span: { start: number; end: number },
): void {
  if (
    own.domain.kind === 'any' ||
    own.domain.kind === 'text' ||
    isEmpty(intersect(own.domain, sentinel.domain))
  )
    return;
  context.report(diagnose('TVD2314', { column: column.path }, { span }));
}
