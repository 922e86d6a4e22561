import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, printable, truncate, wrap } from '../../cli/terminal/width.ts';

describe('displayWidth', () => {
  it.each([
    ['abc', 3],
    ['été', 3],
    ['e\u0301', 1],
    ['東京', 4],
    ['한국', 4],
    ['Ａ', 2],
    ['🎬', 2],
    ['a\u200bb', 2],
    ['', 0],
  ])('%j takes %d columns', (text, width) => expect(displayWidth(text)).toBe(width));
});

describe('truncate', () => {
  it('leaves what fits', () => expect(truncate('東京', 4)).toBe('東京'));
  it('marks the cut', () => expect(truncate('Silent River', 7)).toBe('Silent…'));
  it('never splits a wide character', () => expect(truncate('東京タワー', 6)).toBe('東京…'));
  it('is never wider than asked', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, width) => {
        expect(displayWidth(truncate(text, width))).toBeLessThanOrEqual(width);
      }),
    ));
});

describe('wrap', () => {
  it('keeps every word', () =>
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }),
        fc.integer({ min: 5, max: 40 }),
        (words, width) => {
          const lines = wrap(words.join(' '), width);
          expect(lines.join(' ')).toBe(words.join(' '));
          for (const line of lines) expect(line.length <= width || !line.includes(' ')).toBe(true);
        },
      ),
    ));
});

describe('printable', () => {
  it.each([
    ['\x1b[31mred', '␛[31mred'],
    ['two\nlines', 'two␊lines'],
    ['\u202egnp.exe', '\ufffdgnp.exe'],
    ['plain 東京', 'plain 東京'],
  ])('%j', (text, shown) => expect(printable(text)).toBe(shown));
});
