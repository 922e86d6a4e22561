import type { Source } from '../1-parse/source.ts';
import type { Diagnostic, Help, Label } from './diagnostic.ts';
import { type Lines, lineAt, linesOf, lineText, printable, widthOf } from './lines.ts';
import { type Paint, snippet } from './snippet.ts';

type Colors = Paint & {
  readonly title: (text: string) => string;
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly help: (text: string) => string;
};

const sgr = (code: string) => (text: string) => (text === '' ? '' : `\u001b[${code}m${text}\u001b[0m`);
const same = (text: string) => text;

function colorsOf(color: boolean, severity: Diagnostic['severity']): Colors {
  if (!color) {
    return {
      gutter: same,
      primary: same,
      secondary: same,
      title: same,
      error: same,
      warning: same,
      help: same,
    };
  }
  const error = sgr('1;31');
  const warning = sgr('1;33');
  const primary = severity === 'error' ? error : warning;
  return {
    gutter: sgr('1;34'),
    primary,
    secondary: sgr('1;34'),
    title: sgr('1'),
    error,
    warning,
    help: sgr('1;36'),
  };
}

/** Each diagnostic in rustc's layout, an empty line between them. */
export function renderText(
  diagnostics: readonly Diagnostic[],
  sources: readonly Source[],
  color: boolean,
): string {
  const indexed = new Map<Source, Lines>();
  const linesFor = (source: Source): Lines => {
    const lines = indexed.get(source) ?? linesOf(source);
    indexed.set(source, lines);
    return lines;
  };
  return diagnostics.map((one) => `${renderOne(one, sources, linesFor, color).join('\n')}\n`).join('\n');
}

function renderOne(
  diagnostic: Diagnostic,
  sources: readonly Source[],
  linesFor: (source: Source) => Lines,
  color: boolean,
): string[] {
  const colors = colorsOf(color, diagnostic.severity);
  const { severity, code, message, primary, secondary } = diagnostic;
  const out = [`${colors[severity](`${severity}[${code}]`)}${colors.title(`: ${printable(message)}`)}`];
  const home = sources[primary.source];
  const labels = [primary, ...secondary].filter((label) => sources[label.source] !== undefined);
  const digits = digitsOf(labels, diagnostic.help, sources, home, linesFor);
  const pad = ' '.repeat(digits);
  const order = [...new Set(labels.map((label) => label.source))];
  for (const [index, source] of order.map((at) => sources[at]).entries()) {
    if (source === undefined) continue;
    const mine = labels.filter((label) => sources[label.source] === source);
    const lines = linesFor(source);
    out.push(
      `${pad}${colors.gutter(index === 0 ? '-->' : ':::')} ${printable(source.name)}:${where(lines, mine[0]!)}`,
    );
    const marks = mine.map((label) => ({ ...label.span, text: label.text, primary: label === primary }));
    out.push(...snippet(lines, marks, digits, colors));
  }
  const notes = [...diagnostic.notes.map((note) => ['note', note] as const)];
  if (home !== undefined) out.push(colors.gutter(`${pad} |`));
  for (const [kind, text] of notes) out.push(tailOf(kind, text, pad, colors));
  for (const help of diagnostic.help) {
    out.push(
      ...(help.edit && home ? mended(help, linesFor(home), digits, colors) : [helpLine(help.text, colors)]),
    );
  }
  out.push(tailOf('more', `tvdd explain ${code}`, pad, colors));
  return out;
}

const helpLine = (text: string, colors: Colors): string => `${colors.help('help')}: ${printable(text)}`;

const tailOf = (kind: string, text: string, pad: string, colors: Colors): string =>
  `${pad} ${colors.gutter('=')} ${colors.title(kind)}: ${text.split('\n').map(printable).join(`\n${pad}         `)}`;

function where(lines: Lines, { span }: Label): string {
  const line = lineAt(lines, span.start);
  return `${line + 1}:${[...lines.text.slice(lines.starts[line], span.start)].length + 1}`;
}

/** Line numbers are as wide as the largest one shown. */
function digitsOf(
  labels: readonly Label[],
  help: readonly Help[],
  sources: readonly Source[],
  home: Source | undefined,
  linesFor: (source: Source) => Lines,
): number {
  const ends = labels.map(({ source, span }) =>
    lineAt(linesFor(sources[source]!), Math.max(span.start, span.end - 1)),
  );
  const edits = home
    ? help.flatMap(({ edit }) =>
        edit ? [lineAt(linesFor(home), edit.span.end) + edit.text.split('\n').length - 1] : [],
      )
    : [];
  return String(Math.max(0, ...ends, ...edits) + 1).length;
}

/** The help and the lines as they are after its edit, what is new underlined. */
function mended({ text, edit }: Help, lines: Lines, digits: number, colors: Colors): string[] {
  if (!edit) return [];
  const first = lineAt(lines, edit.span.start);
  const last = lineAt(lines, edit.span.end);
  const before = lines.text.slice(lines.starts[first], edit.span.start);
  const after = lines.text.slice(edit.span.end, Math.max(edit.span.end, lines.ends[last]!));
  const out = [helpLine(text, colors), colors.gutter(`${' '.repeat(digits)} |`)];
  const parts = edit.text.split('\n');
  for (const [index, part] of parts.entries()) {
    const lead = index === 0 ? before : '';
    const line = lead + part + (index === parts.length - 1 ? after : '');
    const shown = printable(line);
    out.push(`${colors.gutter(`${String(first + 1 + index).padStart(digits)} |`)} ${shown}`.trimEnd());
    const width = widthOf(part.trimStart());
    const indent = widthOf(lead) + widthOf(part) - width;
    if (width > 0)
      out.push(
        `${colors.gutter(`${' '.repeat(digits)} |`)} ${' '.repeat(indent)}${colors.help('~'.repeat(width))}`,
      );
  }
  if (lineText(lines, first) === '' && edit.text === '') out.pop();
  return out;
}
