import { SPEC, TABLE } from '../../1-parse/structure/shapes.ts';
import { closedExpression, closedTemplate, expression } from './expressions.ts';
import type { JsonSchema } from './json-schema.ts';
import { columnSnippets, constraintSnippets, lawSnippets } from './snippets.ts';
import { columnMapping, columns, constraintMapping, counted, dataTable, mapping } from './structure.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * The JSON Schema (draft 7) of specs, from the declarations of their keys and of the library. Choices are `if`/`then`, so
 * that a fault is named rather than called an incorrect type.
 */
export function specSchema(vocabulary: Vocabulary): JsonSchema {
  const laws = lawSnippets(vocabulary.laws.values());
  const root = mapping(SPEC, [
    { if: { not: { anyOf: OWN_NAMES } }, then: tablesOf({ allOf: [to('closedColumns')] }) },
  ]);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    description: 'A dataset as laws: tables, columns, constraints.',
    ...root,
    definitions: {
      table: mapping(TABLE, counted),
      columns: columns(),
      column: {
        if: { type: 'object' },
        then: columnMapping(),
        else: to('expression'),
        defaultSnippets: [...laws, ...columnSnippets],
      },
      constraints: { type: 'array', items: to('constraint') },
      constraint: {
        if: { type: 'object' },
        then: constraintMapping(),
        else: to('expression'),
        defaultSnippets: constraintSnippets,
      },
      expression: expression(vocabulary),
      draw: { allOf: [to('expression')], defaultSnippets: laws },
      type: {
        type: 'string',
        pattern: `^\\s*(?:${vocabulary.types.join('|')})\\b`,
        patternErrorMessage: `no such type; there are ${vocabulary.types.join(', ')}`,
        defaultSnippets: vocabulary.types.map((type) => ({
          label: type,
          description: 'A type.',
          body: type,
        })),
      },
      data: dataTable(),
      closedColumns: {
        additionalProperties: { if: { type: 'object' }, then: CLOSED_COLUMN, else: to('closedExpression') },
      },
      closedExpression: closedExpression(vocabulary),
      closedTemplate: closedTemplate(vocabulary),
    },
  };
}

/** What may bring names that a schema cannot know. */
const OWN_NAMES: readonly JsonSchema[] = ['use', 'include', 'let'].map((key) => ({ required: [key] }));

const to = (name: string): JsonSchema => ({ $ref: `#/definitions/${name}` });

const tablesOf = (columnsOf: JsonSchema): JsonSchema => ({
  properties: { tables: { additionalProperties: { properties: { columns: columnsOf } } } },
});

const CLOSED_COLUMN: JsonSchema = {
  properties: { value: to('closedExpression'), text: to('closedTemplate'), struct: to('closedColumns') },
};
