import type { Shape } from './shape.ts';

export const VERSION = 1n;
export const MOST_SEED = 2n ** 63n - 1n;
export const MOST_ROWS = 1n << 48n;
export const MOST_TRIES = 1n << 20n;
/** `table as name`. */
export const BLOCK = String.raw`^(\s*)(\w+)(\s+as\s+)(\w+)\s*$`;

export const COLUMN: Shape = {
  name: 'a column',
  keys: {
    value: {
      value: { kind: 'expression', draws: true },
      doc: 'The law of the column, or what it is computed from. `~` draws; without it the column depends on others.',
      example: 'value: ~normal(38, 14) within 13..95',
    },
    text: {
      value: { kind: 'template' },
      doc: 'A text with expressions in braces. `{{` and `}}` are braces themselves.',
      example: 'text: "{g.parent} > {g.genre}"',
    },
    struct: {
      value: { kind: 'columns' },
      doc: 'Columns inside this one. They see each other, then the columns of the table.',
      example: 'struct: { region: ~categorical(Europe=40, Africa=25), city: home.city }',
    },
    type: {
      value: { kind: 'type' },
      doc: 'The stored type; inferred where it is left out. A law that the type cannot hold is an error.',
      example: 'type: decimal(10, 2)',
    },
    unique: {
      value: { kind: 'flag' },
      doc: 'No two rows share a value: by construction, proved when the spec is compiled.',
      example: 'unique: true',
    },
    missing: {
      value: { kind: 'expression', draws: false },
      doc: 'A probability, or a condition on the row: where the value is cut, after everything else is made.',
      example: 'missing: 0.02',
    },
    missing_as: {
      value: { kind: 'expression', draws: false },
      doc: 'What is stored where a value is missing, instead of null.',
      example: 'missing_as: "\'unknown\'"',
    },
    hidden: {
      value: { kind: 'flag' },
      doc: 'The column is computed and can be read, also by other tables, but is not stored.',
      example: 'hidden: true',
    },
    length: {
      value: { kind: 'expression', draws: false },
      doc: 'How many characters (code points) a text has; checked when the spec is compiled.',
      example: 'length: 5..100',
    },
    doc: {
      value: { kind: 'text' },
      doc: 'What the column means.',
      example: 'doc: Running time in minutes.',
    },
    pii: {
      value: { kind: 'text' },
      doc: 'Which kind of personal data the column holds.',
      example: 'pii: email',
    },
    stream: {
      value: { kind: 'text' },
      doc: 'The name that the column’s random numbers are keyed by: keeps its values when it is renamed.',
      example: 'stream: age',
    },
  },
};

export const CONSTRAINT: Shape = {
  name: 'a constraint',
  keys: {
    check: {
      value: { kind: 'expression', draws: false },
      doc: 'Rows are draws of the declared law, conditioned on this. Null holds, as in SQL.',
      example: 'check: birth < death',
    },
    when: {
      value: { kind: 'expression', draws: false },
      doc: 'The rows that the check is for: `when a, check b` is `a implies b`.',
      example: 'when: alive',
    },
    name: {
      value: { kind: 'text' },
      doc: 'What the constraint is called in messages and plans.',
      example: 'name: nobody dies before birth',
    },
    doc: { value: { kind: 'text' }, doc: 'Why it holds.', example: 'doc: Civil registry, article 3.' },
    tries: {
      value: { kind: 'integer', min: 1n, max: MOST_TRIES },
      doc: 'How often a row may be redrawn: accepts the cost of a constraint that few rows meet.',
      example: 'tries: 100_000',
    },
    unique: {
      value: { kind: 'names', many: false },
      doc: 'No two rows share these columns’ values.',
      example: 'unique: [first_name, last_name]',
    },
  },
};

