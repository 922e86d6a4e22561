import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { analyse } from '../../compiler/compile.ts';

type Case = {
  readonly name: string;
  readonly rows?: number;
  readonly where?: readonly string[];
  readonly quota?: readonly (readonly [string, number])[];
  readonly warns: readonly string[];
};

const cases: readonly Case[] = parse(readFileSync(new URL('few-values.yaml', import.meta.url), 'utf8'));
const city = (city: string, country: string, region: string, population: number) => ({
  city,
  country,
  region,
  population,
});
const cities = [
  city('Lome', 'Togo', 'Africa', 2),
  city('Accra', 'Ghana', 'Africa', 3),
  city('Dakar', 'Senegal', 'Africa', 0),
  city('Ghent', 'Belgium', 'Europe', 1),
  city('Namur', 'Belgium', 'Europe', 1),
  city('Lille', 'France', 'Europe', 2),
];
const columns = {
  home: { value: '~pick(cities, weight=population)', hidden: true },
  continent: 'home.region',
  age: '~histogram(10..80=1)',
};

describe('rows that repeat few rows of data', () => {
  test.each(cases)('$name', ({ rows = 10, where = [], quota = [], warns }) => {
    const spec = { tvdd: 1, dataset: 'd', seed: 1, data: { cities }, tables: { users: { rows, columns } } };
    const conditions = [
      ...where.map((text) => ({ text, rows: null })),
      ...quota.map(([text, rows]) => ({ text, rows })),
    ];
    const { diagnostics } = analyse(
      { name: 'spec.yaml', text: JSON.stringify(spec) },
      { host: { readFile: () => null }, version: 'test', conditions },
    );
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(diagnostics.filter(({ code }) => code === 'TVD4204').map(({ message }) => message)).toEqual(warns);
  });
});
