import { explainDot } from './dot.ts';
import type { ExplainFormat } from './formats.ts';
import { explainHtml } from './html/page.ts';
import { explainJson } from './json.ts';
import { explainMermaid } from './mermaid.ts';
import { explainRules } from './rules.ts';
import { explainText, type TextOptions } from './text.ts';
import type { Explanation } from './tree.ts';

/** The tree in one of its forms; `options` are those of a terminal. */
export function renderExplanation(
  plan: Explanation,
  format: ExplainFormat,
  options: Omit<TextOptions, 'nodes'>,
): string {
  switch (format) {
    case 'text':
      return explainText(plan, options);
    case 'nodes':
      return explainText(plan, { ...options, nodes: true });
    case 'rules':
      return explainRules(plan, options);
    case 'json':
      return explainJson(plan);
    case 'html':
      return explainHtml(plan);
    case 'dot':
      return explainDot(plan);
    case 'mermaid':
      return explainMermaid(plan);
  }
}
