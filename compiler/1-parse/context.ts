import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { NodeId } from './ast.ts';
import type { Span } from './source.ts';

/** What the parts of one parse share. */
export type ParseContext = {
  readonly nextId: () => NodeId;
  readonly report: (diagnostic: Diagnostic) => void;
};

export function createContext(firstId = 0): ParseContext & { readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  let id: NodeId = firstId;
  return {
    diagnostics,
    nextId: () => id++,
    report: (diagnostic) => {
      diagnostics.push(diagnostic);
    },
  };
}

/** A text read from a YAML scalar, and where in the file each part of it was written. */
export type MappedText = {
  readonly text: string;
  /** The span in the file of a half-open range of `text`. */
  readonly spanOf: (start: number, end: number) => Span;
  /** The whole scalar, quotes included. */
  readonly outer: Span;
  /** The quotes that YAML has removed. */
  readonly quote: '' | "'" | '"';
};

/** A text that stands in the file as it is. */
export function plainText(text: string, offset = 0): MappedText {
  const spanOf = (start: number, end: number): Span => ({ start: offset + start, end: offset + end });
  return { text, spanOf, outer: spanOf(0, text.length), quote: '' };
}

/** What a message quotes of a text that may be of any length. */
export const brief = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);
