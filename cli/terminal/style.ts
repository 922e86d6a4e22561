import type { WriteStream } from 'node:tty';

/** Functions that dress a text for the terminal; without colour they return it as it is. */
export type Style = Readonly<
  Record<'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan', (text: string) => string>
>;

const paint =
  (on: boolean, open: number, close: number) =>
  (text: string): string =>
    on && text !== '' ? `\x1b[${open}m${text}\x1b[${close}m` : text;

export function styleOf(color: boolean): Style {
  return {
    bold: paint(color, 1, 22),
    dim: paint(color, 2, 22),
    red: paint(color, 31, 39),
    yellow: paint(color, 33, 39),
    green: paint(color, 32, 39),
    cyan: paint(color, 36, 39),
  };
}

type Environment = Readonly<Record<string, string | undefined>>;

/** NO_COLOR (no-color.org) wins over FORCE_COLOR, which wins over what the stream is. */
export function wantsColor(stream: { readonly isTTY?: boolean }, env: Environment): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') return env.FORCE_COLOR !== '0';
  return stream.isTTY === true && env.TERM !== 'dumb';
}

/** Columns of the stream's terminal; elsewhere COLUMNS, or 120. */
export function widthOf(
  stream: Pick<WriteStream, 'columns'> | { readonly columns?: number },
  env: Environment,
): number {
  const asked = Number(env.COLUMNS);
  return Math.max(40, stream.columns ?? (Number.isInteger(asked) && asked > 0 ? asked : 120));
}
