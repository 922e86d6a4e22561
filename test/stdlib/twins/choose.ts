/** P(each set in order of drawing) of successive sampling, by enumeration: items are drawn ∝ the weights left. */
export function orders(weights: readonly number[], size: number): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const extend = (chosen: readonly number[], probability: number) => {
    if (chosen.length === size) {
      found.set(chosen.join(), probability);
      return;
    }
    const left = weights.reduce((sum, weight, i) => (chosen.includes(i) ? sum : sum + weight), 0);
    for (const [i, weight] of weights.entries()) {
      if (weight > 0 && !chosen.includes(i)) extend([...chosen, i], (probability * weight) / left);
    }
  };
  extend([], 1);
  return found;
}
