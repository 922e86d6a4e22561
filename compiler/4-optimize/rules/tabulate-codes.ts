import type { DataTable } from '../../../stdlib/define.ts';
import { slotOf, type Type } from '../../../stdlib/types.ts';
import { elementAt, type Value } from '../../../stdlib/value.ts';
import type { DataValue } from '../../2-check/typed-spec.ts';
import { type Constant, type Expr, mapChildren, sameExpr, subexpressions } from '../../3-plan/expr.ts';
import type { LogicalColumn } from '../../3-plan/logical-plan.ts';
import { foldAll } from '../constant.ts';
import { mapExprs, mapSame, mapTables } from '../map.ts';
import type { Rule, RuleFiring, RuleTools } from '../rule.ts';

/** Beyond so many codes a table leaves the processor's cache. */
const MOST_CODES = 4096;

/**
 * An expression of one drawn code (an enum, a row of a data table) has as many values as there are codes: they are computed
 * at compile time, and a row looks its own up. Texts become enums, so they are stored once a file.
 */
export const tabulateCodes: Rule = {
  name: 'tabulate-codes',
  doc: 'An expression of one enum or data row is computed once a code.',
  apply: (plan, tools) => {
    const firings: RuleFiring[] = [];
    const data = new Map(plan.data);
    const tabulated = mapTables(plan, (table) => {
      const mapped = mapExprs(table, (expr, target) =>
        tabulate(expr, data, tools, (before, codes) => {
          firings.push({
            rule: 'tabulate-codes',
            applied: true,
            table: table.name,
            target,
            before: tools.excerpt(before.span),
            after: `a table of ${codes} values`,
          });
        }),
      );
      const columns = mapSame(mapped.columns, storedAsEnum);
      return columns === mapped.columns ? mapped : { ...mapped, columns };
    });
    return { plan: tabulated === plan ? plan : { ...tabulated, data }, firings, diagnostics: [] };
  },
};

/** A text column that is now a look-up holds the codes of its texts. */
function storedAsEnum(column: LogicalColumn): LogicalColumn {
  const tabulated =
    column.type.kind === 'text' && column.expr.type.kind === 'enum' && column.missingAs === null;
  return tabulated ? { ...column, type: column.expr.type } : column;
}

function tabulate(
  expr: Expr,
  data: Map<string, DataValue>,
  tools: RuleTools,
  report: (before: Expr, codes: number) => void,
): Expr {
  const table = worthwhile(expr) ? tableOf(expr, data, tools) : null;
  if (!table) return mapChildren(expr, (child) => tabulate(child, data, tools, report));
  report(expr, table.values.length);
  const texts = expr.type.kind === 'text' ? [...new Set(table.values.map(String))] : null;
  const type: Type = texts ? { kind: 'enum', values: texts } : expr.type;
  const base = { type, domain: expr.domain, span: expr.span };
  if (table.code.type.kind === 'enum') {
    const keys = table.code.type.values;
    const map = new Map(keys.map((key, i) => [key, table.values[i]!]));
    const of: Constant = { ...base, op: 'constant', value: { map }, type: { kind: 'map', keys, of: type } };
    return { ...base, op: 'index', of, by: table.code };
  }
  if (table.code.type.kind !== 'row') return expr;
  const name = table.code.type.data;
  const column = `= ${tools.excerpt(expr.span)} @${expr.span.start}`;
  const source = data.get(name);
  if (source?.kind !== 'table') return expr;
  const columns = [...source.table.columns, { name: column, type, values: table.values }];
  data.set(name, { kind: 'table', table: { ...source.table, columns } });
  return { ...base, op: 'field', of: table.code, data: name, column };
}

/** Look-ups by themselves, constants and what has no slot stay as they are. */
function worthwhile(expr: Expr): boolean {
  const computes = expr.op === 'call' || expr.op === 'cast' || expr.op === 'if' || expr.op === 'template';
  const scalar = ['f64', 'i64', 'bool', 'str'].includes(slotOf(expr.type) ?? '');
  return computes && scalar && !expr.domain.nullable;
}

type Table = { readonly code: Expr; readonly values: readonly Value[] };

function tableOf(expr: Expr, data: ReadonlyMap<string, DataValue>, tools: RuleTools): Table | null {
  const code = onlyCode(expr);
  // A look-up of null is null; the expression need not be.
  if (!code || code.domain.nullable) return null;
  const source = code.type.kind === 'row' ? data.get(code.type.data) : undefined;
  const rows = source?.kind === 'table' ? source.table : null;
  const count = code.type.kind === 'enum' ? code.type.values.length : (rows?.rows ?? 0);
  if (count === 0 || count > MOST_CODES) return null;
  const values: Value[] = [];
  for (let i = 0; i < count; i++) {
    const folded = foldAll(at(expr, code, i, rows), tools);
    if (folded.op !== 'constant' || folded.value === null) return null;
    values.push(folded.value);
  }
  return { code, values };
}

/** The one code that an expression depends on; null where it depends on anything else, or on several. */
function onlyCode(expr: Expr): Expr | null {
  const codes: Expr[] = [];
  const closed = (inner: Expr): boolean => {
    if (
      inner.type.kind === 'row' ||
      (inner.type.kind === 'enum' && inner.op !== 'constant' && inner.op !== 'field')
    ) {
      codes.push(inner);
      return !subexpressions(inner).some((part) => part.op === 'range');
    }
    switch (inner.op) {
      case 'constant':
        return true;
      case 'field':
        return closed(inner.of);
      case 'index':
        return closed(inner.of) && closed(inner.by);
      case 'call':
        return inner.args.every((arg) => arg !== null && closed(arg));
      case 'cast':
        return closed(inner.of);
      case 'if':
        return closed(inner.condition) && closed(inner.then) && closed(inner.otherwise);
      case 'template':
        return inner.parts.every((part) => typeof part === 'string' || closed(part));
      default:
        return false;
    }
  };
  const [first, ...others] = closed(expr) ? codes : [];
  return first && others.every((other) => sameExpr(first, other)) ? first : null;
}

/** The expression where the code is `i`. */
function at(expr: Expr, code: Expr, i: number, rows: DataTable | null): Expr {
  const constant = (value: Value): Constant => ({
    op: 'constant',
    value,
    type: expr.type,
    domain: expr.domain,
    span: expr.span,
  });
  if (expr.op === 'field' && rows && sameExpr(expr.of, code)) {
    const column = rows.columns.find((candidate) => candidate.name === expr.column);
    return constant(column?.values[i] ?? null);
  }
  if (sameExpr(expr, code)) return constant(code.type.kind === 'enum' ? code.type.values[i]! : null);
  const inner = mapChildren(expr, (child) => at(child, code, i, rows));
  if (inner.op === 'index' && inner.of.op === 'constant' && inner.by.op === 'constant') {
    return constant(elementAt(inner.of.value, inner.by.value) ?? null);
  }
  return inner;
}
