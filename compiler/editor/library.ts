import { COLUMN, CONSTRAINT, SPEC, TABLE } from '../1-parse/structure/shapes.ts';
import { functionPage, keyPage, lawPage } from './pages.ts';
import type { Vocabulary } from './schema/vocabulary.ts';

export const KINDS = ['law', 'function', 'attribute'] as const;
export type Kind = (typeof KINDS)[number];

/** What can be looked up: a law, a function or operator, a key of the spec (an attribute). */
export type Item = {
  readonly kind: Kind;
  readonly name: string;
  readonly summary: string;
  /** Markdown. */
  readonly page: () => string;
};

export function libraryItems({ laws, functions }: Vocabulary): readonly Item[] {
  return [
    ...[...laws.values()].map(
      (law): Item => ({ kind: 'law', name: law.name, summary: law.summary, page: () => lawPage(law) }),
    ),
    ...[...functions.values()].map(
      (fn): Item => ({
        kind: 'function',
        name: fn.operator ?? fn.name,
        summary: fn.summary,
        page: () => functionPage(fn),
      }),
    ),
    ...[SPEC, TABLE, COLUMN, CONSTRAINT].flatMap((shape) =>
      Object.entries(shape.keys).map(
        ([name, key]): Item => ({
          kind: 'attribute',
          name,
          summary: `of ${shape.name}: ${key.doc}`,
          page: () => keyPage(shape.name, name, key),
        }),
      ),
    ),
  ];
}
