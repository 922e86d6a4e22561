import type { LawDefinition } from '../../../stdlib/define.ts';
import { lawSummary } from '../pages.ts';
import type { Snippet } from './json-schema.ts';

/** A place to fill in, with what stands there at first. */
const place = (number: number, text: string): string => `\${${number}:${text}}`;

/** What an editor offers where a column's expression stands: every law, with its parameters to fill in. */
export const lawSnippets = (laws: Iterable<LawDefinition>): readonly Snippet[] =>
  [...laws].map((law) => ({ label: `~${law.name}`, description: lawSummary(law), body: call(law) }));

/** `~normal(mu, sigma)`, the parameters being places. */
function call({ name, params, free }: LawDefinition): string {
  if (free) {
    const label = free.of === 'label' ? 'label' : '0..9';
    return `~${name}(${place(1, label)}=${place(2, '1')})`;
  }
  const needed = params.filter((param) => param.default === undefined);
  return `~${name}(${needed.map((param, i) => place(i + 1, param.name)).join(', ')})`;
}

export const columnSnippets: readonly Snippet[] = [
  {
    label: 'text',
    description: 'A text with expressions in braces.',
    body: { text: `"${place(1, 'number')} {${place(2, 'row')}}"` },
  },
  {
    label: 'struct',
    description: 'Columns inside a column.',
    body: { struct: { [place(1, 'name')]: place(2, 'row') } },
  },
  {
    label: 'hidden',
    description: 'A column that can be read and is not stored.',
    body: { value: place(1, 'row'), hidden: true },
  },
];

export const constraintSnippets: readonly Snippet[] = [
  {
    label: 'check',
    description: 'A condition on some of the rows.',
    body: { check: place(1, 'a < b'), when: place(2, 'c') },
  },
];
