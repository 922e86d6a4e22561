// Reads catalogue/*.md and writes two modules: catalogue.generated.ts (severity and message of every code, small, always
// loaded) and pages.generated.ts (the full Markdown, loaded by `tvdd explain` only).
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const here = fileURLToPath(new URL('.', import.meta.url));

function front(header, fail) {
  try {
    return parse(header);
  } catch (error) {
    return fail(`${error.message.split('\n')[0]}: put the message in quotes`);
  }
}

/** Throws with the page's name when a page breaks the rules of README.md. */
function readPage(file) {
  const fail = (what) => {
    throw new Error(`compiler/diagnostics/catalogue/${file}: ${what}`);
  };
  const code = /^(TVD[1-9]\d{3})\.md$/.exec(file)?.[1];
  if (!code) fail('a page is named TVD, four digits, .md');
  const text = readFileSync(`${here}catalogue/${file}`, 'utf8');
  const [, header, body] =
    /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? fail('starts with YAML front matter');
  const { severity, message, ...rest } = front(header, fail);
  if (Object.keys(rest).length > 0) fail(`unknown key ${Object.keys(rest)[0]} in the front matter`);
  if (severity !== 'error' && severity !== 'warning') fail('severity is error or warning');
  if (typeof message !== 'string' || message === '') fail('message is a text');
  if (/[{}]/.test(message.replace(/\{[a-z][A-Za-z]*\}/g, '')))
    fail('braces in a message enclose the name of a hole');
  if (/^[A-Z][a-z]/.test(message) || message.endsWith('.'))
    fail('a message starts in lower case and has no final period');
  if (body.trim() === '') fail('says nothing');
  return {
    code,
    severity,
    message,
    markdown: `# ${code}: ${message.replace(/\{(\w+)\}/g, '‹$1›')}\n\n${body.trim()}\n`,
  };
}

const writeIfChanged = (path, text) => {
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
};

/** Good pages are written even where others are faulty. */
export function generate() {
  const faults = [];
  const pages = readdirSync(`${here}catalogue`)
    .filter((file) => file.endsWith('.md'))
    .sort()
    .flatMap((file) => {
      try {
        return [readPage(file)];
      } catch (error) {
        faults.push(error.message);
        return [];
      }
    });
  const entries = pages.map(
    ({ code, severity, message }) =>
      `  ${code}: { severity: '${severity}', message: ${JSON.stringify(message)} },\n`,
  );
  const texts = pages.map(({ code, markdown }) => `  ['${code}', ${JSON.stringify(markdown)}],\n`);
  writeIfChanged(
    `${here}catalogue.generated.ts`,
    `export const catalogue = {\n${entries.join('')}} as const;\n`,
  );
  writeIfChanged(
    `${here}pages.generated.ts`,
    `export const pages: ReadonlyMap<string, string> = new Map([\n${texts.join('')}]);\n`,
  );
  if (faults.length > 0) throw new Error(faults.join('\n'));
}
