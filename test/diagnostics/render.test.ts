import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.ts';
import { renderDiagnostics } from '../../compiler/diagnostics/render.ts';

/** A case: sources with `«primary»`, `‹secondary›` marks in the text, and what is rendered. UPDATE=1 rewrites it. */
type Case = {
  readonly sources: Readonly<Record<string, string>>;
  readonly severity?: 'error' | 'warning';
  readonly message: string;
  readonly labels?: readonly string[];
  readonly notes?: readonly string[];
  readonly help?: readonly { readonly text: string; readonly replace?: string; readonly with?: string }[];
};

const folder = new URL('./render/', import.meta.url);
const OPEN = /[«‹]/;

function build(one: Case) {
  const labels: { source: number; span: { start: number; end: number }; primary: boolean }[] = [];
  const sources = Object.entries(one.sources).map(([name, marked], source) => {
    let text = '';
    const open: { start: number; primary: boolean }[] = [];
    for (const char of marked) {
      if (OPEN.test(char)) open.push({ start: text.length, primary: char === '«' });
      else if (char === '»' || char === '›') {
        const { start, primary } = open.pop()!;
        labels.push({ source, span: { start, end: text.length }, primary });
      } else text += char;
    }
    return { name, text };
  });
  labels.sort((a, b) => Number(b.primary) - Number(a.primary));
  const [primary, ...secondary] = labels.map(({ source, span }, i) => ({
    source,
    span,
    text: one.labels?.[i] ?? '',
  }));
  const home = sources[primary!.source]!.text;
  const help = (one.help ?? []).map((way) => {
    if (way.replace === undefined) return { text: way.text };
    const start = home.indexOf(way.replace);
    return {
      text: way.text,
      edit: { span: { start, end: start + way.replace.length }, text: way.with ?? '' },
    };
  });
  const diagnostic: Diagnostic = {
    code: 'TVD1001',
    severity: one.severity ?? 'error',
    message: one.message,
    primary: primary!,
    secondary,
    notes: one.notes ?? [],
    help,
  };
  return { sources, diagnostic };
}

describe('rendering', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
    const { sources, diagnostic } = build(parse(readFileSync(new URL(file, folder), 'utf8')) as Case);
    for (const format of ['text', 'json', 'github'] as const) {
      const expected = new URL(
        `expected-${file.replace('.yaml', '')}.${format === 'text' ? 'txt' : format}`,
        folder,
      );
      test(`${file} as ${format}`, () => {
        const rendered = renderDiagnostics([diagnostic], sources, { color: false, format });
        if (process.env.UPDATE) writeFileSync(expected, rendered);
        expect(rendered).toBe(readFileSync(expected, 'utf8'));
      });
    }
    test(`${file}: colours only colour`, () => {
      const plain = renderDiagnostics([diagnostic], sources, { color: false, format: 'text' });
      const colored = renderDiagnostics([diagnostic], sources, { color: true, format: 'text' });
      expect(colored).not.toBe(plain);
      expect(colored.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '')).toBe(plain);
    });
  }

  test('sorted by source and position, errors and warnings together', () => {
    const at = (start: number, severity: 'error' | 'warning', message: string): Diagnostic => ({
      ...build({ sources: { a: '«x»' }, message }).diagnostic,
      severity,
      primary: { source: 0, span: { start, end: start + 1 }, text: '' },
    });
    const text = renderDiagnostics(
      [at(4, 'error', 'third'), at(2, 'warning', 'second'), at(0, 'error', 'first')],
      [{ name: 'a', text: 'a b c' }],
      { color: false, format: 'github' },
    );
    expect(text.match(/first|second|third/g)).toEqual(['first', 'second', 'third']);
  });

  test('a fault that lies in no file has no location', () => {
    const { diagnostic } = build({ sources: { a: '«x»' }, message: 'the disk is full' });
    const nowhere = { ...diagnostic, primary: { source: -1, span: { start: 0, end: 0 }, text: '' } };
    expect(renderDiagnostics([nowhere], [], { color: false, format: 'text' })).toBe(
      'error[TVD1001]: the disk is full\n  = more: tvdd explain TVD1001\n',
    );
  });
});
