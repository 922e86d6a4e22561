import type { Style } from './style.ts';

/** The Markdown of our own pages, dressed for a terminal: headings, code blocks, code in text. */
export function renderMarkdown(markdown: string, style: Style): string {
  let inCode = false;
  const lines: string[] = [];
  for (const line of markdown.split('\n')) {
    if (line.startsWith('```')) inCode = !inCode;
    else if (inCode) lines.push(line === '' ? '' : style.dim(`    ${line}`));
    else if (line.startsWith('#')) lines.push(style.bold(line.replace(/^#+\s*/, '')));
    else lines.push(line.replace(/`([^`]+)`/g, (_, code: string) => style.cyan(code)));
  }
  return lines.join('\n');
}
