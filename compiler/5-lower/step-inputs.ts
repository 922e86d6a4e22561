import type { StepBody } from './physical-plan.ts';

/** The steps that a step reads, in the order of its operands: a fact of the plan, for whoever walks its steps. */
export function stepInputs(body: StepBody): readonly number[] {
  switch (body.op) {
    case 'row-id':
    case 'constant':
      return [];
    case 'kernel':
      return body.operands.flatMap((operand) =>
        'slot' in operand ? [operand.slot] : 'valid' in operand ? [operand.valid] : [],
      );
    case 'parent':
      return [body.ref];
    case 'masked':
      return [body.of, body.when];
    case 'text':
      return body.pieces.flatMap((piece) => ('slot' in piece ? [piece.slot] : []));
  }
}
