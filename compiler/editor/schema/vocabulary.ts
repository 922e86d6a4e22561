import type { FunctionDefinition, LawDefinition } from '../../../stdlib/define.ts';
import { functions } from '../../../stdlib/functions/index.ts';
import { laws } from '../../../stdlib/laws/index.ts';
import { laterFunctions, laterLaws } from '../../2-check/later.ts';
import { typeNames } from '../../2-check/type-names.ts';

/** The names that a spec may use; `later`: those that are checked and do not run yet. */
export type Vocabulary = {
  readonly laws: ReadonlyMap<string, LawDefinition>;
  readonly functions: ReadonlyMap<string, FunctionDefinition>;
  readonly types: readonly string[];
  readonly later: { readonly laws: readonly string[]; readonly functions: readonly string[] };
};

/** That of the language and its library. */
export const standardVocabulary: Vocabulary = {
  laws,
  functions,
  types: typeNames,
  later: { laws: [...laterLaws], functions: [...laterFunctions.keys()] },
};
