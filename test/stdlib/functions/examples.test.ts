import { describe, expect, test } from 'vitest';
import { functions } from '../../../stdlib/functions/index.ts';
import { evaluate } from './evaluate.ts';

describe('every example of the library is true', () => {
  const examples = [...functions.values()].flatMap((fn) =>
    fn.examples.map((example) => ({ fn: fn.name, ...example })),
  );
  test.each(examples)('$fn: $expr is $gives', ({ expr, gives }) => {
    expect(evaluate(expr)).toBe(gives);
  });
});
