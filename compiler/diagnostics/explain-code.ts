import { pages } from './pages.generated.ts';

/**
 * The catalogue's page of a code as Markdown, or null for a code that does not exist; `tvd2041` and `2041` are accepted.
 * Import this module only where a page is shown: it carries the whole catalogue.
 */
export function explainCode(code: string): string | null {
  const digits = /^(?:tvd)?(\d{4})$/i.exec(code.trim())?.[1];
  return digits === undefined ? null : (pages.get(`TVD${digits}`) ?? null);
}

/** Every code, in order. */
export const codes: readonly string[] = [...pages.keys()];
