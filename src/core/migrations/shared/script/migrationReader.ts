/** A reader of migrations that are programs, for the tools whose calls are understood (Sequelize, Knex, TypeORM). */
import type { FileFacts, MigrationFacts } from '../../../schema/code.ts';
import type { Dialect, Table } from '../../../schema/model.ts';
import type { Problem } from '../../../schema/source.ts';
import { emptyFacts } from '../../../readers/shared/emptyFacts.ts';
import { directoryOf } from '../../../readers/shared/paths.ts';
import { purposeOf } from '../../../schema/filePurpose.ts';
import type { Expression, Program, Statement } from '../../../readers/shared/typescript/program.ts';
import { readProgram } from '../../../readers/shared/typescript/readProgram.ts';
import type {
  Fragment,
  LinkContext,
  LinkResult,
  Part,
  ReadResult,
  Reader,
  SourceFile,
} from '../../../readers/reader.ts';
import type { ReplaySchema } from '../replayState.ts';
import { inOrder, overlaps } from './order.ts';
import type { Arrange, Touch } from './order.ts';
import { factsOfProgram, replayPrograms } from './replayPrograms.ts';
import type { MigrationTool, ProgramFile, ReplaySetting } from './replayPrograms.ts';

export interface ProgramMappings {
  readonly program: Program;
  /** It has an `up` of its own; else it is a module that migrations use. */
  readonly migration: boolean;
  /** Of a tool that runs them by something else than the names of their files. */
  readonly order?: number;
}

export interface MigrationReaderSetting {
  readonly id: string;
  readonly version: number;
  readonly tool: MigrationTool;
  /** Without parsing: a migration of this tool, or a module beside migrations. */
  detect(path: string, text: string): boolean;
  isMigration(path: string, text: string): boolean;
  /** As `Reader.part`; absent = all ask. */
  part?(path: string, text: string): Part;
  /** What else the file says: settings. */
  facts?(file: SourceFile): Partial<FileFacts>;
  /** What the tool sorts by, from the text; absent = the names of the files. */
  orderOf?(path: string, text: string): number;
  /** Which files are run together; absent = those of a folder. */
  readonly arrange?: Arrange;
  /** Another reader tells the steps of each migration to the rules. */
  readonly stepsElsewhere?: true;
  /** Engine where nothing says which. */
  readonly dialect: Dialect;
}

const nothing = { tables: [], enums: [] };

export function createMigrationReader(setting: MigrationReaderSetting): Reader<ProgramMappings> {
  const { id, version } = setting;
  let last: Replayed | null = null;

  function read(file: SourceFile): ReadResult<ProgramMappings> {
    const { path, text, lines } = file;
    const program = readProgram(file.parsed().tree, { text, lines });
    return {
      fragment: {
        reader: id,
        file: path,
        mappings: {
          program,
          migration: setting.isMigration(path, text),
          ...(setting.orderOf ? { order: setting.orderOf(path, text) } : {}),
        },
        facts: { ...emptyFacts(path), ...setting.facts?.(file) },
      },
      problems: [],
    };
  }

  function link(fragments: readonly Fragment<ProgramMappings>[], context: LinkContext): LinkResult {
    const { source = null } = context;
    const dialect = context.dialect ?? context.dataSources.find((each) => each.dialect)?.dialect ?? setting.dialect;
    const replaying = settingOf(fragments, dialect, setting.tool, context);
    const files = fragments.map((fragment): FileFacts =>
      fragment.mappings.migration && setting.stepsElsewhere !== true
        ? { ...fragment.facts, migration: factsOf(fragment, replaying) }
        : fragment.facts,
    );
    if (source === 'none' || source === 'ddl') return { ...nothing, files, problems: [] };
    if (last?.dialect !== dialect || !sameParts(last.parts, fragments))
      last = { dialect, parts: fragments, ...replayAll(fragments, replaying, context) };
    const { tables, enums, problems } = last;
    return { tables, enums, files, problems, dialect: tables.length > 0 ? dialect : null };
  }

  const factsOf = (fragment: Fragment<ProgramMappings>, replaying: ReplaySetting): MigrationFacts => {
    const known = knownFacts.get(fragment.mappings);
    // Modules beside migrations are constants and helpers: what they say now is good enough for the steps of a file that stayed.
    if (known?.dialect === replaying.dialect) return known.facts;
    const facts = factsOfProgram({ file: fragment.file, program: fragment.mappings.program }, replaying);
    knownFacts.set(fragment.mappings, { dialect: replaying.dialect, facts });
    return facts;
  };

  function replayAll(
    fragments: readonly Fragment<ProgramMappings>[],
    replaying: ReplaySetting,
    context: LinkContext,
  ): Built {
    const all = fragments.filter(({ mappings }) => mappings.migration);
    const others = all.filter(({ file }) => purposeOf(file) !== 'test');
    const touchOf = (files: readonly Fragment<ProgramMappings>[]): Touch =>
      touchesOf(files.map((fragment) => factsOf(fragment, replaying)));
    const wanted = others.length > 0 ? others : all;
    const groups =
      setting.arrange?.(
        wanted.toSorted((a, b) => (a.mappings.order ?? 0) - (b.mappings.order ?? 0)),
        replaying.dialect,
      ) ?? inOrder(wanted, statedFolders(fragments, context), touchOf);
    const kept: { readonly created: ReadonlySet<string>; readonly folder: string }[] = [];
    const schemas: ReplaySchema[] = [];
    const problems: Problem[] = [];
    const sized = groups.map((group) => ({ ...group, ...touchOf(group.files) }));
    // Two folders that build the same tables are two attempts at one schema, or the same one for two engines.
    const misfit = ({ folder }: { readonly folder: string }): number => (isOfOther(folder, replaying.dialect) ? 1 : 0);
    for (const { files, folder, created } of sized.toSorted(
      (a, b) => misfit(a) - misfit(b) || b.created.size - a.created.size,
    )) {
      const owner = kept.find((each) => overlaps(each.created, created));
      if (owner) {
        problems.push(doubled(files[0]?.file ?? folder, folder, owner.folder));
        continue;
      }
      kept.push({ created, folder });
      const built = replayPrograms(files.map(programOf), replaying);
      schemas.push(built.schema);
      problems.push(...built.problems);
    }
    return {
      tables: schemas.flatMap(({ tables }) => tables).map((table) => owned(table, id)),
      enums: schemas.flatMap(({ enums }) => enums),
      problems,
    };
  }

  const detect = (path: string, text: string): boolean => setting.detect(path, text);
  const part = (path: string, text: string): Part => setting.part?.(path, text) ?? 'asks';
  return { id, yields: 'scripts', version, detect, part, read, link, modules };
}

