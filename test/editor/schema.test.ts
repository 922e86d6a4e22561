import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseSpec } from '../../compiler/1-parse/parse.ts';
import { codes, explainCode } from '../../compiler/diagnostics/explain-code.ts';
import { specSchema } from '../../compiler/editor/schema/spec-schema.ts';
import { standardVocabulary } from '../../compiler/editor/schema/vocabulary.ts';

const PUBLISHED = new URL('../../config/tvdd.schema.json', import.meta.url);
const schema = specSchema(standardVocabulary);
const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);

/** The places of what a schema refuses; empty for a good spec. */
function refused(text: string): readonly string[] {
  validate(parse(text, { logLevel: 'silent' }));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

test('the published schema is that of the declarations', () => {
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  if (process.env.UPDATE) writeFileSync(PUBLISHED, text);
  expect(readFileSync(PUBLISHED, 'utf8')).toBe(text);
});

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const SPECS = [
  'config/media_dataset.yaml',
  'examples/quickstart/spec.yaml',
  'test/conformance/laws.yaml',
  'test/e2e/shop.yaml',
  'test/explain/awkward.yaml',
];

test.each(SPECS)('%s is accepted', (path) => {
  expect(refused(read(path))).toEqual([]);
});

const example = (code: string, heading: string): string | undefined =>
  new RegExp(`## ${heading}\\n\\n\`\`\`yaml\\n([\\s\\S]*?)\`\`\``).exec(explainCode(code) ?? '')?.[1];
const withExamples = codes.filter((code) => example(code, 'Right') !== undefined);

test.each(withExamples)('the right example of %s is accepted', (code) => {
  const right = example(code, 'Right') ?? '';
  if (parseSpec({ name: code, text: right }).diagnostics.length > 0) return;
  expect(refused(right)).toEqual([]);
});

/** What a schema can see: keys, values of keys, names of laws, functions and types. */
const STRUCTURAL = withExamples.filter((code) => /^TVD11/.test(code));
test.each([...STRUCTURAL, 'TVD2003', 'TVD2004', 'TVD2122'])('the wrong example of %s is refused', (code) => {
  expect(refused(example(code, 'Wrong') ?? '')).not.toEqual([]);
});
