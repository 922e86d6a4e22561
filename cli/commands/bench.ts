import { COSTS, type Cost, type Costs } from '../../compiler/5-lower/cost/costs.ts';
import { isOn, optionOf, wholeNumber } from '../arguments.ts';
import type { Command } from '../command.ts';
import { machineCostsPath, writeCosts } from '../costs.ts';
import { EXIT } from '../exit.ts';
import { usage } from '../failure.ts';
import type { Channel } from '../output.ts';
import { renderTable } from '../terminal/table.ts';

export const bench: Command = {
  name: 'bench',
  summary: 'measure what work costs on this machine, for forecasts',
  operands: 'kernels',
  description:
    'Times every kernel that plans can use, storing columns, and files, and shows them beside the figures that tvdd comes with. ' +
    'They are kept for this machine ($XDG_CACHE_HOME/tvdd/costs.json, else ~/.cache/tvdd/costs.json): forecasts of compile and run ' +
    'use them from then on. No generated value, file or plan hash depends on them.\n' +
    'Measure on an idle machine; it takes about a minute.',
  options: {
    rounds: { value: 'N', summary: 'rounds, of which medians are taken (default 31)' },
    out: { value: 'FILE', summary: 'write the costs to FILE instead' },
    json: { summary: 'the costs on standard output, as JSON' },
  },
  examples: [
    { line: 'tvdd bench kernels', does: 'forecasts by this machine’s own figures' },
    { line: 'tvdd bench kernels --json | jq .kernels.alias', does: 'for programs' },
  ],
  execute: async (args, output) => {
    const [what, extra] = args.positionals;
    if (what?.text !== 'kernels')
      throw usage(args.line, what?.at ?? args.line.source.text.length, 'TVD7006', {
        command: 'bench',
        what: '`kernels`',
      });
    if (extra) throw usage(args.line, extra.at, 'TVD7007', { command: 'bench' });
    const rounds = optionOf(args, 'rounds');
    const { measureCosts } = await import('../bench/measure.ts');
    const costs = await measureCosts(rounds ? wholeNumber(args, 'rounds', rounds, 1, 100) : 31, (next) =>
      output.err.write(`measuring ${next}\n`),
    );
    const path = optionOf(args, 'out')?.text ?? machineCostsPath();
    writeCosts(path, costs);
    output.out.write(isOn(args, 'json') ? `${JSON.stringify(costs)}\n` : besideCommitted(costs, output.out));
    output.err.write(`wrote ${path}\n`);
    return EXIT.good;
  },
};

/** Everything measured, by name, with what is committed. */
function besideCommitted(costs: Costs, { style, width }: Channel): string {
  const committed = new Map(entriesOf(COSTS));
  const entries = entriesOf(costs);
  const before = entries.map(([name]) => committed.get(name));
  const table = renderTable(
    [
      { name: 'per row', align: 'left', cells: entries.map(([name]) => name) },
      { name: 'here', align: 'right', cells: entries.map(([, cost]) => costText(cost)) },
      { name: 'committed', align: 'right', cells: before.map((cost) => (cost ? costText(cost) : '–')) },
      {
        name: 'ratio',
        align: 'right',
        cells: entries.map(([, cost], i) => {
          const known = before[i];
          return known ? (typicalNs(cost) / typicalNs(known)).toFixed(2) : '–';
        }),
      },
    ],
    { width, style },
  );
  return `${table}\n\nhere: ${costs.machine}\ncommitted: ${COSTS.machine}\n`;
}

const entriesOf = ({
  kernels,
  columns,
  callNs,
  file,
  startNs,
}: Costs): readonly (readonly [string, Cost])[] => [
  ...Object.entries(kernels),
  ...Object.entries(columns).flatMap(([written, layouts]) =>
    Object.entries(layouts).map(([layout, cost]) => [`${layout} stored, ${written}`, cost] as const),
  ),
  ['call of a kernel', { ns: callNs }],
  ['file', file],
  ['start of a run', { ns: startNs }],
];

const costText = ({ ns, nsPerByte }: Cost): string =>
  `${ns} ns${nsPerByte === undefined ? '' : ` + ${nsPerByte} a byte`}`;

/** Of a row of 32 bytes. */
const typicalNs = ({ ns, nsPerByte = 0 }: Cost): number => ns + 32 * nsPerByte;
