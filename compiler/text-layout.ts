import { positionAt, type Source, type Span } from './1-parse/source.ts';
import type { Place } from './5-lower/builder.ts';
import type { Diagnostic, Label } from './diagnostics/diagnostic.ts';

/**
 * The spec's text with those of the command line behind it (conditions, then settings): phases see one text, whose spans
 * lie in one of them.
 */
export type TextLayout = {
  readonly text: Source;
  /** Where each text of the command line starts. */
  readonly starts: readonly number[];
};

export function layoutOf(source: Source, texts: readonly string[]): TextLayout {
  const starts: number[] = [];
  let { text } = source;
  for (const more of texts) {
    starts.push(text.length + 1);
    text += `\n${more}`;
  }
  return { text: { name: source.name, text }, starts };
}

/** 0 for the spec, i + 1 for text i: the index of a diagnostic's source. */
function sourceAt({ starts }: TextLayout, { start }: Span): number {
  return starts.findLastIndex((first) => start >= first) + 1;
}

function inSource(layout: TextLayout, span: Span): Span {
  const first = layout.starts[sourceAt(layout, span) - 1] ?? 0;
  return { start: span.start - first, end: span.end - first };
}

/** Diagnostics of the whole text as diagnostics of the sources that it is made of: the spec, then each text. */
export function located(diagnostic: Diagnostic, layout: TextLayout): Diagnostic {
  if (layout.starts.length === 0) return diagnostic;
  const move = (label: Label): Label =>
    label.source === 0
      ? { ...label, source: sourceAt(layout, label.span), span: inSource(layout, label.span) }
      : label;
  const home = sourceAt(layout, diagnostic.primary.span);
  return {
    ...diagnostic,
    primary: move(diagnostic.primary),
    secondary: diagnostic.secondary.map(move),
    help: diagnostic.help.map((help) => {
      if (!help.edit) return help;
      // An edit is shown in the text of the primary place.
      if (sourceAt(layout, help.edit.span) !== home) return { text: help.text };
      return { ...help, edit: { ...help.edit, span: inSource(layout, help.edit.span) } };
    }),
  };
}

/** Line and column in the spec, or in the text of the command line that `condition` counts from 1. */
export function placeIn(layout: TextLayout, span: Span): Place {
  const text = excerptIn(layout, span);
  const condition = sourceAt(layout, span);
  if (condition === 0) return { text, ...positionAt(layout.text.text, span.start) };
  const first = layout.starts[condition - 1]!;
  return { text, ...positionAt(layout.text.text.slice(first), span.start - first), condition };
}

/** The text of a span, on one line. */
export const excerptIn = (layout: TextLayout, span: Span): string =>
  layout.text.text.slice(span.start, span.end).replace(/\s+/g, ' ');
