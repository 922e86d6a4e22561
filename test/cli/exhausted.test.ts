import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { Failure } from '../../cli/failure.ts';
import { runFailure } from '../../cli/run-fault.ts';
import { compile } from '../../compiler/compile.ts';
import { createEngine } from '../../runtime/engine/engine.ts';

/** `UPDATE=1` writes what is shown: to be read before it is kept. */
const file = new URL('exhausted.yaml', import.meta.url);
const HEADER =
  '# A constraint of `visits` in exhausted.test.ts, a row that runs out of its only try, and what is written beneath its parts.\n';
type Case = { readonly name: string; readonly check: string; readonly row: number; shows: readonly string[] };
const cases: readonly Case[] = parse(readFileSync(file, 'utf8'));

const spec = (check: string): string => `
tvdd: 1
dataset: d
seed: 1
tables:
  towns:
    rows: 3
    columns:
      name: "~pick(['Lyon', 'Nice'])"
  people:
    rows: 5
    columns:
      town: ~ref(towns)
      home: "~pick(['Paris', 'L''Aquila'])"
      born: ~instants(1980-01-01 ..< 2000-01-01)
      day: date(born)
      height: ~normal(170, 10)
      tags: "~choose(1..2, ['S', 'M'])"
      pet: "if height > 170 then home else null"
      age: { value: "~histogram(1..9=1)", missing: 0.99 }
      taste: ~dirichlet(sweet=1, sour=2)
  visits:
    rows: 10
    columns:
      who: ~ref(people)
      at: ~instants(2024-01-01 ..< 2025-01-01)
      cost: ~uniform(50, 100) as decimal(8, 2)
      code: uuid(row)
      label: { text: "it's {row}" }
      ok: ~bernoulli(0.5)
      u: ~uniform(0, 1)
      big: 9007199254740993 + row
    constraints:
      - check: ${JSON.stringify(check)}
        tries: 1
`;

/** Every part of the failing constraint with its value, as the terminal writes it beneath. */
function shownFor({ check, row }: Case): readonly string[] {
  const source = { name: 'spec.yaml', text: spec(check) };
  const { plan, blobs, diagnostics } = compile(source, { host: { readFile: () => null }, version: 'test' });
  if (!plan) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const { paths } = plan.tables.find(({ name }) => name === 'visits')!;
  try {
    createEngine(plan, blobs).evaluate('visits', [row], [paths.who!, paths.u!, paths.ok!]);
  } catch (error) {
    const failure = runFailure(error, [source]);
    if (!(failure instanceof Failure)) throw error;
    const [diagnostic] = failure.diagnostics;
    expect(diagnostic?.code).toBe('TVD6002');
    return diagnostic!.secondary.map(
      ({ span, text }) => `${source.text.slice(span.start, span.end)} → ${text}`,
    );
  }
  throw new Error(`row ${row} meets ${check}`);
}

describe('a row that runs out of tries shows the values under the expression, as the language writes them', () => {
  const shown = cases.map((one) => ({ ...one, shows: shownFor(one) }));
  if (process.env.UPDATE) writeFileSync(file, HEADER + stringify(shown, { lineWidth: 0 }));
  test.each(cases.map((one, i) => ({ ...one, found: shown[i]!.shows })))('$name', ({ shows, found }) => {
    expect(found).toEqual(shows);
  });
});
