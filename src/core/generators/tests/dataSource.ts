/** The data source of tests: the project's entities and naming, on a database for tests. */
import type { Imports } from '../shared/imports.ts';
import type { ProjectPlan } from '../shared/project.ts';

export interface TestDataSource {
  readonly engine: 'postgresql' | 'mysql' | 'sqlite';
  /** Driver as TypeORM calls it. */
  readonly type: string;
  readonly product: string;
  /** `entities: …, namingStrategy: …,` of the options. */
  readonly options: string;
  /** Image of the container that tests start where they are given no database; null = they start none. */
  readonly container: string | null;
}

/** Imports what the options name. */
export function dataSourceOf(project: ProjectPlan, imports: Imports): TestDataSource {
  const engine = testEngine(project);
  return {
    engine,
    type: driverOf(project, engine),
    product: { postgresql: 'PostgreSQL', mysql: 'MySQL', sqlite: 'SQLite' }[engine],
    options: optionsOf(project, imports),
    container: engine === 'postgresql' ? containerImage(project) : null,
  };
}

/** A database in memory needs nothing set up, so it is taken where the project runs on SQLite as well. */
export function testEngine(project: ProjectPlan): TestDataSource['engine'] {
  const { dialect, manifest } = project;
  const databases = [dialect, ...project.request.profile.databases];
  const embedded = manifest.has('better-sqlite3') || manifest.has('sqlite3');
  if (embedded && databases.includes('sqlite')) return 'sqlite';
  return dialect === 'mysql' || dialect === 'mariadb' ? 'mysql' : dialect === 'sqlite' ? 'sqlite' : 'postgresql';
}

function driverOf({ manifest, dialect }: ProjectPlan, engine: TestDataSource['engine']): string {
  if (engine === 'sqlite') return manifest.has('better-sqlite3') ? 'better-sqlite3' : 'sqlite';
  return engine === 'postgresql' ? 'postgres' : dialect === 'mariadb' ? 'mariadb' : 'mysql';
}

/** Taken from the project's own data source, so that names in the database are the same; without one, entity by entity. */
function optionsOf(project: ProjectPlan, imports: Imports): string {
  const exported = exportedOptions(project);
  const naming = project.request.schema.code.files
    .flatMap((file) => file.dataSources.map((source) => ({ file, source })))
    .find(({ source }) => source.namingStrategy !== null);
  if (exported) {
    if (exported.byDefault) imports.useDefaultFile(exported.path, exported.name);
    else imports.useFile(exported.path, exported.name);
    const options = exported.isInstance ? `${exported.name}.options` : exported.name;
    return `entities: ${options}.entities,${naming ? ` namingStrategy: ${options}.namingStrategy,` : ''}`;
  }
  const entities = project.request.schema.tables.flatMap((table) => {
    const entity = table.entity === null ? null : project.entity(table);
    if (entity) imports.useEntity(entity.source);
    return entity ? [entity.source.name] : [];
  });
  const strategy = naming?.source.namingStrategy ?? null;
  const module = naming?.file.imports.find(({ imported }) => imported === strategy)?.module;
  const list = `entities: [${[...new Set(entities)].toSorted().join(', ')}],`;
  if (strategy === null || module === undefined || module.startsWith('.')) return list;
  imports.use(module, strategy);
  return `${list} namingStrategy: new ${strategy}(),`;
}

interface ExportedOptions {
  readonly path: string;
  readonly name: string;
  readonly isInstance: boolean;
  readonly byDefault: boolean;
}

/** What the project exports: options (`dataSourceOptions`) or the data source itself. */
function exportedOptions(project: ProjectPlan): ExportedOptions | null {
  const files = project.request.schema.code.files.filter(
    ({ dataSources, purpose }) => dataSources.length > 0 && purpose === 'application',
  );
  for (const { dataSources } of files) {
    const [first] = dataSources;
    if (!first) continue;
    const path = project.pathOf(first.at);
    const text = project.request.files.read(path) ?? '';
    const options =
      /export const (\w+)\s*(?::\s*\w*(?:DataSource|Connection)Options\s*=|=[^;]*satisfies \w*DataSourceOptions)/u.exec(
        text,
      )?.[1];
    if (options !== undefined) return { path, name: options, isInstance: false, byDefault: false };
    const instance = /export const (\w+)(?:\s*:\s*DataSource)?\s*=\s*new DataSource\(/u.exec(text)?.[1];
    if (instance !== undefined) return { path, name: instance, isInstance: true, byDefault: false };
    if (text.includes('export default new DataSource('))
      return { path, name: 'dataSource', isInstance: true, byDefault: true };
  }
  return null;
}

/** Where manifest or instructions name Testcontainers: of the version that the instructions name. */
export function containerImage(project: ProjectPlan): string | null {
  const instructions = ['copilot.instructions.md', '.github/copilot-instructions.md']
    .map((path) => project.request.files.read(path) ?? '')
    .join('\n');
  if (!project.manifest.has('@testcontainers/postgresql') && !/testcontainers/iu.test(instructions)) return null;
  return `postgres:${/postgres(?:ql)?\s+(\d+)/iu.exec(instructions)?.[1] ?? '17'}-alpine`;
}
