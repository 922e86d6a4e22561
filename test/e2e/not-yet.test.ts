import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratch, tvdd } from './tvdd.ts';

/** What the language has and this version cannot run: `check` warns, everything else refuses, nothing ignores it. */
const CASES: readonly (readonly [string, string])[] = [
  [
    'blocks',
    'tables:\n  u: { rows: 3, columns: { a: row } }\n  v:\n    for: u as user\n    count: 2\n    columns: { a: index }\n',
  ],
  [
    'copulas',
    'tables:\n  u:\n    rows: 3\n    columns: { a: "~normal(0, 1)", b: "~normal(0, 1)" }\n    correlate: [{ columns: [a, b], copula: gaussian, matrix: [[1, 0.4], [0.4, 1]] }]\n',
  ],
  [
    'references weighted by any column',
    'tables:\n  u: { rows: 3, columns: { a: "~uniform(0, 1)" } }\n  v: { rows: 3, columns: { b: "~ref(u, by=a)" } }\n',
  ],
  [
    'keys of several drawn columns',
    'tables:\n  u:\n    rows: 3\n    columns: { a: "~uniform(0, 1)", b: "~uniform(0, 1)" }\n    unique: [a, b]\n',
  ],
  [
    'quality',
    'tables:\n  u: { rows: 3, columns: { a: "~uniform(0, 1)" } }\nquality:\n  - entropy(u.a) > 1\n',
  ],
  ['loading', `tables:\n  u: { rows: 3, columns: { a: row } }\nload:\n  postgres: { url: "\${PGURL}" }\n`],
  ['inclusion', 'include: other.yaml\ntables:\n  u: { rows: 3, columns: { a: row } }\n'],
];

describe.each(CASES)('%s', (_, body) => {
  it('is a warning of check and an error of the rest', () => {
    const folder = scratch();
    const spec = join(folder, 'spec.yaml');
    writeFileSync(spec, `tvdd: 1\ndataset: a\nseed: 1\n${body}`);
    const checked = tvdd(['check', spec]);
    expect(checked.stderr).toMatch(/^warning\[TVD29\d\d\]/);
    expect(checked.exit).toBe(0);
    for (const command of ['sample', 'compile', 'run']) {
      const { exit, stdout, stderr } = tvdd([command, spec], { cwd: folder });
      expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
      expect(stderr).toMatch(/^error\[TVD29\d\d\]/);
    }
  });
});
