/** What tests of all entities share: the database they run on, a count of queries, values that differ. */
import type { SupportFile } from '../endpoints/sharedFiles.ts';
import { Imports } from '../shared/imports.ts';
import type { ProjectPlan } from '../shared/project.ts';
import { dataSourceOf } from './dataSource.ts';
import type { TestDataSource } from './dataSource.ts';
import type { TestPlan } from './testPlan.ts';
import { testSupportPath } from './testPlan.ts';

export function uniqueFile(project: ProjectPlan, tests: TestPlan): SupportFile {
  const path = testSupportPath(project, tests, ['unique']);
  return {
    path,
    name: 'unique',
    also: [],
    text() {
      const imports = new Imports(project, path);
      imports.use('node:crypto', 'randomUUID');
      return `${imports.toString()}/** Eight characters that no other row has, whatever is in the database already. */
export function unique(): string {
  return randomUUID().slice(0, 8);
}
`;
    },
  };
}

export function queryLog(project: ProjectPlan, tests: TestPlan): SupportFile {
  const path = testSupportPath(project, tests, ['query', 'log']);
  return {
    path,
    name: 'QueryLog',
    also: [],
    text() {
      const imports = new Imports(project, path);
      imports.use('typeorm', 'AbstractLogger');
      imports.useType('typeorm', 'LogLevel', 'LogMessage');
      return `${imports.toString()}type Messages = LogMessage | string | number | (LogMessage | string | number)[];

/** Keeps the statements that were sent, to be counted. */
export class QueryLog extends AbstractLogger {
  private statements: string[] = [];

  constructor() {
    super(['query']);
  }

  /** How many SELECT statements the work sends. */
  async countSelects(work: () => Promise<unknown>): Promise<number> {
    this.statements = [];
    await work();
    return this.statements.filter((statement) => /^\\s*(?:SELECT|WITH)\\b/i.test(statement)).length;
  }

  protected override writeLog(_level: LogLevel, messages: Messages): void {
    for (const message of this.prepareLogMessages(messages, { highlightSql: false, formatSql: false })) {
      this.statements.push(String(message.message));
    }
  }
}
`;
    },
  };
}

export function testDatabase(project: ProjectPlan, tests: TestPlan): SupportFile {
  const path = testSupportPath(project, tests, ['test', 'database']);
  return {
    path,
    name: 'TestDatabase',
    also: [],
    text() {
      const imports = new Imports(project, path);
      const log = queryLog(project, tests);
      imports.use('typeorm', 'DataSource');
      imports.useType('typeorm', 'EntityManager');
      imports.useFile(log.path, log.name);
      const source = dataSourceOf(project, imports);
      if (source.engine !== 'sqlite') imports.useType('typeorm', 'QueryRunner');
      if (source.container !== null) imports.use('@testcontainers/postgresql', 'PostgreSqlContainer');
      const opening = source.engine === 'sqlite' ? sqliteText(source) : serverText(project, source);
      return imports.toString() + opening.before + classText(opening) + opening.after;
    },
  };
}

interface Opening {
  readonly about: string;
  /** Declarations before and behind the class. */
  readonly before: string;
  readonly after: string;
  /** Body of \`open\`. */
  readonly open: string;
}

const rolledBack =
  'No test leaves anything behind: each runs in a transaction that is rolled back, whatever it does through the data source.';

function sqliteText(source: TestDataSource): Opening {
  return {
    about: `The entities on a database in memory. ${rolledBack}`,
    before: '',
    after: '',
    open: `this.source = new DataSource({
      type: '${source.type}',
      database: ':memory:',
      ${source.options}
      logging: ['query'],
      logger: this.log,
    });
    await this.source.initialize();
    await this.source.synchronize();`,
  };
}

function serverText(project: ProjectPlan, source: TestDataSource): Opening {
  const variable = environment(project, 'TEST_DATABASE_URL');
  const own = source.container;
  const url = own
    ? `const given = ${variable};
    const url = given ?? (await startContainer());`
    : `const url = ${variable};
    if (!url) {
      throw new Error(
        'Tests need a ${source.product} database: set TEST_DATABASE_URL to one that is empty or has the schema of the entities.',
      );
    }`;
  return {
    about: `The entities on the ${source.product} database that TEST_DATABASE_URL names${own ? ', or on one of its own in a container' : ''}. An empty database gets the schema of the entities, one with tables is used as it is. ${rolledBack}`,
    before: `/** Any number: test files that start at the same time build the schema one after the other. */
const schemaLock = 2_606_115;

`,
    open: `${url}
    this.source = new DataSource({
      type: '${source.type}',
      url,
      ${source.options}
      logging: ['query'],
      logger: this.log,
    });
    await this.source.initialize();
    await buildSchema(this.source${own ? ', given === undefined' : ''});`,
    after: `${own ? containerText(own, tellsCauses(project)) : ''}${source.engine === 'mysql' ? mysqlSchemaText : postgresSchemaText(own !== null)}`,
  };
}

