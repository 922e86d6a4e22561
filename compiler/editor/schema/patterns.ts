import type { LawDefinition } from '../../../stdlib/define.ts';

/** A text in an expression: `'…'` or `"…"`, to its end or that of the expression. */
const QUOTED = `'[^']*(?:'|$)|"[^"]*(?:"|$)`;

const oneOf = (names: Iterable<string>): string => [...new Set(names)].sort().join('|');

/** Expressions whose draws are all of known laws. */
export const knownLaws = (laws: Iterable<string>): string =>
  `^(?:${QUOTED}|[^~'"]|~\\s*(?:${oneOf(laws)})\\b)*$`;

/** Expressions whose calls, but for draws, are all of known functions and laws, and whose casts are to known types. */
export function knownCalls(names: Iterable<string>, types: readonly string[]): string {
  const call = `(?:${oneOf([...names, ...BEFORE_BRACKETS])})\\b`;
  const other = `(?!as\\b)[A-Za-z_]\\w*\\b(?!\\s*\\()`;
  return `^(?:${QUOTED}|~\\s*\\w+|as\\s+(?:${oneOf(types)})\\b|${call}|${other}|[^~'"A-Za-z_])*$`;
}

/** Words that brackets may follow. */
const BEFORE_BRACKETS = ['if', 'then', 'else', 'match', 'implies', 'or', 'and', 'not', 'in', 'is', 'within'];

/** Templates whose holes hold draws of known laws only. */
export const knownLawsInHoles = (laws: Iterable<string>): string => {
  const hole = `${QUOTED}|[^~'"{}]|~\\s*(?:${oneOf(laws)})\\b|\\{[^{}]*\\}`;
  return `^(?:\\{\\{|\\}\\}|[^{}]|\\{(?:${hole})*(?:\\}|$))*$`;
};

/** Expressions that begin with a draw of the law. */
export const drawOf = ({ name }: LawDefinition): string => `^\\s*~\\s*${name}\\b`;

const noSuch = (inside: string): string => `^(?![\\s\\S]*${inside})`;
/** Before an argument: others, without calls and texts. */
const BEFORE = `[^()'"]*`;
/** The beginning of a draw that is not the end of a longer name. */
const callOf = (name: string): string => `~\\s*${name}\\s*\\(`;

/** No argument that the law does not have is named. */
export const knownArguments = ({ name, params }: LawDefinition): string =>
  noSuch(
    `${callOf(name)}(?:${BEFORE},)?\\s*(?!(?:${oneOf(params.map((param) => param.name))})\\s*=)[A-Za-z_]\\w*\\s*=(?!=)`,
  );

/** Not more arguments than the law has, and not fewer than it needs; arguments with calls in them are not counted. */
export const countedArguments = ({ name, params }: LawDefinition): string => {
  const needed = params.filter((param) => param.default === undefined).length;
  const argument = `[^(),'"\\[\\]]*`;
  const listed = (from: number, to: number | null): string =>
    to === 0 ? '\\s*' : `${argument}(?:,${argument}){${from - 1},${to === null ? '' : to - 1}}`;
  const wrong = [
    listed(params.length + 1, null),
    ...(needed > 0 ? ['\\s*'] : []),
    ...(needed > 1 ? [listed(1, needed - 1)] : []),
  ];
  const tooMany = params.length === 0 ? `\\s*[^\\s)]` : null;
  const inside = tooMany ?? `(?:${wrong.join('|')})\\)`;
  return noSuch(`${callOf(name)}${inside}`);
};
