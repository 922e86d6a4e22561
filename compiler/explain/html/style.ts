/** The page's look, light and dark as the reader's system is. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1d2330; --quiet: #667085; --line: #dfe3ea; --soft: #f5f7fa; --law: #3b6fd4; --kept: #2f9e62; --track: #e4e8ee; --group: #b4690e; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14171d; --ink: #e4e8ef; --quiet: #98a2b3; --line: #2c333f; --soft: #1b2028; --law: #7aa5f7; --kept: #4cc38a; --track: #2c333f; --group: #e6a756; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 74rem; padding: 2rem 1.25rem 4rem; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
code, .name, .type, .number { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 0.9em; }
code { overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 1.7rem; }
h2 { font-size: 1.1rem; margin: 1.6rem 0 0.4rem; }
h3 { font-size: 0.95rem; margin: 0; display: inline; }
.facts { display: flex; flex-wrap: wrap; gap: 0.2rem 1.2rem; margin: 0.3rem 0 0; padding: 0; list-style: none; color: var(--quiet); }
.quiet, figcaption { color: var(--quiet); font-size: 0.85rem; margin: 0.3rem 0; }
summary { cursor: pointer; }
.table { border: 1px solid var(--line); border-radius: 10px; margin: 1.2rem 0; overflow: hidden; }
.table > summary { padding: 0.7rem 1rem; background: var(--soft); display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 1.2rem; }
.table > summary h2 { margin: 0; }
.column { border-top: 1px solid var(--line); }
.column > summary { display: grid; grid-template-columns: 3rem minmax(9rem, 1.3fr) minmax(6rem, 0.8fr) minmax(10rem, 2fr) minmax(5rem, 1fr) 100px; gap: 0 0.8rem; align-items: center; padding: 0.3rem 1rem; list-style: none; }
.column > summary::-webkit-details-marker { display: none; }
.column > summary:hover { background: var(--soft); }
.name { font-weight: 600; overflow-wrap: anywhere; }
.hidden .name { font-weight: 400; font-style: italic; }
.type, .number { color: var(--quiet); }
.notes { display: flex; flex-wrap: wrap; gap: 0.25rem; }
.note { border: 1px solid var(--line); border-radius: 99px; padding: 0 0.5rem; font-size: 0.75rem; color: var(--quiet); text-decoration: none; white-space: nowrap; }
a.note { border-color: var(--group); color: var(--group); }
a { color: inherit; }
.body { padding: 0.3rem 1rem 1rem calc(3rem + 1.8rem); }
.body > * { margin: 0.4rem 0; }
.laws { display: flex; flex-wrap: wrap; gap: 1rem 2rem; }
.law-of { max-width: 100%; }
figure { margin: 0.3rem 0; }
svg.law { width: 360px; max-width: 100%; display: block; }
svg text { font: 11px system-ui, sans-serif; fill: var(--ink); }
svg text.other, svg.law > text[y="123"] { fill: var(--quiet); }
.area { fill: var(--law); fill-opacity: 0.35; stroke: var(--law); stroke-width: 1; stroke-linejoin: round; vector-effect: non-scaling-stroke; }
.bar { fill: var(--law); }
.axis { stroke: var(--quiet); stroke-width: 1; }
.track { fill: var(--track); }
.kept { fill: var(--kept); }
.interval { stroke: var(--ink); stroke-width: 2; }
.cases { display: flex; flex-wrap: wrap; gap: 0.6rem 1.5rem; }
.case b { font-size: 0.85rem; }
.case svg.law { width: 270px; }
.steps { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 0.8rem; color: var(--quiet); margin: 0.3rem 0; padding-left: 0; list-style: none; }
.group { border-top: 1px solid var(--line); padding: 0.7rem 1rem; border-left: 4px solid var(--group); }
.settled { border-top: 1px solid var(--line); padding: 0.7rem 1rem; }
.cost { margin: 0.25rem 0; }
.constraint { display: grid; grid-template-columns: 3rem minmax(10rem, 1.4fr) minmax(9rem, 1.1fr) 170px 5.5rem; gap: 0.1rem 0.8rem; align-items: center; padding: 0.25rem 0; }
.constraint code { grid-column: 2 / -1; color: var(--quiet); }
.rule { border-top: 1px solid var(--line); padding: 0.45rem 0; }
.firing { display: grid; grid-template-columns: minmax(10rem, 1fr) minmax(12rem, 2fr) minmax(12rem, 2fr); gap: 0.2rem 1rem; padding: 0.25rem 0 0.25rem 1rem; font-size: 0.9rem; }
.no { color: var(--group); }
:target { outline: 2px solid var(--law); outline-offset: -2px; }
@media (max-width: 46rem) {
  .column > summary, .constraint, .firing { grid-template-columns: 3rem 1fr; }
  .column > summary > *:nth-child(n + 3), .constraint > *:nth-child(n + 3), .firing > *:nth-child(n + 2) { grid-column: 2; }
  .body { padding-left: 1rem; }
}
@media print { details > * { display: revert; } }
`.trim();
