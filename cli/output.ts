import { type Style, styleOf, wantsColor, widthOf } from './terminal/style.ts';

/** Where a command writes: results to stdout, what is said to people to stderr. */
export type Output = {
  readonly out: Channel;
  readonly err: Channel;
};
export type Channel = {
  readonly write: (text: string) => void;
  readonly style: Style;
  readonly color: boolean;
  readonly terminal: boolean;
  readonly width: number;
};

export function standardOutput(): Output {
  return { out: channel(process.stdout), err: channel(process.stderr) };
}

function channel(stream: NodeJS.WriteStream): Channel {
  // The reader of a pipe may leave early (`| head`): that ends us, silently.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const color = wantsColor(stream, process.env);
  return {
    write: (text) => stream.write(text),
    style: styleOf(color),
    color,
    terminal: stream.isTTY === true,
    get width() {
      return widthOf(stream, process.env);
    },
  };
}
