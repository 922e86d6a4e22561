import type { Rule } from '../rule.ts';
import { canonicalForms } from './canonical-forms.ts';
import { chooseEncodings } from './choose-encodings.ts';
import { dropDeadColumns } from './drop-dead-columns.ts';
import { dropHoles } from './drop-holes.ts';
import { enumerateFinite } from './enumerate-finite.ts';
import { foldConstants } from './fold-constants.ts';
import { proveConstraints } from './prove-constraints.ts';
import { proveInequalities } from './prove-inequalities.ts';
import { rejectRest } from './reject-rest.ts';
import { sortExchangeable } from './sort-exchangeable.ts';
import { splitConjunctions } from './split-conjunctions.ts';
import { tabulateCodes } from './tabulate-codes.ts';
import { tightenDraws } from './tighten-draws.ts';
import { truncateDraws } from './truncate-draws.ts';

/** In order: folding makes parameters constant for truncation; what is left over is rejected; then nobody reads the dead. */
export const rules: readonly Rule[] = [
  foldConstants,
  dropHoles,
  proveConstraints,
  splitConjunctions,
  tabulateCodes,
  truncateDraws,
  enumerateFinite,
  proveInequalities,
  tightenDraws,
  sortExchangeable,
  rejectRest,
  canonicalForms,
  dropDeadColumns,
  chooseEncodings,
];

/** Rules that decide how a constraint is met cannot be left out without another in their place. */
export const ESSENTIAL: ReadonlySet<string> = new Set([rejectRest.name]);
