import assert from 'node:assert/strict';
import { lintProject } from '../../../../src/core/lint/engine.ts';
import type { Finding } from '../../../../src/core/lint/rule.ts';
import type { Dialect, Table } from '../../../../src/core/schema/model.ts';
import { aColumn, aForeignKey, aTable, anIndex, aUnique } from '../../../support/tables.ts';
import { aProject } from '../../../support/project.ts';
import { analyzeFiles } from '../../../support/analyze.ts';

const parent = aTable('parents', { entity: 'Parent' });
const columns = ['id', 'a', 'b', 'c'].map((name) => aColumn(name));

function child(stated: Partial<Table>): Table {
  return aTable('children', { columns, foreignKeys: [aForeignKey(['a'], 'parents')], ...stated });
}

function lint(table: Table, dialect: Dialect | null = 'postgresql'): readonly Finding[] {
  return lintProject(aProject([table, parent], dialect)).filter(({ code }) => code === 'IDX001');
}

const cascading = child({ foreignKeys: [aForeignKey(['a'], 'parents', { onDelete: 'CASCADE' })] });

describe('missing-foreign-key-index', () => {
  it('judges by what each engine does by itself', () => {
    const severities = (
      ['postgresql', 'sqlite', 'mssql', 'oracle', 'cockroachdb', 'mysql', 'mariadb', 'spanner', 'sap', null] as const
    ).map((dialect) => `${dialect ?? 'unknown'}: ${lint(cascading, dialect)[0]?.severity ?? 'silent'}`);
    assert.deepEqual(severities, [
      'postgresql: warning',
      'sqlite: warning',
      'mssql: warning',
      'oracle: warning',
      'cockroachdb: warning',
      'mysql: silent',
      'mariadb: silent',
      'spanner: silent',
      'sap: info',
      'unknown: info',
    ]);
    assert.match(lint(cascading, null)[0]?.message ?? '', /engine is not known/u);
  });

  it('warns of cascades, and merely informs where nothing shows a cost', () => {
    const severity = (onDelete: 'CASCADE' | 'SET NULL' | 'RESTRICT' | 'NO ACTION' | null): string =>
      lint(child({ foreignKeys: [aForeignKey(['a'], 'parents', { onDelete })] }))[0]?.severity ?? 'silent';
    assert.deepEqual((['CASCADE', 'SET NULL', 'RESTRICT', 'NO ACTION', null] as const).map(severity), [
      'warning',
      'warning',
      'info',
      'info',
      'info',
    ]);
  });

  it('only informs of cascades from rows that are merely marked as deleted', () => {
    const marked = aTable('parents', {
      columns: [aColumn('id'), aColumn('deleted_at', { type: 'datetime', nullable: true })],
    });
    const [finding] = lintProject(aProject([cascading, marked], 'postgresql')).filter(({ code }) => code === 'IDX001');
    assert.equal(finding?.severity, 'info');
  });

  it('only informs of who did it, unless that is looked up or goes with its rows', () => {
    const by = (name: string, target: string, onDelete: 'CASCADE' | 'SET NULL' | null): string | undefined => {
      const table = aTable('children', {
        columns: [aColumn('id'), aColumn(name, { nullable: true })],
        foreignKeys: [aForeignKey([name], target, { onDelete })],
      });
      const found = lintProject(aProject([table, aTable(target)], 'postgresql'));
      return found.find(({ code }) => code === 'IDX001')?.severity;
    };
    assert.equal(by('disputedByUserId', 'user', 'SET NULL'), 'info');
    assert.equal(by('created_by', 'users', 'SET NULL'), 'info');
    assert.equal(by('created_by', 'users', 'CASCADE'), 'warning');
    assert.equal(by('referred_by_id', 'practices', 'SET NULL'), 'warning');
    assert.equal(by('user_id', 'users', 'SET NULL'), 'warning');
  });

  it('knows every kind of index, key and constraint that serves', () => {
    for (const stated of [
      { primaryKey: ['a', 'b'] },
      { uniques: [aUnique(['a', 'c'])] },
      { indexes: [anIndex(['a'])] },
      { indexes: [anIndex(['a', 'b'], { unique: true })] },
      { indexes: [anIndex(['a'], { where: 'a IS NOT NULL' })] },
      { indexes: [anIndex(['a'], { method: 'hash' })] },
      { kind: 'view' as const },
    ])
      assert.deepEqual(lint(child(stated)), [], JSON.stringify(stated));
  });

  const closest: readonly (readonly [Partial<Table>, RegExp])[] = [
    [{ primaryKey: ['b', 'a'] }, /^The primary key \(b, a\) does not begin with a,/u],
    [
      { uniques: [aUnique(['b', 'a'], { name: 'uq' })] },
      /^The unique constraint "uq" \(b, a\) does not begin with a,/u,
    ],
    [{ indexes: [anIndex(['a'], { where: 'c > 0' })] }, /^The index \(a\) holds only the rows where c > 0\.$/u],
    [{ indexes: [anIndex(['a'], { method: 'gin' })] }, /^The index \(a\) uses gin,/u],
    [
      { indexes: [anIndex([], { expression: 'lower(a)' })] },
      /^The index \(lower\(a\)\) indexes the expression lower\(a\), not the plain column/u,
    ],
    [{ indexes: [anIndex(['b'])] }, /^No key or index of children contains a\.$/u],
  ];
  for (const [stated, message] of closest)
    it(`says what comes closest and why it does not serve: ${message.source}`, () => {
      const [finding] = lint(child(stated));
      assert.ok(
        finding?.evidence.some((fact) => message.test(fact.message)),
        JSON.stringify(finding?.evidence),
      );
    });

  it('reports each key once, composite ones whole', () => {
    const table = child({
      foreignKeys: [
        aForeignKey(['a', 'b'], 'parents'),
        aForeignKey(['a', 'b'], 'parents'),
        aForeignKey(['c'], 'parents'),
      ],
    });
    assert.deepEqual(
      lint(table).map(({ message }) => message.replace(/ has no index.*/u, '')),
      ['Foreign key (a, b) → parents(id)', 'Foreign key c → parents(id)'],
    );
    assert.deepEqual(
      lint(child({ foreignKeys: [aForeignKey(['a', 'b'], 'parents')], indexes: [anIndex(['b', 'a', 'c'])] })),
      [],
    );
  });

  it('says which part of a composite key is indexed, and nothing where that part finds the row alone', () => {
    const rules = (primaryKey: readonly string[]): Table =>
      aTable('rules', { columns: ['tenant', 'number'].map((name) => aColumn(name)), primaryKey });
    const key = aForeignKey(['a', 'b'], 'rules', {
      onDelete: 'CASCADE',
      references: { table: 'rules', namespace: null, columns: ['tenant', 'number'] },
    });
    const found = (target: Table, indexed: string): readonly string[] =>
      lintProject(aProject([child({ foreignKeys: [key], indexes: [anIndex([indexed])] }), target], 'postgresql'))
        .filter(({ code }) => code === 'IDX001')
        .map(({ severity, message }) => `${severity}: ${message}`);
    assert.deepEqual(found(rules(['tenant', 'number']), 'a'), [
      'info: Foreign key (a, b) → rules(tenant, number) is indexed by a only: deleting a row of rules or looking up by the whole key goes through all rows of children with the same a',
    ]);
    assert.deepEqual(found(rules(['number']), 'b'), []);
    assert.equal(found(rules(['number']), 'a').length, 1);
  });

  it('asks for no index of a tree within an owner whose rows an index finds', () => {
    const found = (owner: string): number => {
      const tree = child({
        foreignKeys: [
          aForeignKey(['a'], owner, { onDelete: 'CASCADE' }),
          aForeignKey(['b', 'a'], 'children', {
            onDelete: 'CASCADE',
            references: { table: 'children', namespace: null, columns: ['id', 'a'] },
          }),
        ],
        indexes: [anIndex(['a'])],
      });
      return lint(tree).length;
    };
    assert.equal(found('charts'), 0);
    assert.equal(found('tenants'), 1);
  });

  it('covers join tables, and references without a constraint', () => {
    assert.equal(lint(child({ kind: 'join-table', primaryKey: ['b', 'a'] })).length, 1);
    const [finding] = lint(
      child({ foreignKeys: [aForeignKey(['a'], 'parents', { enforced: false, onDelete: 'CASCADE' })] }),
    );
    assert.equal(finding?.severity, 'info');
    assert.equal(finding.message, 'Reference a → parents(id) has no index: every query by a scans children');
    const cascades = aForeignKey(['a'], 'parents', { enforced: false, onDelete: 'CASCADE' });
    assert.equal(lint(child({ foreignKeys: [cascades] }), 'mysql').length, 1);
    // Nobody looks for its rows: neither the database, nor the ORM, nor a query.
    assert.equal(lint(child({ foreignKeys: [{ ...cascades, onDelete: null }] })).length, 0);
  });

  it('offers the index as a change of the schema', () => {
    const [fix] = lint(cascading)[0]?.fixes ?? [];
    assert.equal(fix?.title, 'Add an index on children(a)');
    assert.ok(fix.change?.kind === 'addIndex' && fix.change.table === 'children');
    assert.deepEqual(fix.change.index.columns, ['a']);
  });

  describe('queries', () => {
    const entities = `import { Column, Entity, ManyToOne, OneToMany, PrimaryGeneratedColumn } from 'typeorm';

@Entity('customers')
export class Customer {
  @PrimaryGeneratedColumn() id: number;
  @OneToMany(() => Order, (order) => order.customer) orders: Order[];
}

@Entity('orders')
export class Order {
  @PrimaryGeneratedColumn() id: number;
  @Column({ unique: true }) number: string;
  @Column() customerId: number;
  @ManyToOne(() => Customer, (customer) => customer.orders) customer: Customer;
}
`;
    const service = (body: string): string => `import { Repository } from 'typeorm';
import { Customer, Order } from './entities';

export class Service {
  constructor(private readonly orders: Repository<Order>, private readonly customers: Repository<Customer>) {}

  async run(id: number) {
    return ${body};
  }
}
`;
    const findings = async (body: string, path = 'src/service.ts'): Promise<readonly Finding[]> =>
      lintProject(await analyzeFiles({ 'src/entities.ts': entities, [path]: service(body) }, 'postgresql'));

    for (const [body, evidence] of [
      ['await this.orders.find({ where: { customerId: id } })', 'find in Service.run filters by customerId.'],
      ['await this.orders.find({ where: { customer: { id } } })', 'find in Service.run filters by customer.id.'],
      ['await this.customers.find({ relations: { orders: true } })', 'find in Service.run loads orders.'],
      [
        "await this.customers.createQueryBuilder('c').leftJoinAndSelect('c.orders', 'o').getMany()",
        'getMany in Service.run joins orders.',
      ],
    ] as const)
      it(`warns where one searches by the key: ${evidence}`, async () => {
        const [finding] = await findings(body);
        assert.equal(finding?.severity, 'warning');
        assert.match(finding.message, /one query looks orders up by it and scans the table$/u);
        assert.ok(
          finding.evidence.some(({ message, at }) => message === evidence && at?.file === 'src/service.ts'),
          JSON.stringify(finding.evidence),
        );
      });

    for (const body of [
      'await this.orders.find({ where: { number: "1", customerId: id } })',
      'await this.orders.find({ relations: { customer: true } })',
      'await this.orders.find({ order: { customerId: "ASC" } })',
    ])
      it(`does not count a query that something else serves, or that searches the other table: ${body}`, async () => {
        assert.equal((await findings(body))[0]?.severity, 'info');
      });

    it('does not count queries of tests', async () => {
      assert.equal(
        (await findings('await this.orders.find({ where: { customerId: id } })', 'test/service.spec.ts'))[0]?.severity,
        'info',
      );
    });
  });
});
