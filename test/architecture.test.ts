import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const listed = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate'],
  { cwd: root, encoding: 'utf8' },
);
const files = listed.split('\n').filter((path) => /\.(ts|mjs)$/.test(path));
const texts = new Map(files.map((path) => [path, readText(path)]));
/** AssemblyScript is another language, whose Math is compiled into the kernels. */
const isKernel = (path: string): boolean => path.startsWith('stdlib/kernels/assembly/');
const ours = [...texts].filter(
  ([path]) => /^(cli|compiler|runtime|stdlib)\/.*\.ts$/.test(path) && !isKernel(path),
);

function readText(path: string): string {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return ''; // deleted, not yet committed
  }
}

const PLAN = 'compiler/5-lower/physical-plan.ts';
/** What the plan's types say in a function: imports nothing but them. */
const INPUTS = 'compiler/5-lower/step-inputs.ts';
type Import = { readonly from: string; readonly to: string; readonly types: boolean };

/** Relative imports of a module, as paths from the root. `types`: erased before anything runs. */
function importsOf(path: string, text: string): readonly Import[] {
  const found = text.matchAll(
    /^(?:import|export)\s+(type\s)?[^'";]*?from\s+'(\.[^']*)'|import\('(\.[^']*)'\)|^import\s+'(\.[^']*)'/gm,
  );
  return [...found].map(([, type, named, dynamic, bare]) => ({
    from: path,
    to: join(dirname(path), named ?? dynamic ?? bare ?? ''),
    types: type !== undefined,
  }));
}
const imports = ours.flatMap(([path, text]) => importsOf(path, text));

/** stdlib ← compiler ← cli → runtime → stdlib; the runtime sees of the compiler the plan alone: its types, and what a step reads. */
function allowed({ from, to, types }: Import): boolean {
  const [source] = from.split('/');
  const [target] = to.split('/');
  if (source === target || source === 'cli') return true;
  if (target === 'stdlib') return source === 'compiler' || source === 'runtime';
  return source === 'runtime' && ((to === PLAN && types) || to === INPUTS);
}

describe('architecture', () => {
  it('sees the modules and their imports', () => {
    expect(ours.length).toBeGreaterThan(50);
    expect(imports.length).toBeGreaterThan(ours.length);
  });

  it('dependencies point one way', () => {
    expect(imports.filter((one) => !allowed(one)).map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  it('the plan is types only, and what a step reads is told by them', () => {
    expect(texts.get(PLAN)).not.toMatch(/^export (const|function|class|let)/m);
    expect(imports.filter(({ from }) => from === INPUTS)).toEqual([{ from: INPUTS, to: PLAN, types: true }]);
  });

  it('no file is over 400 lines', () => {
    const long = [...texts]
      .filter(([path]) => !/\.generated\.ts$/.test(path))
      .map(([path, text]) => [path, text.split('\n').length] as const);
    expect(long.filter(([, lines]) => lines > 400)).toEqual([]);
  });

  it('types are neither given up nor silenced', () => {
    const loose = /[:<,(|&] ?any\b(?![ (])|\bas any\b|as unknown as|@ts-ignore|@ts-expect-error|@ts-nocheck/;
    const hits = ours.flatMap(([path, text]) =>
      codeLines(text)
        .filter(([, line]) => loose.test(line))
        .map(([number, line]) => `${path}:${number}: ${line.trim()}`),
    );
    expect(hits).toEqual([]);
  });

  it('generated values come from the kernels’ mathematics, not the host’s, nor from its clock or locale', () => {
    const host =
      /\bMath\.(exp|expm1|log|log1p|log2|log10|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|cbrt|hypot|random)\b|\bIntl\.|\.localeCompare\(|\.toLocale|\bDate\.now\b|\bnew Date\b|\*\*(?!\/)/;
    const hits = ours
      .filter(([path]) => /^(compiler|runtime|stdlib)\//.test(path))
      .flatMap(([path, text]) =>
        codeLines(text)
          .filter(([, line]) => host.test(stripped(line)))
          .map(([number, line]) => `${path}:${number}: ${line.trim()}`),
      )
      .filter((hit) => !EXCEPTIONS.some((exception) => hit.startsWith(exception)));
    expect(hits).toEqual([]);
  });
});

/** Where the host's mathematics decides no value. */
const EXCEPTIONS: readonly string[] = [
  // Bounds of domains, widened by more than what hosts differ in.
  'stdlib/functions/intervals.ts:',
  'stdlib/functions/transcendental.ts:',
  // The size of a hash table.
  'runtime/engine/parents.ts:',
];

/** Lines outside of block comments, numbered. */
function codeLines(text: string): readonly (readonly [number, string])[] {
  let inComment = false;
  return text.split('\n').flatMap((line, i) => {
    if (line.trimStart().startsWith('/*')) inComment = true;
    const code = inComment ? [] : [[i + 1, line] as const];
    if (line.includes('*/')) inComment = false;
    return code;
  });
}

/** Without texts and line comments; powers of integer literals (`2 ** 53`, `10n ** x`) are exact. */
const stripped = (line: string): string =>
  line
    .replace(/'[^']*'|`[^`]*`|"[^"]*"/g, "''")
    .replace(/\/\/.*$/, '')
    .replace(/\b(?:2|10)n? \*\* -?[\w()]+/g, '');
