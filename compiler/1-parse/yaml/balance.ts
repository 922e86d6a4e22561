const CLOSER: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);
const LONGEST = 2_000;

/** Goes through brackets and quotes until `stop` says so; else what is open at the end, or closes wrongly. */
function scan(
  text: string,
  start: number,
  stop: (char: string, depth: number) => boolean,
): { readonly at: number; readonly depth: number } | 'quote' | 'bracket' {
  const open: string[] = [];
  const last = Math.min(text.length, start + LONGEST);
  let i = start;
  for (; i < last; i++) {
    const char = text[i]!;
    if (stop(char, open.length)) break;
    if (char === "'" || char === '"' || char === '`') {
      i = text.indexOf(char, i + 1);
      if (i < 0) return 'quote';
    } else if (CLOSER.has(char)) open.push(CLOSER.get(char)!);
    else if ((char === ')' || char === ']' || char === '}') && open.pop() !== char) return 'bracket';
  }
  return { at: i, depth: open.length };
}

/** What is opened in a text and not closed, or closed and not opened; null when all is well. */
export function imbalance(text: string): 'bracket' | 'quote' | null {
  const end = scan(text, 0, () => false);
  if (end === 'quote') return 'quote';
  return end === 'bracket' || end.depth > 0 ? 'bracket' : null;
}

/** Where an expression inside a flow collection ends: before the `,`, `}` or `]` that is not its own. */
export function flowEnd(text: string, start: number): number | null {
  const end = scan(
    text,
    start,
    (char, depth) => depth === 0 && (char === ',' || char === '}' || char === ']'),
  );
  if (typeof end === 'string' || end.depth > 0 || end.at >= text.length) return null;
  return start + text.slice(start, end.at).trimEnd().length;
}
