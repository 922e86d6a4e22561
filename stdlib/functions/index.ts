import type { FunctionDefinition } from '../define.ts';
import { pieces } from '../laws/instants.ts';
import { addition, division, multiplication, subtraction } from './arithmetic.ts';
import { dateOf, day, hour, minute, month, weekday, year } from './calendar.ts';
import { comparisons } from './compare.ts';
import { and, implies, not, or } from './logic.ts';
import { isBetween, isMember, isNoMember } from './membership.ts';
import { coalesce, isNullFunction } from './nulls.ts';
import { power } from './power.ts';
import { floorDivision, remainder } from './remainder.ts';
import { ceil, floor, round } from './rounding.ts';
import { absoluteValue, maximum, minimum, negation } from './sign.ts';
import { length, lower, upper } from './text.ts';
import { exponential, logarithm, squareRoot } from './transcendental.ts';
import { uuid } from './uuid.ts';
import { argmax, top, vector } from './vector.ts';

export { canCast, lowerCast } from './cast.ts';
export { convertSlot } from './convert.ts';
export { lowerDataField, lowerIndex, lowerIndexed } from './lookup.ts';
export { lowerSelect } from './select.ts';

/** Every function and operator of the language, and the pieces of laws, by name. */
export const functions: ReadonlyMap<string, FunctionDefinition> = new Map(
  [
    addition,
    subtraction,
    multiplication,
    division,
    floorDivision,
    remainder,
    power,
    negation,
    ...comparisons,
    and,
    or,
    not,
    implies,
    isMember,
    isNoMember,
    isBetween,
    isNullFunction,
    coalesce,
    round,
    floor,
    ceil,
    absoluteValue,
    minimum,
    maximum,
    exponential,
    logarithm,
    squareRoot,
    year,
    month,
    day,
    weekday,
    hour,
    minute,
    dateOf,
    length,
    lower,
    upper,
    vector,
    argmax,
    top,
    uuid,
    ...pieces,
  ].map((definition) => [definition.name, definition]),
);

/** The names of the functions that operators stand for: `+` is `add`. */
const operatorsOf = (operands: number): ReadonlyMap<string, string> =>
  new Map(
    [...functions.values()].flatMap(({ name, operator, overloads }) =>
      operator !== undefined && overloads[0]?.params.length === operands ? [[operator, name]] : [],
    ),
  );
export const unaryOperators = operatorsOf(1);
export const binaryOperators = operatorsOf(2);
