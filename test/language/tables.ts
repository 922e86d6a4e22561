import { lawSignature, signature } from '../../compiler/editor/pages.ts';
import { functions } from '../../stdlib/functions/index.ts';
import { laws } from '../../stdlib/laws/index.ts';

const row = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;

/** The laws of the library as a table in Markdown. */
export const lawTable = (): string =>
  row('law', '`within`', 'what it is') +
  row('---', '---', '---') +
  [...laws.values()]
    .map((law) => row(`\`${lawSignature(law)}\``, law.truncatable ? 'yes' : '', law.summary))
    .join('');

/** The functions of the library, operators left out: those are in the table of precedence. */
export const functionTable = (): string =>
  row('function', 'what it gives') +
  row('---', '---') +
  [...functions.values()]
    .filter(({ operator }) => operator === undefined)
    .map(({ name, overloads, summary }) => {
      const forms = overloads.map(
        ({ params, variadic }) => `\`${signature(name, params, variadic ? '…' : '')}\``,
      );
      const short = forms.map((form) => form.replace(/(, \w+\d=…)+/, ', …'));
      return row([...new Set(short)].join(', '), summary);
    })
    .join('');
