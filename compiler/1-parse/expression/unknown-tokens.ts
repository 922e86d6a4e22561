import type { IToken } from 'chevrotain';
import { diagnose } from '../../diagnostics/diagnose.ts';
import type { Help } from '../../diagnostics/diagnostic.ts';
import { brief, type MappedText, type ParseContext } from '../context.ts';
import type { Span } from '../source.ts';
import * as t from './tokens.ts';

/** What other languages write, and what is written here. */
const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ['&', 'and'],
  ['|', 'or'],
  ['!', 'not '],
  ['=', '=='],
  ['≤', '<='],
  ['≥', '>='],
  ['≠', '!='],
  ['×', '*'],
  ['÷', '/'],
  ['−', '-'],
  ['–', '-'],
  ['…', '..'],
  ['‘', "'"],
  ['’', "'"],
  ['“', '"'],
  ['”', '"'],
]);

export function foreignSpelling(image: string, span: Span): Help[] {
  const ours = SPELLINGS.get(image);
  return ours === undefined ? [] : [{ text: `write \`${ours.trim()}\``, edit: { span, text: ours } }];
}

/** Reports a token that is none; whether it was one. */
export function reportToken(token: IToken, text: MappedText, context: ParseContext): boolean {
  const start = token.startOffset;
  const place = { span: text.spanOf(start, start + token.image.length) };
  switch (token.tokenType) {
    case t.OpenText:
      context.report(diagnose('TVD1202', {}, { span: text.spanOf(start, start + 1), text: 'opened here' }));
      return true;
    case t.BadNumber:
      context.report(
        diagnose('TVD1204', { literal: brief(token.image) }, { ...place, text: badNumber(token.image) }),
      );
      return true;
    case t.StrayBrace:
      context.report(
        diagnose('TVD1215', {}, place, {
          help: [{ text: 'double it', edit: { span: place.span, text: '}}' } }],
        }),
      );
      return true;
    default:
      return false;
  }
}

/** Reports a character that begins no token. */
export function reportCharacter(offset: number, text: MappedText, context: ParseContext): void {
  const character = String.fromCodePoint(text.text.codePointAt(offset) ?? 0);
  const doubled = /^(?:&&|\|\|)/.test(text.text.slice(offset));
  const span = text.spanOf(offset, offset + (doubled ? 2 : character.length));
  if (character === '}') {
    context.report(diagnose('TVD1215', {}, { span }));
    return;
  }
  const help = /\p{L}/u.test(character)
    ? [{ text: 'names with other letters than A to Z stand in backticks' }]
    : foreignSpelling(character, span);
  context.report(diagnose('TVD1203', { character }, { span }, { help }));
}

function badNumber(image: string): string {
  if (/^\.|\.$/.test(image)) return 'digits stand on both sides of a point';
  return 'a number goes on with letters; units are us, ms, s, min, h, d, w';
}
