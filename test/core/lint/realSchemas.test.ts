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
});
