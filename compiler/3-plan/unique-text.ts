import { streamKey } from '../../stdlib/kernels/streams.ts';
import { isList, isMap, type Value } from '../../stdlib/value.ts';
import type { ColumnAst } from '../1-parse/ast.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import { ambiguity } from './decodable.ts';
import type { Scope } from './elaborate.ts';
import type { Expr, Template, UniqueText } from './expr.ts';

/**
 * A template under `unique` becomes a bijection of the row number into the combinations of its pieces. Each branch alone
 * must have room for every row (the branch is drawn, so every row could fall into it), and the text must tell which
 * branch and pieces it came from.
 */
export function uniqueText(template: Template, column: ColumnAst, rows: number, scope: Scope): Outcome<UniqueText> {
  const parts: UniqueText['parts'][number][] = [];
  let by: Expr | null = null;
  for (const part of template.parts) {
    if (typeof part === 'string') {
      parts.push(part);
      continue;
    }
    const piece = pieceOf(part);
    if (!piece) return fail(diagnose('TVD3003', { column: column.name.text }, { span: part.span }));
    if (piece.by) {
      if (by && shape(by) !== shape(piece.by)) return fail(diagnose('TVD3004', { column: column.name.text }, { span: part.span }));
      by = piece.by;
    }
    parts.push({ lists: piece.lists });
  }
  const branches = by?.type.kind === 'enum' ? by.type.values : [''];
  const spread = parts.map((part) => (typeof part === 'string' ? part : { lists: branches.map((_, i) => part.lists[i] ?? part.lists[0]!) }));
  const text: UniqueText = {
    op: 'unique-text',
    type: template.type,
    domain: template.domain,
    span: template.span,
    stream: streamKey(scope.typed.ast.seed, scope.table, scope.stream, 'unique'),
    by,
    parts: spread,
  };
  return { value: text, diagnostics: faults(text, branches, column, rows) };
}

/** Combinations in each branch. */
export function capacities(text: UniqueText): readonly number[] {
  const pieces = text.parts.filter((part) => typeof part !== 'string');
  const branches = pieces[0]?.lists.length ?? 1;
  return Array.from({ length: branches }, (_, branch) =>
    pieces.reduce((product, piece) => product * piece.lists[branch]!.length, 1),
  );
}

function faults(text: UniqueText, branches: readonly string[], column: ColumnAst, rows: number): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const name = column.name.text;
  capacities(text).forEach((capacity, i) => {
    if (capacity >= rows) return;
    const branch = branches.length > 1 ? ` where it is '${branches[i]}'` : '';
    const primary = { span: text.span, text: `${capacity.toLocaleString('en')} texts${branch}` };
    const need = Math.ceil(rows / Math.max(capacity, 1)).toLocaleString('en');
    found.push(
      diagnose('TVD3001', { column: name, rows: rows.toLocaleString('en'), capacity: capacity.toLocaleString('en') }, primary, {
        help: [{ text: `add a piece with at least ${need} words, or words to the pieces: their numbers multiply` }],
      }),
    );
  });
  if (found.length > 0) return found;
  const clash = ambiguity(branches.map((_, branch) => text.parts.map((part) => (typeof part === 'string' ? [part] : part.lists[branch]!))));
  if (clash === null) return [];
  return [
    diagnose('TVD3002', { column: name, text: clash.text }, { span: text.span, text: 'two choices of pieces give one text' }, {
      notes: [clash.reason.replaceAll(/branch (\d+)/g, (_, i: string) => (branches[Number(i)] ? `'${branches[Number(i)]}'` : 'the text'))],
      help: [{ text: 'separate the pieces by a text that no piece contains, and give branches a piece whose words no other branch has' }],
    }),
  ];
}

const fail = (diagnostic: Diagnostic): Outcome<never> => ({ value: null, diagnostics: [diagnostic] });

type Piece = { readonly lists: readonly (readonly string[])[]; readonly by: Expr | null };

/** `~pick(list)` or `~pick(lists[enum])`, unweighted. */
function pieceOf(expr: Expr): Piece | null {
  if (expr.op !== 'draw' || expr.law !== 'pick' || expr.args.length !== 1) return null;
  const items = expr.args[0]!.value;
  if (items.op === 'constant') {
    const list = texts(items.value);
    return list && { lists: [list], by: null };
  }
  if (items.op !== 'index' || items.of.op !== 'constant' || items.by.type.kind !== 'enum') return null;
  const { value } = items.of;
  if (!isMap(value)) return null;
  const lists = items.by.type.values.map((key) => texts(value.map.get(key) ?? null));
  return lists.every((list) => list !== null) ? { lists, by: items.by } : null;
}

function texts(value: Value): readonly string[] | null {
  if (!isList(value)) return null;
  const strings = value.filter((item) => typeof item === 'string');
  return strings.length === value.length ? strings : null;
}

/** Two expressions are the same when they differ in spans only. */
const shape = (expr: Expr): string =>
  JSON.stringify(expr, (key, value: unknown) => (key === 'span' || key === 'domain' ? undefined : typeof value === 'bigint' ? `${value}n` : value));
