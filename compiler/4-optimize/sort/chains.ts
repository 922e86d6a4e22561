/** A constraint that puts one column before another. */
export type Step = { readonly from: string; readonly to: string; readonly constraint: number };
/** Steps in a row: a < b < c. */
export type Chain = readonly Step[];

/** A longer chain is cut: the network that sorts it grows with the square. */
const LONGEST = 7;

/** Chains that share no column, the longest first: of a < b, b < c, b < d only one of c and d follows b. */
export function chainsOf(steps: readonly Step[]): readonly Chain[] {
  const longest = longestOf(steps).slice(0, LONGEST);
  if (longest.length === 0) return [];
  const taken = new Set(longest.flatMap(({ from, to }) => [from, to]));
  return [longest, ...chainsOf(steps.filter(({ from, to }) => !taken.has(from) && !taken.has(to)))];
}

/** Steps that lead back to where a search came from are left out: contradictions end it as well. */
function longestOf(steps: readonly Step[]): Chain {
  const known = new Map<string, Chain>();
  const active = new Set<string>();
  const from = (node: string): Chain => {
    const found = known.get(node);
    if (found) return found;
    active.add(node);
    const chains = steps
      .filter((step) => step.from === node && !active.has(step.to))
      .map((step) => [step, ...from(step.to)]);
    active.delete(node);
    const best = longer(chains);
    known.set(node, best);
    return best;
  };
  return longer(steps.map((step) => from(step.from)));
}

const longer = (chains: readonly Chain[]): Chain =>
  chains.reduce<Chain>((best, chain) => (chain.length > best.length ? chain : best), []);
