/** The support file that puts what drivers reject in terms of the domain. */

/**
 * SQLSTATEs: https://www.postgresql.org/docs/current/errcodes-appendix.html; MySQL's symbols:
 * https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html; SQLite's: https://www.sqlite.org/rescode.html.
 */
export const driverErrorsText = `type Column = EntityMetadata['columns'][number];

interface DriverError {
  readonly message: string;
  /** SQLSTATE of PostgreSQL, symbol of MySQL and SQLite. */
  readonly code?: string;
  readonly detail?: string;
  readonly column?: string;
}

const unique = ['23505', 'ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'];
const stillReferenced = ['23001', 'ER_ROW_IS_REFERENCED_2', 'SQLITE_CONSTRAINT_TRIGGER'];
const reference = ['23503', 'ER_NO_REFERENCED_ROW_2', 'SQLITE_CONSTRAINT_FOREIGNKEY', ...stillReferenced];
const required = ['23502', 'ER_BAD_NULL_ERROR', 'ER_NO_DEFAULT_FOR_FIELD', 'SQLITE_CONSTRAINT_NOTNULL'];
const check = ['23514', 'ER_CHECK_CONSTRAINT_VIOLATED', 'SQLITE_CONSTRAINT_CHECK'];
const malformed = [
  '22001',
  '22003',
  '22007',
  '22008',
  '22021',
  '22P02',
  'ER_DATA_TOO_LONG',
  'ER_WARN_DATA_OUT_OF_RANGE',
  'ER_TRUNCATED_WRONG_VALUE',
  'ER_TRUNCATED_WRONG_VALUE_FOR_FIELD',
  'WARN_DATA_TRUNCATED',
];

/** Runs a statement on the entity's table; what the database rejects comes back as a domain error. */
export async function inDomainTerms<T>(metadata: EntityMetadata, statement: () => Promise<T>): Promise<T> {
  try {
    return await statement();
  } catch (error) {
    throw (error instanceof QueryFailedError && translate(metadata, error.driverError as DriverError)) || error;
  }
}

function translate(metadata: EntityMetadata, error: DriverError): Error | undefined {
  const { code = '' } = error;
  const fields = fieldsOf(metadata, error);
  const subject = fields.join(', ') || metadata.name;
  if (unique.includes(code)) {
    return new ConflictError(\`\${subject} is already taken\`, fields);
  }
  if (reference.includes(code)) {
    return isStillReferenced(error)
      ? new ConflictError(\`\${metadata.name} is still referred to\`)
      : new ConflictError(\`\${subject} refers to a row that does not exist\`, fields);
  }
  if (required.includes(code)) {
    return new InvalidValueError(\`\${subject} is required\`, fields);
  }
  if (check.includes(code) || malformed.includes(code)) {
    return new InvalidValueError(\`\${subject} has a value that is not allowed\`, fields);
  }
  return undefined;
}

function isStillReferenced({ code, detail, message }: DriverError): boolean {
  return (code !== undefined && stillReferenced.includes(code)) || (detail ?? message).includes('still referenced');
}

/** Properties that stand for the columns, or for the unique key, which the driver's message names. */
function fieldsOf(metadata: EntityMetadata, { message, detail, column }: DriverError): string[] {
  const patterns = [
    /^Key \\(([^)]+)\\)=/,
    /constraint failed: (.+)$/,
    /for key '([^']+)'/,
    /FOREIGN KEY \\(([^)]+)\\)/,
    /[Cc]olumn '([^']+)'/,
  ];
  const text = detail ?? message;
  const named = column ?? patterns.map((pattern) => pattern.exec(text)?.[1]).find((names) => names !== undefined);
  const names = named?.split(',').map((name) => name.replace(/["\`]/g, '').replace(/^.*\\./, '').trim()) ?? [];
  const keys = [...metadata.uniques, ...metadata.indices].filter(({ name }) => names.includes(name));
  const columns = metadata.columns.filter(({ databaseName }) => names.includes(databaseName));
  return [...columns, ...keys.flatMap((key) => key.columns)].map(propertyName);
}

/** A foreign key without a property of its own is known as \`brandId\` where the relation is \`brand\`. */
function propertyName({ isVirtual, propertyPath, relationMetadata, referencedColumn }: Column): string {
  if (!isVirtual || !relationMetadata || !referencedColumn) {
    return propertyPath;
  }
  const key = referencedColumn.propertyName;
  return relationMetadata.propertyPath + key.charAt(0).toUpperCase() + key.slice(1);
}
`;
