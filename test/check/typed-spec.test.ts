import { describe, expect, it } from 'vitest';
import type { ColumnAst, ExprAst } from '../../compiler/1-parse/ast.ts';
import { childrenOf } from '../../compiler/1-parse/children.ts';
import type { TypedSpec } from '../../compiler/2-check/typed-spec.ts';
import { diagnosed } from './diagnosed.ts';

const SPEC = `
tvdd: 1
dataset: test
seed: 1
data:
  genres: [{ genre: Heist, parent: Action, weight: 2, minutes: 110 }, { genre: Satire, parent: Comedy, weight: 1, minutes: 95 }]
  words: { nouns: { Action: [Moon, Sun], Comedy: [Duck] }, openers: [The, A] }
let:
  moods: { Tense: 0.4, Calm: 0.6 }
  offset: log(90) + 1
  ages: normal(38, 14)
tables:
  media:
    rows: 1000
    key: id
    columns:
      id: row + 1
      later: { value: "rank * 2", hidden: true }
      rank: { value: ~permutation(), hidden: true }
      g: { value: "~pick(genres, weight=weight)", hidden: true }
      mood: ~categorical(moods)
      context:
        struct:
          region: "~categorical(Europe=1, 'Far East'=2)"
          era: if year < 1960 then 'classic' else 'modern'
      year: ~histogram(1920..1949=5, 1950..2024=15) as int16
      title: { text: "{~pick(words.openers)} {~pick(words.nouns[g.parent])} {row}" }
      minutes: ~lognormal(log(g.minutes), 0.25) within 3..360 as int16
      shift: -offset ^ 2 + rows
      code: "match mood { 'Tense' => 1, _ => 2 }"
      flag: not (mood in ['Tense']) and year in 1950..1960 or mood is null implies year >= 1
      pair: vector(1, 2.5)
      first: pair[0]
  users:
    rows: 100
    columns:
      age: { value: ~ages() within 13..95 as int8, missing: age > 60 }
      known: age is not null
  plays:
    rows: 10000
    columns:
      user: ~ref(users)
      media: ~ref(media, by=rank)
      minutes: media.minutes * ~beta(2, 5)
      region: media.context.region
      parent: media.g.parent
    constraints:
      - { check: user.age > 18, when: media.context.era == 'classic' }
    weigh: if parent == 'Action' then 1 else 0.5
`;

const { typed, diagnostics } = diagnosed(SPEC);
const spec = typed as TypedSpec;

function* everyExpression(): Generator<ExprAst> {
  function* within(expr: ExprAst): Generator<ExprAst> {
    yield expr;
    for (const child of childrenOf(expr)) yield* within(child);
  }
  function* ofColumn(column: ColumnAst): Generator<ExprAst> {
    if (column.body.kind === 'struct') for (const field of column.body.fields) yield* ofColumn(field);
    else yield* within(column.body.expr);
    if (column.attributes.missing) yield* within(column.attributes.missing);
  }
  for (const table of spec.ast.tables) {
    for (const column of table.columns) yield* ofColumn(column);
    for (const { check, when } of table.constraints) {
      yield* within(check);
      if (when) yield* within(when);
    }
    if (table.weigh) yield* within(table.weigh);
  }
}

/** What is put together by its place and read by no meaning: labels of arguments, and what a call keeps apart. */
const MEANT: ReadonlySet<ExprAst['kind']> = new Set([
  'name',
  'field',
  'index',
  'call',
  'draw',
  'unary',
  'binary',
  'is-null',
]);
const textOf = (expr: ExprAst) => SPEC.slice(expr.span.start, expr.span.end);

describe('a checked spec', () => {
  it('has no fault', () => expect(diagnostics.map((found) => found.message)).toEqual([]));

  it('has a type and a domain for every expression but labels', () => {
    const labels = new Set(
      [...everyExpression()].flatMap((expr) =>
        expr.kind === 'draw' ? expr.args.flatMap(({ key }) => key?.id ?? []) : [],
      ),
    );
    const without = [...everyExpression()].filter(
      (expr) => !spec.types.has(expr.id) || !spec.domains.has(expr.id),
    );
    const parts = (expr: ExprAst) => labels.has(expr.id) || [...labels].some((id) => isInside(id, expr));
    expect(without.filter((expr) => !parts(expr)).map(textOf)).toEqual([]);
  });

  it('says what every name, field, index, call, draw and operator means, or is', () => {
    const silent = [...everyExpression()].filter(
      (expr) => MEANT.has(expr.kind) && !spec.meanings.has(expr.id) && !spec.values.has(expr.id),
    );
    expect(silent.map(textOf)).toEqual([]);
  });

  it('orders columns after those that they read', () => {
    const media = spec.tables.find((table) => table.name === 'media');
    const paths = media?.columns.map((column) => column.path) ?? [];
    expect(paths.indexOf('rank')).toBeLessThan(paths.indexOf('later'));
    expect(paths.indexOf('year')).toBeLessThan(paths.indexOf('context.era'));
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('knows types and domains', () => {
    const media = spec.tables.find((table) => table.name === 'media');
    const column = (path: string) => media?.columns.find((candidate) => candidate.path === path);
    expect(column('year')).toMatchObject({
      type: { kind: 'int', bits: 16 },
      domain: { kind: 'interval', lo: 1920, hi: 2024, integer: true },
      random: true,
    });
    expect(column('context.era')).toMatchObject({ type: { kind: 'enum', values: ['classic', 'modern'] } });
    expect(column('context.region')?.type).toEqual({ kind: 'enum', values: ['Europe', 'Far East'] });
    expect(column('id')).toMatchObject({ domain: { lo: 1, hi: 1000 }, random: false, hidden: false });
    expect(column('minutes')?.domain).toMatchObject({ lo: 3, hi: 360 });
    expect(column('rank')).toMatchObject({ domain: { lo: 1, hi: 1000 }, hidden: true });
  });

  it('folds constants by the kernels', () => {
    const offset = spec.ast.lets.find((each) => each.name.text === 'offset')?.value.id ?? -1;
    expect(spec.values.get(offset)).toBeCloseTo(Math.log(90) + 1, 12);
  });

  it('binds the law of let where it is drawn', () => {
    const drawn = [...everyExpression()].find((expr) => expr.kind === 'draw' && expr.law.text === 'ages');
    expect(spec.meanings.get(drawn?.id ?? -1)).toMatchObject({ kind: 'draw', law: 'normal' });
  });
});

function isInside(id: number, expr: ExprAst): boolean {
  const holds = (outer: ExprAst): boolean =>
    childrenOf(outer).some((child) => child === expr || holds(child));
  return [...everyExpression()].some((outer) => outer.id === id && holds(outer));
}
