/** What the kernel `map_case` does, for constants: `ranges` holds first, last, stride, delta of each range, sorted. */
export function mapCase(text: string, ranges: readonly number[]): string {
  return Array.from(text, (char) => String.fromCodePoint(mapPoint(char.codePointAt(0) ?? 0, ranges))).join(
    '',
  );
}

function mapPoint(point: number, ranges: readonly number[]): number {
  for (let i = 0; i < ranges.length; i += 4) {
    const [first = 0, last = 0, stride = 1, delta = 0] = ranges.slice(i, i + 4);
    if (point > last) continue;
    return point >= first && (point - first) % stride === 0 ? point + delta : point;
  }
  return point;
}
