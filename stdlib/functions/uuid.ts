import { defineFunction, type FunctionDefinition } from '../define.ts';
import { UUID } from '../types.ts';
import { integerOf } from './args.ts';

export const uuid: FunctionDefinition = defineFunction({
  name: 'uuid',
  summary: 'A UUID that belongs to an integer, different for different integers.',
  doc: 'Version 4 in form, a bijection of the integer keyed by seed, table and column: `uuid(row)` is a key without memory.',
  overloads: [
    {
      params: [{ name: 'x', type: 'int', doc: 'An integer, most often `row`.' }],
      result: UUID,
      lower: (b, [x]) => ({
        slot: b.kernel('uuid_of', { kind: 'uuid' }, [
          { i64: b.stream('uuid') },
          { slot: integerOf(b, x).step },
        ]),
        type: UUID,
      }),
    },
  ],
  nulls: 'strict',
  domain: ([x]) => ({ kind: 'any', nullable: x!.domain.nullable }),
  examples: [],
});
