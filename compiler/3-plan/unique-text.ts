import { streamKey } from '../../stdlib/kernels/streams.ts';
import { isList, isMap, type Value } from '../../stdlib/value.ts';
import type { ColumnAst } from '../1-parse/ast.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import { ambiguity } from './decodable.ts';
import type { Scope } from './elaborate.ts';
import { type Expr, sameExpr, type Template, type UniquePiece, type UniqueText } from './expr.ts';

/**
 * A template under `unique` becomes a bijection of the row number into the combinations of its pieces. Each branch alone
 * must have room for every row (the branch is drawn, so every row could fall into it), and the text must tell which
 * branch and pieces it came from.
 */
export function uniqueText(template: Template, column: ColumnAst, scope: Scope): Outcome<UniqueText> {
  const bys: Expr[] = [];
  const parts: (string | UniquePiece)[] = [];
  for (const part of template.parts) {
    const piece = typeof part === 'string' ? part : pieceOf(part);
    if (piece === null && typeof part !== 'string') {
      return {
        value: null,
        diagnostics: [
          diagnose('TVD3003', { column: column.name.text }, { span: part.span }, { help: [HELP] }),
        ],
      };
    }
    if (piece === null || typeof piece === 'string') {
      parts.push(piece ?? '');
      continue;
    }
    const known = bys.findIndex((by) => piece.by !== null && sameExpr(by, piece.by));
    if (piece.by && known < 0) bys.push(piece.by);
    parts.push({ lists: piece.lists, by: piece.by ? (known < 0 ? bys.length - 1 : known) : null });
  }
  const text: UniqueText = {
    op: 'unique-text',
    type: template.type,
    domain: template.domain,
    span: template.span,
    stream: streamKey(scope.typed.ast.seed, scope.table, scope.stream, 'unique'),
    bys,
    parts,
  };
  return { value: text, diagnostics: faults(text, column) };
}

const HELP = {
  text: 'make each piece `{~pick(list)}`; a text with one hole, on the row’s number, is unique as it is: "F-{row}"',
};

/** A template with one hole, on the row's number: no two rows have one text. */
export function tellsItsRow(template: Template): boolean {
  const holes = template.parts.filter((part) => typeof part !== 'string');
  const [hole] = holes;
  return holes.length === 1 && hole !== undefined && oneToOne(hole);
}

function oneToOne(expr: Expr): boolean {
  if (expr.op === 'row') return true;
  if (expr.op === 'draw') return expr.law === 'permutation';
  if (expr.op !== 'call' || expr.type.kind !== 'int' || (expr.fn !== 'add' && expr.fn !== 'sub'))
    return false;
  const [left, right] = expr.args;
  if (!left || !right) return false;
  return (oneToOne(left) && right.op === 'constant') || (left.op === 'constant' && oneToOne(right));
}

/** The lists of words that the pieces have, for one value of each enum that they depend on. */
type Branch = readonly (readonly string[])[];

function branchesOf(text: UniqueText): readonly Branch[] {
  const values = text.bys.map((by) => (by.type.kind === 'enum' ? by.type.values : []));
  const choices = values.reduce<readonly (readonly number[])[]>(
    (heads, of) => heads.flatMap((head) => of.map((_, i) => [...head, i])),
    [[]],
  );
  const literals = new Map<string, readonly string[]>();
  const literal = (value: string): readonly string[] => {
    const list = literals.get(value) ?? [value];
    literals.set(value, list);
    return list;
  };
  return choices.map((choice) =>
    text.parts.map((part) =>
      typeof part === 'string' ? literal(part) : part.lists[part.by === null ? 0 : choice[part.by]!]!,
    ),
  );
}

/** Numbers of texts are positive and signed. */
const MOST = 2n ** 63n - 1n;

/** That there are enough texts is the checker's to see; here it is whether they tell their pieces, and are not too many. */
function faults(text: UniqueText, column: ColumnAst): readonly Diagnostic[] {
  const branches = branchesOf(text);
  const sizes = branches.map((lists) => lists.reduce((size, list) => size * BigInt(list.length), 1n));
  const size = sizes.find((each) => each > MOST);
  if (size !== undefined) {
    const params = { column: column.name.text, capacity: String(size).replace(/\B(?=(\d{3})+$)/g, ',') };
    const help = 'make some of the pieces a unique text of their own, hidden, and let this text read it';
    return [diagnose('TVD3005', params, { span: text.span }, { help: [{ text: help }] })];
  }
  const clash = ambiguity(branches);
  if (clash === null) return [];
  const primary = { span: text.span, text: clash.reason };
  return [
    diagnose('TVD3002', { column: column.name.text, text: clash.text }, primary, {
      help: [
        {
          text: 'separate pieces by a text that no piece contains, and give branches a piece whose words no other branch has',
        },
      ],
    }),
  ];
}

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
