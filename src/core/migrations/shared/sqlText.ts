/** Pieces of SQL that stand in migrations by themselves. */
import type { Dialect } from '../../schema/model.ts';
import { readType } from '../../syntax/sql/columns.ts';
import { SqlCursor } from '../../syntax/sql/cursor.ts';
import type { SqlType } from '../../syntax/sql/operation.ts';
import { tokenizeSql } from '../../syntax/sql/tokens.ts';

/** `varchar(20)`, `numeric(10, 2)[]`; null where it is no type. */
export function typeOfText(text: string, dialect: Dialect): SqlType | null {
  return readType(new SqlCursor(text, tokenizeSql(text, dialect), dialect));
}

export function textLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
