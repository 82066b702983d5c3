import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readers } from '../../../src/core/readers/registry.ts';
import type { Reader } from '../../../src/core/readers/reader.ts';
import { noCache } from '../../../src/core/workspace/fragmentCache.ts';
import type { Snapshot } from '../../../src/core/workspace/snapshot.ts';
import { linkSources } from '../../../src/core/workspace/sources.ts';
import type { SchemaSource } from '../../../src/core/workspace/sources.ts';
import { createWorkspace } from '../../../src/core/workspace/workspace.ts';
import { linkScripts } from '../readers/sql/read.ts';
import { filesOf, testSyntax } from './support.ts';

function read(files: Readonly<Record<string, string>>, source: SchemaSource | null = null): Promise<Snapshot> {
  const workspace = createWorkspace({
    syntax: testSyntax,
    readers,
    cache: noCache,
    source,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
  });
  return workspace.apply(filesOf(files));
}

const shown = ({ projects }: Snapshot): readonly string[] =>
  projects.map(
    ({ root, dialect, schema }) =>
      `${root} ${dialect ?? '?'}: ${schema.tables.map(({ name, reader }) => `${name} (${reader})`).join(', ')}`,
  );

const prisma = {
  'package.json': '{ "name": "a", "dependencies": { "@prisma/client": "7.0.0" } }',
  'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\nmodel User {\n  id Int @id\n}\n',
  'prisma/migrations/1_a/migration.sql':
    'CREATE TABLE "User" ("id" INTEGER NOT NULL); CREATE TABLE "Old" ("id" SERIAL);',
  'schema.sql': 'CREATE TABLE users (id serial); CREATE TABLE more (id int);',
};

describe('sources of a schema', () => {
  it('takes entities where there are any, and what is asked for', async () => {
    assert.deepEqual(shown(await read(prisma)), [' postgresql: User (prisma)']);
    assert.deepEqual(shown(await read(prisma, 'entities')), [' postgresql: User (prisma)']);
    assert.deepEqual(shown(await read(prisma, 'ddl')), [' postgresql: more (sql), users (sql)']);
    assert.deepEqual(shown(await read(prisma, 'migrations')), [' postgresql: Old (sql), User (sql)']);
  });

  it('takes scripts where there are no entities, and their engine with them', async () => {
    const files = {
      'package.json': '{ "name": "a", "dependencies": { "pg": "8.0.0" } }',
      'schema.sql': 'CREATE TABLE `users` (`id` int AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;',
    };
    assert.deepEqual(shown(await read(files)), [' mysql: users (sql)']);
    assert.deepEqual(shown(await read({ ...files, '.data-engineer.json': '{ "dialect": "mariadb" }' })), [
      ' mariadb: users (sql)',
    ]);
  });

  it('shows no second project for scripts that state the tables of entities elsewhere', async () => {
    const apart = {
      'database/schema.sql': 'CREATE TABLE "User" (id serial);',
      'api/package.json': prisma['package.json'],
      'api/prisma/schema.prisma': prisma['prisma/schema.prisma'],
    };
    assert.deepEqual(shown(await read(apart)), ['api postgresql: User (prisma)']);
    const other = { ...apart, 'database/schema.sql': 'CREATE TABLE "Ledger" (id serial);' };
    assert.deepEqual(shown(await read(other)), [' postgresql: Ledger (sql)', 'api postgresql: User (prisma)']);
  });

  it('lets what mappers infer stand behind scripts, whose tables get its names of classes and properties', () => {
    const stated = linkScripts([
      ['a.sql', 'CREATE TABLE ORDERS (ORDER_ID NUMBER(10) PRIMARY KEY, NOTE VARCHAR2(10));'],
    ]);
    const [table] = stated.tables;
    assert.ok(table);
    const column = { ...table.columns[0]!, name: 'order_id', property: 'orderId' };
    const inferred = { ...table, name: 'orders', reader: 'mapper', entity: 'Order', columns: [column] };
    const reader = (id: string, yields: Reader['yields']): Reader =>
      ({ id, ...(yields ? { yields } : {}) }) as unknown as Reader;
    const link = (hasScripts: boolean) =>
      linkSources(
        [reader('mapper', 'inferred'), reader('sql', 'scripts')],
        null,
        ({ id }) =>
          id === 'mapper'
            ? { tables: [inferred], enums: [], files: [], problems: [] }
            : hasScripts
              ? { ...stated, tables: [table] }
              : null,
        () => true,
      );
    const tables = link(true).links.flatMap((each) => each.tables);
    assert.deepEqual(
      tables.map(({ name, entity, columns }) => [name, entity, columns.map(({ property }) => property)]),
      [['ORDERS', 'Order', ['orderId', null]]],
    );
    assert.equal(link(true).dialect, 'oracle');
    assert.deepEqual(
      link(false).links.flatMap((each) => each.tables),
      [inferred],
    );
  });
});
