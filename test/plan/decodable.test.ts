import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ambiguity, type Branches } from '../../compiler/3-plan/decodable.ts';

/** Every derivation spelled out: the definition. */
function repeated(branches: Branches): boolean {
  const texts = branches.flatMap((parts) =>
    parts.reduce<readonly string[]>(
      (heads, words) => heads.flatMap((head) => words.map((word) => head + word)),
      [''],
    ),
  );
  return new Set(texts).size < texts.length;
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', ' '), minLength: 0, maxLength: 3 });
const part = fc.oneof(fc.constant([' ']), fc.uniqueArray(word, { minLength: 1, maxLength: 4 }));
const branches = fc.array(fc.array(part, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 });

test('a text with two derivations is found exactly where there is one', () => {
  fc.assert(
    fc.property(branches, (given) => {
      expect(ambiguity(given) !== null).toBe(repeated(given));
    }),
    { numRuns: 5000, seed: 1 },
  );
});

test('the text that is named really has two derivations', () => {
  expect(
    ambiguity([
      [
        ['a', 'ab'],
        ['bc', 'c'],
      ],
    ])?.text,
  ).toBe('abc');
  expect(
    ambiguity([
      [['The '], ['Moon']],
      [['The '], ['Sun', 'Moon']],
    ])?.text,
  ).toBe('The Moon');
  expect(ambiguity([[['x', 'x']]])?.reason).toContain('twice');
});

test('dozens of branches of thousands of phrases are decided quickly', () => {
  const list = (prefix: string, n: number) => Array.from({ length: n }, (_, i) => `${prefix}${i} x`);
  const openers = list('open', 600);
  const endings = Array.from({ length: 4 }, (_, i) => list(`end${i}y`, 500));
  const given = Array.from({ length: 48 }, (_, i) => i).map((i) => [
    openers,
    [' '],
    nouns[i % 12]!,
    [' '],
    endings[Math.floor(i / 12)]!,
  ]);
  expect(ambiguity(given)).toBeNull();
  expect(
    ambiguity(
      given.map((parts, i) =>
        i === 7 ? [...parts.slice(0, 2), [...nouns[7]!, 'noun3y9 x'], ...parts.slice(3)] : parts,
      ),
    ),
  ).not.toBeNull();
});

const nouns = Array.from({ length: 12 }, (_, i) => Array.from({ length: 400 }, (_, j) => `noun${i}y${j} x`));
