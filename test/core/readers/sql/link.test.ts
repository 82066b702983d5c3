import assert from 'node:assert/strict';
import type { LinkResult } from '../../../../src/core/readers/reader.ts';
import { linkScripts } from './read.ts';
import type { ScriptFiles } from './read.ts';

/** `users(id*, email) …`: a star for what must not be null. */
function shown({ tables }: LinkResult): string {
  return tables
    .map(({ name, namespace, columns }) => {
      const list = columns.map((column) => `${column.name}${column.nullable ? '' : '*'}`);
      return `${namespace === null ? '' : `${namespace}.`}${name}(${list.join(', ')})`;
    })
    .sort()
    .join(' ');
}

const codes = ({ problems }: LinkResult): readonly string[] => problems.map(({ code }) => code);

const pair = (table: string): string =>
  `CREATE TABLE ${table} (id int PRIMARY KEY, name text); CREATE TABLE notes (id int PRIMARY KEY);`;

describe('SQL scripts', () => {
  it('places every element where it stands', () => {
    const text =
      '-- head\r\nCREATE TABLE\r\n  sales.users (\r\n    id serial PRIMARY KEY,\r\n    email text NOT NULL,\r\n    UNIQUE (email)\r\n  );\r\nALTER TABLE sales.users ADD COLUMN age int;';
    const [table] = linkScripts([['db/schema.sql', text]]).tables;
    assert.ok(table);
    assert.equal(table.reader, 'sql');
    const place = ({ file, line, column, endColumn }: typeof table.at): string =>
      `${file}:${line}:${column}-${endColumn}`;
    assert.equal(place(table.at), 'db/schema.sql:3:3-8');
    assert.deepEqual(
      table.columns.map(({ at }) => place(at)),
      ['db/schema.sql:4:5-7', 'db/schema.sql:5:5-10', 'db/schema.sql:8:36-39'],
    );
    assert.equal(place(table.uniques[0]!.at), 'db/schema.sql:6:5-19');
  });

  it('tells the engine by what stands in a script, and by its path where little does', () => {
    const engine = (path: string, text: string): string | null | undefined => linkScripts([[path, text]]).dialect;
    assert.equal(
      engine('a.sql', 'CREATE TABLE `a` (`id` int NOT NULL AUTO_INCREMENT, KEY `x` (`id`)) ENGINE=InnoDB;'),
      'mysql',
    );
    assert.equal(engine('a.sql', 'CREATE TABLE a (id bigserial, j jsonb);'), 'postgresql');
    assert.equal(engine('a.sql', 'CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT);'), 'sqlite');
    assert.equal(engine('a.sql', 'CREATE TABLE [dbo].[a] ([id] [int] IDENTITY(1,1) NOT NULL)\nGO\n'), 'mssql');
    assert.equal(engine('a.sql', 'CREATE TABLE a (id NUMBER(10) NOT NULL, n VARCHAR2(10));'), 'oracle');
    assert.equal(engine('db/oracle/a.sql', 'CREATE TABLE a (id int NOT NULL);'), 'oracle');
    assert.equal(engine('mysql_schema.sql', 'CREATE TABLE a (id int NOT NULL);'), 'mysql');
    // A folder may be called after an engine that its scripts were once for.
    assert.equal(
      engine('mysql/a.sql', 'CREATE TABLE a (id bigserial, j jsonb, t timestamptz DEFAULT now()::timestamptz);'),
      'postgresql',
    );
    assert.equal(engine('a.sql', 'CREATE TABLE Plain (Id int NOT NULL);'), null);
    assert.equal(shown(linkScripts([['a.sql', 'CREATE TABLE Plain (Id int NOT NULL);']])), 'Plain(Id*)');
    assert.equal(
      shown(linkScripts([['a.sql', 'CREATE TABLE Plain (Id int NOT NULL);']], { dialect: 'postgresql' })),
      'plain(id*)',
    );
  });

  it('takes one engine of several, that of the project first', () => {
    const files: ScriptFiles = [
      [
        'db/mysql/schema.sql',
        'CREATE TABLE `users` (`id` int AUTO_INCREMENT PRIMARY KEY, `m` text); CREATE TABLE `order_lines` (`id` int);',
      ],
      [
        'db/postgres/schema.sql',
        'CREATE TABLE users (id serial PRIMARY KEY, p text); CREATE TABLE OrderLines (id int);',
      ],
      ['db/h2/schema.sql', 'CREATE TABLE USERS (ID IDENTITY PRIMARY KEY, H TEXT); CREATE TABLE ORDER_LINES (ID INT);'],
    ];
    const standard = linkScripts(files);
    assert.equal(shown(standard), 'orderlines(id) users(id*, p)');
    assert.equal(standard.dialect, 'postgresql');
    assert.deepEqual(codes(standard), ['other-engine', 'other-engine']);
    assert.match(standard.problems[0]!.message, /MySQL.*"dialect": "mysql" in \.data-engineer\.json/);
    assert.equal(shown(linkScripts(files, { dialect: 'mariadb' })), 'order_lines(id) users(id*, m)');
  });

  it('shows every table once, whoever states it', () => {
    const doubled = linkScripts([
      ['dump.sql', `${pair('users')} CREATE TABLE extra (id int);`],
      ['old/schema.sql', pair('users')],
      ['src/test/resources/schema.sql', 'CREATE TABLE only_in_tests (id int);'],
    ]);
    assert.equal(shown(doubled), 'extra(id) notes(id*) users(id*, name)');
    assert.deepEqual(codes(doubled), ['stated-twice']);
  });

  it('puts the parts of a schema together in any order', () => {
    const result = linkScripts([
      [
        'sql/constraints.sql',
        'ALTER TABLE posts ADD CONSTRAINT fk FOREIGN KEY (author) REFERENCES users; CREATE INDEX i ON posts (author);',
      ],
      ['sql/drop.sql', 'DROP TABLE posts; DROP TABLE users;'],
      ['sql/posts.sql', 'DROP TABLE IF EXISTS posts; CREATE TABLE posts (id serial PRIMARY KEY, author int);'],
      ['sql/users.sql', 'CREATE TABLE users (id serial PRIMARY KEY);'],
    ]);
    assert.equal(shown(result), 'posts(id*, author) users(id*)');
    const posts = result.tables.find(({ name }) => name === 'posts');
    assert.deepEqual(posts?.foreignKeys[0]?.references.columns, ['id']);
    assert.equal(posts.indexes.length, 1);
    assert.deepEqual(codes(result), []);
  });

  it('takes what a tool puts into a script for a part of names', () => {
    const result = linkScripts([
      [
        'db/schema.sql',
        `CREATE TABLE \${schema}.users (id int PRIMARY KEY);
         CREATE TABLE \${schema}.notes (id int PRIMARY KEY, user_id int REFERENCES \${schema}.users (id), size int DEFAULT \${size});
         CREATE INDEX notes_user ON \${schema}.notes (user_id);
         CREATE TABLE $(Area).kinds (id int PRIMARY KEY);
         CREATE TABLE {{schema}}.tags (id int PRIMARY KEY); CREATE TABLE @SCHEMA@.parts (id int PRIMARY KEY);
         CREATE TABLE \${prefix}_places (id int PRIMARY KEY);
         CREATE TABLE app_\${part}_rows (id int PRIMARY KEY);`,
      ],
    ]);
    assert.equal(
      shown(result),
      '${prefix}_places(id*) app_${part}_rows(id*) kinds(id*) notes(id*, user_id, size) parts(id*) tags(id*) users(id*)',
    );
    const notes = result.tables.find(({ name }) => name === 'notes');
    assert.deepEqual(notes?.foreignKeys[0]?.references, { table: 'users', namespace: null, columns: ['id'] });
    assert.deepEqual(notes.indexes[0]?.columns, ['user_id']);
    assert.deepEqual(codes(result), []);
  });

  it('compares names as the engine does', () => {
    const result = linkScripts([
      [
        'a.sqlite.sql',
        'CREATE TABLE Artist (ArtistId INTEGER PRIMARY KEY AUTOINCREMENT); CREATE TABLE "album" (id INTEGER, artistid INTEGER REFERENCES ARTIST (artistID)); CREATE INDEX i ON ALBUM (ArtistID);',
      ],
    ]);
    const album = result.tables.find(({ name }) => name === 'album');
    assert.deepEqual(album?.foreignKeys[0]?.references, { table: 'Artist', namespace: null, columns: ['ArtistId'] });
    assert.deepEqual(album.indexes[0]?.columns, ['artistid']);
  });

  const migrations: readonly (readonly [string, ScriptFiles, string])[] = [
    [
      'numbered files, by number and not by letter',
      [
        ['migrations/10_c.sql', 'ALTER TABLE a DROP COLUMN b;'],
        ['migrations/2_b.sql', 'ALTER TABLE a ADD COLUMN b int;'],
        ['migrations/1_a.sql', 'CREATE TABLE a (id serial PRIMARY KEY);'],
      ],
      'a(id*)',
    ],
    [
      'Flyway: versions, undo, repeatable',
      [
        ['db/migration/R__view.sql', 'CREATE OR REPLACE VIEW v AS SELECT id, name FROM a;'],
        ['db/migration/U2__undo.sql', 'ALTER TABLE a DROP COLUMN name;'],
        ['db/migration/V1.10__ten.sql', 'ALTER TABLE a RENAME COLUMN nam TO name;'],
        ['db/migration/V1.2__two.sql', 'ALTER TABLE a ADD COLUMN nam text;'],
        ['db/migration/V1__one.sql', 'CREATE TABLE a (id serial PRIMARY KEY);'],
      ],
      'a(id*, name) v(id*, name)',
    ],
    [
      'Flyway: from the last baseline on',
      [
        ['db/migration/V1__one.sql', 'CREATE TABLE a (id int); CREATE TABLE gone (id int);'],
        ['db/migration/B2__base.sql', 'CREATE TABLE a (id int, b int);'],
        ['db/migration/V3__three.sql', 'ALTER TABLE a ADD COLUMN c int;'],
      ],
      'a(id, b, c)',
    ],
    [
      'golang-migrate',
      [
        ['migrations/000001_a.up.sql', 'CREATE TABLE a (id serial);'],
        ['migrations/000001_a.down.sql', 'DROP TABLE a;'],
        ['migrations/000002_b.up.sql', 'ALTER TABLE a ADD b int;'],
        ['migrations/000002_b.down.sql', 'ALTER TABLE a DROP b;'],
      ],
      'a(id*, b)',
    ],
    [
      'dbmate',
      [
        [
          'db/migrations/20240101000000_a.sql',
          '-- migrate:up\nCREATE TABLE a (id serial);\n\n-- migrate:down\nDROP TABLE a;\n',
        ],
      ],
      'a(id*)',
    ],
    [
      'aerich',
      [
        [
          'migrations/models/0_20240101000000_init.sql',
          '-- upgrade --\nCREATE TABLE a (id serial);\n-- downgrade --\nDROP TABLE a;\n',
        ],
        [
          'migrations/models/1_20240201000000_b.sql',
          '-- upgrade --\nALTER TABLE a ADD b int;\n-- downgrade --\nALTER TABLE a DROP COLUMN b;\n',
        ],
      ],
      'a(id*, b)',
    ],
    [
      'goose',
      [
        [
          'sql/001_a.sql',
          '-- +goose Up\n-- +goose StatementBegin\nCREATE TABLE a (id serial);\n-- +goose StatementEnd\n-- +goose Down\nDROP TABLE a;\n',
        ],
      ],
      'a(id*)',
    ],
    [
      'node-pg-migrate',
      [['migrations/1_a.sql', '-- Up Migration\nCREATE TABLE a (id serial);\n-- Down Migration\nDROP TABLE a;']],
      'a(id*)',
    ],
    [
      'Play',
      [['conf/evolutions/default/1.sql', '# --- !Ups\nCREATE TABLE a (id serial);\n# --- !Downs\nDROP TABLE a;']],
      'a(id*)',
    ],
    [
      'MyBatis Migrations',
      [['scripts/20240101_a.sql', '-- // first\nCREATE TABLE a (id serial);\n-- //@UNDO\nDROP TABLE a;']],
      'a(id*)',
    ],
    [
      'Prisma and Diesel',
      [
        ['prisma/migrations/20240101_b/migration.sql', 'ALTER TABLE "A" ADD COLUMN "b" TEXT NOT NULL;'],
        [
          'prisma/migrations/20230101_a/migration.sql',
          'CREATE TABLE "A" ("id" SERIAL NOT NULL, CONSTRAINT "A_pkey" PRIMARY KEY ("id"));',
        ],
        ['diesel/migrations/2024-01-01-1_x/up.sql', 'CREATE TABLE d (id serial);'],
        ['diesel/migrations/2024-01-01-1_x/down.sql', 'DROP TABLE d;'],
      ],
      'A(id*, b*) d(id*)',
    ],
    [
      'Drizzle, in blocks that guard themselves',
      [
        [
          'drizzle/0000_x.sql',
          'DO $$ BEGIN\n CREATE TYPE "kind" AS ENUM(\'a\');\nEXCEPTION\n WHEN duplicate_object THEN null;\nEND $$;\n--> statement-breakpoint\nCREATE TABLE IF NOT EXISTS "a" ("id" serial PRIMARY KEY NOT NULL, "k" "kind");',
        ],
        [
          'drizzle/0001_y.sql',
          'ALTER TABLE "a" ADD COLUMN "b" text;--> statement-breakpoint\nALTER TABLE "a" DROP COLUMN "k";',
        ],
      ],
      'a(id*, b)',
    ],
  ];
  for (const [name, files, expected] of migrations) {
    it(`replays ${name}`, () => {
      for (const order of [files, files.toReversed()]) {
        const result = linkScripts(order);
        assert.equal(shown(result), expected);
        assert.deepEqual(codes(result), []);
      }
    });
  }

  it('takes DDL before migrations that lead to it, and migrates a schema that is older', () => {
    const steps: ScriptFiles = [
      ['db/migrations/1.sql', pair('users')],
      ['db/migrations/2.sql', 'ALTER TABLE users ADD COLUMN age int;'],
    ];
    const schema: ScriptFiles[number] = [
      'db/schema.sql',
      'CREATE TABLE users (id int PRIMARY KEY, name text, age bigint); CREATE TABLE notes (id int PRIMARY KEY);',
    ];
    const typeOfAge = (result: LinkResult): string | undefined =>
      result.tables.find(({ name }) => name === 'users')?.columns.find(({ name }) => name === 'age')?.rawType;
    assert.equal(typeOfAge(linkScripts([...steps, schema])), 'bigint');
    assert.equal(typeOfAge(linkScripts([...steps, schema], { source: 'migrations' })), 'integer');
    assert.equal(typeOfAge(linkScripts([...steps, schema], { source: 'ddl' })), 'bigint');
    assert.equal(linkScripts([...steps, schema], { source: 'none' }).tables.length, 0);
    const base = linkScripts([['db/schema.sql', pair('users')], steps[1]!]);
    assert.equal(shown(base), 'notes(id*) users(id*, name, age)');
  });

  it('says what a migration lacks, where it stands', () => {
    const result = linkScripts([['migrations/1.sql', 'CREATE TABLE a (id int);\n\nALTER TABLE b ADD c int;']]);
    assert.deepEqual(
      result.problems.map(({ code, at, message }) => [code, at?.line, message]),
      [['sql-not-followed', 3, 'There is no table b at this point.']],
    );
  });

  it('steps over rows quickly', () => {
    const rows = Array.from(
      { length: 40_000 },
      (_, at) => `INSERT INTO a VALUES (${at}, 'it''s; -- a "value" (${at})');`,
    ).join('\n');
    const text = `CREATE TABLE a (id int AUTO_INCREMENT PRIMARY KEY, t text) ENGINE=InnoDB;\n${rows}\nCREATE TABLE b (id int);`;
    const started = performance.now();
    assert.equal(shown(linkScripts([['a.sql', text]])), 'a(id*, t) b(id)');
    // Megabytes within seconds, even where many tests share the machine.
    assert.ok(performance.now() - started < 5000);
  });

  it('reads Cassandra', () => {
    const { tables, dialect } = linkScripts([
      [
        'schema.cql',
        'CREATE KEYSPACE k WITH replication = {};\nCREATE TABLE k.events (tenant uuid, day date, at timeuuid, tags set<text>, meta map<text, frozen<list<int>>>, n counter static, PRIMARY KEY ((tenant, day), at)) WITH CLUSTERING ORDER BY (at DESC);\nCREATE INDEX ON k.events (tags);',
      ],
    ]);
    assert.equal(dialect, 'cassandra');
    assert.deepEqual(tables[0]?.primaryKey, ['tenant', 'day', 'at']);
    assert.equal(tables[0].partitionKeyLength, 2);
    assert.deepEqual(
      tables[0].columns.map(({ name, type, array }) => `${name} ${type}${array ? '[]' : ''}`),
      ['tenant uuid', 'day date', 'at uuid', 'tags text[]', 'meta object', 'n int64'],
    );
    assert.equal(tables[0].indexes.length, 1);
  });

  it('knows by what Cassandra partitions', () => {
    const { tables } = linkScripts([
      [
        'schema.cql',
        'CREATE TABLE a (id uuid PRIMARY KEY, n int);\nCREATE TABLE b (x int, y int, z int, PRIMARY KEY (x, y));\nCREATE TABLE c (x int, y int, z int, PRIMARY KEY ((x, y), z));\nCREATE TABLE d (x int, y int, PRIMARY KEY ((x, y)));\nALTER TABLE c RENAME x TO w;',
      ],
      ['readme.cql', ''],
    ]);
    assert.deepEqual(
      tables.map(({ name, primaryKey, partitionKeyLength }) => [name, primaryKey.slice(0, partitionKeyLength)]),
      [
        ['a', ['id']],
        ['b', ['x']],
        ['c', ['w', 'y']],
        ['d', ['x', 'y']],
      ],
    );
    assert.equal(
      linkScripts([['a.sql', 'CREATE TABLE a (id int PRIMARY KEY);']]).tables[0]?.partitionKeyLength,
      undefined,
    );
  });

  it('knows the index of a hypertable, and the columns of views', () => {
    const { tables } = linkScripts([
      [
        'a.sql',
        "CREATE TABLE m (at timestamptz NOT NULL, v real, d jsonb); SELECT create_hypertable('m', 'at'); CREATE MATERIALIZED VIEW w AS WITH x AS (SELECT 1) SELECT m.at AS moment, max(v) AS top, m.* FROM m;",
      ],
    ]);
    const [m, w] = tables;
    assert.deepEqual(
      m?.indexes.map(({ name, columns, orders }) => [name, columns, orders]),
      [['m_at_idx', ['at'], ['desc']]],
    );
    assert.equal(w?.kind, 'materialized-view');
    assert.deepEqual(
      w.columns.map(({ name, type }) => `${name} ${type}`),
      ['moment datetime-tz', 'top unknown', 'at datetime-tz', 'v float32', 'd json'],
    );
  });

  it('reads named queries', () => {
    const { files } = linkScripts([
      ['db/schema.sql', 'CREATE TABLE authors (id bigserial PRIMARY KEY, name text, bio text);'],
      [
        'db/query.sql',
        '-- name: GetAuthor :one\nSELECT * FROM authors\nWHERE id = $1 LIMIT 1;\n\n-- name: Rename :exec\nUPDATE authors SET name = @name WHERE lower(bio) = sqlc.arg(bio);\n',
      ],
    ]);
    const queries = files.flatMap((file) => file.queries);
    assert.deepEqual(
      queries.map(({ api, operation, rows, table, filters, at }) => [
        api,
        operation,
        rows,
        table,
        filters.map(({ target, wrapped }) => `${target?.columns.join() ?? ''}${wrapped ? ' wrapped' : ''}`),
        at.line,
      ]),
      [
        ['GetAuthor', 'select', 'one', 'authors', ['id'], 2],
        ['Rename', 'update', 'none', 'authors', ['bio wrapped'], 6],
      ],
    );
    // A semicolon at the end leaves no doubt about the conditions.
    assert.deepEqual(
      queries.map(({ complete }) => complete),
      [true, true],
    );
  });
});
