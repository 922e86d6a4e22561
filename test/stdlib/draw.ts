import type { Arg, ArgFacts, DrawContext, Lowered } from '../../stdlib/define.ts';
import { laws } from '../../stdlib/laws/index.ts';
import { lowerLaw } from '../../stdlib/samplers/lower-law.ts';
import { FLOAT64, INT64, TEXT, type Type } from '../../stdlib/types.ts';
import { isList, isMap, type Value } from '../../stdlib/value.ts';
import type { Harness } from './harness.ts';

export type Drawn = {
  readonly law: string;
  readonly args?: Readonly<Record<string, Arg>>;
  /** `{ a: 3 }` or `{ '1920..1949': 5 }`. */
  readonly free?: Readonly<Record<string, number>>;
  readonly within?: DrawContext['within'];
  readonly rows?: number;
  readonly by?: DrawContext['by'];
  readonly stream?: string;
};

export const map = (entries: Readonly<Record<string, Value>>): Value => ({
  map: new Map(Object.entries(entries)),
});

export function typeOf(value: Value): Type {
  if (typeof value === 'bigint') return INT64;
  if (typeof value === 'string') return TEXT;
  if (value !== null && isMap(value)) {
    const [first = null] = value.map.values();
    return { kind: 'map', keys: [...value.map.keys()], of: typeOf(first) };
  }
  if (isList(value)) return { kind: 'list', of: typeOf(value[0] ?? null) };
  return FLOAT64;
}

export const constant = (value: Value): Extract<Arg, { kind: 'constant' }> => ({
  kind: 'constant',
  value,
  type: typeOf(value),
});
export const range = (
  lo: Arg | number,
  hi: Arg | number,
  halfOpen = false,
): Extract<Arg, { kind: 'range' }> => ({
  kind: 'range',
  lo: typeof lo === 'number' ? constant(lo) : lo,
  hi: typeof hi === 'number' ? constant(hi) : hi,
  halfOpen,
});

function factsOf(arg: Arg): ArgFacts {
  const any = { domain: { kind: 'any', nullable: false }, value: undefined } as const;
  switch (arg.kind) {
    case 'constant':
      return { ...any, type: arg.type, value: arg.value };
    case 'slot':
    case 'choice':
      return { ...any, type: arg.type };
    case 'data':
      return { ...any, type: { kind: 'row', data: arg.name } };
    case 'table':
      return { ...any, type: { kind: 'ref', table: arg.name } };
    case 'piece':
    case 'range':
      return { ...any, type: { kind: 'piece', name: arg.kind } };
  }
}

/** The type of a draw, or why there is none. */
export function typeOfDraw({ law, args = {}, free = {} }: Drawn): Type | string {
  const definition = laws.get(law);
  if (definition === undefined) throw new Error(`no law ${law}`);
  const facts = new Map([
    ...Object.entries(args).map(([name, arg]) => [name, factsOf(arg)] as const),
    ...Object.entries(free).map(([label, weight]) => [label, factsOf(constant(weight))] as const),
  ]);
  return definition.type(facts);
}

/** Lowers and carries out one draw. */
export function draw(h: Harness, drawn: Drawn): Lowered {
  const { law, args = {}, free = {}, within = null, rows = 1, by = null, stream = law } = drawn;
  const definition = laws.get(law);
  const type = typeOfDraw(drawn);
  if (definition === undefined || typeof type === 'string') throw new Error(String(type));
  return lowerLaw(h.b, definition, {
    args: new Map(Object.entries(args)),
    free: Object.entries(free).map(([label, weight]) => {
      const [, lo, open, hi] = /^(.+)\.\.(<?)(.+)$/.exec(label) ?? [];
      return {
        label,
        range: lo === undefined ? null : [Number(lo), Number(hi), open === '<'],
        weight: constant(weight),
      };
    }),
    within,
    type,
    rows,
    key: h.key(stream),
    by,
  });
}
