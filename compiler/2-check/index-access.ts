import { FLOAT64, showType } from '../../stdlib/types.ts';
import { isList, isMap, type Value, type ValueMap } from '../../stdlib/value.ts';
import type { ExprAst } from '../1-parse/ast.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import { casesOf } from './branches.ts';
import type { Context, Scope } from './context.ts';
import { count, domainOfType, integerEnds, numeric } from './domains.ts';
import { check } from './expression.ts';
import { mean } from './facts.ts';
import { chosenOf } from './fields.ts';
import { bounded, FAULTY, isFaulty, type Known, mergeRoots } from './known.ts';
import { closest, didYouMean } from './names.ts';
import { showDomain } from './show-domain.ts';

type IndexAst = Extract<ExprAst, { kind: 'index' }>;

/** `map[enum]`, `list[int]`, `vector[int]`, `data[int]` (a row). Every value of the index must lead somewhere. Lists count from 0. */
export function checkIndex(context: Context, scope: Scope, expr: IndexAst): Known {
  const of = check(context, scope, expr.of);
  const index = check(context, scope, expr.index);
  if (isFaulty(of) || isFaulty(index)) return FAULTY;
  switch (of.type.kind) {
    case 'map':
    case 'struct':
      return indexMap(context, expr, of, index);
    case 'list':
      return indexList(context, expr, of, index);
    case 'vector':
      if (!inside(context, expr, index, of.type.dims)) return FAULTY;
      mean(context, expr, { kind: 'index' });
      return bounded(
        FLOAT64,
        domainOfType(FLOAT64, of.domain.nullable || index.domain.nullable),
        mergeRoots([of, index]),
      );
    default:
      context.report(
        diagnose('TVD2111', { type: showType(of.type) }, { span: expr.of.span, text: showType(of.type) }),
      );
      return FAULTY;
  }
}

function indexMap(context: Context, expr: IndexAst, of: Known, index: Known): Known {
  const maps = (casesOf(of) ?? []).filter((value): value is ValueMap => value !== null && isMap(value));
  const keys = keysOf(index);
  if (!keys) {
    context.report(
      diagnose(
        'TVD2112',
        { type: showType(index.type) },
        { span: expr.index.span, text: `${showType(index.type)}: ${showDomain(index.domain)}` },
        {
          notes: ['a map is indexed by an enum, or by whatever else has known values'],
        },
      ),
    );
    return FAULTY;
  }
  const chosen = new Set<Value>();
  const missing = new Set<string>();
  for (const { map } of maps) {
    for (const key of keys) {
      const item = map.get(key);
      if (item === undefined) missing.add(key);
      else chosen.add(item);
    }
  }
  if (missing.size > 0) {
    missingKeys(context, expr, [...missing], maps[0], index);
    return FAULTY;
  }
  const by = { ...index, roots: mergeRoots([of, index]), attained: of.attained && index.attained };
  const element = of.type.kind === 'map' ? of.type.of : null;
  return chosenOf(context, expr, by, [...chosen], index.domain.nullable || of.domain.nullable, element);
}

/** The keys that an index may be, or null where they cannot be listed. */
function keysOf(index: Known): readonly string[] | null {
  if (index.domain.kind === 'set') return index.domain.values.map(String);
  if (index.type.kind === 'enum') return index.type.values;
  const range = numeric(index.domain);
  if (index.type.kind !== 'int' || !range || count(range) > 4096) return null;
  const [lo, hi] = integerEnds(range);
  return Array.from({ length: hi - lo + 1 }, (_, i) => String(lo + i));
}

function missingKeys(
  context: Context,
  expr: IndexAst,
  missing: readonly string[],
  map: ValueMap | undefined,
  index: Known,
): void {
  const shown =
    missing
      .slice(0, 6)
      .map((key) => `\`${key}\``)
      .join(', ') + (missing.length > 6 ? `, … ${missing.length} in all` : '');
  const near = index.value !== undefined && map ? closest(missing[0] ?? '', map.map.keys()) : null;
  context.report(
    diagnose(
      'TVD2016',
      { keys: shown },
      { span: expr.index.span, text: index.value === undefined ? showType(index.type) : '' },
      {
        notes: map
          ? [
              `its keys are ${[...map.map.keys()]
                .slice(0, 12)
                .map((key) => `\`${key}\``)
                .join(', ')}${map.map.size > 12 ? ', …' : ''}`,
            ]
          : [],
        help: near === null ? [] : [didYouMean(`'${near}'`, expr.index.span)],
      },
    ),
  );
}

function indexList(context: Context, expr: IndexAst, of: Known, index: Known): Known {
  if (of.type.kind !== 'list') return FAULTY;
  const lists = (casesOf(of) ?? []).filter(isList);
  if (lists.length === 0) {
    const { of: item } = of.type;
    if (!inside(context, expr, index, item.kind === 'row' ? rowsOf(context, item.data) : Infinity))
      return FAULTY;
    mean(context, expr, { kind: 'index' });
    const nullable = item.kind !== 'row' || index.domain.nullable;
    return bounded(item, domainOfType(item, nullable), mergeRoots([of, index]));
  }
  const shortest = Math.min(...lists.map((list) => list.length));
  if (!inside(context, expr, index, shortest)) return FAULTY;
  const range = numeric(index.domain);
  const [lo, hi] = range ? integerEnds(range) : [0, shortest - 1];
  const chosen = lists.flatMap((list) => list.slice(Math.max(0, lo), hi + 1));
  const by = { ...index, roots: mergeRoots([of, index]), attained: of.attained && index.attained };
  return chosenOf(context, expr, by, chosen, index.domain.nullable || of.domain.nullable, of.type.of);
}

function rowsOf(context: Context, data: string): number {
  const value = context.data.get(data)?.value;
  return value?.kind === 'table' ? value.table.rows : 0;
}

function inside(context: Context, expr: IndexAst, index: Known, length: number): boolean {
  if (index.type.kind !== 'int') {
    context.report(
      diagnose(
        'TVD2112',
        { type: showType(index.type) },
        { span: expr.index.span },
        { notes: ['a list or a vector is indexed by an integer'] },
      ),
    );
    return false;
  }
  const range = numeric(index.likely);
  if (range && range.lo >= 0 && range.hi <= length - 1) return true;
  context.report(
    diagnose(
      'TVD2212',
      { length: Number.isFinite(length) ? `${length}` : 'some' },
      { span: expr.index.span, text: range ? `here ${showDomain(range)}` : '' },
      {
        notes: ['items are counted from 0'],
      },
    ),
  );
  return false;
}
