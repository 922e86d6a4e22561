/** A text that the user wrote. `name` is what messages call it: a path as given, or `<stdin>`. */
export type Source = { readonly name: string; readonly text: string };

/**
 * Half-open range of UTF-16 offsets into a {@link Source}. Points into the user's file also for expressions inside
 * quoted, folded and block scalars.
 */
export type Span = { readonly start: number; readonly end: number };

export type Position = { readonly line: number; readonly column: number };

/** 1-based line and column (in code points) of an offset. CRLF and CR count as one line end. */
export function positionAt(text: string, offset: number): Position {
  let line = 1;
  let lineStart = 0;
  for (let i = 0; i < offset; i++) {
    const c = text.charCodeAt(i);
    if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) {
      line++;
      lineStart = i + 1;
    }
  }
  return { line, column: [...text.slice(lineStart, offset)].length + 1 };
}
