import { planFacts } from '../facts.ts';
import { count } from '../figures.ts';
import type { Explanation } from '../tree.ts';
import { markup } from './markup.ts';
import { rulesSection } from './rules.ts';
import { STYLE } from './style.ts';
import { tableSection } from './table.ts';

/** The plan as one page that needs nothing else: no scripts, no network; parts fold by `<details>`. */
export function explainHtml(plan: Explanation): string {
  const columns = plan.tables.reduce((sum, table) => sum + table.columns.length, 0);
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${markup(plan.dataset)}: how it is made</title>`,
    `<style>\n${STYLE}\n</style>`,
    '</head>',
    '<body>',
    `<h1>${markup(plan.dataset)}</h1>`,
    `<ul class="facts">${planFacts(plan)
      .map((fact) => `<li>${markup(fact)}</li>`)
      .join('')}</ul>`,
    `<p class="quiet">${count(columns)} columns, numbered in the order in which they are made; each opens. Figures with ~ are estimates, others are exact.</p>`,
    ...plan.tables.map(tableSection),
    rulesSection(plan.rules),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}
