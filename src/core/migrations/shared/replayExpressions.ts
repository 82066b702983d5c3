import type { Dialect } from '../../schema/model.ts';
import { tokenizeSql } from '../../syntax/sql/tokens.ts';

/** Expressions quote by the standard, whatever engine they are for, but for MySQL's backticks. */
function dialectOf(expression: string): Dialect {
  return expression.includes('`') ? 'mysql' : 'postgresql';
}

/** The expression with a column under another name; the same text where the column is not named. */
export function renameIn(expression: string, from: string, to: string): string {
  let text = expression;
  for (const token of tokenizeSql(expression, dialectOf(expression)).toReversed()) {
    const isName =
      (token.kind === 'name' && token.text === from) ||
      (token.kind === 'word' && token.text.toLowerCase() === from.toLowerCase());
    if (!isName) continue;
    const quote = token.kind === 'name' ? expression.charAt(token.start) : '';
    text = text.slice(0, token.start) + quote + to + quote + text.slice(token.end);
  }
  return text;
}

/** Which of the columns an expression names. */
export function columnsIn(expression: string, columns: readonly string[]): string[] {
  return columns.filter((column) => renameIn(expression, column, `${column}\u0000`) !== expression);
}