function containerText(image: string, tellsCause: boolean): string {
  return `
/** The same container for all test files; it stays for the next run. */
async function startContainer(): Promise<string> {
  try {
    const container = await new PostgreSqlContainer('${image}').withReuse().start();
    return container.getConnectionUri();
  } catch${tellsCause ? ' (cause)' : ''} {
    throw new Error('Tests need PostgreSQL: start Docker, or set TEST_DATABASE_URL to a database.'${tellsCause ? ', { cause }' : ''});
  }
}
`;
}

function postgresSchemaText(own: boolean): string {
  return `
async function buildSchema(dataSource: DataSource${own ? ', owned: boolean' : ''}): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [schemaLock]);
    if (${own ? 'owned || ' : ''}(await isEmpty(runner))) {
      const schemas = new Set(dataSource.entityMetadatas.map(({ schema }) => schema));
      for (const schema of schemas) {
        if (schema) {
          await runner.createSchema(schema, true);
        }
      }
      await dataSource.synchronize();
    }
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [schemaLock]);
    await runner.release();
  }
}

async function isEmpty(runner: QueryRunner): Promise<boolean> {
  const tables: unknown = await runner.query(
    "SELECT 1 FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema') LIMIT 1",
  );
  return Array.isArray(tables) && tables.length === 0;
}
`;
}

const mysqlSchemaText = `
async function buildSchema(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SELECT GET_LOCK(?, 60)', [schemaLock]);
    if (await isEmpty(runner)) {
      await dataSource.synchronize();
    }
  } finally {
    await runner.query('SELECT RELEASE_LOCK(?)', [schemaLock]);
    await runner.release();
  }
}

async function isEmpty(runner: QueryRunner): Promise<boolean> {
  const tables: unknown = await runner.query(
    'SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() LIMIT 1',
  );
  return Array.isArray(tables) && tables.length === 0;
}
`;

function classText({ about, open }: Opening): string {
  return `/**
${wrapped(about)}
 */
export class TestDatabase {
  readonly log = new QueryLog();
  private source: DataSource | null = null;
  private end: (() => Promise<void>) | null = null;

  get dataSource(): DataSource {
    if (!this.source) {
      throw new Error('The database of the tests is not open.');
    }
    return this.source;
  }

  async open(): Promise<void> {
    ${open}
  }

  /** Begins the transaction of a test: until \`rollBack\` every statement of the data source is part of it. */
  async begin(): Promise<EntityManager> {
    const { dataSource } = this;
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction();
    const createQueryRunner = dataSource.createQueryRunner.bind(dataSource);
    const release = runner.release.bind(runner);
    dataSource.createQueryRunner = () => runner;
    runner.release = () => Promise.resolve();
    this.end = async () => {
      dataSource.createQueryRunner = createQueryRunner;
      runner.release = release;
      while (runner.isTransactionActive) {
        await runner.rollbackTransaction();
      }
      await runner.release();
    };
    return runner.manager;
  }

  async rollBack(): Promise<void> {
    await this.end?.();
    this.end = null;
  }

  async close(): Promise<void> {
    await this.source?.destroy();
    this.source = null;
  }
}
`;
}

/** `new Error(message, { cause })` is known since ES2022. */
function tellsCauses(project: ProjectPlan): boolean {
  const config = project.request.files.read('tsconfig.json') ?? '';
  return /"(?:target|lib)"[^,}]*"es(?:20(?:2[2-9]|[3-9]\d)|next)/iu.test(config);
}

/** Lines of a block comment. */
function wrapped(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 110) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => ` * ${line}`).join('\n');
}

/** `process.env.X` or `process.env['X']`, as the project writes it. */
function environment(project: ProjectPlan, name: string): string {
  const texts = project.request.files.paths
    .filter((path) => /\.[cm]?ts$/u.test(path))
    .map((path) => project.request.files.read(path) ?? '');
  const count = (pattern: RegExp): number => texts.reduce((sum, text) => sum + (text.match(pattern)?.length ?? 0), 0);
  return count(/process\.env\.\w/gu) > count(/process\.env\[/gu) ? `process.env.${name}` : `process.env['${name}']`;
}
