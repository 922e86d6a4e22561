import type { LawDefinition } from '../../stdlib/define.ts';
import type { Domain } from '../../stdlib/domain.ts';
import { showType } from '../../stdlib/types.ts';
import type { Span } from '../1-parse/source.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import { commonType } from './constants.ts';
import type { Context } from './context.ts';
import { intersect, interval, isEmpty, numeric, withNull } from './domains.ts';
import { cardinality } from './draws.ts';
import { FAULTY, isFaulty, type Known, mergeRoots } from './known.ts';
import type { LawBinding } from './laws.ts';
import type { Callee } from './overloads.ts';
import { showDomain } from './show-domain.ts';
import { isNextToImpossible } from './tails.ts';

/** `~law(…) within a..b`: what is left of the law between the bounds. */
export function truncated(
  context: Context,
  law: LawDefinition,
  binding: LawBinding,
  known: Known,
  within: Known,
  span: Span,
  callee: Callee,
): Known {
  if (isFaulty(within) || within.type.kind !== 'range') return FAULTY;
  if (!law.truncatable) {
    context.report(diagnose('TVD2116', { law: callee.name }, { span }));
    return FAULTY;
  }
  if (within.value === undefined && !variesByRow(law)) {
    const notes = ['bounds that vary by row are a constraint: `x >= a`'];
    context.report(diagnose('TVD2117', { name: 'within', callee: callee.name }, { span }, { notes }));
    return FAULTY;
  }
  if (!commonType(within.type.of, known.type)) {
    context.report(
      diagnose(
        'TVD2102',
        { what: '`within`', expected: `a range of ${showType(known.type)}`, given: showType(within.type) },
        { span },
      ),
    );
    return FAULTY;
  }
  const halfOpen = Array.isArray(within.value) && within.value[2] === true;
  const range = numeric(within.domain);
  if (!range) return known;
  const bounds = interval(range.lo, range.hi, { loOpen: range.loOpen, hiOpen: range.hiOpen || halfOpen });
  const domain = withNull(
    intersect(withNull(known.domain, true), withNull(bounds, true)),
    known.domain.nullable,
  );
  const likely = withNull(
    intersect(withNull(known.likely, true), withNull(bounds, true)),
    known.domain.nullable,
  );
  const ends = within.value === undefined ? null : { lo: range.lo, hi: range.hi, halfOpen };
  if (isEmpty(domain) || (ends && isNextToImpossible(context, law, binding, ends))) {
    context.report(
      diagnose(
        'TVD2208',
        { law: callee.name, bounds: showDomain(bounds, within.type.of) },
        { span },
        {
          notes: [`the law gives ${showDomain(known.domain, known.type)}`],
        },
      ),
    );
    return FAULTY;
  }
  const roots = new Map([...known.roots.keys()].map((root) => [root, cardinality(known.type, domain)]));
  return {
    ...known,
    domain,
    likely: isEmpty(likely) ? domain : open(likely, law),
    roots: within.roots.size > 0 ? mergeRoots([{ ...known, roots }, within]) : roots,
  };
}

/** Whether a law takes bounds that vary by row. */
const variesByRow = ({ shape }: LawDefinition): boolean =>
  shape.kind === 'continuous' || (shape.kind === 'discrete' && shape.kernelWithin !== null);

/** A continuous law reaches an end with probability 0. */
export function open(domain: Domain, law: LawDefinition): Domain {
  if (law.shape.kind !== 'continuous' || domain.kind !== 'interval' || domain.lo === domain.hi) return domain;
  return { ...domain, loOpen: true, hiOpen: true };
}
