import { groupFacts, planFacts, storedFacts, tableFacts } from './facts.ts';
import { percent, plural } from './figures.ts';
import { columnWidths, cut, type Dress, PLAIN, pad, rowLine, wrap } from './layout.ts';
import type { ColumnNode, ConstraintNode, Explanation, GroupNode, TableNode } from './tree.ts';
import { WEIGHT_FOLDED } from './words.ts';

export type TextOptions = {
  /** Cells of the terminal. */
  readonly width: number;
  readonly dress?: Dress;
  /** The steps behind each column, by the names of their kernels. */
  readonly nodes?: boolean;
};

/** The plan for a terminal: figures with ~ are estimates, others exact. */
export function explainText(plan: Explanation, { width, dress = PLAIN, nodes = false }: TextOptions): string {
  const labels = labelsOf(plan);
  const blocks = plan.tables.map((table) => tableLines(table, { labels, width, dress, nodes }));
  return `${[headLines(plan, width, dress), ...blocks, ruleLines(plan, width, dress)].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

export function headLines(plan: Explanation, width: number, dress: Dress): readonly string[] {
  return titled(plan.dataset, planFacts(plan), width, dress);
}

/** A title with its facts, on as many lines as they take. */
export const titled = (
  title: string,
  facts: readonly string[],
  width: number,
  dress: Dress,
): readonly string[] =>
  wrap([title, ...facts].join(' · '), width).map((line, i) =>
    i === 0 && line.startsWith(title) ? dress.bold(title) + line.slice(title.length) : line,
  );

type Context = {
  /** `(7)`, aligned, by number. */
  readonly labels: (number: number) => string;
  readonly width: number;
  readonly dress: Dress;
  readonly nodes: boolean;
};

function labelsOf(plan: Explanation): Context['labels'] {
  const last = Math.max(
    0,
    ...plan.tables.flatMap(({ columns, groups, constraints }) =>
      [...columns, ...groups, ...constraints].map(({ number }) => number),
    ),
  );
  const digits = `(${last})`.length;
  return (number) => `(${number})`.padStart(digits);
}

function tableLines(table: TableNode, context: Context): readonly string[] {
  const { width, dress } = context;
  const settled = table.constraints.filter(({ group }) => group === null);
  return [
    ...titled(table.name, tableFacts(table), width, dress),
    ...columnLines(table.columns, context),
    ...table.groups.flatMap((group) => ['', ...groupLines(group, table, context)]),
    ...(settled.length + table.folded.length > 0
      ? ['', ...constraintLines(settled, '', context, table.folded.map(foldedCells))]
      : []),
  ];
}

/** What is written in the spec yields its room first. */
const TEXT = 3;

function columnLines(columns: readonly ColumnNode[], context: Context): readonly string[] {
  const cells = columns.map((column) => [
    context.labels(column.number),
    column.path,
    column.type,
    column.text,
    column.made.join(', '),
    notes(column),
  ]);
  const widths = columnWidths(cells, context.width, TEXT);
  return columns.flatMap((column, i) => [
    rowLine(cells[i]!, widths),
    ...(context.nodes ? [...stepLines(column, context), ...storedLine(column, context)] : []),
  ]);
}

function storedLine({ stored }: ColumnNode, { labels, width, dress }: Context): readonly string[] {
  const margin = ' '.repeat(labels(0).length + 2);
  return stored ? [dress.dim(cut(margin + storedFacts(stored), width))] : [];
}

const notes = ({ hidden, missing, given, group, boundBy }: ColumnNode): string =>
  [
    ...(group === null ? [] : [`group (${group})`]),
    ...boundBy.map((number) => `bounds (${number})`),
    ...(given ? ['given'] : []),
    ...(missing === null ? [] : [`missing ${missing}`]),
    ...(hidden ? ['hidden'] : []),
  ].join(', ');

function stepLines(
  { steps }: ColumnNode | ConstraintNode,
  { labels, width, dress }: Context,
): readonly string[] {
  const margin = labels(0).length + 2;
  return steps.map(({ step, kernel, reads, slot }) => {
    const from = reads.length > 0 ? `(${reads.map((read) => `#${read}`).join(', ')})` : '';
    return dress.dim(cut(`${' '.repeat(margin)}#${step} ${kernel}${from} → ${slot}`, width));
  });
}

