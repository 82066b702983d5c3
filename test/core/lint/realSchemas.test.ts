/** Cases of schemas that real projects showed to look like a fault and be none, beside ones that are; each in words of its own. */
import assert from 'node:assert/strict';
import { linesOf } from '../../support/linesOf.ts';

describe('Rules on what real schemas show', () => {
  it('counts the indexes of scripts that lie beside the entities', async () => {
    const project = (script: string): Record<string, string> => ({
      'swarm.entity.ts': `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('swarms')
export class Swarm {
  @PrimaryGeneratedColumn() id: number;
  @Column() keeper: string;
}
`,
      'swarms.service.ts': `import { Repository } from 'typeorm';
import { Swarm } from './swarm.entity';

export class SwarmsService {
  constructor(private readonly swarms: Repository<Swarm>) {}

  ofKeeper(keeper: string) {
    return this.swarms.find({ where: { keeper } });
  }
}
`,
      'sql/indexes.sql': script,
    });
    const created = 'CREATE TABLE swarms (id int PRIMARY KEY, keeper text);\n';
    assert.deepEqual(
      await linesOf('unindexed-filter', project(`${created}CREATE INDEX swarms_keeper ON swarms (keeper);\n`)),
      [],
    );
    assert.equal((await linesOf('unindexed-filter', project(created))).length, 1);
    // The order of the columns of a key is what the database has, whatever the ORM would have made of it.
    const keyed = 'CREATE TABLE swarms (id int, keeper text, PRIMARY KEY (keeper, id));\n';
    assert.deepEqual(await linesOf('unindexed-filter', project(keyed)), []);
    assert.equal((await linesOf('unindexed-filter', project(keyed.replace('keeper, id', 'id, keeper')))).length, 1);
    // What is a view has no index of its own.
    const view = 'CREATE VIEW swarms AS SELECT id, keeper FROM colonies;\n';
    assert.deepEqual(await linesOf('unindexed-filter', project(view)), []);
  });

  it('counts an index of some rows that a migration makes only where these are the rows that live', async () => {
    const project = (where: string): Record<string, string> => ({
      'apiary.entity.ts': `import { Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';

@Entity('apiaries')
export class Apiary {
  @PrimaryGeneratedColumn() id: number;
}

@Entity('swarms')
export class Swarm {
  @PrimaryGeneratedColumn() id: number;
  @ManyToOne(() => Apiary, { onDelete: 'CASCADE' }) apiary: Apiary;
}
`,
      'migrations/20260101120000-index-swarms.js': `module.exports = {
  async up(queryInterface) {
    await queryInterface.addIndex('swarms', ['apiaryId']${where});
  },
};
`,
    });
    const found = (where: string) => linesOf('missing-foreign-key-index', project(where));
    assert.deepEqual(await found(''), []);
    assert.deepEqual(await found(', { where: { deletedAt: null } }'), []);
    assert.equal((await found(", { where: { state: 'wild' } }")).length, 1);
  });

  it('leaves keys alone of which one takes the place of the other, and names that a row may have', async () => {
    const schema = (keys: string): Record<string, string> => ({
      'schema.prisma': `datasource db {
  provider = "postgresql"
  url      = env("URL")
}

model Hive {
  id     Int     @id
  combs  Comb[]
}

model Box {
  id     Int     @id
  combs  Comb[]
}

model Comb {
  id     Int     @id
  label  String
  mark   String?
  hiveId Int?
  boxId  Int
  hive   Hive?   @relation(fields: [hiveId], references: [id])
  box    Box     @relation(fields: [boxId], references: [id])
  spare  Int?

${keys}
}
`,
    });
    assert.equal((await linesOf('nullable-unique-column', schema('  @@unique([hiveId, label])'))).length, 1);
    const both = '  @@unique([hiveId, label])\n  @@unique([spare, label])';
    assert.deepEqual(await linesOf('nullable-unique-column', schema(both)), []);
    assert.deepEqual(await linesOf('nullable-unique-column', schema('  @@unique([boxId, mark])')), []);
  });

  it('leaves databases of development and tests alone, and tells making from altering', async () => {
    const source = (name: string): Record<string, string> => ({
      'data-source.ts': `import { DataSource, DataSourceOptions } from 'typeorm';

const ${name}: DataSourceOptions = { type: 'postgres', synchronize: true };
export const source = new DataSource(${name});
`,
    });
    assert.deepEqual(await linesOf('schema-auto-sync', source('devOptions')), []);
    assert.equal((await linesOf('schema-auto-sync', source('options'))).length, 1);
  });

  it('keeps an index that sorts by other rules than the column', async () => {
    const model = (collation: string): Record<string, string> => ({
      'swarm.js': `const { DataTypes, Sequelize } = require('sequelize');
const sequelize = new Sequelize('sqlite::memory:');

sequelize.define('swarm', { name: DataTypes.STRING, place: DataTypes.STRING }, {
  indexes: [
    { fields: [{ name: 'name'${collation} }] },
    { fields: ['name', 'place'], unique: true },
  ],
});
`,
    });
    assert.deepEqual(await linesOf('redundant-index', model(", collate: 'NOCASE'")), []);
    assert.equal((await linesOf('redundant-index', model(''))).length, 1);
  });

  it('takes sets and composite keys of mapping files for what they are, and whoever made a row for a fact of it', async () => {
    const mapping = (combs: string, key: string, owned = false): Record<string, string> => ({
      'pom.xml':
        '<project><dependencies><dependency><artifactId>hibernate-core</artifactId></dependency></dependencies></project>',
      'src/main/resources/Hive.hbm.xml': `<?xml version="1.0"?>
<hibernate-mapping package="apiary">
  <class name="Hive" table="hive">
    <id name="id" type="long"><generator class="native"/></id>
    <many-to-one name="creator" class="Keeper" column="creator" not-null="true"/>
    ${combs}
  </class>
  <class name="Keeper" table="keeper">
    <id name="id" type="long"><generator class="native"/></id>
    <many-to-one name="town" class="Town" column="town_id" not-null="true"/>
  </class>
  <class name="Town" table="town"><id name="id" type="long"><generator class="native"/></id></class>
  <class name="Comb" table="comb"><id name="id" type="long"><generator class="native"/></id></class>
  <class name="Swarm" table="swarm">
    ${key}
    <property name="size" type="integer" column="swarm_size"/>
    <many-to-one name="hive" class="Hive" insert="false" update="false"><column name="hive_id" not-null="true"/></many-to-one>
    <many-to-one name="creator" class="Keeper" column="creator" not-null="true"/>
    <many-to-one name="town" class="Town" column="town_id" not-null="true"/>
    <many-to-one name="owner" class="Keeper" column="owner_id" not-null="${owned}"/>
  </class>
</hibernate-mapping>
`,
      'src/main/java/apiary/Hive.java': `package apiary;

import java.util.Collection;

public class Hive {
  private Long id;
  private Keeper creator;
  private Collection<Comb> combs;
}
`,
      'src/main/java/apiary/Swarm.java': `package apiary;

public class Swarm {
  private Hive hive;
  private Integer year;
  private Integer size;
  private Keeper creator;
  private Keeper owner;
  private Town town;
}
`,
    });
    const combs = (kind: string): string =>
      `<${kind} name="combs" table="hive_comb"><key column="hive_id"/><many-to-many class="Comb" column="comb_id"/></${kind}>`;
    const key =
      '<composite-id><key-many-to-one name="hive" class="Hive" column="hive_id"/><key-property name="year" type="integer" column="swarm_year"/></composite-id>';
    const file = 'src/main/resources/Hive.hbm.xml';
    assert.deepEqual(await linesOf('costly-association', mapping(combs('set'), key)), []);
    assert.deepEqual(await linesOf('costly-association', mapping(combs('bag'), key)), [`${file}:6`]);
    assert.deepEqual(await linesOf('missing-primary-key', mapping(combs('set'), key)), []);
    assert.equal((await linesOf('missing-primary-key', mapping(combs('set'), ''))).length, 1);
    assert.deepEqual(await linesOf('derivable-column', mapping(combs('set'), key)), []);
    // The town of the owner is known by the owner.
    assert.deepEqual(await linesOf('derivable-column', mapping(combs('set'), key, true)), [`${file}:19`]);
  });

  it('takes what is switched on and off for no log, and tells of a spread connection once', async () => {
    const alerts = (column: string): Record<string, string> => ({
      'alert.entity.ts': `import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('hive_notifications')
export class HiveNotification {
  @PrimaryGeneratedColumn() id: number;
  @CreateDateColumn() made: Date;
  ${column}
}
`,
    });
    assert.deepEqual(await linesOf('narrow-primary-key', alerts('@Column() enabled: boolean;')), []);
    assert.deepEqual(await linesOf('narrow-primary-key', alerts('@Column() text: string;')), ['alert.entity.ts:5']);
    const sources = (spread: string): Record<string, string> => ({
      'data-source.ts': `import { DataSource, DataSourceOptions } from 'typeorm';

const shared: DataSourceOptions = { type: 'postgres', synchronize: true };
export const source = new DataSource({ ${spread}, entities: ['dist/*.js'] });
`,
    });
    assert.deepEqual(await linesOf('schema-auto-sync', sources('...shared')), ['data-source.ts:4']);
    assert.deepEqual(await linesOf('schema-auto-sync', sources("type: 'mysql'")), ['data-source.ts:3']);
  });

  it('widens no key that a base class gives to all tables, and takes one snapshot of a model for several engines', async () => {
    const events = (base: string): Record<string, string> => ({
      'base.entity.ts': `import { PrimaryGeneratedColumn } from 'typeorm';

export abstract class Base {
  @PrimaryGeneratedColumn() id: number;
}
`,
      'event.entity.ts': `import { CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { Base } from './base.entity';

@Entity('swarm_events')
export class SwarmEvent ${base}
  @CreateDateColumn() made: Date;
}
`,
    });
    assert.deepEqual(await linesOf('narrow-primary-key', events('extends Base {')), []);
    assert.equal((await linesOf('narrow-primary-key', events('{\n  @PrimaryGeneratedColumn() id: number;'))).length, 1);
    const snapshot = (
      name: string,
      key: string,
      tables: readonly string[],
    ): string => `using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Apiary.${name}
{
    [DbContext(typeof(ApiaryContext))]
    partial class ${name}Snapshot : ModelSnapshot
    {
        protected override void BuildModel(ModelBuilder modelBuilder)
        {
${tables.includes('Hive') ? `            modelBuilder.Entity("Apiary.Hive", b => { b.Property<Guid>("Id").HasColumnType("${key}"); b.HasKey("Id"); b.ToTable("Hives"); });` : ''}
${
  tables.includes('Swarm')
    ? `            modelBuilder.Entity("Apiary.Swarm", b => { b.Property<Guid>("Id").HasColumnType("${key}"); b.Property<Guid>("HiveId").HasColumnType("${key}"); b.HasKey("Id"); b.ToTable("Swarms"); });
            modelBuilder.Entity("Apiary.Swarm", b => { b.HasOne("Apiary.Hive", "Hive").WithMany().HasForeignKey("HiveId").IsRequired(); });`
    : ''
}
        }
    }
}
`;
    const both = {
      'Apiary.csproj':
        '<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="Microsoft.EntityFrameworkCore" Version="8.0.0" /></ItemGroup></Project>',
      'App/Snapshot.cs': snapshot('App', 'TEXT', ['Hive']),
      'Web/Snapshot.cs': snapshot('Web', 'uniqueidentifier', ['Hive', 'Swarm']),
    };
    assert.deepEqual(await linesOf('mismatched-key-type', both), []);
  });
});
