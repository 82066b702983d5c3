import assert from 'node:assert/strict';
import { readDataSources } from '../../../../src/core/readers/typeorm/dataSources.ts';
import type { DataSource } from '../../../../src/core/schema/code.ts';
import { openSource } from '../../../support/openSource.ts';

const read = async (text: string, path = 'src/data-source.ts'): Promise<readonly DataSource[]> =>
  readDataSources(await openSource(path, text));

async function one(text: string, path?: string): Promise<DataSource> {
  const sources = await read(text, path);
  assert.equal(sources.length, 1);
  return sources[0]!;
}

describe('TypeORM data sources', () => {
  it('reads every setting of new DataSource', async () => {
    const { at, ...source } = await one(`
      export const AppDataSource = new DataSource({
        type: 'postgres',
        url: 'postgres://app:s3cret@db:5432/shop',
        schema: 'shop',
        entityPrefix: 'app_',
        synchronize: true,
        migrationsRun: false,
        dropSchema: false,
        ssl: { rejectUnauthorized: false },
        extra: { max: 20, statement_timeout: 30_000 },
        namingStrategy: new SnakeNamingStrategy(),
        entities: [Order, __dirname + '/**/*.entity{.ts,.js}'],
        migrations: ['dist/migrations/*.js'],
      });`);
    assert.deepEqual(source, {
      dialect: 'postgresql',
      synchronize: true,
      migrationsRun: false,
      dropSchema: false,
      tls: true,
      poolSize: 20,
      timeoutMs: 30000,
      passwordInFile: true,
      namingStrategy: 'SnakeNamingStrategy',
      entityPrefix: 'app_',
      namespace: 'shop',
      entities: ['Order', "__dirname + '/**/*.entity{.ts,.js}'"],
      migrations: ['dist/migrations/*.js'],
    });
    assert.equal(at.line, 2);
  });

  it('says nothing about what the environment decides', async () => {
    const source = await one(`
      new DataSource({
        type: process.env.DB_TYPE as any,
        password: process.env.DB_PASSWORD,
        url: \`postgres://app:\${process.env.PASSWORD}@db/shop\`,
        synchronize: process.env.NODE_ENV !== 'production',
        ssl: process.env.DB_SSL === 'true',
        poolSize: Number(process.env.POOL),
      });`);
    assert.deepEqual(
      [source.dialect, source.passwordInFile, source.synchronize, source.tls, source.poolSize],
      [null, false, null, null, null],
    );
  });

  it('follows constants and spreads of the same file', async () => {
    const source = await one(`
      const strategy = new SnakeNamingStrategy();
      const base = { type: 'mysql' as const, password: 'root', synchronize: true };
      const options: DataSourceOptions = { ...base, synchronize: false, namingStrategy: strategy };
      export default new DataSource(options);`);
    assert.deepEqual(
      [source.dialect, source.passwordInFile, source.synchronize, source.namingStrategy],
      ['mysql', true, false, 'SnakeNamingStrategy'],
    );
  });

  it('reads NestJS modules, factories and option classes', async () => {
    assert.equal(
      (
        await one(
          "@Module({ imports: [TypeOrmModule.forRoot({ type: 'mariadb', autoLoadEntities: true })] }) class A {}",
        )
      ).dialect,
      'mariadb',
    );
    const factory = await one(`
      TypeOrmModule.forRootAsync({ inject: [ConfigService], useFactory: async (config: ConfigService) => {
        return { type: 'postgres', host: config.get('DB_HOST'), password: config.get('DB_PASSWORD'), autoLoadEntities: true, namingStrategy: new SnakeNamingStrategy() };
      } });`);
    assert.deepEqual(
      [factory.dialect, factory.passwordInFile, factory.namingStrategy],
      ['postgresql', false, 'SnakeNamingStrategy'],
    );
    const options = await one(`
      @Injectable() export class TypeOrmConfigService implements TypeOrmOptionsFactory {
        createTypeOrmOptions(): TypeOrmModuleOptions { return { type: this.config.get('type'), dropSchema: true, entities: [] } as TypeOrmModuleOptions; }
      }`);
    assert.deepEqual([options.dialect, options.dropSchema], [null, true]);
  });

  it('reads satisfies, createConnection and ormconfig in all its forms', async () => {
    assert.equal(
      (await one("export const options = { type: 'sqlite', database: 'a.db' } satisfies DataSourceOptions;")).dialect,
      'sqlite',
    );
    assert.equal((await one("await createConnection({ type: 'mssql', host: 'x' });")).dialect, 'mssql');
    assert.equal(
      (await one("module.exports = { type: 'oracle', entities: ['a'] };", 'ormconfig.js')).dialect,
      'oracle',
    );
    assert.equal(
      (await one("export default { type: 'cockroachdb', migrationsRun: true };", 'ormconfig.ts')).migrationsRun,
      true,
    );
    const json = await read(
      '[{ "type": "postgres", "password": "x", "extra": { "max": 5 } }, { "url": "mysql://u:p@h/d", "ssl": true }]',
      'ormconfig.json',
    );
    assert.deepEqual(
      json.map(({ dialect, passwordInFile, poolSize, tls }) => [dialect, passwordInFile, poolSize, tls]),
      [
        ['postgresql', true, 5, null],
        ['mysql', true, null, true],
      ],
    );
  });

  it('takes nothing else for settings, and no half-typed text makes it throw', async () => {
    assert.deepEqual(
      await read(
        "import { DataSource } from 'typeorm'; const a = { type: 'postgres', synchronize: true }; f(new DataSource(a.b));",
      ),
      [],
    );
    assert.deepEqual(await read('{ "type": "postg', 'ormconfig.json'), []);
    const text =
      "const base = { ...other, ssl: {} }; export const d = new DataSource({ type: 'postgres', ...base, extra: { max: 1 }, entities: [A, `b${c}`] } as DataSourceOptions);";
    for (let end = 0; end <= text.length; end++) await read(text.slice(0, end));
  });
});
