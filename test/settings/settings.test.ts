import { expect, test } from 'vitest';
import { compile } from '../../compiler/compile.ts';

const spec = (vat: string, limit: string): string => `tvdd: 1
dataset: shop
seed: 1
let:
  vat: ${vat}
  limit: ${limit}
  law: normal(100, 20)
tables:
  orders:
    rows: 100
    columns:
      net: ~law()
      gross: net * (1 + vat)
    constraints: [net < limit]
`;

const compiled = (text: string, ...settings: readonly string[]) =>
  compile(
    { name: 'spec', text },
    { host: { readFile: () => null }, version: 'test', settings: settings.map((one) => ({ text: one })) },
  );

test('a constant that is set is as if the spec said so', () => {
  const set = compiled(spec('0.21', '150'), 'vat=0.06', 'limit = 100 + 20');
  expect(set.diagnostics).toEqual([]);
  expect(set.plan?.planHash).toBe(compiled(spec('0.06', '100 + 20')).plan?.planHash);
  expect(set.plan?.planHash).not.toBe(compiled(spec('0.21', '150')).plan?.planHash);
  expect(compiled(spec('0.21', '150'), 'law=exponential(0.01)').plan?.planHash).toBe(
    compiled(spec('0.21', '150').replace('normal(100, 20)', 'exponential(0.01)')).plan?.planHash,
  );
});

test.each([
  ['vta=0.06', 'TVD4205', { start: 0, end: 3 }],
  ['vat=0.06 +', 'TVD1201', null],
  ["vat='x'", 'TVD2101', null],
])('%s is told where it stands', (setting, code, span) => {
  const { diagnostics, plan } = compiled(spec('0.21', '150'), setting);
  expect(plan).toBeNull();
  expect(diagnostics.map((one) => one.code)).toEqual([code]);
  if (span) expect(diagnostics[0]?.primary).toMatchObject({ source: 1, span });
});
