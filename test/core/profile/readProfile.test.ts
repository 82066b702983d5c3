import assert from 'node:assert/strict';
import type { ProfileSource } from '../../../src/core/profile/profile.ts';
import { isProfileFile } from '../../../src/core/profile/files.ts';
import { readProfile } from '../../../src/core/profile/readProfile.ts';
import { vocabulary } from '../../../src/core/profile/vocabulary.ts';
import type { Dialect } from '../../../src/core/schema/model.ts';
import { aDataSource } from '../../support/dataSources.ts';

function instructions(text: string, file = 'copilot.instructions.md'): ProfileSource {
  return { file, text };
}

function manifest(content: object): ProfileSource {
  return { file: 'package.json', text: JSON.stringify(content, null, 2) };
}

const dataSource = (dialect: Dialect | null, file = 'src/data-source.ts') =>
  aDataSource(file, { dialect, at: { file, line: 3, column: 1, endLine: 3, endColumn: 2 } });

describe('profile', () => {
  it('knows its files wherever they lie', () => {
    for (const path of [
      'copilot.instructions.md',
      'packages/api/copilot.instructions.md',
      '.github/copilot-instructions.md',
      'AGENTS.md',
      'package.json',
      'apps/a/package.json',
      'docker-compose.yml',
      'docker-compose.test.yaml',
      'compose.yaml',
    ])
      assert.ok(isProfileFile(path), path);
    for (const path of [
      'README.md',
      'copilot-instructions.md',
      'package-lock.json',
      'my-package.json',
      'src/compose.ts',
    ])
      assert.ok(!isProfileFile(path), path);
  });

  it('reads a stack under whatever headings, with the place of each fact', () => {
    const { profile, problems } = readProfile(
      [
        instructions(
          '# Clinic API\r\n\r\nA telemedicine backend.\r\n\r\n## Stack\r\n\r\n- **Language**: TypeScript\r\n- Framework: Express\r\n- ORM: [TypeORM](https://typeorm.io/mongodb)\r\n- Database: PostgreSQL 16\r\n- Tests: Jest and Supertest\r\n\r\n## Rules\r\n\r\nWe follow HIPAA and GDPR. Payments go through Stripe.\r\n\r\n```sh\r\ndocker run mysql\r\n```\r\n',
        ),
      ],
      [],
    );
    assert.deepEqual(problems, []);
    const { facts, ...rest } = profile;
    assert.deepEqual(rest, {
      language: 'typescript',
      framework: 'express',
      orms: ['typeorm'],
      databases: ['postgresql'],
      caches: [],
      messaging: [],
      domains: ['healthcare'],
      security: [],
      compliance: ['hipaa', 'gdpr'],
      testFrameworks: ['jest', 'supertest'],
      integrations: ['stripe'],
      dialect: 'postgresql',
      measures: [],
      contradictions: [],
      staleCopies: [],
      suppressions: [],
    });
    assert.deepEqual(facts.databases, [
      {
        value: 'postgresql',
        at: { file: 'copilot.instructions.md', line: 10, column: 13, endLine: 10, endColumn: 23 },
        source: 'instructions',
      },
    ]);
    assert.deepEqual(
      facts.integrations.map(({ value }) => value),
      ['stripe'],
    );
  });

  it('leaves out what the instructions reject', () => {
    const text =
      '# Notes\n\nWe do not use MongoDB. Data lives in PostgreSQL.\n\n## Out of scope\n\n- MySQL\n- Prisma\n';
    const { profile } = readProfile([instructions(text)], []);
    assert.deepEqual(profile.databases, ['postgresql']);
    assert.deepEqual(profile.orms, []);
  });

  it('takes everyday words for technologies only where they are', () => {
    const prose = 'Express amounts in cents. Write in jest. A flask of oracle juice in spring.\n';
    const { profile } = readProfile([instructions(`# Style\n\n${prose}`)], []);
    assert.deepEqual([profile.framework, profile.testFrameworks, profile.databases], [null, [], []]);
    const roles = '# Roles\n\n- **Oracle**: reviews the code\n- **Flask**: keeps what is hot\n';
    const named = readProfile([instructions(roles)], []).profile;
    assert.deepEqual([named.framework, named.databases], [null, []]);
    assert.deepEqual(readProfile([instructions('# Notes\n\nRows: Oracle\n')], []).profile.databases, ['oracle']);
    const stack = readProfile([instructions('Built with Express and TypeScript; tests run on `mocha`.\n')], []).profile;
    assert.deepEqual([stack.framework, stack.testFrameworks], ['express', ['mocha']]);
  });

  it('lets the most reliable source decide the dialect and keeps the others as facts', () => {
    const text = instructions('Database: MySQL\n');
    const driver = manifest({
      dependencies: { pg: '^8.0.0', typeorm: '^1.0.0' },
      devDependencies: { 'better-sqlite3': '*' },
    });
    const fromAll = readProfile([text, driver], [dataSource('mssql')]).profile;
    assert.equal(fromAll.dialect, 'mssql');
    assert.deepEqual(fromAll.databases, ['mssql', 'postgresql', 'mysql', 'sqlite']);
    assert.equal(readProfile([text, driver], [dataSource(null)]).profile.dialect, 'postgresql');
    assert.equal(readProfile([text], []).profile.dialect, 'mysql');
    assert.equal(readProfile([], []).profile.dialect, null);
    assert.equal(readProfile([driver], [dataSource('sqlite', 'test/data-source.ts')]).profile.dialect, 'postgresql');
  });

  it('takes a file for what an application begins with where it is started with a server', () => {
    const requirements = { file: 'requirements.txt', text: 'SQLAlchemy==2.0.1\nPyMySQL==1.1.0\n' };
    const compose = { file: 'docker-compose.yml', text: 'services:\n  db:\n    image: mariadb:10.11\n' };
    const file = dataSource('sqlite', 'shop/config.py');
    assert.equal(readProfile([requirements, compose], [file]).profile.dialect, 'mariadb');
    assert.equal(readProfile([requirements], [file]).profile.dialect, 'sqlite');
    assert.equal(readProfile([compose], [file]).profile.dialect, 'sqlite');
    const takenOver = dataSource('sqlite', 'shop/alembic/versions/0001_begin.py');
    assert.equal(readProfile([requirements], [takenOver]).profile.dialect, 'mysql');
  });

  it('knows the drivers that an extra brings', () => {
    const list = 'SQLAlchemy[asyncio, mariadb-connector,postgresql-psycopg]';
    const compose = { file: 'docker-compose.yml', text: 'services:\n  db:\n    image: mariadb:10.11\n' };
    for (const file of ['requirements.txt', 'pyproject.toml']) {
      const text = file.endsWith('.txt') ? `${list}~=2.0\n` : `[project]\ndependencies = [\n  "${list} ~= 2.0",\n]\n`;
      assert.equal(readProfile([{ file, text }], []).profile.dialect, null);
      assert.equal(readProfile([{ file, text }, compose], []).profile.dialect, 'mariadb');
    }
  });

  it('chooses among several drivers by what else is said, and not at all where nothing is', () => {
    const drivers = manifest({ dependencies: { pg: '*', mysql2: '*' } });
    assert.equal(readProfile([drivers], []).profile.dialect, null);
    assert.equal(readProfile([drivers, instructions('Database: MySQL\n')], []).profile.dialect, 'mysql');
    const compose = { file: 'docker-compose.yml', text: 'services:\n  db:\n    image: "postgres:17-alpine"\n' };
    assert.equal(readProfile([drivers, compose], []).profile.dialect, 'postgresql');
  });

  it('takes MariaDB behind the MySQL driver where people say so', () => {
    const driver = manifest({ dependencies: { mysql2: '*' } });
    assert.equal(readProfile([driver], []).profile.dialect, 'mysql');
    assert.equal(readProfile([driver, instructions('Database: MariaDB 11\n')], []).profile.dialect, 'mariadb');
    assert.equal(readProfile([driver, instructions('MySQL; we do not use MariaDB.\n')], []).profile.dialect, 'mysql');
  });

  it('reads images with registries, ports and digests', () => {
    const text =
      'services:\n  a:\n    image: registry.example:5000/library/postgres:15@sha256:00\n  b:\n    image: mcr.microsoft.com/mssql/server:2022-latest # x\n';
    const { profile } = readProfile([{ file: 'compose.yml', text }], []);
    assert.deepEqual(profile.databases, ['postgresql', 'mssql']);
    assert.deepEqual(profile.facts.databases[1]?.at, {
      file: 'compose.yml',
      line: 5,
      column: 12,
      endLine: 5,
      endColumn: 54,
    });
  });

  it('says where a manifest is not JSON, and reads the rest', () => {
    const { profile, problems } = readProfile(
      [{ file: 'package.json', text: '{\n  "dependencies": {,\n}' }, instructions('PostgreSQL\n')],
      [],
    );
    assert.equal(profile.dialect, 'postgresql');
    assert.equal(problems[0]?.code, 'manifest-not-readable');
    assert.equal(problems[0].at?.line, 2);
  });

  it('never throws on any prefix of its files', () => {
    const text =
      '# A\n\n- **DB**: `PostgreSQL` [x](y) <!-- c -->\n\n| a | MySQL |\n\n~~~\nx\n~~~\n> Express, not Koa\n';
    const json = JSON.stringify({ dependencies: { pg: '*' }, keywords: ['saas', 1, null] });
    for (let end = 0; end <= text.length; end++) readProfile([instructions(text.slice(0, end))], []);
    for (let end = 0; end <= json.length; end++) readProfile([{ file: 'package.json', text: json.slice(0, end) }], []);
    for (const odd of ['null', '[]', '3', '{"dependencies":[]}', '{"dependencies":{"__proto__":1}}', '\uFEFF{}'])
      assert.deepEqual(readProfile([{ file: 'package.json', text: odd }], []).problems, [], odd);
  });

  it('has ids that are unique within their category', () => {
    for (const technologies of Object.values(vocabulary)) {
      const ids = technologies.map(({ id }) => id);
      assert.deepEqual(ids, [...new Set(ids)]);
    }
  });
});
