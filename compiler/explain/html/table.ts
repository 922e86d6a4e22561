import { groupFacts, storedFacts, tableFacts } from '../facts.ts';
import { percent, plural } from '../figures.ts';
import type { ColumnNode, ConstraintNode, GroupNode, LawNode, StepNode, TableNode } from '../tree.ts';
import { WEIGHT_FOLDED } from '../words.ts';
import { markup } from './markup.ts';
import { anchor, numberLink } from './number-link.ts';
import { drawAcceptance, drawPicture, drawSpark } from './svg.ts';

export function tableSection(table: TableNode): string {
  const settled = table.constraints.filter(({ group }) => group === null);
  return [
    `<details class="table" open><summary><h2>${markup(table.name)}</h2><ul class="facts">${tableFacts(table)
      .map((fact) => `<li>${fact}</li>`)
      .join('')}</ul></summary>`,
    ...(table.doc === null ? [] : [`<p class="quiet body">${markup(table.doc)}</p>`]),
    ...table.columns.map(columnBlock),
    ...table.groups.map((group) => groupBlock(group, table)),
    ...(settled.length + table.folded.length > 0
      ? [
          `<div class="settled">${[...settled.map(constraintLine), ...table.folded.map(foldedLine)].join('')}</div>`,
        ]
      : []),
    '</details>',
  ].join('\n');
}

function columnBlock(column: ColumnNode): string {
  const { number, path, type, made, laws, hidden } = column;
  const spark = laws.flatMap(({ picture }) => (picture ? [drawSpark(picture)] : []))[0] ?? '';
  const cells = [
    `<span class="number">(${number})</span>`,
    `<span class="name">${markup(path)}</span>`,
    `<span class="type">${markup(type)}</span>`,
    `<span>${markup(made.join(', '))}</span>`,
    `<span class="notes">${notesOf(column)}</span>`,
    `<span>${spark}</span>`,
  ];
  return `<details class="column${hidden ? ' hidden' : ''}" id="${anchor(number)}"><summary>${cells.join('')}</summary>${columnBody(column)}</details>`;
}

function notesOf({ given, missing, hidden, group, boundBy }: ColumnNode): string {
  const notes = [
    ...(given ? ['given'] : []),
    ...(missing === null ? [] : [`missing ${missing}`]),
    ...(hidden ? ['hidden'] : []),
  ].map((note) => `<span class="note">${markup(note)}</span>`);
  const links = [
    ...(group === null ? [] : [[group, 'group'] as const]),
    ...boundBy.map((number) => [number, 'bounds'] as const),
  ].map(([number, word]) => `<a class="note" href="#${anchor(number)}">${word} (${number})</a>`);
  return [...links, ...notes].join('');
}

function columnBody({ text, line, reads, laws, steps, stored }: ColumnNode): string {
  return [
    '<div class="body">',
    `<div><code>${markup(text)}</code> <span class="quiet">line ${line}</span></div>`,
    ...(reads.length > 0 ? [`<div class="quiet">reads ${reads.map(numberLink).join(' ')}</div>`] : []),
    ...(stored ? [`<div class="quiet">${storedFacts(stored)}</div>`] : []),
    ...(laws.some(({ picture }) => picture)
      ? [`<div class="laws">${laws.map(lawFigure).join('')}</div>`]
      : []),
    stepList(steps),
    '</div>',
  ].join('');
}

function stepList(steps: readonly StepNode[]): string {
  const items = steps.map(({ step, kernel, reads, slot }) => {
    const from = reads.length > 0 ? `(${reads.map((read) => `#${read}`).join(', ')})` : '';
    return `<li>#${step} ${markup(kernel)}${from} → ${slot}</li>`;
  });
  return `<details><summary class="quiet">${plural(steps.length, 'step')}</summary><ul class="steps">${items.join('')}</ul></details>`;
}

const lawFigure = ({ text, picture }: LawNode, _: number, all: readonly LawNode[]): string =>
  picture
    ? `<div class="law-of">${all.length > 1 ? `<code>${markup(text)}</code>` : ''}${drawPicture(picture)}</div>`
    : '';

function groupBlock(group: GroupNode, table: TableNode): string {
  const { number, draws, columns, weigh, estimate } = group;
  const { acceptance } = estimate;
  const members = table.constraints.filter((constraint) => group.constraints.includes(constraint.number));
  return [
    `<div class="group" id="${anchor(number)}"><h3>group (${number})</h3> <span class="quiet">${plural(draws, 'draw')} redrawn together: ${columns.map(numberLink).join(' ')}</span>`,
    `<div class="cost">${acceptance === null ? '' : drawAcceptance(acceptance.share, acceptance.low, acceptance.high)} ${groupFacts(group).join(' · ')}</div>`,
    ...members.map(constraintLine),
    ...(weigh
      ? [
          `<div class="constraint"><span></span><span>weigh</span><span>kept with this probability</span>${bar(acceptance?.weight ?? null)}<code>${markup(weigh.text)}</code></div>`,
        ]
      : []),
    '</div>',
  ].join('\n');
}

/** What is proved or drawn at once accepts whatever is drawn. */
function constraintLine({ number, name, text, met, group, kept, estimate }: ConstraintNode): string {
  const shown = text === name ? '' : `<code>${markup(text)}</code>`;
  const accepted =
    group === null
      ? `<span></span><span class="quiet">no redraw${kept === null ? '' : `, keeps ${percent(kept)}`}</span>`
      : bar(estimate.acceptance);
  return `<div class="constraint" id="${anchor(number)}"><span class="number">(${number})</span><span>${markup(name)}</span><span>${markup(met)}</span>${accepted}${shown}</div>`;
}

const foldedLine = ({ text }: TableNode['folded'][number]): string =>
  `<div class="constraint"><span></span><span>weigh</span><span>${WEIGHT_FOLDED}</span><span></span><span class="quiet">no redraw</span><code>${markup(text)}</code></div>`;

const bar = (accepted: number | null): string =>
  accepted === null
    ? '<span></span><span class="quiet">not estimated</span>'
    : `<span>${drawAcceptance(accepted, null, null)}</span><span>~${percent(accepted)}</span>`;
