import type { LawDefinition } from '../../../stdlib/define.ts';
import { lawSignature, lawSummary } from '../pages.ts';
import type { JsonSchema } from './json-schema.ts';
import {
  countedArguments,
  drawOf,
  knownArguments,
  knownCalls,
  knownLaws,
  knownLawsInHoles,
} from './patterns.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * A scalar that holds an expression. A draw at its beginning brings the law's page (hover), and what can be told of its
 * arguments without reading the expression.
 */
export const expression = ({ laws }: Vocabulary): JsonSchema => ({
  type: ['string', 'number', 'boolean'],
  errorMessage:
    'an expression stands here, as ~normal(38, 14), a + b, or a text in quotes of its own: "\'text\'"',
  allOf: [...laws.values()].map((law) => ({ if: { type: 'string', pattern: drawOf(law) }, then: draw(law) })),
});

function draw(law: LawDefinition): JsonSchema {
  const about = { title: lawSignature(law), markdownDescription: lawSummary(law) };
  if (law.free) return about;
  const takes = law.params.length === 0 ? 'nothing' : law.params.map(({ name }) => name).join(', ');
  const patternErrorMessage = `${law.name} takes ${takes}: ${lawSignature(law)}`;
  return {
    ...about,
    allOf: [knownArguments(law), countedArguments(law)].map((pattern) => ({ pattern, patternErrorMessage })),
  };
}

/** An expression with no name of a law or function that is not known: for specs that bring none of their own. */
export const closedExpression = ({ laws, later, functions, types }: Vocabulary): JsonSchema => ({
  if: { type: 'string' },
  then: {
    allOf: [
      {
        pattern: knownLaws([...laws.keys(), ...later.laws]),
        patternErrorMessage: `no such law; there are ${[...laws.keys()].sort().join(', ')}`,
      },
      {
        pattern: knownCalls([...laws.keys(), ...later.laws, ...functions.keys(), ...later.functions], types),
        patternErrorMessage: `no such function or type; functions are ${[...functions.values()]
          .filter(({ operator }) => operator === undefined)
          .map(({ name }) => name)
          .sort()
          .join(', ')}`,
      },
    ],
  },
});

export const closedTemplate = ({ laws, later }: Vocabulary): JsonSchema => ({
  if: { type: 'string' },
  then: {
    pattern: knownLawsInHoles([...laws.keys(), ...later.laws]),
    patternErrorMessage: `a draw of no known law; there are ${[...laws.keys()].sort().join(', ')}`,
  },
});
