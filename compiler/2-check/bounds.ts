import type { Bounds, Param } from '../../stdlib/define.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import type { Context } from './context.ts';
import { type Interval, numeric } from './domains.ts';
import type { Argument, Callee } from './overloads.ts';
import { showDomain } from './show-domain.ts';

/** `sigma` above 0: an error where one draw or constant is outside, a warning where bounds on several allow it. */
export function checkBounds(context: Context, param: Param, arg: Argument, callee: Callee): boolean {
  const { bounds } = param;
  if (!bounds) return true;
  return boundsHold(context, bounds, arg, `\`${param.name}\` of \`${callee.name}\``);
}

export function boundsHold(context: Context, bounds: Bounds, arg: Argument, what: string): boolean {
  const values = arg.known.value;
  const likely = numeric(arg.known.likely);
  if (!likely || Array.isArray(values)) return true;
  if (within(likely, bounds)) return true;
  const params = { what, bounds: showBounds(bounds) };
  const place = {
    span: arg.ast.value.span,
    text: arg.known.value === undefined ? `here ${showDomain(likely, arg.known.type)}` : '',
  };
  if (arg.known.attained && arg.known.roots.size <= 1) {
    context.report(diagnose('TVD2201', params, place));
    return false;
  }
  context.report(diagnose('TVD2206', params, place));
  return true;
}

function within(range: Interval, { above, below, min, max }: Bounds): boolean {
  if (above !== undefined && (range.lo < above || (range.lo === above && !range.loOpen))) return false;
  if (below !== undefined && (range.hi > below || (range.hi === below && !range.hiOpen))) return false;
  if (min !== undefined && range.lo < min) return false;
  return max === undefined || range.hi <= max;
}

function showBounds({ above, below, min, max }: Bounds): string {
  const parts: string[] = [];
  if (above !== undefined) parts.push(`above ${above}`);
  if (min !== undefined) parts.push(max === undefined ? `at least ${min}` : `in ${min}..${max}`);
  if (below !== undefined) parts.push(`below ${below}`);
  if (max !== undefined && min === undefined) parts.push(`at most ${max}`);
  return parts.join(' and ');
}
