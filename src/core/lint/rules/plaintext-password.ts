import type { Column, Table } from '../../schema/model.ts';
import { wordsOf } from '../../schema/words.ts';
import { oneEntity } from '../examples.ts';
import type { Report, RuleExample, TableRule } from '../rule.ts';
import { onTable } from '../tableRules.ts';

const imports = 'Column, Entity, PrimaryGeneratedColumn';
const user = (column: string): string => `@Entity('users')
export class User {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ unique: true })
  email: string;

${column}
}`;

const login = (note: string, where: string): RuleExample => {
  const base = oneEntity(note, imports, user('  @Column({ select: false })\n  password: string;'));
  return {
    ...base,
    files: {
      'login.ts': `import { Repository } from 'typeorm';
import { User } from './entity';

export class Login {
  constructor(private readonly users: Repository<User>) {}

  async find(email: string, password: string) {
    return this.users.findOne({ where: ${where} });
  }
}
`,
      ...base.files,
    },
  };
};

export const plaintextPassword: TableRule = {
  id: 'plaintext-password',
  code: 'SEC003',
  severity: 'error',
  on: 'table',
  docs: {
    what: 'Reports a password column that is compared in a query, or too short for any password hash.',
    why:
      'A salted hash cannot be found by comparing: a query that filters by the password has stored it as it is, or hashed without a salt. ' +
      'Every hash made for passwords is at least 59 characters long (bcrypt), so a shorter column can only hold the password itself.',
    fix: 'Store a hash made by argon2, scrypt or bcrypt, find the user by the name alone, and compare with the library’s own function.',
    bad: [
      login('The password is part of the search.', '{ email, password }'),
      oneEntity(
        'No hash fits into 30 characters.',
        imports,
        user('  @Column({ length: 30, select: false })\n  password: string;'),
      ),
    ],
    good: [
      login('The user is found by name; the hash is compared in the application.', '{ email }'),
      oneEntity('A hash fits.', imports, user('  @Column({ length: 100, select: false })\n  passwordHash: string;')),
    ],
    references: [
      {
        title: 'OWASP: password storage',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html',
      },
      { title: 'CWE-256: plaintext storage of a password', url: 'https://cwe.mitre.org/data/definitions/256.html' },
    ],
  },
  check: onTable((table, context) =>
    table.columns.flatMap((column): readonly Report[] => {
      if (!isPassword(column)) return [];
      const lookup = context.lookups().find(({ via, columns }) => via === 'filter' && columns.includes(column.name));
      if (lookup)
        return [
          reportOn(
            table,
            column,
            `${table.name}.${column.name} is compared in a query, so it is stored in the clear or without a salt`,
            {
              message: `${lookup.api}${lookup.function === null ? '' : ` in ${lookup.function}`} filters by ${lookup.path}.`,
              at: lookup.at,
            },
          ),
        ];
      if (
        column.type === 'string' &&
        column.length !== null &&
        column.length < shortestHash &&
        column.transformer === null
      )
        return [
          reportOn(
            table,
            column,
            `${table.name}.${column.name} has ${column.length} characters: too few for a password hash`,
            {
              message: `bcrypt, the shortest, has 59 or 60 characters.`,
              at: null,
            },
          ),
        ];
      return [];
    }),
  ),
};

/** `$2b$12$` and 53 characters; crypt(3) writes 59 with the prefix `$2$`. */
const shortestHash = 59;

function reportOn(table: Table, column: Column, message: string, evidence: Report['evidence'][number]): Report {
  return { message, at: column.at, table: table.name, evidence: [evidence], fixes: [] };
}

/** `password`, `userPassword`; not `passwordHash`, `passwordResetToken`, `password_hint`, nor the token of `reset_password`. */
function isPassword(column: Column): boolean {
  const words = wordsOf(column.property ?? column.name);
  const last = words.at(-1);
  return (
    last !== undefined &&
    !/^(?:reset|forgot|forgotten|recover|recovery|restore)$/u.test(words.at(-2) ?? '') &&
    ['password', 'passwd', 'passphrase', 'pwd'].includes(last) &&
    (column.type === 'string' || column.type === 'text')
  );
}
