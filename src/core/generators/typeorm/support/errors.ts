/** The errors of the domain. */
export const errorsText = `/** What went wrong in terms of the domain; how it is told to a client is decided where requests are answered. */
export abstract class DomainError extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

export class NotFoundError extends DomainError {
  constructor(entity: string, id: string) {
    super(\`There is no \${entity} \${id}\`);
  }
}

/** A unique value is taken, a row referred to does not exist, or the row itself is still referred to. */
export class ConflictError extends DomainError {
  readonly fields: readonly string[];

  constructor(message: string, fields: readonly string[] = []) {
    super(message);
    this.fields = fields;
  }
}

/** The row has been changed since it was read. */
export class StaleVersionError extends DomainError {
  constructor(entity: string, id: string) {
    super(\`\${entity} \${id} has been changed in the meantime\`);
  }
}

/** A value that the database does not take: malformed, out of range or against a check. */
export class InvalidValueError extends DomainError {
  readonly fields: readonly string[];

  constructor(message: string, fields: readonly string[] = []) {
    super(message);
    this.fields = fields;
  }
}
`;
