/** A fenced block of a page: its language, what else stands on its first line, its text, its place. */
export type Block = {
  readonly language: string;
  readonly info: readonly string[];
  readonly text: string;
  readonly line: number;
};

export function blocksOf(page: string): readonly Block[] {
  return [...page.matchAll(/^```(\w+)(.*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    language: match[1] ?? '',
    info: (match[2] ?? '').trim().split(/\s+/).filter(Boolean),
    text: match[3] ?? '',
    line: page.slice(0, match.index).split('\n').length,
  }));
}

const HEADER = 'tvdd: 1\ndataset: example\nseed: 1\n';
const OF_SPECS = /^(data|let|output|quality|tables):/;
const OF_TABLES = /^(rows|key|columns|constraints|weigh):/;
const indent = (text: string, by: number) => text.replace(/^(?=.)/gm, ' '.repeat(by));

/** A whole spec as it is. Of a fragment, sections of a spec and of a table are put where they belong; the rest are columns. */
export function completed(text: string): string {
  if (/^tvdd:/m.test(text)) return text;
  const parts = text.split(/^(?=\S)/m);
  const sections = parts.filter((part) => OF_SPECS.test(part)).join('');
  const table = parts.filter((part) => OF_TABLES.test(part)).join('');
  const columns = parts.filter((part) => !OF_SPECS.test(part) && !OF_TABLES.test(part)).join('');
  if (table + columns.trim() === '') return HEADER + sections;
  const rows = /^rows:/m.test(table) ? '' : 'rows: 1000\n';
  const listed = columns.trim() === '' ? '' : `columns:\n${indent(columns, 2)}`;
  return `${HEADER}${sections}${/^tables:/m.test(sections) ? '' : 'tables:\n'}  t:\n${indent(rows + listed + table, 4)}`;
}

/** What a line says of its column: `n: 2 + 1  # gives 3` of the first row, `# mean 0.5` of many. */
export type Claim = { readonly column: string; readonly kind: 'gives' | 'mean'; readonly of: string };

export function claimsOf(text: string): readonly Claim[] {
  return [...text.matchAll(/^\s*(\w+):.*(?:#|;) (gives|mean) (.+)$/gm)].map((match) => ({
    column: match[1] ?? '',
    kind: match[2] === 'mean' ? 'mean' : 'gives',
    of: match[3] ?? '',
  }));
}
