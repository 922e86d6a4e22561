import type { FunctionDefinition, TypePattern } from '../../stdlib/define.ts';
import type { Type } from '../../stdlib/types.ts';

/** The first overload whose parameters take these types; the compiler's own calls always have one. */
export function matchOverload(fn: FunctionDefinition, types: readonly Type[]): number {
  const index = fn.overloads.findIndex(({ params, variadic }) => {
    if (types.length > params.length && !variadic) return false;
    if (params.some((param, i) => i >= types.length && param.default === undefined && !variadic))
      return false;
    return types.every((type, i) => fits(type, (params[i] ?? params[params.length - 1]!).type));
  });
  if (index < 0) throw new Error(`${fn.name} takes no (${types.map((type) => type.kind).join(', ')})`);
  return index;
}

/** Whether a value of a type may stand where the pattern is asked for. */
export function fits(type: Type, pattern: TypePattern): boolean {
  switch (pattern) {
    case 'any':
      return true;
    case 'real':
    case 'number':
      return type.kind === 'int' || type.kind === 'float' || type.kind === 'decimal' || type.kind === 'null';
    case 'text':
      return type.kind === 'text' || type.kind === 'enum' || type.kind === 'null';
    case 'table':
      return type.kind === 'ref';
    default:
      return type.kind === pattern || type.kind === 'null';
  }
}
