import type { ExprAst } from '../1-parse/ast.ts';

/** A free key as the text that names it: `'Sci-Fi'=3`, `1920..1949=5`, `5=1`. */
export function labelOf(key: ExprAst): string {
  switch (key.kind) {
    case 'text':
      return key.value;
    case 'int':
    case 'bool':
      return String(key.value);
    case 'real':
    case 'date':
    case 'instant':
    case 'duration':
      return key.raw;
    case 'unary':
      return `-${labelOf(key.operand)}`;
    case 'range':
      return `${labelOf(key.lo)}..${key.halfOpen ? '<' : ''}${labelOf(key.hi)}`;
    default:
      return '';
  }
}
