import { cellsOf, type Factor, product, sumOut } from './factor.ts';

/** P(variable | given) in proportion: weights by (given…, variable). `given` are eliminated after it, so drawn before it. */
export type ConditionalLaw = {
  readonly variable: number;
  readonly given: readonly number[];
  readonly weights: Float64Array;
};

export type Order = { readonly order: readonly number[]; readonly largest: number };

/**
 * A greedy order of elimination: next the variable whose elimination makes the smallest factor, the earlier in `ties`
 * where several do. D. Koller & N. Friedman, Probabilistic Graphical Models (2009), 9.4.3 (min-weight).
 */
export function eliminationOrder(
  scopes: readonly (readonly number[])[],
  sizes: readonly number[],
  ties: readonly number[],
): Order {
  let open = scopes;
  let left = ties;
  let largest = 1;
  const order: number[] = [];
  while (left.length > 0) {
    const cliques = left.map((variable) =>
      unite(
        open.filter((scope) => scope.includes(variable)),
        variable,
      ),
    );
    const cells = cliques.map((clique) => cellsOf(clique, sizes));
    const best = cells.reduce((least, each, i) => (each < cells[least]! ? i : least), 0);
    const variable = left[best]!;
    largest = Math.max(largest, cells[best]!);
    open = [
      ...open.filter((scope) => !scope.includes(variable)),
      cliques[best]!.filter((other) => other !== variable),
    ];
    left = left.filter((other) => other !== variable);
    order.push(variable);
  }
  return { order, largest };
}

/** All variables of the scopes in rising order, `variable` last. */
function unite(scopes: readonly (readonly number[])[], variable: number): readonly number[] {
  const others = new Set(scopes.flat());
  others.delete(variable);
  return [...[...others].sort((a, b) => a - b), variable];
}

/** The chain of conditionals in the order of elimination, and the factors' sum over all states. */
export type Eliminated = { readonly laws: readonly ConditionalLaw[]; readonly total: number };

/**
 * The law of factors as a chain of conditionals: drawing them from last to first draws from the factors' normalised
 * product. `scales` by variable divide the total. Null where the product is zero everywhere.
 */
export function eliminate(
  factors: readonly Factor[],
  sizes: readonly number[],
  order: readonly number[],
  scales: readonly number[],
): Eliminated | null {
  let open = factors;
  let total = 1;
  const laws: ConditionalLaw[] = [];
  for (const variable of order) {
    const touched = open.filter(({ scope }) => scope.includes(variable));
    const scope = unite(
      touched.map((factor) => factor.scope),
      variable,
    );
    const given = scope.slice(0, -1);
    const weights = product(touched, scope, sizes);
    const message = sumOut(weights, sizes[variable]!);
    if (message === null) return null;
    total *= message.largest / scales[variable]!;
    laws.push({ variable, given, weights });
    open = [...open.filter((factor) => !touched.includes(factor)), { scope: given, table: message.sums }];
  }
  return { laws, total };
}
