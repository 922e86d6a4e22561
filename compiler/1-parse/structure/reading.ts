import { isAlias, isMap, isScalar, isSeq, type Scalar, type Node as YamlNode } from 'yaml';
import { diagnose } from '../../diagnostics/diagnose.ts';
import { nearest } from '../../diagnostics/nearest.ts';
import type { Name } from '../ast.ts';
import { brief, type MappedText, type ParseContext } from '../context.ts';
import type { Span } from '../source.ts';
import type { Aliases } from '../yaml/aliases.ts';
import { scalarText } from '../yaml/scalar-text.ts';
import type { Shape } from './shape.ts';

/** What reading the structure needs besides the context. */
export type Reading = ParseContext & {
  readonly text: string;
  readonly aliases: Aliases;
  /** Whether a value begins here that YAML has cut, which is reported already. */
  readonly isCut: (offset: number) => boolean;
  readonly cutAt: (offset: number) => void;
};

export type Value = YamlNode | null;
/** `key: value` of a mapping. */
export type Entry = { readonly key: Name; readonly value: Value; readonly span: Span };

export const spanOf = (node: Value, otherwise: Span): Span =>
  node?.range ? { start: node.range[0], end: Math.max(node.range[0], node.range[1]) } : otherwise;

/** What stands there, an alias followed. A tag, which means nothing here, is reported. */
export function resolve(value: unknown, reading: Reading): Value {
  const node = isAlias(value) ? reading.aliases.get(value) : value;
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) return null;
  if (node.tag !== undefined && node === value) reportTag(node, reading);
  return node;
}

const LONGEST_TAG = 200;

function reportTag(node: YamlNode, { text, report, cutAt }: Reading): void {
  const [start] = node.range ?? [0];
  const tag = /(![^\s,[\]{}]*)\s*$/.exec(text.slice(Math.max(0, start - LONGEST_TAG), start));
  if (!tag) return;
  cutAt(start);
  const at = start - tag[0].length;
  const span = { start: at, end: at + tag[1]!.length };
  report(
    diagnose('TVD1009', { tag: tag[1]! }, { span }, { help: [{ text: 'a negation is written `not …`' }] }),
  );
}

/** The entries of a mapping in their order, each key once; null, reported, when it is none. */
export function entriesOf(
  value: Value,
  what: string,
  fallback: Span,
  reading: Reading,
): readonly Entry[] | null {
  const span = spanOf(value, fallback);
  if (value !== null && reading.isCut(span.start)) return null;
  if (!isMap(value)) {
    reading.report(diagnose('TVD1103', { what, expected: 'a mapping', found: foundIn(value) }, { span }));
    return null;
  }
  const entries = new Map<string, Entry>();
  for (const pair of value.items) {
    const keyNode = resolve(pair.key, reading);
    const pairSpan = {
      start: spanOf(keyNode, span).start,
      end: spanOf(resolveQuietly(pair.value), spanOf(keyNode, span)).end,
    };
    if (!isScalar(keyNode)) {
      reading.report(
        diagnose(
          'TVD1103',
          { what: 'a key', expected: 'a name', found: foundIn(keyNode) },
          { span: spanOf(keyNode, span) },
        ),
      );
      continue;
    }
    const key = nameOf(keyNode, reading);
    const first = entries.get(key.text);
    if (first) {
      const secondary = [{ span: first.key.span, text: 'first here' }];
      reading.report(
        diagnose(
          'TVD1001',
          { key: brief(key.text) },
          { span: key.span, text: 'and again here' },
          { secondary },
        ),
      );
      continue;
    }
    entries.set(key.text, { key, value: resolve(pair.value, reading), span: pairSpan });
  }
  return [...entries.values()];
}

const resolveQuietly = (value: unknown): Value =>
  isScalar(value) || isMap(value) || isSeq(value) ? value : null;

/** The entries of a mapping whose keys are known. Unknown keys and missing ones are reported. */
export function fieldsOf(
  value: Value,
  shape: Shape,
  fallback: Span,
  reading: Reading,
): ReadonlyMap<string, Entry> | null {
  const entries = entriesOf(value, shape.name, fallback, reading);
  if (entries === null) return null;
  const fields = new Map<string, Entry>();
  const unknown: Entry[] = [];
  const keys = Object.keys(shape.keys);
  for (const entry of entries) {
    if (keys.includes(entry.key.text)) fields.set(entry.key.text, entry);
    else unknown.push(entry);
  }
  for (const entry of unknown) {
    const { key } = entry;
    const near = nearest(
      key.text,
      keys.filter((known) => !fields.has(known)),
    );
    const help = near
      ? [{ text: `did you mean \`${near}\`?`, edit: { span: key.span, text: near } }]
      : [{ text: `its keys are ${keys.map((known) => `\`${known}\``).join(', ')}` }];
    reading.report(
      diagnose('TVD1101', { where: shape.name, key: brief(key.text) }, { span: key.span }, { help }),
    );
    // Read as it was meant: a mistyped key is one fault, not also a missing one.
    if (near) fields.set(near, entry);
  }
  for (const required of shape.required ?? []) {
    if (fields.has(required)) continue;
    reading.report(diagnose('TVD1102', { where: shape.name, key: required }, { span: fallback }));
  }
  return fields;
}

export function nameOf(node: Scalar, reading: Reading): Name {
  const { text, outer } = scalarText(node);
  return { id: reading.nextId(), span: outer, text };
}

/** The text of a scalar; null, reported, when there is none. */
export function textOf(
  value: Value,
  what: string,
  fallback: Span,
  reading: Reading,
  expected = 'a text',
): MappedText | null {
  const span = spanOf(value, fallback);
  if (value !== null && reading.isCut(span.start)) return null;
  if (isScalar(value)) {
    const text = scalarText(value);
    if (text.text !== '' || text.quote !== '') return text;
  }
  reading.report(diagnose('TVD1103', { what, expected, found: foundIn(value) }, { span }));
  return null;
}

export function foundIn(value: Value): string {
  if (isMap(value)) return 'a mapping';
  if (isSeq(value)) return 'a list';
  if (!isScalar(value)) return 'nothing';
  const { text } = scalarText(value);
  return text === '' ? 'nothing' : `\`${brief(text)}\``;
}
