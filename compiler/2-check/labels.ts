import type { ExprAst } from '../1-parse/ast.ts';

export type BucketRange = {
  readonly lo: number;
  readonly hi: number;
  readonly halfOpen: boolean;
  readonly integer: boolean;
};

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

const END = String.raw`-?\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?`;
const RANGE = new RegExp(String.raw`^(${END})\.\.(<?)(${END})$`);

/** A bucket of a histogram; null where the label is none, or is empty. */
export function labelRange(label: string): BucketRange | null {
  const match = RANGE.exec(label);
  if (!match) return null;
  const number = (text: string) => Number(text.replaceAll('_', ''));
  const [lo, hi] = [number(match[1] ?? ''), number(match[3] ?? '')];
  const halfOpen = match[2] === '<';
  if (!(lo <= hi) || (halfOpen && lo === hi)) return null;
  return { lo, hi, halfOpen, integer: !/[.eE]/.test(`${match[1]}${match[3]}`) };
}
