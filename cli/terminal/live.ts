/** Lines at the foot of a terminal that are drawn over in place. */
export type Live = { readonly draw: (lines: readonly string[]) => void; readonly clear: () => void };

export function liveLines(write: (text: string) => void): Live {
  let shown = 0;
  const up = (): string => (shown > 0 ? `\x1b[${shown}A` : '');
  return {
    draw: (lines) => {
      write(`${shown === 0 ? '\x1b[?25l' : ''}${up()}${lines.map((line) => `\r\x1b[2K${line}\n`).join('')}`);
      shown = lines.length;
    },
    clear: () => {
      if (shown > 0) write(`${up()}\r\x1b[J\x1b[?25h`);
      shown = 0;
    },
  };
}
