import { plural } from './figures.ts';
import { type Dress, PLAIN, wrap } from './layout.ts';
import { headLines, type TextOptions, titled } from './text.ts';
import type { Explanation, FiringNode, RuleNode } from './tree.ts';

/** Every rule in its order: what it does, each firing before and after, and where it did not apply, why. */
export function explainRules(
  plan: Explanation,
  { width, dress = PLAIN }: Omit<TextOptions, 'nodes'>,
): string {
  const blocks = plan.rules.map((rule) => ruleLines(rule, width, dress));
  return `${[headLines(plan, width, dress), ...blocks].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function ruleLines({ name, doc, state, firings }: RuleNode, width: number, dress: Dress): readonly string[] {
  const applied = firings.filter((firing) => firing.applied);
  const refused = firings.filter((firing) => !firing.applied);
  const tally =
    state === 'left out'
      ? 'left out by --without'
      : [
          plural(applied.length, 'firing'),
          ...(refused.length > 0 ? [`${refused.length} not applied`] : []),
        ].join(', ');
  return [
    ...titled(name, [tally], width, dress),
    ...indented(doc, '  ', width),
    ...applied.flatMap((firing) => firingLines(firing, ['before', 'after'], width)),
    ...refused.flatMap((firing) => firingLines(firing, ['kept', 'not applied'], width)),
  ];
}

function firingLines(
  { table, target, number, before, after }: FiringNode,
  [was, became]: readonly [string, string],
  width: number,
): readonly string[] {
  const margin = Math.max(was.length, became.length) + 2;
  const labelled = (label: string, text: string): readonly string[] =>
    indented(text, ' '.repeat(6 + margin), width).map((line, i) =>
      i === 0 ? `      ${label.padEnd(margin)}${line.trimStart()}` : line,
    );
  const place = `${number === null ? '' : `(${number}) `}${table}.${target}`;
  return [...indented(place, '    ', width), ...labelled(was, before), ...labelled(became, after)];
}

const indented = (text: string, margin: string, width: number): readonly string[] =>
  wrap(text, Math.max(20, width - margin.length)).map((line) => margin + line);
