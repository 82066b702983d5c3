/** A TypeORM migration class as source text, in the style of the project's other migrations. */
import { tokenizeSql } from '../../syntax/sql/tokens.ts';
import type { Dialect } from '../../schema/model.ts';
import { defaultStyle } from './style.ts';
import type { MigrationStyle } from './style.ts';

export interface EmittedStatement {
  readonly sql: string;
  readonly outsideTransaction: boolean;
}

export interface MigrationSource {
  /** PascalCase, without the time. */
  readonly name: string;
  /** Milliseconds since 1970: TypeORM runs migrations in this order. */
  readonly timestamp: number;
  readonly dialect: Dialect;
  readonly up: readonly EmittedStatement[];
  /** Null = it cannot be undone; `down` then throws and says so. */
  readonly down: readonly EmittedStatement[] | null;
}

/** Class name as TypeORM lists it: `AddOrders1712345678901`. */
export function migrationClassName({ name, timestamp }: Pick<MigrationSource, 'name' | 'timestamp'>): string {
  return `${name}${timestamp}`;
}

export function emitMigration(source: MigrationSource, style: MigrationStyle = defaultStyle): string {
  const { quote, indent, lineEnd, runner, javascript } = style;
  const end = style.semicolons ? ';' : '';
  const className = migrationClassName(source);
  // A statement that refuses to run in a transaction makes the whole migration run without one.
  const bare = [...source.up, ...(source.down ?? [])].some(
    ({ sql, outsideTransaction }) => outsideTransaction && !isForeignKeyPragma(sql),
  );
  const lineOf = (text: string): string => `${indent}${indent}${text}${end}`;
  const call = (sql: string): string[] =>
    lineOf(`await ${runner}.query(${template(sql, indent, source.dialect)})`).split('\n');
  const body = (statements: readonly EmittedStatement[]): string[] => statements.flatMap(({ sql }) => call(sql));
  /**
   * SQLite heeds the pragma outside of transactions only. Before `up`, TypeORM's runner gives it in time; before `down` it has begun its transaction already
   * (`undoLastMigration` of its MigrationExecutor), and a table that is dropped to be built anew would take the rows that refer to it along.
   */
  const undoing = (statements: readonly EmittedStatement[]): string[] => {
    if (!statements.some(({ sql }) => isForeignKeyPragma(sql))) return body(statements);
    return [
      `${indent}${indent}// SQLite turns foreign keys off outside of transactions only, and TypeORM reverts within one.`,
      lineOf(`const isActive = ${runner}.isTransactionActive`),
      lineOf(`if (isActive) await ${runner}.commitTransaction()`),
      ...statements.flatMap(({ sql }) => {
        if (!isForeignKeyPragma(sql)) return call(sql);
        return /\bOFF$/.test(sql)
          ? [...call(sql), lineOf(`await ${runner}.startTransaction()`)]
          : [lineOf(`await ${runner}.commitTransaction()`), ...call(sql)];
      }),
      lineOf(`if (isActive) await ${runner}.startTransaction()`),
    ];
  };
  const access = style.publicMethods ? 'public ' : '';
  const typed = (text: string): string => (javascript === null ? text : '');
  const method = (name: string): string =>
    `${indent}${access}async ${name}(${runner}${typed(': QueryRunner')})${typed(': Promise<void>')} {`;
  const lines = [
    ...(javascript === null
      ? [
          `import ${style.typeImport ? 'type ' : ''}{ MigrationInterface, QueryRunner } from ${quote}typeorm${quote}${end}`,
          '',
        ]
      : []),
    `${javascript === 'commonjs' ? 'module.exports = ' : 'export '}class ${className}${typed(' implements MigrationInterface')} {`,
    ...(style.nameProperty ? [`${indent}name = ${quote}${className}${quote}${end}`] : []),
    ...(bare ? [`${indent}transaction = false${end}`] : []),
    ...(style.nameProperty || bare ? [''] : []),
    method('up'),
    ...body(source.up),
    `${indent}}`,
    '',
    ...(source.down === null
      ? [
          `${indent}${access}down()${typed(': Promise<void>')} {`,
          `${indent}${indent}return Promise.reject(new Error(${quote}${className} cannot be undone.${quote}))${end}`,
        ]
      : [method('down'), ...undoing(source.down)]),
    `${indent}}`,
    `}${javascript === 'commonjs' ? end : ''}`,
    '',
  ];
  return lines.join(lineEnd);
}

function isForeignKeyPragma(sql: string): boolean {
  return sql.startsWith('PRAGMA foreign_keys');
}

/** A template literal, because SQL has both kinds of quotes; several lines keep their own layout, one level deeper. */
function template(sql: string, indent: string, dialect: Dialect): string {
  // A line break within a literal is data: spelled out, it is neither indented nor turned into another one.
  let text = sql;
  for (const { start, end } of tokenizeSql(sql, dialect).toReversed()) {
    const token = sql.slice(start, end);
    if (/[\r\n]/.test(token))
      text = text.slice(0, start) + token.replaceAll('\r', '\u0000r').replaceAll('\n', '\u0000n') + text.slice(end);
  }
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('`', '\\`')
    .replaceAll('${', '\\${')
    .replaceAll('\u0000', '\\');
  if (!escaped.includes('\n')) return `\`${escaped}\``;
  const inner = escaped.split('\n').map((line) => `${indent.repeat(3)}${line}`);
  return `\`\n${inner.join('\n')}\n${indent.repeat(2)}\``;
}
