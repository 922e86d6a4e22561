// Writes zones.data.ts from a compiled IANA database:
//
//   node stdlib/zones/build.mjs FOLDER      (/usr/share/zoneinfo, or tzdata/zoneinfo of PyPI's tzdata)
//
// FOLDER/tzdata.zi names the version. Zones of equal contents share a line: a zone and the links to it.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const FIRST = Date.UTC(1900, 0, 1) / 1000;
const folder = process.argv[2];
if (folder === undefined) {
  process.stderr.write('usage: node stdlib/zones/build.mjs FOLDER\n');
  process.exit(2);
}

const version = /^# version (\S+)/.exec(readFileSync(join(folder, 'tzdata.zi'), 'utf8'))?.[1];
if (version === undefined) throw new Error('tzdata.zi does not state its version');

const files = (path) =>
  readdirSync(path).flatMap((name) => {
    const full = join(path, name);
    return statSync(full).isDirectory() ? files(full) : [full];
  });
const skipped = /^(posix|right|posixrules|localtime|Factory|leapseconds)(\/|$)/;

/** RFC 9636: the second, 64-bit block of a TZif file, and its footer. */
function readZone(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const counts = (at) => [20, 24, 28, 32, 36, 40].map((offset) => view.getUint32(at + offset));
  const [utc, standard, leaps, times, types, chars] = counts(0);
  const second = 44 + times * 5 + types * 6 + chars + leaps * 8 + standard + utc;
  const [utc2, standard2, leaps2, times2, types2, chars2] = counts(second);
  const start = second + 44;
  const kinds = start + times2 * 8;
  const offsets = kinds + times2;
  const footer = offsets + types2 * 6 + chars2 + leaps2 * 12 + standard2 + utc2 + 1;
  const offsetOf = (type) => view.getInt32(offsets + type * 6);
  const all = Array.from({ length: times2 }, (_, i) => ({
    at: Number(view.getBigInt64(start + i * 8)),
    offset: offsetOf(bytes[kinds + i]),
  }));
  const before = all.findLast(({ at }) => at <= FIRST)?.offset ?? offsetOf(0);
  const kept = [];
  let last = before;
  // A change of name alone is none; but the last transition is where the rule begins.
  for (const [i, { at, offset }] of all.entries()) {
    if (at <= FIRST) continue;
    if (offset !== last || i === all.length - 1) kept.push({ at, offset });
    last = offset;
  }
  return { before, kept, footer: bytes.subarray(footer, bytes.indexOf(10, footer)).toString('ascii') };
}

function encode({ before, kept, footer }) {
  const offsets = [...new Set([before, ...kept.map(({ offset }) => offset)])];
  let last = FIRST;
  const steps = kept.map(({ at, offset }) => {
    const step = `${(at - last).toString(36)}:${offsets.indexOf(offset).toString(36)}`;
    last = at;
    return step;
  });
  return `${offsets.join(' ')}|${steps.join(' ')}|${footer}`;
}

const zones = new Map();
for (const file of files(folder)) {
  const name = relative(folder, file);
  const bytes = readFileSync(file);
  if (skipped.test(name) || bytes.toString('ascii', 0, 4) !== 'TZif') continue;
  const code = encode(readZone(bytes));
  zones.set(code, [...(zones.get(code) ?? []), name].sort());
}

const lines = [...zones].map(([code, names]) => ` ${names.join(' ')} |${code}`).sort();
const path = new URL('zones.data.ts', import.meta.url);
writeFileSync(
  path,
  `/**
 * The IANA time zone database, written by build.mjs. A line is
 *
 *     names of equal zones | offsets in s, the first holding in 1900 | s after the transition before : offset (base 36) … | rule after the last
 */
export const TZDATA_VERSION = '${version}';
export const ZONES = \`
${lines.join('\n')}
\`;
`,
);
process.stdout.write(
  `${version}: ${[...zones.values()].flat().length} names, ${zones.size} zones, ${statSync(path).size} bytes\n`,
);
