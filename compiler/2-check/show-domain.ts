import type { Domain } from '../../stdlib/domain.ts';
import type { Type } from '../../stdlib/types.ts';
import { formatDate } from '../../stdlib/zones/civil.ts';
import { formatAboutDuration } from '../../stdlib/zones/format.ts';

const MICROS_PER_DAY = 86_400_000_000;

/** As a message shows it: `13..95`, `above 0`, `'a', 'b'`. Dates as dates where the type says so. */
export function showDomain(domain: Domain, type?: Type): string {
  switch (domain.kind) {
    case 'interval': {
      const show = (x: number) => showNumber(x, type);
      const { lo, hi, loOpen, hiOpen } = domain;
      if (lo === hi) return show(lo);
      if (lo === -Infinity && hi === Infinity) return domain.integer ? 'any integer' : 'any number';
      if (hi === Infinity) return loOpen ? `above ${show(lo)}` : `${show(lo)} or more`;
      if (lo === -Infinity) return hiOpen ? `below ${show(hi)}` : `at most ${show(hi)}`;
      return `${show(lo)}${loOpen ? ' (excluded)' : ''} .. ${show(hi)}${hiOpen ? ' (excluded)' : ''}`;
    }
    case 'set': {
      const shown = domain.values.slice(0, 5).map((value) => {
        if (typeof value === 'number') return showNumber(value, type);
        return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
      });
      return `${shown.join(', ')}${domain.values.length > 5 ? `, … ${domain.values.length} values` : ''}`;
    }
    case 'text':
      return `texts of ${domain.minLength} to ${domain.maxLength} characters`;
    case 'any':
      return 'any value';
  }
}

export function showNumber(x: number, type?: Type): string {
  if (type?.kind === 'date' && Math.abs(x) < 4_000_000) return formatDate(BigInt(Math.floor(x)));
  if (type?.kind === 'timestamp' && Math.abs(x) < 4_000_000 * MICROS_PER_DAY) {
    const day = Math.floor(x / MICROS_PER_DAY);
    const minute = Math.floor((x - day * MICROS_PER_DAY) / 60_000_000);
    const two = (n: number) => String(n).padStart(2, '0');
    return `${formatDate(BigInt(day))}T${two(Math.floor(minute / 60))}:${two(minute % 60)}Z`;
  }
  if (type?.kind === 'duration' && Number.isFinite(x)) return formatAboutDuration(x);
  if (Number.isInteger(x)) return Math.abs(x) < 1e15 ? String(x) : x.toExponential(3);
  return String(Number(x.toPrecision(4)));
}