function groupLines(group: GroupNode, table: TableNode, context: Context): readonly string[] {
  const { width, labels } = context;
  const facts = [`${plural(group.draws, 'draw')} redrawn together`, ...groupFacts(group)];
  const margin = ' '.repeat(labels(0).length + 2);
  const [first = '', ...rest] = wrap(['group', ...facts].join(' · '), width - margin.length);
  const lines = [`${pad(labels(group.number), margin.length)}${first}`, ...rest.map((line) => margin + line)];
  const members = table.constraints.filter(({ number }) => group.constraints.includes(number));
  const weigh = group.weigh ? [weighCells(group)] : [];
  return [...lines, ...constraintLines(members, '└─ ', context, weigh)];
}

const foldedCells = ({ text }: TableNode['folded'][number]): readonly string[] => [
  '',
  text,
  `weigh, ${WEIGHT_FOLDED}`,
  '',
];

const weighCells = ({ weigh, estimate }: GroupNode): readonly string[] => [
  '',
  `└─ ${weigh?.text ?? ''}`,
  'kept with this probability',
  estimate.acceptance?.weight == null ? '' : `alone ~${percent(estimate.acceptance.weight)}`,
];

function constraintLines(
  constraints: readonly ConstraintNode[],
  branch: string,
  context: Context,
  more: readonly (readonly string[])[] = [],
): readonly string[] {
  const cells = constraints.map(({ number, name, met, kept, estimate }) => [
    context.labels(number),
    `${branch}${name}`,
    met,
    estimate.acceptance !== null
      ? `alone ~${percent(estimate.acceptance)}`
      : kept === null
        ? ''
        : `alone ${percent(kept)}`,
  ]);
  const all = [...cells, ...more];
  const widths = columnWidths(all, context.width);
  return all.flatMap((row, i) => {
    const constraint = constraints[i];
    return [rowLine(row, widths), ...(constraint && context.nodes ? stepLines(constraint, context) : [])];
  });
}

function ruleLines({ rules }: Explanation, width: number, dress: Dress): readonly string[] {
  const firings = rules.flatMap((rule) => rule.firings);
  const fired = rules.filter((rule) => rule.firings.some(({ applied }) => applied));
  const applied = firings.filter((firing) => firing.applied).length;
  const cells = fired.map(({ name, firings }) => [
    `  ${name}`,
    plural(firings.filter((firing) => firing.applied).length, 'firing'),
    [...new Set(firings.filter((firing) => firing.applied).map(targetText))].join(', '),
  ]);
  const refused = rules.flatMap(({ name, firings }) =>
    firings
      .filter((firing) => !firing.applied)
      .map((firing) => [`  ${name}`, targetText(firing), firing.after]),
  );
  const head = `rules · ${fired.length} of ${rules.length} fired · ${plural(applied, 'firing')}`;
  return [
    ...titled('rules', head.split(' · ').slice(1), width, dress),
    ...table(cells, width),
    ...(refused.length > 0 ? ['not applied', ...table(refused, width)] : []),
    ...wrap('details: --explain=rules | nodes | json | html | dot | mermaid', width).map(dress.dim),
  ];
}

const targetText = ({
  number,
  target,
}: {
  readonly number: number | null;
  readonly target: string;
}): string => (number === null ? target : `(${number}) ${target}`);

function table(rows: readonly (readonly string[])[], width: number): readonly string[] {
  const widths = columnWidths(rows, width);
  return rows.map((row) => rowLine(row, widths));
}