interface Built {
  readonly tables: LinkResult['tables'];
  readonly enums: LinkResult['enums'];
  readonly problems: readonly Problem[];
}

/** What was built last is good as long as the same files are linked: most edits are of other files. */
interface Replayed extends Built {
  readonly dialect: Dialect;
  readonly parts: readonly Fragment<ProgramMappings>[];
}

const knownFacts = new WeakMap<ProgramMappings, { readonly dialect: Dialect; readonly facts: MigrationFacts }>();

function sameParts(a: readonly Fragment<ProgramMappings>[], b: readonly Fragment<ProgramMappings>[]): boolean {
  return (
    a.length === b.length && a.every(({ mappings, file }, at) => b[at]?.mappings === mappings && b[at].file === file)
  );
}

function programOf({ file, mappings }: Fragment<ProgramMappings>): ProgramFile {
  return { file, program: mappings.program };
}

function settingOf(
  fragments: readonly Fragment<ProgramMappings>[],
  dialect: Dialect,
  tool: MigrationTool,
  context: LinkContext,
): ReplaySetting {
  const byFile = new Map(fragments.map((fragment) => [fragment.file, programOf(fragment)]));
  return {
    tool,
    dialect,
    load(fromFile, module) {
      for (const file of context.resolve(fromFile, module)) {
        const found = byFile.get(file);
        if (found) return found;
      }
      return null;
    },
  };
}

function touchesOf(all: readonly MigrationFacts[]): Touch {
  const created = new Set<string>();
  const touched = new Set<string>();
  for (const { steps } of all)
    for (const { kind, table, to } of steps) {
      const name = table?.toLowerCase();
      if (name === undefined) continue;
      if (kind === 'create-table' || kind === 'create-view') created.add(name);
      else if (!created.has(name)) touched.add(name);
      if (kind === 'rename-table' && to !== null) created.add(to.toLowerCase());
    }
  return { created, touched };
}

/** Folders that settings of the project name, relative to the file that names them. */
function statedFolders(fragments: readonly Fragment<ProgramMappings>[], context: LinkContext): readonly string[] {
  const sources = [...fragments.flatMap(({ facts }) => facts.dataSources), ...context.dataSources];
  return [
    ...new Set(
      sources.flatMap(({ migrations, at }) =>
        migrations.map((written) =>
          normal(`${directoryOf(at.file)}/${written.replace(/\/?(?:\*\*?)?(?:\/?\*[^/]*)?$/, '')}`),
        ),
      ),
    ),
  ];
}

function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/'))
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  return parts.join('/');
}

function owned(table: Table, reader: string): Table {
  return { ...table, reader, module: table.namespace ?? directoryOf(table.at.file) };
}

const enginesInNames: readonly (readonly [RegExp, readonly Dialect[]])[] = [
  [/(?:^|[/._-])(?:sqlite3?)(?:[/._-]|$)/iu, ['sqlite']],
  [/(?:^|[/._-])(?:pg|postgres(?:ql)?)(?:[/._-]|$)/iu, ['postgresql', 'cockroachdb']],
  [/(?:^|[/._-])(?:my_?sql|maria(?:db)?)(?:[/._-]|$)/iu, ['mysql', 'mariadb']],
  [/(?:^|[/._-])(?:ms_?sql|sql_?server)(?:[/._-]|$)/iu, ['mssql']],
  [/(?:^|[/._-])oracle(?:[/._-]|$)/iu, ['oracle']],
];

/** `db/migrations-sqlite` in a project on PostgreSQL: the folder names engines, and not this one. */
function isOfOther(folder: string, dialect: Dialect): boolean {
  const named = enginesInNames.filter(([pattern]) => pattern.test(folder));
  return named.length > 0 && !named.some(([, dialects]) => dialects.includes(dialect));
}

function doubled(file: string, folder: string, other: string): Problem {
  return {
    code: 'stated-twice',
    message: `The migrations of ${folder || 'this folder'} build the same tables as those of ${other || 'the root'}; the latter are shown. Exclude one of the two to choose.`,
    severity: 'information',
    at: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
  };
}

function modules({ mappings }: Fragment<ProgramMappings>): readonly string[] {
  const found = new Set<string>();
  const look = (value: Expression | null): void => {
    if (value?.is === 'import') found.add(value.module);
    if (value?.is === 'member') look(value.object);
    if (value?.is === 'call') look(value.callee);
  };
  const visit = (statement: Statement): void => {
    if (statement.is === 'declare') look(statement.value);
    if (statement.is === 'do') look(statement.value.is === 'assign' ? statement.value.value : statement.value);
  };
  mappings.program.forEach(visit);
  return [...found].filter((name) => name !== '');
}
