import { plural } from '../figures.ts';
import type { FiringNode, RuleNode } from '../tree.ts';
import { markup } from './markup.ts';
import { numberLink } from './number-link.ts';

export function rulesSection(rules: readonly RuleNode[]): string {
  return `<h2>Rules of the optimizer</h2>\n${rules.map(ruleBlock).join('\n')}`;
}

function ruleBlock({ name, doc, state, firings }: RuleNode): string {
  const applied = firings.filter((firing) => firing.applied).length;
  const tally =
    state === 'left out'
      ? 'left out'
      : [
          plural(applied, 'firing'),
          ...(firings.length > applied ? [`${firings.length - applied} not applied`] : []),
        ].join(', ');
  const head = `<h3><code>${markup(name)}</code></h3> <span class="quiet">${tally} · ${markup(doc)}</span>`;
  if (firings.length === 0) return `<div class="rule">${head}</div>`;
  return `<details class="rule"><summary>${head}</summary>${firings.map(firingLine).join('')}</details>`;
}

const firingLine = ({ applied, number, table, target, before, after }: FiringNode): string =>
  `<div class="firing"><span>${number === null ? '' : `${numberLink(number)} `}${markup(`${table}.${target}`)}</span>` +
  `<code>${markup(before)}</code>` +
  (applied
    ? `<span>→ <code>${markup(after)}</code></span></div>`
    : `<span class="no">not applied: ${markup(after)}</span></div>`);
