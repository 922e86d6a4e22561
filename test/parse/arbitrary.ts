import fc from 'fast-check';
import type {
  ArgAst,
  Attributes,
  BinaryOp,
  ColumnAst,
  ExprAst,
  Name,
  PlainAst,
  SpecAst,
  TableAst,
  TemplatePart,
  TypeAst,
} from '../../compiler/1-parse/ast.ts';

import { RESERVED } from '../../compiler/1-parse/expression/tokens.ts';

/** Random trees, as parsing could make them. Ids and spans are empty. */
const node = { id: 0, span: { start: 0, end: 0 } };
const nullable = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: null, freq: 2 });

const word = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,5}$/);
const keyword = fc.constantFrom('if', 'match', 'in', 'not', 'null', '_', 'within', 'as', 'list');
const strange = fc
  .stringMatching(/^[a-z '"#:{}\-é\u65e5]{1,6}$/)
  .filter((text) => text.trim() === text && text !== '');
const names = fc.oneof({ weight: 8, arbitrary: word }, keyword, strange);
const text = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.stringMatching(/^['" #:\n\t{}\\,-]{0,6}$/),
  fc.stringMatching(/^[\x7f-\xa0\u2028\ufeff]{1,3}$/),
);
const nameNode = (arb: fc.Arbitrary<string>): fc.Arbitrary<Name> =>
  arb.map((name) => ({ ...node, text: name }));

const literal: fc.Arbitrary<ExprAst> = fc.oneof(
  fc.bigInt(0n, 2n ** 64n - 1n).map((value) => ({ ...node, kind: 'int', value }) as const),
  fc
    .constantFrom('1.5', '0.25', '1e-3', '2.5E+10', '1_000.5')
    .map((raw) => ({ ...node, kind: 'real', raw, value: Number(raw.replace('_', '')) }) as const),
  text.map((value) => ({ ...node, kind: 'text', value }) as const),
  fc.boolean().map((value) => ({ ...node, kind: 'bool', value }) as const),
  fc.constant({ ...node, kind: 'null' } as const),
  fc.constant({ ...node, kind: 'date', value: 19753n, raw: '2024-01-31' } as const),
  fc.constant({ ...node, kind: 'instant', value: 1706695200000000n, raw: '2024-01-31T10:00Z' } as const),
  fc.constant({ ...node, kind: 'duration', value: 5_400_000_000n, raw: '90min' } as const),
  names.map((name) => ({ ...node, kind: 'name', name }) as const),
);

const typeAst: fc.Arbitrary<TypeAst> = fc.letrec<{ type: TypeAst }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom('int8', 'text', 'list', 'uuid').map((name) => ({ ...node, name, args: [] })),
    fc.constant({ ...node, name: 'decimal', args: [9, 2] }),
    fc.nat(900).map((dims) => ({ ...node, name: 'vector', args: [dims] })),
    tie('type').map((inner) => ({ ...node, name: 'list', args: [inner] })),
  ),
})).type;

const operators: readonly BinaryOp[] = [
  'implies',
  'or',
  'and',
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'in',
  'not in',
  '+',
  '-',
  '*',
  '/',
  '//',
  '%',
  '^',
];

function parts(hole: fc.Arbitrary<ExprAst>, quotes: boolean): fc.Arbitrary<TemplatePart[]> {
  const literalText = text.map((one) => (quotes ? one : one.replaceAll('"', '')) || 'x');
  const some = fc.array(fc.tuple(literalText, hole), { minLength: 1, maxLength: 3 });
  return fc.tuple(some, literalText, fc.boolean(), fc.boolean()).map(([pairs, last, first, ends]) => {
    const all: TemplatePart[] = pairs.flatMap(([before, expr]) => [
      { kind: 'literal', text: before },
      { kind: 'hole', expr },
    ]);
    const from = first ? all : all.slice(1);
    return ends ? [...from, { kind: 'literal', text: last }] : from;
  });
}

