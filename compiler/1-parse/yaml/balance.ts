const CLOSER: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);
const LONGEST = 2_000;

/** Goes through brackets and quotes until `stop` says so; the brackets open there, or null inside a quote or at a wrong closer. */
function scan(
  text: string,
  start: number,
  stop: (char: string, depth: number) => boolean,
): { at: number; depth: number } | null {
  const open: string[] = [];
  const last = Math.min(text.length, start + LONGEST);
  let i = start;
  for (; i < last; i++) {
    const char = text[i]!;
    if (stop(char, open.length)) break;
    if (char === "'" || char === '"' || char === '`') {
      i = text.indexOf(char, i + 1);
      if (i < 0) return null;
    } else if (CLOSER.has(char)) open.push(CLOSER.get(char)!);
    else if ((char === ')' || char === ']' || char === '}') && open.pop() !== char) return null;
  }
  return { at: i, depth: open.length };
}

/** Whether brackets and quotes are closed where they are opened. */
export function isBalanced(text: string): boolean {
  const end = scan(text, 0, () => false);
  return end !== null && end.depth === 0;
}

/** Where an expression inside a flow collection ends: before the `,`, `}` or `]` that is not its own. */
export function flowEnd(text: string, start: number): number | null {
  const end = scan(
    text,
    start,
    (char, depth) => depth === 0 && (char === ',' || char === '}' || char === ']'),
  );
  if (end === null || end.depth > 0 || end.at >= text.length) return null;
  return start + text.slice(start, end.at).trimEnd().length;
}
