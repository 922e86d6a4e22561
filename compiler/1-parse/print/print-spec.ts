import type {
  Attributes,
  ColumnAst,
  ConstraintAst,
  DataAst,
  ExprAst,
  LetAst,
  PlainAst,
  SpecAst,
  TableAst,
} from '../ast.ts';
import { printExpression, printParts, printType } from './print-expression.ts';
import {
  indent,
  type Lines,
  printCount,
  printKey,
  printQuoted,
  printScalar,
  printText,
} from './yaml-text.ts';

/** The canonical text of a spec: it parses to the same tree, ids and spans aside. Comments are not in the tree. */
export function printSpec(ast: SpecAst): string {
  const lines = [
    'tvdd: 1',
    `dataset: ${printKey(ast.dataset.text)}`,
    `seed: ${ast.seed}`,
    ...section('use', ast.use),
    ...section('include', ast.include),
    ...some('data', ast.data.flatMap(printData)),
    ...some('let', ast.lets.flatMap(printLet)),
    ...section('models', ast.models),
    ...some('tables', ast.tables.flatMap(printTable)),
    ...some(
      'quality',
      ast.quality.map((expr) => `- ${expressionScalar(expr)}`),
    ),
    ...section('output', ast.output),
    ...section('load', ast.load),
  ];
  return `${lines.join('\n')}\n`;
}

const some = (key: string, lines: Lines): string[] =>
  lines.length === 0 ? [] : [`${key}:`, ...indent(lines)];
const section = (key: string, value: PlainAst | null): string[] => (value ? underPlain(key, value) : []);

/** What a whole scalar holds; `'classic'` stays recognisable as a text that forgot its own quotes. */
function expressionScalar(expr: ExprAst): string {
  const text = printExpression(expr);
  return expr.kind === 'name' && expr.quoted ? `'${text}'` : printScalar(text);
}

function printData({ name, source }: DataAst): string[] {
  const key = printKey(name.text);
  return source.kind === 'file'
    ? [`${key}:`, `  file: ${printText(source.path.text)}`]
    : underPlain(key, source.value);
}

function printLet({ name, value }: LetAst): string[] {
  const key = printKey(name.text);
  return isPlain(value) ? underPlain(key, value) : [`${key}: ${expressionScalar(value)}`];
}

function isPlain(value: ExprAst | PlainAst): value is PlainAst {
  return value.kind === 'plain-list' || value.kind === 'plain-map' || value.kind === 'plain-scalar';
}

function printTable(table: TableAst): string[] {
  const { rows, scale, key, block, columns, constraints, uniques, correlate, weigh, doc } = table;
  const expr = (name: string, value: ExprAst | null) =>
    value ? [`${name}: ${expressionScalar(value)}`] : [];
  return [
    `${printKey(table.name.text)}:`,
    ...indent([
      ...(doc !== null ? [`doc: ${printText(doc)}`] : []),
      ...(rows ? [`rows: ${printCount(rows.value)}`] : []),
      ...(scale ? [`scale: ${scale}`] : []),
      ...(key ? [`key: ${printText(key.text)}`] : []),
      ...(block ? [`for: ${block.parent.text} as ${block.alias.text}`] : []),
      ...expr('count', block?.count ?? null),
      ...expr('weight', block?.weight ?? null),
      ...some('columns', columns.flatMap(printColumn)),
      ...some(
        'unique',
        uniques.map(({ columns: names }) => `- [${names.map((name) => printKey(name.text)).join(', ')}]`),
      ),
      ...(correlate ? underPlain('correlate', correlate) : []),
      ...some('constraints', constraints.flatMap(printConstraint)),
      ...expr('weigh', weigh),
    ]),
  ];
}

function printColumn({ name, body, attributes }: ColumnAst): string[] {
  const key = printKey(name.text);
  const rest = printAttributes(attributes);
  if (body.kind === 'struct')
    return [`${key}:`, ...indent([...some('struct', body.fields.flatMap(printColumn)), ...rest])];
  const { expr } = body;
  if (expr.kind === 'template')
    return [`${key}:`, ...indent([`text: ${printQuoted(printParts(expr.parts))}`, ...rest])];
  const value = expressionScalar(expr);
  return rest.length === 0 ? [`${key}: ${value}`] : [`${key}:`, ...indent([`value: ${value}`, ...rest])];
}

function printAttributes(attributes: Attributes): string[] {
  const { type, unique, missing, missingAs, hidden, length, doc, pii, stream } = attributes;
  const line = <T>(key: string, value: T | null, show: (value: T) => string) =>
    value === null ? [] : [`${key}: ${show(value)}`];
  return [
    ...line('type', type, (value) => printScalar(printType(value))),
    ...line('unique', unique, (value) => String(value.value)),
    ...line('missing', missing, expressionScalar),
    ...line('missing_as', missingAs, expressionScalar),
    ...line('hidden', hidden, (value) => String(value.value)),
    ...line('length', length, expressionScalar),
    ...line('doc', doc, printText),
    ...line('pii', pii, printText),
    ...line('stream', stream, (value) => printText(value.text)),
  ];
}

function printConstraint({ check, when, name, doc, tries }: ConstraintAst): string[] {
  const more = [
    ...(when ? [`when: ${expressionScalar(when)}`] : []),
    ...(name !== null ? [`name: ${printText(name)}`] : []),
    ...(doc !== null ? [`doc: ${printText(doc)}`] : []),
    ...(tries ? [`tries: ${printCount(tries.value)}`] : []),
  ];
  const text = expressionScalar(check);
  return more.length === 0 ? [`- ${text}`] : [`- check: ${text}`, ...indent(more)];
}

function underPlain(key: string, value: PlainAst): string[] {
  const lines = printPlain(value);
  return isBlock(value) ? [`${key}:`, ...indent(lines)] : [`${key}: ${lines.join('')}`];
}

const isBlock = (value: PlainAst): boolean =>
  (value.kind === 'plain-map' && value.entries.length > 0) ||
  (value.kind === 'plain-list' && value.items.length > 0);

function printPlain(value: PlainAst): string[] {
  switch (value.kind) {
    case 'plain-scalar':
      return [printPlainScalar(value.value)];
    case 'plain-list':
      if (value.items.length === 0) return ['[]'];
      return value.items.flatMap((item) => {
        const [first = '', ...rest] = printPlain(item);
        return [`- ${first}`, ...indent(rest)];
      });
    case 'plain-map':
      if (value.entries.length === 0) return ['{}'];
      return value.entries.flatMap((entry) => underPlain(printKey(entry.key.text), entry.value));
  }
}

function printPlainScalar(value: string | number | bigint | boolean | null): string {
  if (typeof value === 'string') return printText(value);
  // A real beyond 2^53 would be read as a whole number.
  if (
    typeof value === 'number' &&
    Number.isInteger(value) &&
    !Number.isSafeInteger(value) &&
    !String(value).includes('e')
  ) {
    return `${value}.0`;
  }
  return String(value);
}