export const expr: fc.Arbitrary<ExprAst> = fc.letrec<{ expr: ExprAst }>((tie) => {
  const inner = tie('expr');
  const label = literal.filter((one) => one.kind !== 'name' && one.kind !== 'null');
  const arg: fc.Arbitrary<ArgAst> = fc.oneof(
    inner.map((value) => ({ name: null, key: null, value })),
    fc.tuple(nameNode(names), inner).map(([name, value]) => ({ name, key: null, value })),
    fc.tuple(label, inner).map(([key, value]) => ({ name: null, key, value })),
    fc.tuple(label, label, fc.boolean(), inner).map(([lo, hi, halfOpen, value]) => ({
      name: null,
      key: { ...node, kind: 'range' as const, lo, hi, halfOpen },
      value,
    })),
  );
  const args = fc.array(arg, { maxLength: 3 });
  const range = fc
    .tuple(inner, inner, fc.boolean())
    .map(([lo, hi, halfOpen]) => ({ ...node, kind: 'range', lo, hi, halfOpen }) as const);
  const arm = fc
    .tuple(nullable(fc.array(inner, { minLength: 1, maxLength: 2 })), inner)
    .map(([patterns, value]) => ({ patterns, value, span: node.span }));
  return {
    expr: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      literal,
      range,
      fc.array(inner, { maxLength: 3 }).map((items) => ({ ...node, kind: 'list', items }) as const),
      parts(inner, false).map((some) => ({ ...node, kind: 'template', parts: some }) as const),
      fc.tuple(inner, nameNode(names)).map(([of, field]) => ({ ...node, kind: 'field', of, field }) as const),
      fc.tuple(inner, inner).map(([of, index]) => ({ ...node, kind: 'index', of, index }) as const),
      fc
        .tuple(nameNode(names), args)
        .map(([callee, some]) => ({ ...node, kind: 'call', callee, args: some }) as const),
      fc
        .tuple(nameNode(names), args, nullable(range))
        .map(
          ([law, some, within]) => ({ ...node, kind: 'draw', law, args: some, within, ordinal: 0 }) as const,
        ),
      fc
        .tuple(fc.constantFrom('-' as const, 'not' as const), inner)
        .map(([op, operand]) => ({ ...node, kind: 'unary', op, operand }) as const),
      fc
        .tuple(fc.constantFrom(...operators), inner, inner)
        .map(([op, left, right]) => ({ ...node, kind: 'binary', op, left, right }) as const),
      fc
        .tuple(inner, fc.boolean())
        .map(([operand, negated]) => ({ ...node, kind: 'is-null', operand, negated }) as const),
      fc.tuple(inner, typeAst).map(([operand, to]) => ({ ...node, kind: 'cast', operand, to }) as const),
      fc
        .tuple(inner, inner, inner)
        .map(
          ([condition, then, otherwise]) => ({ ...node, kind: 'if', condition, then, otherwise }) as const,
        ),
      fc
        .tuple(inner, fc.array(arm, { minLength: 1, maxLength: 3 }))
        .map(([subject, arms]) => ({ ...node, kind: 'match', subject, arms }) as const),
    ),
  };
}).expr;

const anyName = fc.oneof(
  { weight: 6, arbitrary: word },
  strange,
  fc.constantFrom('__proto__', 'constructor', 'null', 'true', '1', '-'),
);
const unique = <T>(arb: fc.Arbitrary<T>, of: (value: T) => string, minLength = 0) =>
  fc.uniqueArray(arb, { selector: of, minLength, maxLength: 3 });

const plain: fc.Arbitrary<PlainAst> = fc.letrec<{ plain: PlainAst }>((tie) => ({
  plain: fc.oneof(
    { maxDepth: 3 },
    fc
      .oneof(
        text,
        fc.boolean(),
        fc.constant(null),
        fc.integer(),
        fc.bigInt(2n ** 53n, 2n ** 70n),
        fc.double({ noNaN: true, noDefaultInfinity: true }).filter((x) => !Object.is(x, -0)),
        fc.constantFrom('null', 'true', '1_000', '~', '.inf', '1e5', 'yes'),
      )
      .map((value) => ({ ...node, kind: 'plain-scalar', value }) as const),
    fc
      .array(tie('plain'), { maxLength: 3 })
      .map((items) => ({ ...node, kind: 'plain-list', items }) as const),
    unique(fc.tuple(text, tie('plain')), ([key]) => key).map(
      (entries) =>
        ({
          ...node,
          kind: 'plain-map',
          entries: entries.map(([key, value]) => ({ key: { ...node, text: key }, value })),
        }) as const,
    ),
  ),
})).plain;
const plainMap = plain.filter((value) => value.kind === 'plain-map');
const nested = plain.filter((value) => value.kind !== 'plain-scalar');