export const TABLE: Shape = {
  name: 'a table',
  keys: {
    rows: {
      value: { kind: 'integer', min: 1n, max: MOST_ROWS },
      doc: 'How many rows, exactly.',
      example: 'rows: 1_000_000',
    },
    scale: {
      value: { kind: 'word', of: ['fixed'] },
      doc: '`fixed`: `--scale` leaves this table’s rows as they are.',
      example: 'scale: fixed',
    },
    key: {
      value: { kind: 'text' },
      doc: 'The column by which references store a row. Its values are unique.',
      example: 'key: user_id',
    },
    for: {
      value: { kind: 'text', pattern: BLOCK },
      doc: 'A block of rows for every row of another table, which is read by the name after `as`.',
      example: 'for: users as user',
    },
    count: {
      value: { kind: 'expression', draws: true },
      doc: 'How many rows a block has: a law or an expression.',
      example: 'count: ~poisson(3)',
    },
    weight: {
      value: { kind: 'expression', draws: false },
      doc: 'How `rows`, an exact total, is shared between blocks.',
      example: 'weight: user.activity',
    },
    columns: {
      value: { kind: 'columns' },
      doc: 'Each column is one expression, or a mapping with attributes.',
      example: 'columns: { id: row + 1, age: ~normal(38, 14) within 13..95 }',
    },
    constraints: {
      value: { kind: 'constraints' },
      doc: 'Conditions on rows. They condition the law of the rows, and distort nothing else; the number of rows is exact.',
      example: 'constraints: [birth < death]',
    },
    unique: {
      value: { kind: 'names', many: true },
      doc: 'Columns whose values no two rows share.',
      example: 'unique: [first_name, last_name]',
    },
    correlate: {
      value: { kind: 'anything' },
      doc: 'Columns coupled by a copula: each keeps its law.',
      example: 'correlate: [{ columns: [age, income], copula: gaussian, matrix: [[1, 0.4], [0.4, 1]] }]',
    },
    weigh: {
      value: { kind: 'expression', draws: false },
      doc: 'A number in 0..1 that multiplies the density of a row: a soft constraint.',
      example: 'weigh: affinity[taste][genre]',
    },
    doc: {
      value: { kind: 'text' },
      doc: 'What the table holds. Parquet and Arrow files have it as `comment`.',
      example: 'doc: The catalogue.',
    },
  },
  required: ['columns'],
};

export const DATA_FILE: Shape = {
  name: 'a data file',
  keys: {
    file: {
      value: { kind: 'text' },
      doc: 'A path, relative to the spec: CSV, JSON or YAML.',
      example: 'file: geo/cities.csv',
    },
  },
};

export const SPEC: Shape = {
  name: 'a spec',
  keys: {
    tvdd: {
      value: { kind: 'integer', min: VERSION, max: VERSION },
      doc: 'The version of the language.',
      example: 'tvdd: 1',
    },
    dataset: {
      value: { kind: 'text', pattern: '^[A-Za-z_][A-Za-z0-9_]*$' },
      doc: 'The name of the dataset.',
      example: 'dataset: shop',
    },
    seed: {
      value: { kind: 'integer', min: -MOST_SEED - 1n, max: MOST_SEED },
      doc: 'Another seed gives other data of the same law.',
      example: 'seed: 42',
    },
    use: {
      value: { kind: 'anything' },
      doc: 'Modules with laws, functions and providers of your own.',
      example: 'use: ./my-laws.ts',
    },
    include: {
      value: { kind: 'anything' },
      doc: 'Other files that this spec is put together from.',
      example: 'include: ./taxonomy.yaml',
    },
    data: {
      value: { kind: 'data' },
      doc: 'Small tables to pick from and look up in: files, or rows.',
      example: 'data: { cities: { file: geo/cities.csv } }',
    },
    let: {
      value: { kind: 'constants' },
      doc: 'Named constants, weights, maps and laws. Nothing here draws; a law named here is drawn as `~name()`.',
      example: 'let: { vat: 0.21, heights: "normal(170, 8)" }',
    },
    models: {
      value: { kind: 'mapping' },
      doc: 'Models that make embeddings.',
      example: 'models: { minilm: { kind: sentence, dims: 384 } }',
    },
    tables: {
      value: { kind: 'named', shape: () => TABLE },
      doc: 'The tables of the dataset.',
      example: 'tables: { users: { rows: 1000, columns: { id: row + 1 } } }',
    },
    quality: {
      value: { kind: 'expressions' },
      doc: 'What must hold of the data that is made.',
      example: 'quality: ["entropy(users.language) > 1.0"]',
    },
    output: {
      value: { kind: 'mapping' },
      doc: 'Where files go, and how they are written: as parquet, csv, jsonl or arrow.',
      example: 'output: { parquet: { path: ./out, compression: snappy } }',
    },
    load: {
      value: { kind: 'mapping' },
      doc: 'Databases to load.',
      example: 'load: { milvus: { collection: titles, vector: titles.embedding } }',
    },
  },
  required: ['tvdd', 'dataset', 'seed', 'tables'],
};
