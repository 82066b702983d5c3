/** What programs that run on several engines, keep answers, or say on purpose what looks like a fault, showed; in words of its own. */
import assert from 'node:assert/strict';
import { linesOf } from '../../support/linesOf.ts';
import { csproj } from './apiary.ts';

const typeorm = { 'package.json': '{"dependencies":{"typeorm":"0.3.0"}}' };
const hives = {
  ...typeorm,
  'src/hive.ts': `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('hives')
export class Hive {
  @PrimaryGeneratedColumn() id: number;
  @Column() name: string;
  @Column() listed: boolean;
  @Column() honey: number;
}
`,
};

const keeper = (body: string): Record<string, string> => ({
  ...hives,
  'src/keeper.ts': `import { Repository, DataSource } from 'typeorm';
import { Hive } from './hive';
import { wrapRedis } from './store';

export class Keeper {
  constructor(private readonly hives: Repository<Hive>, private readonly source: DataSource) {}

${body}
}
`,
});

describe('Rules on programs for several engines', () => {
  it('go by the engine that a file is for', async () => {
    const schema = (provider: string) => `datasource db {
  provider = "${provider}"
  url = env("DATABASE_URL")
}
model Hive {
  id Int @id
  frames Frame[]
}
model Frame {
  id Int @id
  hiveId Int
  hive Hive @relation(fields: [hiveId], references: [id], onDelete: Cascade)
}
`;
    const files = {
      'package.json': '{"dependencies":{"@prisma/client":"5.0.0"}}',
      'prisma/mysql-schema.prisma': schema('mysql'),
      'prisma/postgresql-schema.prisma': schema('postgresql'),
    };
    assert.deepEqual(await linesOf('missing-foreign-key-index', files), ['prisma/postgresql-schema.prisma:12']);

    const migration = (engine: string): Record<string, string> => ({
      [`migration/${engine}/1712345678901-name.ts`]: `import { MigrationInterface, QueryRunner } from 'typeorm';

export class Name1712345678901 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE INDEX "hives_name" ON "hives" ("name")');
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX "hives_name"');
  }
}
`,
    });
    const both = { ...hives, ...migration('mssql'), ...migration('postgres') };
    assert.deepEqual(await linesOf('blocking-index-build', both), ['migration/postgres/1712345678901-name.ts:5']);
  });

  it('know that a default is there whose text is not', async () => {
    const sequelize = (value: string): Record<string, string> => ({
      'package.json': '{"dependencies":{"sequelize":"6.0.0"}}',
      'models/hive.js': `module.exports = (sequelize, DataTypes) => sequelize.define('hive', { name: DataTypes.STRING });\n`,
      'migrations/20240502101010-mode.js': `const { MODES } = require('../utils/modes');

module.exports = {
  up: async (queryInterface, Sequelize) => {
    await queryInterface.addColumn('hives', 'mode', { type: Sequelize.STRING, allowNull: false${value} });
  },
  down: async (queryInterface) => {
    await queryInterface.removeColumn('hives', 'mode');
  },
};
`,
    });
    const rule = 'unfilled-required-column';
    assert.deepEqual(await linesOf(rule, sequelize(', defaultValue: MODES.OPEN')), []);
    assert.deepEqual(await linesOf(rule, sequelize(', defaultValue: Sequelize.UUIDV4')), [
      'migrations/20240502101010-mode.js:5',
    ]);
    const knex = (value: string): Record<string, string> => ({
      'package.json': '{"dependencies":{"knex":"3.0.0"}}',
      'migrations/20240101101010_hives.js': `exports.up = (knex) => knex.schema.createTable('hives', (table) => { table.increments('id'); });
exports.down = (knex) => knex.schema.dropTable('hives');
`,
      'migrations/20240502101010_mode.js': `const { modes } = require('../utils/modes');

exports.up = (knex) => knex.schema.alterTable('hives', (table) => { table.string('mode').notNullable()${value}; });
exports.down = (knex) => knex.schema.alterTable('hives', (table) => { table.dropColumn('mode'); });
`,
    });
    assert.deepEqual(await linesOf(rule, knex('.defaultTo(modes.open)')), []);
    assert.equal((await linesOf(rule, knex(''))).length, 1);
  });

  it('leave to a cache what it is handed', async () => {
    const loop = (body: string) =>
      keeper(`  private byId(id: number) {
    ${body}
  }

  async all(ids: number[]) {
    for (const id of ids) console.log(await this.byId(id));
  }`);
    const asked = 'return this.hives.findOneBy({ id });';
    assert.deepEqual(await linesOf('query-in-loop', loop(asked)), ['src/keeper.ts:13']);
    assert.deepEqual(
      await linesOf('query-in-loop', loop(`return wrapRedis(String(id), async () => { ${asked} });`)),
      [],
    );
  });

  it('take what may be missing for the list that it mostly is', async () => {
    const loop = keeper(`  async all() {
    const found = await this.hives.find();
    for (const hive of found || []) await this.hives.delete({ name: hive.name });
  }`);
    assert.deepEqual(await linesOf('write-in-loop', loop), ['src/keeper.ts:10']);
  });

  it('leave one row its columns, and what is only sorted its order', async () => {
    const sql = (limit: string) =>
      keeper(`  async named(name: string) {
    return this.source.query('SELECT * FROM hives WHERE name = $1${limit}', [name]);
  }`);
    assert.equal((await linesOf('wasteful-sql', sql(''))).length, 1);
    assert.deepEqual(await linesOf('wasteful-sql', sql(' LIMIT 1')), []);
    const listed = (where: string) =>
      keeper(`  async best() {
    return this.hives.find({ where: ${where}, order: { honey: 'DESC' }, take: 10 });
  }`);
    assert.deepEqual(await linesOf('unindexed-filter', listed('{ listed: true }')), []);
    assert.equal((await linesOf('unindexed-filter', listed("{ name: 'a' }"))).length, 1);
  });

  it('let most tables say whose they are, and what is searched stand where it is searched', async () => {
    const schema = (tables: number) => `datasource db {
  provider = "postgresql"
  url = env("DATABASE_URL")
}
model Apiary {
  id Int @id
  hives Hive[]
  frames Frame[]
${Array.from({ length: tables }, (_, at) => `  tools${String(at)} Tool${String(at)}[]\n`).join('')}}
model Hive {
  id Int @id
  apiaryId Int
  apiary Apiary @relation(fields: [apiaryId], references: [id])
  frames Frame[]
}
model Frame {
  id Int @id
  hiveId Int
  hive Hive @relation(fields: [hiveId], references: [id])
  apiaryId Int
  apiary Apiary @relation(fields: [apiaryId], references: [id])
}
${Array.from({ length: tables }, (_, at) => `model Tool${String(at)} {\n  id Int @id\n  apiaryId Int\n  apiary Apiary @relation(fields: [apiaryId], references: [id])\n}\n`).join('')}`;
    const files = (tables: number, code = ''): Record<string, string> => ({
      'package.json': '{"dependencies":{"@prisma/client":"5.0.0"}}',
      'prisma/schema.prisma': schema(tables),
      'src/frames.ts': `import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();
${code}`,
    });
    assert.equal((await linesOf('derivable-column', files(0))).length, 1);
    assert.deepEqual(await linesOf('derivable-column', files(4)), []);
    const search = 'export const ofApiary = (apiaryId: number) => prisma.frame.findMany({ where: { apiaryId } });\n';
    assert.deepEqual(await linesOf('derivable-column', files(0, search)), []);
  });

  it('take EF Core at its word: one statement that was asked for, and a key that goes with its table', async () => {
    const library = (split: string): Record<string, string> => ({
      ...csproj,
      'Yard.cs': `using System.Collections.Generic;
using System.Linq;
using Microsoft.EntityFrameworkCore;

namespace Yard;

public class Hive { public int Id { get; set; } public List<Frame> Frames { get; set; } public List<Visit> Visits { get; set; } }
public class Frame { public int Id { get; set; } public int HiveId { get; set; } }
public class Visit { public int Id { get; set; } public int HiveId { get; set; } }
public class YardContext : DbContext { public DbSet<Hive> Hives { get; set; } public DbSet<Frame> Frames { get; set; } public DbSet<Visit> Visits { get; set; } }

public class Keeper
{
    private readonly YardContext db;

    public List<Hive> All() => db.Hives.Include(h => h.Frames).Include(h => h.Visits)${split}.ToList();
}
`,
    });
    assert.equal((await linesOf('multiple-collection-loads', library(''), 'mssql')).length, 1);
    assert.deepEqual(await linesOf('multiple-collection-loads', library('.AsSingleQuery()'), 'mssql'), []);
    const migration = (rename: string): Record<string, string> => ({
      ...library(''),
      'Migrations/20250320090000_Keys.cs': `using Microsoft.EntityFrameworkCore.Migrations;

public partial class Keys : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ${rename}
        migrationBuilder.AddPrimaryKey(name: "pk_hives", table: "hives", column: "id");
    }
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropPrimaryKey(name: "pk_hives", table: "hives");
    }
}
`,
    });
    const renamed = 'migrationBuilder.RenameTable(name: "beehives", newName: "hives");';
    assert.equal((await linesOf('blocking-unique-constraint', migration(''), 'mssql')).length, 1);
    assert.deepEqual(await linesOf('blocking-unique-constraint', migration(renamed), 'mssql'), []);
  });

  it('follow the handle of a transaction into what makes a query of it', async () => {
    const change = (given: string) =>
      keeper(`  private listed(name: string, options: { manager?: any }) {
    return (options.manager ?? this.source).createQueryBuilder().select('h').from(Hive, 'h').where('h.name = :name', { name });
  }

  async all(name: string) {
    await this.source.transaction(async (manager) => {
      await manager.delete(Hive, { name });
      const found = await ${given};
      console.log(found);
    });
  }`);
    assert.deepEqual(await linesOf('outside-of-transaction', change('this.listed(name, { manager }).getMany()')), []);
    assert.equal((await linesOf('outside-of-transaction', change('this.hives.findOneBy({ name })'))).length, 1);
  });

  it('leave out what the program lists, and what a worker does later', async () => {
    const loop = (head: string, body: string) =>
      keeper(`  private byName(name: string) {
    return this.hives.findOneBy({ name });
  }

  async all(names: string[], queue: any) {
    ${head} ${body}
  }`);
    const asked = 'await this.byName(name);';
    assert.equal((await linesOf('query-in-loop', loop('for (const name of names)', asked))).length, 1);
    assert.deepEqual(await linesOf('query-in-loop', loop('for (const name in HiveKind)', asked)), []);
    assert.deepEqual(await linesOf('query-in-loop', loop('for (const name of Object.values(HiveKind))', asked)), []);
    const later = 'queue.queueTask(() => this.byName(name));';
    assert.deepEqual(await linesOf('query-in-loop', loop('for (const name of names)', later)), []);
  });
});
