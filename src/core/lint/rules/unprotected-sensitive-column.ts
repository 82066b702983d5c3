import type { Column, Table } from '../../schema/model.ts';
import { wordsOf } from '../../schema/words.ts';
import { oneEntity } from '../examples.ts';
import type { Report, TableRule, TableContext } from '../rule.ts';
import { onTable } from '../tableRules.ts';

const imports = 'Column, Entity, PrimaryGeneratedColumn';
const card = (column: string): string => `@Entity('payment_cards')
export class PaymentCard {
  @PrimaryGeneratedColumn()
  id: number;

${column}
}`;
const user = (column: string): string => `@Entity('users')
export class User {
  @PrimaryGeneratedColumn()
  id: number;

${column}
}`;

export const unprotectedSensitiveColumn: TableRule = {
  id: 'unprotected-sensitive-column',
  code: 'SEC002',
  severity: 'warning',
  on: 'table',
  docs: {
    what: 'Reports card data, health data and numbers of identity documents that nothing encrypts or masks, and credentials that every select returns.',
    why:
      'Whoever reads the table, a backup or a log has the data in the clear. PCI DSS 3 asks that card numbers are unreadable wherever they are stored, and forbids ' +
      'keeping security codes; HIPAA 164.312 asks for encryption of health data. A hash or token that is selected by default ends up in answers and logs sooner or later.',
    fix:
      'Encrypt the column (a value transformer, or encryption in the database), keep a token of the payment provider instead of the card number, ' +
      'and take credentials out of the default select (`select: false`). Set the kind of a column that is judged wrongly in `.data-engineer.json`.',
    bad: [
      oneEntity('The number of the card, as it is.', imports, card('  @Column()\n  cardNumber: string;')),
      oneEntity('The hash is part of every `find`.', imports, user('  @Column()\n  passwordHash: string;')),
    ],
    good: [
      oneEntity(
        'A transformer encrypts it.',
        imports,
        card('  @Column({ transformer: encrypted })\n  cardNumber: string;'),
      ),
      oneEntity(
        'The last four digits may be shown.',
        imports,
        card('  @Column({ length: 4 })\n  cardLastFour: string;'),
      ),
      oneEntity(
        'Only a query that asks for it reads the hash.',
        imports,
        user('  @Column({ select: false })\n  passwordHash: string;'),
      ),
    ],
    references: [
      { title: 'PCI DSS document library', url: 'https://www.pcisecuritystandards.org/document_library/' },
      {
        title: 'HIPAA security rule, 45 CFR 164.312',
        url: 'https://www.ecfr.gov/current/title-45/subtitle-A/subchapter-C/part-164/subpart-C/section-164.312',
      },
      {
        title: 'OWASP: cryptographic storage',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Cryptographic_Storage_Cheat_Sheet.html',
      },
    ],
  },
  check: onTable((table, context) => {
    if (table.kind === 'view' || table.kind === 'materialized-view') return [];
    return table.columns.flatMap((column) => judge(table, column, context));
  }),
};

function judge(table: Table, column: Column, context: TableContext): readonly Report[] {
  const found = column.classification;
  if (found === null || column.transformer !== null || column.type === 'binary' || isKept(column)) return [];
  const name = `${table.name}.${column.name}`;
  const evidence = [{ message: `${name} is taken for ${kinds[found.kind]}: ${found.evidence}.`, at: column.at }];
  const report = (message: string, severity: Report['severity']): readonly Report[] => [
    { message, at: column.at, table: table.name, ...(severity === undefined ? {} : { severity }), evidence, fixes: [] },
  ];
  const certain = found.confidence === 'certain';
  switch (found.kind) {
    case 'pan':
      // Who holds the card may be kept in the clear; it is the number beside it that must not.
      if (isHolder(column)) return [];
      return isSecurityCode(column)
        ? report(
            `${name} keeps the security code of a card, which must not be stored at all`,
            certain ? 'error' : 'warning',
          )
        : report(
            `${name} keeps card data in the clear: keep a token of the payment provider, or encrypt it`,
            certain ? 'warning' : 'info',
          );
    case 'phi':
      return report(
        `${name} keeps health data in the clear`,
        certain && context.complies('hipaa') ? 'warning' : 'info',
      );
    case 'secret':
      // Where the ORM cannot leave a column out, what a query returns is for the query to say.
      if (!column.selected || column.hideable !== true) return [];
      return report(
        isPassword(column)
          ? `${name} is part of every select: leave it out unless a query asks for it`
          : `${name} keeps a credential that every select returns`,
        'info',
      );
    case 'pii':
      // Names and addresses are read all day long. Such a number is for life, and enough to pass for its owner.
      return certain && isIdentityNumber(column)
        ? report(
            `${name} keeps the number of an identity document in the clear`,
            context.complies('gdpr') || context.complies('hipaa') ? 'warning' : 'info',
          )
        : [];
  }
}

const kinds = { pan: 'card data', phi: 'health data', secret: 'a credential', pii: 'personal data' } as const;

function isHolder(column: Column): boolean {
  return /holder|owner|nameoncard/iu.test(wordsOf(column.property ?? column.name).join(''));
}

function isIdentityNumber(column: Column): boolean {
  return /ssn$|socialsecurity|national(?:id|insurance)|passportn|(?:id|identity)card|driv(?:ing|ers?)licen[cs]e|aadhaar|^(?:cpf|curp|bsn|pesel)$/iu.test(
    wordsOf(column.property ?? column.name).join(''),
  );
}

function isSecurityCode(column: Column): boolean {
  return /cvv|cvc|cid\b|securitycode/iu.test(wordsOf(column.property ?? column.name).join(''));
}

/** `password`, `passwordHash`, `password_digest`; not `passwordResetToken`. */
function isPassword(column: Column): boolean {
  const words = wordsOf(column.property ?? column.name).filter((word) => !['hash', 'hashed', 'digest'].includes(word));
  return ['password', 'passwd', 'passphrase', 'pwd'].includes(words.at(-1) ?? '');
}

/** Names that say it is protected already, or only the part that may be shown. */
function isKept(column: Column): boolean {
  const words = wordsOf(column.property ?? column.name);
  const own = new Set(words);
  return (
    [
      'encrypted',
      'cipher',
      'ciphertext',
      'masked',
      'redacted',
      'token',
      'tokenized',
      'fingerprint',
      'last',
      'brand',
      'expiry',
      'expires',
    ].some((word) => own.has(word)) && !own.has('password')
  );
}
