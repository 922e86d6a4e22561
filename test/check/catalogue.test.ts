import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isUnsupported } from '../../compiler/2-check/unsupported.ts';
import { catalogue } from '../../compiler/diagnostics/catalogue.generated.ts';
import { pages } from '../../compiler/diagnostics/pages.generated.ts';
import { diagnosed } from './diagnosed.ts';

const example = (page: string, heading: string): string | null =>
  new RegExp(`## ${heading}\n+\`\`\`yaml\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? null;

/** Codes that this phase reports; the planner has some of 29xx too. */
const folder = new URL('../../compiler/2-check/', import.meta.url);
const sources = readdirSync(folder).filter((name) => name.endsWith('.ts'));
const own = new Set(
  sources.flatMap((name) => readFileSync(new URL(name, folder), 'utf8').match(/TVD\d{4}/g) ?? []),
);

describe('pages of the checker', () => {
  for (const [code, page] of pages) {
    if (!own.has(code)) continue;
    const wrong = example(page, 'Wrong');
    const right = example(page, 'Right');
    if (wrong === null || right === null) continue;
    it(code, () => {
      expect(diagnosed(wrong).diagnostics.map((found) => found.code)).toContain(code);
      const left = diagnosed(right).diagnostics.filter(
        (found) => !isUnsupported(found) || found.code === code,
      );
      expect(left.map((found) => `${found.code} ${found.message}`)).toEqual([]);
    });
  }
});

it('every code of 20xx to 28xx is reported by this phase', () => {
  const codes = Object.keys(catalogue).filter((code) => code >= 'TVD2000' && code < 'TVD2900');
  expect(codes.filter((code) => !own.has(code))).toEqual([]);
});
