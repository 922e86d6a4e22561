import { type IParserErrorMessageProvider, type TokenType, tokenLabel } from 'chevrotain';

const OPERAND = 'a value';

/** What each kind of syntax error would have liked to see; parse-expression.ts says the rest. */
export const expectations: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }: { expected: TokenType }) => tokenLabel(expected),
  buildNotAllInputParsedMessage: () => 'an operator or the end',
  buildNoViableAltMessage: ({ ruleName }) => (ruleName === 'name' ? 'a name' : OPERAND),
  buildEarlyExitMessage: () => OPERAND,
};
