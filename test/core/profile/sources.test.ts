import assert from 'node:assert/strict';
import { isProfileFile } from '../../../src/core/profile/files.ts';
import type { ProfileSource } from '../../../src/core/profile/profile.ts';
import { readProfile } from '../../../src/core/profile/readProfile.ts';

const of = (...sources: readonly (readonly [file: string, text: string])[]) =>
  readProfile(
    sources.map(([file, text]): ProfileSource => {
      assert.ok(isProfileFile(file), file);
      return { file, text };
    }),
    [],
  ).profile;

describe('sources of the profile', () => {
  it('are samples of the environment, without what is switched off and without secrets', () => {
    const profile = of([
      '.env.example',
      '# DATABASE_URL=mysql://root@localhost/x\nDATABASE_URL="postgresql+asyncpg://app:s3cr3t-word@db/shop"\nREDIS_HOST=localhost\nAMQP=amqp://guest:guest-word@mq\n',
    ]);
    assert.deepEqual([profile.databases, profile.caches, profile.messaging], [['postgresql'], ['redis'], ['rabbitmq']]);
    assert.equal(profile.dialect, 'postgresql');
    assert.doesNotMatch(JSON.stringify(profile), /s3cr3t|guest|asyncpg|localhost/u);
    const [fact] = profile.facts.databases;
    assert.deepEqual([fact?.source, fact?.at.line], ['settings', 2]);
    assert.deepEqual(of(['.env.sample', 'DB_CONNECTION=mysql\n']).databases, ['mysql']);
  });

  it('are settings of Spring and .NET', () => {
    const properties = of([
      'src/main/resources/application.properties',
      'spring.datasource.url=jdbc:mariadb://db/x\nspring.kafka.bootstrap-servers=k:9092\n',
    ]);
    assert.deepEqual([properties.dialect, properties.messaging], ['mariadb', ['kafka']]);
    const spring = of([
      'src/main/resources/application.yml',
      'spring:\n  datasource:\n    url: jdbc:mariadb://db/x\n  data:\n    redis:\n      host: r\n  kafka:\n    bootstrap-servers: k:9092\n',
    ]);
    assert.deepEqual([spring.dialect, spring.caches, spring.messaging], ['mariadb', ['redis'], ['kafka']]);
    const strings: Readonly<Record<string, string>> = {
      'Server=.;Initial Catalog=Shop;Integrated Security=true;': 'mssql',
      'Host=db;Port=5432;Database=shop;Username=app;Password=hidden-word': 'postgresql',
      'Data Source=shop.db': 'sqlite',
      'Server=db;Port=3306;Database=shop;Uid=app;': 'mysql',
    };
    for (const [text, id] of Object.entries(strings)) {
      const profile = of(['src/Web/appsettings.json', JSON.stringify({ ConnectionStrings: { Shop: text } }, null, 2)]);
      assert.deepEqual([profile.databases, profile.dialect], [[id], id]);
      assert.doesNotMatch(JSON.stringify(profile), /hidden-word/u);
    }
    // What only tests run on says little of the application.
    const [fact] = of(['src/test/resources/application-test.properties', 'x.url=jdbc:h2:mem:x\n']).facts.databases;
    assert.deepEqual([fact?.value, fact?.development], ['h2', true]);
  });

  it('are version catalogues, as far as builds use them', () => {
    const profile = of(
      [
        'gradle/libs.versions.toml',
        '[libraries]\nspring-data-jpa = { module = "org.springframework.boot:spring-boot-starter-data-jpa", version.ref = "boot" }\nmongo = "org.mongodb:mongodb-driver-sync:5.0"\npg = { group = "org.postgresql", name = "postgresql" }\n[bundles]\ndb = ["spring-data-jpa", "pg"]\n[plugins]\nboot = { id = "org.springframework.boot", version = "3" }\n',
      ],
      [
        'build.gradle.kts',
        'plugins { alias(libs.plugins.boot) }\ndependencies {\n  implementation(libs.bundles.db)\n}\n',
      ],
    );
    assert.deepEqual([profile.framework, profile.orms, profile.databases], ['spring-boot', ['jpa'], ['postgresql']]);
    assert.equal(profile.facts.orms[0]?.at.file, 'build.gradle.kts');
  });

  it('are the older manifests of Python and .NET', () => {
    assert.deepEqual(
      of([
        'setup.cfg',
        '[options]\ninstall_requires =\n    Django>=4\n    psycopg2\n\n[options.extras_require]\ntest =\n    pytest\n',
      ]).orms,
      ['django'],
    );
    assert.deepEqual(of(['setup.py', 'setup(name="x", install_requires=["SQLAlchemy>=2", "pymysql"])\n']).databases, [
      'mysql',
    ]);
    assert.deepEqual(
      of(['pyproject.toml', '[tool.poetry.dependencies.django]\nversion = "^5"\nextras = ["bcrypt"]\n']).framework,
      'django',
    );
    assert.deepEqual(
      of(['src/Web/packages.config', '<packages><package id="NHibernate" version="5" /></packages>']).orms,
      ['nhibernate'],
    );
  });

  it('name the domain in the description of a manifest', () => {
    const text =
      '[project]\nname = "shop"\ndescription = "A headless e-commerce platform"\nkeywords = ["shop", "Telemedicine"]\n[tool.poe.tasks.pay]\ndescription = "Runs the online banking sandbox"\n';
    const profile = of(['pyproject.toml', text]);
    assert.deepEqual(
      profile.facts.domains.map(({ value, at }) => [value, at.line]),
      [
        ['e-commerce', 3],
        ['healthcare', 4],
      ],
    );
    const poetry = of(['pyproject.toml', "[tool.poetry]\ndescription = 'An online shop'\n"]);
    assert.deepEqual(poetry.domains, ['e-commerce']);
    assert.deepEqual(of(['pyproject.toml', '[project]\ndescription = "Reordering of lists"\n']).domains, []);
  });

  it('know Sails before the Express it stands on', () => {
    const profile = of(['package.json', JSON.stringify({ dependencies: { express: '4', sails: '1', pg: '8' } })]);
    assert.equal(profile.framework, 'sails');
  });

  it('tell what is for tests and tools alone', () => {
    const profile = of([
      'package.json',
      JSON.stringify({ dependencies: { pg: '*' }, devDependencies: { 'better-sqlite3': '*' } }),
    ]);
    assert.deepEqual(
      profile.facts.databases.map(({ value, source, development }) => [value, source, development ?? false]),
      [
        ['postgresql', 'manifest', false],
        ['sqlite', 'manifest', true],
      ],
    );
    assert.deepEqual(
      of(['requirements_all_ds.txt', 'pymongo\n'], ['requirements.txt', 'psycopg2\n']).facts.databases.map(
        ({ value, development }) => [value, development ?? false],
      ),
      [
        ['postgresql', false],
        ['mongodb', true],
      ],
    );
  });

  it('are read where an application maps tables and keeps documents: the tables decide the engine', () => {
    const text = JSON.stringify({ dependencies: { mongoose: '*', typeorm: '*', pg: '*' } });
    assert.equal(of(['package.json', text]).dialect, 'postgresql');
    assert.equal(of(['package.json', JSON.stringify({ dependencies: { mongoose: '*' } })]).dialect, 'mongodb');
  });

  it('are instructions in tables, nested lists, German and Spanish, with what they deny', () => {
    const profile = of([
      'copilot.instructions.md',
      [
        '# Tienda',
        '## Technologien',
        '- Backend',
        '  - **Framework:** FASTAPI',
        '  - ORM: SqlAlchemy 2.0',
        '## Datenbank',
        '| Was | Welche |',
        '| --- | --- |',
        '| Datenbank | Postgres 16 |',
        '| Cache | kein Redis, sondern Memcached |',
        '',
        'Wir migrieren von MySQL nach PostgreSQL. Kein Kafka. DSGVO und RBAC gelten, encryption at rest auch.',
      ].join('\n'),
    ]);
    assert.deepEqual(
      [profile.framework, profile.orms, profile.databases, profile.caches, profile.messaging],
      ['fastapi', ['sqlalchemy'], ['postgresql'], ['memcached'], []],
    );
    assert.deepEqual([profile.compliance, profile.security], [['gdpr'], ['rbac', 'encryption-at-rest']]);
  });

  it('never throw on any prefix', () => {
    const files: readonly (readonly [string, string])[] = [
      ['.env.example', 'DATABASE_URL=postgresql://a:b@c/d\nDB_TYPE=mysql\n'],
      ['application.yml', 'spring:\n  datasource:\n    url: "jdbc:mysql://x"\n'],
      ['appsettings.json', '{ "C": "Host=a;Database=b;\\"x" }'],
      ['gradle/libs.versions.toml', '[libraries]\na = { module = "x:y" }\n[bundles]\nb = [\n"a"]\n'],
      ['setup.cfg', '[options]\ninstall_requires =\n  django\n'],
      [
        '.github/instructions/a.instructions.md',
        '---\napplyTo: "{a,b}/**"\n---\n# RPO: 5 min\n<!-- data-engineer:begin -->',
      ],
    ];
    for (const [file, text] of files)
      for (let end = 0; end <= text.length; end++)
        readProfile(
          [
            { file, text: text.slice(0, end) },
            { file: 'build.gradle', text: 'implementation(libs.bundles.b)' },
          ],
          [],
        );
  });
});
