/** Figures as people read them: the same on every machine, not the host's locale. */
export const count = (n: number): string => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
export const plural = (n: number, word: string): string => `${count(n)} ${word}${n === 1 ? '' : 's'}`;
export const percent = (share: number): string => `${(share * 100).toPrecision(3)} %`;

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

export function size(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value.toFixed(value >= 100 || unit === 0 ? 0 : 1)} ${UNITS[unit]}`;
}

/** A share without superfluous zeros: `2 %`, `98.6 %`. */
export const share = (value: number): string => `${Number((value * 100).toPrecision(3))} %`;

/** A number in at most `digits` digits. */
export const short = (value: number, digits = 4): string => String(Number(value.toPrecision(digits)));

/** `0.4 s`, `12 s`, `3 min`, `2.5 h`, `12 days`. */
export function duration(seconds: number): string {
  if (seconds < 120) return `${short(seconds, 2)} s`;
  if (seconds < 7_200) return `${short(seconds / 60, 2)} min`;
  return seconds < 172_800
    ? `${short(seconds / 3_600, 2)} h`
    : `${count(Number(short(seconds / 86_400, 2)))} days`;
}
