import type { Schema, Table } from '../../schema/model.ts';
import type { RuleExample, SchemaRule } from '../rule.ts';

const readings = (note: string, migration: string): RuleExample => ({
  files: {
    'copilot.instructions.md': '# Weather\n\nAn IoT telemetry platform.\n\n## Business domains\n\n- IoT\n',
    'reading.entity.ts': `import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('readings')
@Index(['sensorId', 'measuredAt'])
export class Reading {
  @PrimaryColumn('bigint')
  id: string;

  @Column()
  sensorId: number;

  @Column('timestamptz')
  measuredAt: Date;

  @Column('double precision')
  value: number;
}
`,
    'migrations/1700000000000-readings.ts': `import { MigrationInterface, QueryRunner } from 'typeorm';

export class Readings1700000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(\`${migration}\`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE readings');
  }
}
`,
  },
  dialect: 'postgresql',
  note,
});

export const unpartitionedTimeSeries: SchemaRule = {
  id: 'unpartitioned-time-series',
  code: 'DOM003',
  severity: 'info',
  on: 'schema',
  docs: {
    what: 'Reports tables of measurements, in a project about the Internet of Things, that are neither partitioned by time nor hypertables.',
    why: 'They grow with every device and every second, and old rows are deleted by time: of one large table that is a scan and years of dead rows, of partitions the drop of a file.',
    fix: 'Partition by time (`PARTITION BY RANGE`), or make it a hypertable with a retention policy (TimescaleDB).',
    bad: [readings('One table for all time.', 'CREATE TABLE readings (id bigint)')],
    good: [readings('A hypertable.', "SELECT create_hypertable('readings', 'measuredAt')")],
    references: [
      { title: 'PostgreSQL: table partitioning', url: 'https://www.postgresql.org/docs/current/ddl-partitioning.html' },
      { title: 'TimescaleDB: hypertables', url: 'https://docs.tigerdata.com/use-timescale/latest/hypertables/' },
    ],
  },
  check(table, { schema, profile, dialect }, report) {
    if (!profile.domains.includes('internet-of-things') || table.kind !== 'table') return;
    if (dialect !== null && dialect !== 'postgresql' && dialect !== 'mysql' && dialect !== 'mariadb') return;
    const time = timeOf(table);
    if (!time || !isMeasured(table) || partitioned(schema).has(table.name.toLowerCase())) return;
    report({
      message: `${table.name} grows with every measurement and is not partitioned by ${time.name}`,
      at: table.at,
      table: table.name,
      evidence: [
        { message: `${table.name}.${time.name} says when each row was measured.`, at: time.at },
        { message: 'No migration and no script makes it a hypertable or partitions it.', at: null },
      ],
      fixes: [],
    });
  },
};

/** When it was measured, not when the row was written. */
function timeOf({ columns }: Table): Table['columns'][number] | undefined {
  return columns.find(
    ({ type, role, nullable }) => (type === 'datetime' || type === 'datetime-tz') && role === null && !nullable,
  );
}

/** Named as measurements are, with a number that was measured and what measured it. */
function isMeasured({ name, columns, foreignKeys }: Table): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])/gu, '$1_$2')
    .toLowerCase()
    .split('_');
  const named = words.some((word) =>
    /^(?:readings?|measurements?|telemetr(?:y|ies)|samples?|metrics?|datapoints?|observations?|signals?)$/u.test(word),
  );
  const source =
    foreignKeys.length > 0 ||
    columns.some((column) => /(?:sensor|device|meter|machine|station|gateway)/iu.test(column.name));
  const number = columns.some(({ type }) =>
    ['float32', 'float64', 'decimal', 'int16', 'int32', 'int64', 'json'].includes(type),
  );
  return named && source && number && columns.length <= 12;
}

const known = new WeakMap<Schema['code'], ReadonlySet<string>>();

/** Names in lower case of tables that something in the project partitions. */
function partitioned(schema: Schema): ReadonlySet<string> {
  let found = known.get(schema.code);
  if (!found) {
    const calls = schema.code.files.flatMap(({ stores }) => stores ?? []);
    found = new Set(
      calls.flatMap(({ store, arguments: given }) => {
        const name = /([\w]+)["'`]*\s*$/u.exec((given[0] ?? '').replace(/^.*=>?\s*/u, ''))?.[1];
        return store === 'partitioning' && name !== undefined ? [name.toLowerCase()] : [];
      }),
    );
    known.set(schema.code, found);
  }
  return found;
}
