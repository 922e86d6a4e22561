import type { Cell } from '../../cli/values/cell.ts';

/** What a case says of columns. Fractions are texts: `2/3`. */
export type Expectation = {
  /** Means of numbers, probabilities of booleans; of the rows that have a value. */
  readonly mean?: Readonly<Record<string, Amount>>;
  /** Shares of rows without a value. */
  readonly nulls?: Readonly<Record<string, Amount>>;
  /** Every value that occurs, with its probability. */
  readonly law?: Readonly<Record<string, Readonly<Record<string, Amount>>>>;
  /** Quantiles of continuous columns by probability. */
  readonly quantile?: Readonly<Record<string, Readonly<Record<string, Amount>>>>;
};
export type Amount = number | string;

/** One number beside what it should be; `error` is its standard error. */
export type Comparison = {
  readonly what: string;
  readonly found: number;
  readonly expected: number;
  readonly error: number;
};

export function amount(text: Amount): number {
  const [over, under = 1] = String(text).split('/').map(Number);
  const value = Number(over) / Number(under);
  if (!Number.isFinite(value)) throw new Error(`${text} is no number`);
  return value;
}

export const comparisonsIn = ({ mean = {}, nulls = {}, law = {}, quantile = {} }: Expectation): number =>
  [mean, nulls, ...Object.values(law), ...Object.values(quantile)].reduce(
    (sum, part) => sum + Object.keys(part).length,
    0,
  );

export function compare(
  columns: ReadonlyMap<string, readonly Cell[]>,
  expected: Expectation,
): readonly Comparison[] {
  const cells = (name: string): readonly Cell[] => {
    const found = columns.get(name);
    if (!found) throw new Error(`no column ${name}`);
    return found;
  };
  return [
    ...Object.entries(expected.mean ?? {}).map(([name, value]) => mean(name, cells(name), amount(value))),
    ...Object.entries(expected.nulls ?? {}).map(([name, value]) =>
      share(`${name} is null`, cells(name), (cell) => cell === null, amount(value)),
    ),
    ...Object.entries(expected.law ?? {}).flatMap(([name, law]) =>
      Object.entries(law).map(([key, value]) =>
        share(`${name} = ${key}`, cells(name), (cell) => String(cell) === key, amount(value)),
      ),
    ),
    ...Object.entries(expected.quantile ?? {}).flatMap(([name, quantiles]) =>
      Object.entries(quantiles).map(([p, q]) =>
        share(`${name} <= ${q}`, cells(name), (cell) => Number(cell) <= amount(q), Number(p)),
      ),
    ),
  ];
}

function share(what: string, cells: readonly Cell[], holds: (cell: Cell) => boolean, p: number): Comparison {
  const found = cells.filter(holds).length / cells.length;
  return { what, found, expected: p, error: Math.sqrt((p * (1 - p)) / cells.length) };
}

function mean(name: string, cells: readonly Cell[], expected: number): Comparison {
  const values = Float64Array.from(
    cells.filter((cell) => cell !== null),
    Number,
  );
  const n = values.length;
  const found = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - found) ** 2, 0) / (n - 1);
  return { what: `mean of ${name}`, found, expected, error: Math.sqrt(variance / n) };
}

/** z with P(|Z| > z) <= p for a standard normal Z, by Mills' bound 2 φ(z) / z. */
export function criticalValue(p: number): number {
  const tail = (z: number): number => (2 * Math.exp(-z * z * 0.5)) / (z * Math.sqrt(2 * Math.PI));
  let [low, high] = [1, 40];
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (tail(middle) > p) low = middle;
    else high = middle;
  }
  return high;
}
