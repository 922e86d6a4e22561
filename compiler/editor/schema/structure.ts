import type { Key, KeyValue, Shape } from '../../1-parse/structure/shape.ts';
import { COLUMN, CONSTRAINT, DATA_FILE, TABLE } from '../../1-parse/structure/shapes.ts';
import { keySummary } from '../pages.ts';
import type { JsonSchema } from './json-schema.ts';

const TEXT: JsonSchema = { type: ['string', 'number', 'boolean'] };
const NAME: JsonSchema = {
  pattern: '^[A-Za-z_][A-Za-z0-9_]{0,254}$',
  patternErrorMessage: 'letters, digits and underscores, a letter first',
};
/** Columns and constants: what backticks can quote and a path can hold. */
const ANY_NAME: JsonSchema = {
  pattern: '^(?!\\s)[^.`\\n]{1,255}$',
  patternErrorMessage: 'a name has no points, backticks or line breaks',
};
const to = (name: string): JsonSchema => ({ $ref: `#/definitions/${name}` });

/** The schema of a mapping with known keys. */
export function mapping({ keys, required }: Shape, conditions: readonly JsonSchema[] = []): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, keySchema(key)])),
    additionalProperties: false,
    ...(required ? { required } : {}),
    ...(conditions.length > 0 ? { allOf: conditions } : {}),
  };
}

/** Hover and completion show the key's own documentation, so it stands before what is under it. */
function keySchema(key: Key): JsonSchema {
  const about = { description: key.doc, markdownDescription: keySummary(key) };
  const value = valueSchema(key.value);
  return value.$ref ? { ...about, allOf: [value] } : { ...about, ...value };
}

function valueSchema(value: KeyValue): JsonSchema {
  switch (value.kind) {
    case 'integer':
      return {
        type: ['integer', 'string'],
        pattern: '^[+-]?[0-9][0-9_]*$',
        minimum: Number(value.min),
        maximum: Number(value.max),
        errorMessage: 'a whole number; underscores may group its digits',
      };
    case 'flag':
      return { type: 'boolean', errorMessage: 'true or false' };
    case 'word':
      return { enum: value.of };
    case 'text':
      return value.pattern === undefined ? TEXT : { type: 'string', pattern: value.pattern };
    case 'type':
      return to('type');
    case 'expression':
      return to(value.draws ? 'draw' : 'expression');
    case 'template':
      return TEXT;
    case 'expressions':
      return { type: 'array', items: to('expression') };
    case 'names':
      return {
        type: 'array',
        items: value.many ? { if: { type: 'array' }, then: { items: TEXT }, else: TEXT } : TEXT,
      };
    case 'columns':
      return to('columns');
    case 'constraints':
      return to('constraints');
    case 'named':
      return { type: 'object', minProperties: 1, propertyNames: NAME, additionalProperties: to('table') };
    case 'constants':
      return { type: 'object', propertyNames: ANY_NAME, additionalProperties: {} };
    case 'data':
      return { type: 'object', propertyNames: ANY_NAME, additionalProperties: to('data') };
    case 'mapping':
      return { type: 'object' };
    case 'anything':
      return {};
  }
}

/** What no value matches. */
const NONE = false as const;

/** One of these stands beside attributes. */
const BODIES = ['value', 'text', 'struct'];

/** Neither of these keys, though all keys are known: a mistyped one is a fault already. */
const without = ({ keys }: Shape, needed: readonly string[]): JsonSchema => ({
  propertyNames: { enum: Object.keys(keys) },
  not: { anyOf: needed.map((key) => ({ required: [key] })) },
});

export const columnMapping = (): JsonSchema =>
  mapping(COLUMN, [
    {
      if: without(COLUMN, BODIES),
      then: {
        required: ['value'],
        errorMessage: 'a column says what it is made of: `value`, `text` or `struct`',
      },
    },
    ...BODIES.flatMap((one, i) =>
      BODIES.slice(i + 1).map((other) => ({
        if: { required: [one, other] },
        then: {
          properties: { [other]: NONE },
          errorMessage: `a column has \`${one}\` or \`${other}\`, not both`,
        },
      })),
    ),
  ]);

export const columns = (): JsonSchema => ({
  type: 'object',
  minProperties: 1,
  propertyNames: ANY_NAME,
  additionalProperties: to('column'),
});

export const constraintMapping = (): JsonSchema =>
  mapping(CONSTRAINT, [
    {
      if: without(CONSTRAINT, ['check', 'unique']),
      then: { required: ['check'], errorMessage: 'a constraint has a `check`, or columns that are `unique`' },
    },
  ]);

/** What a table's rows are counted by. */
export const counted: readonly JsonSchema[] = [
  {
    if: without(TABLE, ['rows', 'count', 'for']),
    then: { required: ['rows'], errorMessage: 'a table has `rows`' },
  },
  {
    if: { required: ['for'], ...without(TABLE, ['rows', 'count']) },
    then: { required: ['count'], errorMessage: 'a table with `for` has a `count`, or `rows` in all' },
  },
  {
    if: without(TABLE, ['for']),
    then: {
      properties: { count: NONE, weight: NONE },
      errorMessage: '`count` and `weight` belong to blocks: they need `for: table as name`',
    },
  },
];

export const dataTable = (): JsonSchema => ({
  type: ['object', 'array'],
  errorMessage: '{ file: path }, or the rows themselves',
  if: { type: 'object', required: ['file'] },
  then: mapping(DATA_FILE),
});
