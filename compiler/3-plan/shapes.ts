import { children, type Expr } from './expr.ts';

/** Numbers of expressions, counted up as they come: two have one number when they differ in spans and domains only. */
export type Shapes = {
  readonly of: (expr: Expr) => number;
  /** Whether such an expression has a number already. */
  readonly known: (expr: Expr) => boolean;
};

export function createShapes(): Shapes {
  const numbers = new Map<string, number>();
  const seen = new WeakMap<Expr, number>();
  const of = (expr: Expr): number => {
    const before = seen.get(expr);
    if (before !== undefined) return before;
    const text = textOf(expr);
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    seen.set(expr, number);
    return number;
  };
  /** The expression with numbers in the place of those inside it. */
  const textOf = (expr: Expr): string => {
    const inside = new Map<unknown, number>(children(expr).map((child) => [child, of(child)]));
    return JSON.stringify(expr, (key, value: unknown) => {
      if (key === 'span' || key === 'domain') return undefined;
      const number = inside.get(value);
      if (number !== undefined) return `#${number}`;
      if (typeof value === 'bigint') return `${value}n`;
      return value instanceof Map ? [...value] : value;
    });
  };
  return { of, known: (expr) => numbers.has(textOf(expr)) };
}
