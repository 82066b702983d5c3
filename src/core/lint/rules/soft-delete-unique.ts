import { engines } from '../../dialects/registry.ts';
import type { Column } from '../../schema/model.ts';
import { wordsOf } from '../../schema/words.ts';
import { oneEntity } from '../examples.ts';
import { columnNamed, marksDeleted } from '../findColumn.ts';
import type { Report, TableRule } from '../rule.ts';
import { onTable } from '../tableRules.ts';

const imports = 'Column, DeleteDateColumn, Entity, Index, PrimaryGeneratedColumn';
const page = (decorators: string): string => `@Entity('pages')
export class Page {
  @PrimaryGeneratedColumn()
  id: number;

${decorators}
  slug: string;

  @DeleteDateColumn()
  deletedAt: Date | null;
}`;

export const softDeleteUnique: TableRule = {
  id: 'soft-delete-unique',
  code: 'SCH009',
  severity: 'info',
  on: 'table',
  docs: {
    what: 'Reports a unique key on a soft-deleted table that counts deleted rows too.',
    why: 'A deleted row keeps its slug, number or address: it can never be used again, and restoring a row can fail for the same reason.',
    fix: 'Make the key a partial unique index over live rows (`WHERE deleted_at IS NULL`) where the engine has them, or include a column that is constant for live rows. Keep it where a value must never be used twice, and suppress the finding.',
    bad: [oneEntity('A deleted page keeps its slug.', imports, page('  @Column({ unique: true })'))],
    good: [
      oneEntity(
        'Only live pages count.',
        imports,
        page('  @Column()\n  @Index({ unique: true, where: \'"deletedAt" IS NULL\' })'),
      ),
    ],
    references: [
      { title: 'PostgreSQL: partial indexes', url: 'https://www.postgresql.org/docs/current/indexes-partial.html' },
    ],
  },
  check: onTable((table, context) => {
    const deleted = table.columns.find(marksDeleted);
    const dialect = context.dialect();
    if (!deleted || dialect === null || !engines[dialect].partialIndexes.value) return [];
    const foreign = new Set(table.foreignKeys.flatMap(({ columns }) => columns));
    const expires = table.columns.some(({ name }) =>
      /^(?:expires?|expired|expiry|valid_?until)(?:_?(?:at|on|date|time))?$/iu.test(name),
    );
    const keys = [
      ...table.uniques.filter(({ origin }) => origin === 'declared'),
      ...table.indexes.filter(({ unique, where, origin }) => unique && where === null && origin === 'declared'),
    ];
    return keys.flatMap(({ columns, at }): readonly Report[] => {
      // A key of references is about the referenced rows; one that names the deletion has thought of it.
      if (columns.includes(deleted.name) || columns.every((name) => foreign.has(name))) return [];
      // What is made up for each row anew is never wanted again.
      if (columns.some((name) => isMadeUp(columnNamed(table, name)))) return [];
      // A code that expires is sent to somebody once: a login, a session, a reset of a password.
      if (expires && columns.some((name) => wordsOf(name).at(-1) === 'code')) return [];
      return [
        {
          message: `Unique key (${columns.join(', ')}) of ${table.name} counts deleted rows: their values can never be used again`,
          at,
          table: table.name,
          evidence: [{ message: `${table.name}.${deleted.name} marks deleted rows.`, at: deleted.at }],
          fixes: [],
        },
      ];
    });
  }),
};

/** An identifier, token or hash: its values come from a generator or from another system, not from people. */
function isMadeUp(column: Column | undefined): boolean {
  if (!column) return false;
  if (column.type === 'uuid' || column.generated !== null) return true;
  const last = wordsOf(column.property ?? column.name).at(-1) ?? '';
  return madeUp.has(last);
}

const madeUp: ReadonlySet<string> = new Set([
  'id',
  'uid',
  'uuid',
  'guid',
  'ulid',
  'cuid',
  'nanoid',
  'token',
  'hash',
  'secret',
  'nonce',
  'checksum',
  'digest',
  'fingerprint',
  'key',
]);
