import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { diagnosed } from './diagnosed.ts';

/**
 * A case is a table's columns (or a whole spec) and all that is reported of it, in order: `TVD2001 text that the span
 * covers`. A case that expects nothing is the other half of a rule: what it must leave alone.
 */
type Case = {
  readonly name: string;
  readonly columns?: string;
  readonly spec?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly expect: readonly string[];
};

const HEADER = 'tvdd: 1\ndataset: test\nseed: 1\n';
const indent = (text: string, by: number) => text.trimEnd().replace(/^(?=.)/gm, ' '.repeat(by));

function specOf({ spec, columns }: Case): string {
  if (spec !== undefined) return HEADER + spec;
  return `${HEADER}tables:\n  t:\n    rows: 1000\n    columns:\n${indent(columns ?? '', 6)}\n`;
}

const folder = new URL('cases/', import.meta.url);
for (const file of readdirSync(folder).sort()) {
  const cases: readonly Case[] = parse(readFileSync(new URL(file, folder), 'utf8'));
  describe(file.replace('.yaml', ''), () => {
    for (const each of cases) {
      it(each.name, () => {
        const { diagnostics, text } = diagnosed(specOf(each), each.files ?? {});
        const found = diagnostics.map(({ code, primary }) =>
          `${code} ${text.slice(primary.span.start, primary.span.end).replace(/\s+/g, ' ')}`.trim(),
        );
        expect(found).toEqual(each.expect);
      });
    }
  });
}
