import type { FunctionDefinition, LawDefinition, Overload, Param } from '../../stdlib/define.ts';
import type { Key } from '../1-parse/structure/shape.ts';

/** Documentation in Markdown, made from declarations: what editors show on hover and `tvdd docs` prints. */

/** `normal(mu, sigma)`; what may be left out with its default. */
export function signature(name: string, params: readonly Param[], more = ''): string {
  const shown = params.map((param) =>
    param.default === undefined
      ? param.name
      : `${param.name}=${param.default === null ? '…' : String(param.default)}`,
  );
  return `${name}(${[...shown, ...(more ? [more] : [])].join(', ')})`;
}

export const lawSignature = ({ name, params, free }: LawDefinition): string =>
  `~${signature(name, free ? params.filter(isNeeded) : params, free ? (free.of === 'label' ? 'a=1, b=2, …' : '0..9=1, …') : '')}`;

const isNeeded = (param: Param): boolean => param.default === undefined;

/** What a law is, in a few lines. */
export const lawSummary = (law: LawDefinition): string =>
  [
    law.summary,
    '',
    `\`${law.formula}\``,
    ...law.examples.slice(0, 1).flatMap((line) => ['', yaml(line)]),
  ].join('\n');

export const lawPage = (law: LawDefinition): string =>
  [
    `# ${lawSignature(law)}`,
    law.summary,
    `\`${law.formula}\``,
    law.doc,
    parameters([
      ...law.params,
      ...(law.free ? [{ name: law.free.of === 'label' ? 'label=' : 'a..b=', doc: law.free.doc }] : []),
    ]),
    law.truncatable ? 'Bounds: `within a..b` truncates it exactly.' : 'It takes no `within`.',
    `Source: ${law.source}.`,
    ...law.examples.map(yaml),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');

export const functionPage = (fn: FunctionDefinition): string =>
  [
    `# ${fn.operator ? `${fn.operator} (${fn.name})` : fn.name}`,
    fn.summary,
    fn.doc,
    ...new Set(fn.overloads.map((overload) => `\`${overloadSignature(fn, overload)}\``)),
    parameters(fn.overloads.flatMap(({ params }) => params)),
    fn.examples.length > 0
      ? yaml(fn.examples.map(({ expr, gives }) => `${expr}   # ${gives}`).join('\n'))
      : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');

const overloadSignature = ({ name }: FunctionDefinition, { params, variadic }: Overload): string =>
  signature(name, params, variadic ? '…' : '');

export const keyPage = (where: string, name: string, key: Key): string =>
  [`# ${name}, of ${where}`, key.doc, yaml(key.example)].join('\n\n').concat('\n');

export const keySummary = ({ doc, example }: Key): string => [doc, '', yaml(example)].join('\n');

const yaml = (text: string): string => `\`\`\`yaml\n${text}\n\`\`\``;

function parameters(params: readonly (Pick<Param, 'name' | 'doc'> & Partial<Param>)[]): string {
  const named = new Map(params.filter(({ doc }) => doc !== '').map((param) => [param.name, param]));
  return [...named.values()]
    .map(({ name, doc, bounds }) => `- \`${name}\`${bounds ? ` ${shownBounds(bounds)}` : ''}: ${doc}`)
    .join('\n');
}

function shownBounds({ above, below, min, max }: NonNullable<Param['bounds']>): string {
  const ends = [
    ...(above === undefined ? [] : [`> ${above}`]),
    ...(min === undefined ? [] : [`≥ ${min}`]),
    ...(below === undefined ? [] : [`< ${below}`]),
    ...(max === undefined ? [] : [`≤ ${max}`]),
  ];
  return ends.length > 0 ? `(${ends.join(', ')})` : '';
}
