import type { LawDefinition } from '../define.ts';
import { bernoulli } from './bernoulli.ts';
import { beta } from './beta.ts';
import { categorical } from './categorical.ts';
import { choose } from './choose.ts';
import { dirichlet } from './dirichlet.ts';
import { exponential } from './exponential.ts';
import { gamma } from './gamma.ts';
import { histogram } from './histogram.ts';
import { instants } from './instants.ts';
import { lognormal } from './lognormal.ts';
import { normal } from './normal.ts';
import { permutation } from './permutation.ts';
import { pick } from './pick.ts';
import { poisson } from './poisson.ts';
import { ref } from './ref.ts';
import { uniform } from './uniform.ts';
import { zipf } from './zipf.ts';

/** Every law of the library, by name. */
export const laws: ReadonlyMap<string, LawDefinition> = new Map(
  [
    bernoulli,
    beta,
    categorical,
    choose,
    dirichlet,
    exponential,
    gamma,
    histogram,
    instants,
    lognormal,
    normal,
    permutation,
    pick,
    poisson,
    ref,
    uniform,
    zipf,
  ].map((law) => [law.name, law]),
);