const flag = fc.boolean().map((value) => ({ value, span: node.span }));
const someText = text.filter((one) => one !== '');
const attributes: fc.Arbitrary<Attributes> = fc.record({
  type: nullable(typeAst),
  unique: nullable(flag),
  missing: nullable(expr),
  missingAs: nullable(expr),
  hidden: nullable(flag),
  length: nullable(expr),
  doc: nullable(someText),
  pii: nullable(someText),
  stream: nullable(nameNode(someText)),
});
const template = parts(expr, true).map((some) => ({ ...node, kind: 'template', parts: some }) as const);
const quotedName = word
  .filter((name) => !RESERVED.has(name))
  .map((name) => ({ ...node, kind: 'name', name, quoted: true }) as const);

const column: fc.Arbitrary<ColumnAst> = fc.letrec<{ column: ColumnAst }>((tie) => ({
  column: fc
    .tuple(
      nameNode(anyName),
      fc.oneof(
        { maxDepth: 2 },
        fc.oneof(expr, template, quotedName).map((value) => ({ kind: 'value', expr: value }) as const),
        unique(tie('column'), (one) => one.name.text, 1).map(
          (fields) => ({ kind: 'struct', fields }) as const,
        ),
      ),
      attributes,
    )
    .map(([name, body, some]) => ({ ...node, name, body, attributes: some })),
})).column;

const span = node.span;
const table: fc.Arbitrary<TableAst> = fc
  .record({
    name: nameNode(word),
    rows: fc.integer({ min: 1, max: 2 ** 48 }).map((value) => ({ value, span })),
    scale: nullable(fc.constant('fixed' as const)),
    key: nullable(nameNode(anyName)),
    block: nullable(
      fc
        .record({
          parent: nameNode(word),
          alias: nameNode(word),
          count: nullable(expr),
          weight: nullable(expr),
        })
        .map((block) => ({ ...node, ...block })),
    ),
    columns: unique(column, (one) => one.name.text, 1),
    constraints: fc.array(
      fc
        .record({
          check: expr,
          when: nullable(expr),
          name: nullable(someText),
          doc: nullable(someText),
          tries: nullable(fc.integer({ min: 1, max: 1e6 }).map((value) => ({ value, span }))),
        })
        .map((one) => ({ ...node, ...one })),
      { maxLength: 2 },
    ),
    uniques: fc.array(
      fc.array(nameNode(anyName), { minLength: 1, maxLength: 3 }).map((columns) => ({ columns, span })),
      { maxLength: 2 },
    ),
    correlate: nullable(plain),
    weigh: nullable(expr),
    doc: nullable(someText),
  })
  .map((one) => ({ ...node, ...one }));

export const spec: fc.Arbitrary<SpecAst> = fc.record({
  dataset: nameNode(word),
  seed: fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
  data: unique(
    fc.record({
      name: nameNode(anyName),
      source: fc.oneof(
        nameNode(someText.filter((path) => !path.includes('\0'))).map(
          (path) => ({ kind: 'file', path }) as const,
        ),
        nested
          .filter(
            (value) =>
              value.kind !== 'plain-map' || !value.entries.some((entry) => entry.key.text === 'file'),
          )
          .map((value) => ({ kind: 'inline', value }) as const),
      ),
    }),
    (one) => one.name.text,
  ),
  lets: unique(fc.record({ name: nameNode(anyName), value: fc.oneof(expr, nested) }), (one) => one.name.text),
  tables: unique(table, (one) => one.name.text, 1),
  quality: fc.array(expr, { maxLength: 2 }),
  models: nullable(plainMap),
  output: nullable(plainMap),
  load: nullable(plainMap),
  use: nullable(plain),
  include: nullable(plain),
});
