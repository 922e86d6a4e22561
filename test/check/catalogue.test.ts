import { describe, expect, it } from 'vitest';
import { isUnsupported } from '../../compiler/2-check/unsupported.ts';
import { pages } from '../../compiler/diagnostics/pages.generated.ts';
import { diagnosed } from './diagnosed.ts';

const example = (page: string, heading: string): string | null =>
  new RegExp(`## ${heading}\n+\`\`\`yaml\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? null;

describe('pages of the checker', () => {
  for (const [code, page] of pages) {
    if (!code.startsWith('TVD2')) continue;
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
