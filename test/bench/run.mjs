// npm run bench -- NAME [options]: times tvdd beside peers that do the same work, one core each, interleaved, and writes
// the medians into RESULTS.md.
import { constraints } from './constraints.mjs';
import { encodings } from './encodings.mjs';
import { estimates } from './estimates.mjs';
import { media } from './media.mjs';
import { sinks } from './sinks.mjs';

const benches = { constraints, encodings, estimates, media, sinks };
const [name, ...options] = process.argv.slice(2);
const bench = Object.hasOwn(benches, name ?? '') ? benches[name] : null;
if (!bench) {
  console.error(`usage: npm run bench -- ${Object.keys(benches).join('|')} [--rounds 3] …`);
  process.exit(2);
}
await bench(options);
