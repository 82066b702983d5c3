/** The ten changes of issue 3 as entities, before and after, so that TypeORM and we start from the same text. */
import type { Rename } from '../../src/core/diff/diff.ts';
import type { ProofDialect } from '../../src/proof/database.ts';

export interface TrickyEntities {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly renames?: readonly Rename[];
  readonly fills?: Readonly<Record<string, string>>;
  /** What has to come out of the database afterwards as it went in: SQL before and after `up`. */
  readonly values: readonly (readonly [before: string, after: string])[];
}

const key = '  @PrimaryColumn({ type: "int" }) id: number;\n';

function entity(name: string, body: string, decorators = ''): string {
  return `${decorators}@Entity('${name}')\nexport class ${name.charAt(0).toUpperCase()}${name.slice(1)} {\n${body}\n}\n`;
}

function source(...entities: readonly string[]): string {
  return `import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';\n\n${entities.join('\n')}`;
}

export function trickyEntities(dialect: ProofDialect): readonly TrickyEntities[] {
  const isPostgresql = dialect === 'postgresql';
  const enumeration = (...values: readonly string[]): string =>
    `  @Column({ type: '${isPostgresql ? 'enum' : 'simple-enum'}', enum: [${values.map((value) => `'${value}'`).join(', ')}], default: 'new' }) state: string;`;
  const all = (column: string, table = 'orders') => `SELECT id, ${column} AS v FROM ${table} ORDER BY id`;
  return [
    {
      name: 'rename',
      before: source(
        entity('orders', `${key}  @Column({ type: 'varchar' }) client: string;`, "@Unique('UQ_orders', ['client'])\n"),
      ),
      after: source(
        entity(
          'orders',
          `${key}  @Column({ type: 'varchar' }) customer: string;`,
          "@Unique('UQ_orders', ['customer'])\n",
        ),
      ),
      renames: [{ kind: 'column', table: 'orders', namespace: null, from: 'client', to: 'customer' }],
      values: [[all('client'), all('customer')]],
    },
    {
      name: 'enum value',
      before: source(entity('orders', `${key}${enumeration('new', 'old')}`)),
      after: source(entity('orders', `${key}${enumeration('new', 'paid', 'old')}`)),
      values: [[all('state'), all('state')]],
    },
    {
      name: 'type change with data',
      before: source(entity('orders', `${key}  @Column({ type: 'int' }) number: number;`)),
      after: source(entity('orders', `${key}  @Column({ type: 'varchar' }) number: string;`)),
      values: [[all('CAST(number AS varchar)'), all('CAST(number AS varchar)')]],
    },
    {
      name: 'default',
      before: source(entity('orders', `${key}  @Column({ type: 'int', default: 1 }) amount: number;`)),
      after: source(entity('orders', `${key}  @Column({ type: 'int', default: 2 }) amount: number;`)),
      values: [[all('amount'), all('amount')]],
    },
    {
      name: 'composite key',
      before: source(entity('orders', `${key}  @Column({ type: 'int' }) shop: number;`)),
      after: source(entity('orders', `${key}  @PrimaryColumn({ type: 'int' }) shop: number;`)),
      values: [[all('shop'), all('shop')]],
    },
    {
      name: 'partial index',
      before: source(entity('orders', `${key}  @Column({ type: 'int', nullable: true }) amount: number;`)),
      after: source(
        entity(
          'orders',
          `${key}  @Column({ type: 'int', nullable: true }) amount: number;`,
          `@Index('IDX_orders', ['amount'], { unique: true, where: 'amount > 0' })\n`,
        ),
      ),
      values: [[all('amount'), all('amount')]],
    },
    {
      name: 'check',
      before: source(
        entity('orders', `${key}  @Column({ type: 'int' }) amount: number;`, `@Check('CHK_orders', 'amount > 0')\n`),
      ),
      after: source(
        entity('orders', `${key}  @Column({ type: 'int' }) amount: number;`, `@Check('CHK_orders', 'amount >= 0')\n`),
      ),
      values: [[all('amount'), all('amount')]],
    },
    {
      name: 'self reference',
      before: source(entity('orders', `${key}  @Column({ type: 'int' }) amount: number;`)),
      after: source(
        entity(
          'orders',
          `${key}  @Column({ type: 'int' }) amount: number;\n  @ManyToOne(() => Orders, { nullable: true, onDelete: 'SET NULL' }) @JoinColumn({ name: 'parentId' }) parent: any;`,
        ),
      ),
      values: [[all('amount'), all('amount')]],
    },
    {
      name: 'nullable → required',
      before: source(entity('orders', `${key}  @Column({ type: 'varchar', nullable: true }) note: string;`)),
      after: source(
        entity(
          'orders',
          `${key}  @Column({ type: 'varchar' }) note: string;\n  @Column({ type: 'int' }) amount: number;`,
        ),
      ),
      fills: { 'orders.note': "'none'", 'orders.amount': '0' },
      values: [[all("coalesce(note, 'none')"), all('note')]],
    },
    {
      name: 'drop with data',
      before: source(
        entity(
          'orders',
          `${key}  @Column({ type: 'varchar' }) note: string;\n  @Column({ type: 'int' }) amount: number;`,
        ),
        entity('drafts', key),
      ),
      after: source(entity('orders', `${key}  @Column({ type: 'int' }) amount: number;`)),
      values: [[all('amount'), all('amount')]],
    },
  ];
}
