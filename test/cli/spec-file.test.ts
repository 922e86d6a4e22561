import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Failure } from '../../cli/failure.ts';
import { hostOf, readSpec } from '../../cli/spec-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'tvdd-spec-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function refusal(path: string): string {
  try {
    readSpec(path);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const [{ code, help }] = error.diagnostics as [Failure['diagnostics'][number]];
    return [code, error.exit, ...help.map(({ text }) => text)].join(' | ');
  }
  return 'none';
}
const file = (name: string, bytes: Uint8Array | string): string => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};

describe('readSpec', () => {
  it('takes any UTF-8, byte order mark included', () => {
    expect(readSpec(file('a.yaml', '\ufefftitle: été 東京 🎬\r\n')).text).toBe(
      '\ufefftitle: été 東京 🎬\r\n',
    );
  });

  it.each([
    ['Latin-1', [0x61, 0x0a, 0xe9, 0x0a], 'byte 2 (0xe9, line 2)'],
    ['a character cut off at the end', [0x61, 0xe2, 0x82], 'byte 1 (0xe2, line 1)'],
    ['a surrogate', [0xed, 0xa0, 0x80], 'byte 0 (0xed, line 1)'],
    ['bytes that no text has', [0xff, 0xfe, 0x00], 'byte 0 (0xff, line 1)'],
  ])('refuses %s and says where', (name, bytes, where) => {
    expect(refusal(file(name, Uint8Array.from(bytes)))).toBe(
      `TVD7009 | 1 | save it as UTF-8: ${where} is the first that is not`,
    );
  });

  it('refuses what is too large before it is read whole', () => {
    expect(refusal(file('large.yaml', new Uint8Array(17 * 2 ** 20)))).toBe('TVD7010 | 1');
  });

  it('refuses what is not there, and folders', () => {
    expect(refusal(join(folder, 'nowhere.yaml'))).toBe('TVD7008 | 2');
    expect(refusal(folder)).toBe('TVD7008 | 2 | name the spec in it');
    expect(refusal(join(file('a', ''), 'b.yaml'))).toBe('TVD7008 | 2');
  });
});

it('hostOf reads beside the spec', () => {
  const host = hostOf(file('s.yaml', ''));
  file('data.csv', 'x');
  expect(host.readFile('data.csv')?.length).toBe(1);
  expect(host.readFile('nowhere.csv')).toBeNull();
});
