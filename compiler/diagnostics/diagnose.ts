import type { Span } from '../1-parse/source.ts';
import { catalogue } from './catalogue.generated.ts';
import type { Diagnostic, Help, Label } from './diagnostic.ts';

type Catalogue = typeof catalogue;
/** Every page of catalogue/ is a code. */
export type Code = keyof Catalogue;
type HolesOf<Message extends string> = Message extends `${string}{${infer Hole}}${infer Rest}`
  ? Hole | HolesOf<Rest>
  : never;
/** What the holes of a code's message are filled with. */
export type Params<C extends Code> = {
  readonly [Hole in HolesOf<Catalogue[C]['message']>]: string | number | bigint;
};

/** A span and what to write at it. `source` is an index into the sources of the render; 0 is the spec itself. */
export type Place = { readonly span: Span; readonly text?: string; readonly source?: number };
export type Extra = {
  readonly secondary?: readonly Place[];
  readonly notes?: readonly string[];
  readonly help?: readonly Help[];
};

/** For faults that lie in no file (a command line, a full disk). */
export const NOWHERE: Place = { span: { start: 0, end: 0 }, source: -1 };

const labelOf = (place: Place): Label => ({
  source: place.source ?? 0,
  span: place.span,
  text: place.text ?? '',
});

/** A diagnostic of the catalogue; the compiler checks that the message's holes, and only those, are filled. */
export function diagnose<C extends Code>(
  code: C,
  params: Params<C>,
  primary: Place,
  extra: Extra = {},
): Diagnostic {
  const { severity, message } = catalogue[code];
  const values: Readonly<Record<string, string | number | bigint>> = params;
  return {
    code,
    severity,
    message: message.replace(/\{(\w+)\}/g, (_, hole: string) => String(values[hole])),
    primary: labelOf(primary),
    secondary: (extra.secondary ?? []).map(labelOf),
    notes: extra.notes ?? [],
    help: extra.help ?? [],
  };
}
