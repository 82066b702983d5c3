/** A TypeORM migration class as source text, in the style of the project's other migrations. */

/** How the project writes its migrations; `styleOf` reads it from one of them. */
export interface MigrationStyle {
  readonly quote: "'" | '"';
  /** One level of indentation. */
  readonly indent: string;
  readonly semicolons: boolean;
  readonly lineEnd: '\n' | '\r\n';
  /** `name = 'AddOrders1712345678901'` stands in the class, as TypeORM's own generator writes it. */
  readonly nameProperty: boolean;
}

export const defaultStyle: MigrationStyle = {
  quote: "'",
  indent: '  ',
  semicolons: true,
  lineEnd: '\n',
  nameProperty: true,
};

export interface MigrationSource {
  /** PascalCase, without the time. */
  readonly name: string;
  /** Milliseconds since 1970: TypeORM runs migrations in this order. */
  readonly timestamp: number;
  readonly up: readonly { readonly sql: string; readonly outsideTransaction: boolean }[];
  /** Null = it cannot be undone; `down` then throws and says so. */
  readonly down: readonly { readonly sql: string; readonly outsideTransaction: boolean }[] | null;
}

export function styleOf(text: string): MigrationStyle {
  const indent = /\n([ \t]+)\S/.exec(text)?.[1] ?? defaultStyle.indent;
  const singles = text.split("'").length;
  const doubles = text.split('"').length;
  return {
    // SQL strings hold quotes of their own, so the import decides where there is one.
    quote:
      /from\s+(["'])typeorm\1/.exec(text)?.[1] === '"' || (singles < doubles && !/from\s+'/.test(text)) ? '"' : "'",
    indent,
    semicolons: /;\s*$/m.test(text) || !/\bimport\b/.test(text),
    lineEnd: text.includes('\r\n') ? '\r\n' : '\n',
    nameProperty: /\bname\s*=/.test(text),
  };
}

/** File name as TypeORM's own generator gives it: `1712345678901-AddOrders.ts`. */
export function migrationFileName(source: MigrationSource): string {
  return `${source.timestamp}-${source.name}.ts`;
}

export function emitMigration(source: MigrationSource, style: MigrationStyle = defaultStyle): string {
  const { quote, indent, lineEnd } = style;
  const end = style.semicolons ? ';' : '';
  const className = `${source.name}${source.timestamp}`;
  // A statement that refuses to run in a transaction makes the whole migration run without one.
  const bare = [...source.up, ...(source.down ?? [])].some((statement) => statement.outsideTransaction);
  const body = (statements: readonly { readonly sql: string }[]): string[] =>
    statements.flatMap(({ sql }) =>
      `${indent}${indent}await queryRunner.query(${template(sql, indent)})${end}`.split('\n'),
    );
  const undone = source.down ?? null;
  const lines = [
    `import type { MigrationInterface, QueryRunner } from ${quote}typeorm${quote}${end}`,
    '',
    `export class ${className} implements MigrationInterface {`,
    ...(style.nameProperty ? [`${indent}name = ${quote}${className}${quote}${end}`] : []),
    ...(bare ? [`${indent}transaction = false${end}`] : []),
    ...(style.nameProperty || bare ? [''] : []),
    `${indent}public async up(queryRunner: QueryRunner): Promise<void> {`,
    ...body(source.up),
    `${indent}}`,
    '',
    ...(undone === null
      ? [
          `${indent}public down(): Promise<void> {`,
          `${indent}${indent}return Promise.reject(new Error(${quote}${className} cannot be undone.${quote}))${end}`,
        ]
      : [`${indent}public async down(queryRunner: QueryRunner): Promise<void> {`, ...body(undone)]),
    `${indent}}`,
    '}',
    '',
  ];
  return lines.join(lineEnd);
}

/** A template literal, because SQL has both kinds of quotes; several lines keep their own layout, one level deeper. */
function template(sql: string, indent: string): string {
  const escaped = sql.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${');
  if (!escaped.includes('\n')) return `\`${escaped}\``;
  const inner = escaped.split('\n').map((line) => `${indent.repeat(3)}${line}`);
  return `\`\n${inner.join('\n')}\n${indent.repeat(2)}\``;
}
