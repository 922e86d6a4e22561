export const EXPLAIN_FORMATS = ['text', 'rules', 'nodes', 'json', 'html', 'dot', 'mermaid'] as const;
export type ExplainFormat = (typeof EXPLAIN_FORMATS)[number];
