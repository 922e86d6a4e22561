import type { PlainAst } from '../1-parse/ast.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import { CODECS, FORMATS } from '../output-formats.ts';
import type { Context } from './context.ts';
import { suggestion } from './names.ts';
import { checkPartitions } from './partitions.ts';
import { entry } from './sections.ts';

/** `output:`: one format, known keys and values; partition columns exist, hold what a path can name, and make no flood of small files. */
export function checkOutput(context: Context): void {
  const { output } = context.ast;
  if (output) checkFormats(context, output);
  const parquet = entry(output, 'parquet');
  const compression = entry(parquet, 'compression');
  if (compression && !isOneOf(CODECS, compression)) {
    mistaken(context, compression, 'compression', `one of ${CODECS.join(', ')}`);
  }
}

/** `{ parquet: { path: ./out } }`, `{ csv: { path: ./out } }`, or `{ format: csv }` alone. */
function checkFormats(context: Context, output: PlainAst): void {
  checkKeys(context, output, '`output`', ['format', ...FORMATS]);
  const entries = output.kind === 'plain-map' ? output.entries : [];
  const formats = entries.filter(({ key }) => key.text === 'format' || isFormat(key.text));
  for (const { key } of formats.slice(1)) {
    context.report(
      diagnose('TVD2322', { first: formats[0]!.key.text, second: key.text }, { span: key.span }),
    );
  }
  for (const { key, value } of formats) {
    if (key.text === 'format') {
      if (!isOneOf(FORMATS, value)) mistaken(context, value, 'format', `one of ${FORMATS.join(', ')}`);
      continue;
    }
    const compression = key.text === 'parquet' ? ['compression'] : [];
    checkKeys(context, value, `\`${key.text}\``, ['path', ...compression, 'partition_by']);
    checkPartitions(context, entry(value, 'partition_by'));
    const path = entry(value, 'path');
    if (path && !isText(path)) mistaken(context, path, 'path', 'a text');
  }
}

const isFormat = (text: string): boolean => FORMATS.some((format) => format === text);
const isOneOf = (known: readonly string[], value: PlainAst): boolean =>
  isText(value) && known.includes(value.value);

const isText = (
  value: PlainAst,
): value is Extract<PlainAst, { kind: 'plain-scalar' }> & { readonly value: string } =>
  value.kind === 'plain-scalar' && typeof value.value === 'string';

const UNCOMPRESSED = [
  { text: 'only Parquet compresses here: leave it out, and compress the files once made' },
];

function checkKeys(context: Context, map: PlainAst, where: string, known: readonly string[]): void {
  if (map.kind !== 'plain-map') {
    mistaken(context, map, where.replaceAll('`', ''), 'a mapping');
    return;
  }
  for (const { key } of map.entries) {
    if (known.includes(key.text)) continue;
    context.report(
      diagnose(
        'TVD1101',
        { where, key: key.text },
        { span: key.span },
        { help: key.text === 'compression' ? UNCOMPRESSED : suggestion(key, known) },
      ),
    );
  }
}

function mistaken(context: Context, value: PlainAst, key: string, expected: string): void {
  const found =
    value.kind === 'plain-map' ? 'a mapping' : value.kind === 'plain-list' ? 'a list' : `\`${value.value}\``;
  context.report(diagnose('TVD1104', { key, expected, found }, { span: value.span }));
}
