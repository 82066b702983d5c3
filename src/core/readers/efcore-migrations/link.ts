/** All migrations of a project → the schemas that the histories of its contexts build, and the steps of each migration. */
import { upOf } from '../../migrations/efcore/record.ts';
import { replayEfMigrations, stepsOfMigration } from '../../migrations/efcore/replay.ts';
import type { EfMigration } from '../../migrations/efcore/replay.ts';
import type { FileFacts, MigrationFacts } from '../../schema/code.ts';
import type { Dialect, EnumType, Table } from '../../schema/model.ts';
import type { Problem } from '../../schema/source.ts';
import type { LinkContext, LinkResult } from '../reader.ts';
import type { ClassInfo } from '../shared/csharp/project.ts';
import type { AttributeDeclaration } from '../shared/csharp/attributes.ts';
import { directoryOf } from '../shared/paths.ts';
import type { EfFragment } from './mappings.ts';
import { projectOf, recordingOf } from './recordings.ts';
import type { Recording } from './recordings.ts';

interface Found {
  readonly fragment: EfFragment;
  readonly info: ClassInfo;
  readonly id: string;
  readonly context: string | null;
  readonly defaults: readonly string[];
}

/** Migrations of one context in one folder, for one engine. */
interface History {
  readonly key: string;
  readonly dialect: Dialect;
  readonly found: readonly Found[];
}

export function link(fragments: readonly EfFragment[], context: LinkContext): LinkResult {
  const histories = historiesOf(fragments, context.dialect);
  const dialects = new Map(histories.flatMap(({ dialect, found }) => found.map(({ fragment }) => [fragment, dialect])));
  const helpers = fragments.filter((each) => each.mappings.declarations !== null && !dialects.has(each));
  const wanted = context.source !== 'none' && context.source !== 'ddl';
  const built = wanted
    ? build(histories, helpers, context.dialect)
    : { tables: [], enums: [], problems: [], dialect: null };
  return {
    ...built,
    files: fragments.map((fragment) => {
      const dialect = dialects.get(fragment);
      return dialect ? withSteps(fragment, recordingOf(fragment, helpers, dialect), dialect) : fragment.facts;
    }),
  };
}

function historiesOf(fragments: readonly EfFragment[], expected: Dialect | null): readonly History[] {
  const designers = new Map(
    fragments.flatMap(({ mappings: { designer, engine } }) =>
      designer ? [[designer.className, { designer, engine }] as const] : [],
    ),
  );
  const project = projectOf(fragments);
  const byFile = new Map(fragments.map((fragment) => [fragment.file, fragment]));
  const groups = new Map<string, Found[]>();
  for (const info of project.classes) {
    if (!upOf(info, project)) continue;
    const fragment = byFile.get(info.files[0] ?? '');
    if (!fragment) continue;
    const designed = designers.get(info.key)?.designer;
    const attributes = info.parts.flatMap((part) => part.attributes);
    const stem = fragment.file.slice(fragment.file.lastIndexOf('/') + 1).replace(/\.cs$/iu, '');
    const found: Found = {
      fragment,
      info,
      id: designed?.id ?? textIn(attributes, 'Migration') ?? stem,
      context: designed?.context ?? typeIn(attributes, 'DbContext'),
      defaults: designed?.defaults ?? [],
    };
    const key = `${directoryOf(fragment.file)} ${found.context ?? ''}`;
    const group = groups.get(key);
    if (group) group.push(found);
    else groups.set(key, [found]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, found]) => {
      const engines = found.flatMap(({ fragment, info }) => [
        fragment.mappings.engine,
        designers.get(info.key)?.engine ?? null,
      ]);
      return { key, found, dialect: mostFrequent(engines) ?? expected ?? 'mssql' };
    });
}

function textIn(attributes: readonly AttributeDeclaration[], name: string): string | null {
  const [first] = attributes.find((each) => each.name === name)?.args ?? [];
  return first?.k === 'lit' && typeof first.v === 'string' ? first.v : null;
}

function typeIn(attributes: readonly AttributeDeclaration[], name: string): string | null {
  const [first] = attributes.find((each) => each.name === name)?.args ?? [];
  return first?.k === 'typeof' ? first.t.name.slice(first.t.name.lastIndexOf('.') + 1) : null;
}

function mostFrequent(engines: readonly (Dialect | null)[]): Dialect | null {
  const counts = new Map<Dialect, number>();
  for (const engine of engines) if (engine !== null) counts.set(engine, (counts.get(engine) ?? 0) + 1);
  let best: Dialect | null = null;
  for (const [engine, count] of counts) if (best === null || count > (counts.get(best) ?? 0)) best = engine;
  return best;
}

function withSteps({ facts, mappings }: EfFragment, memory: Recording, dialect: Dialect): FileFacts {
  if (memory.facts?.file === facts.file) return memory.facts;
  const migration: MigrationFacts = {
    steps: [...memory.byClass.values()].flatMap((recorded) => stepsOfMigration({ recorded }, dialect)),
    inTransaction: mappings.inTransaction,
    reversible: mappings.reversible,
  };
  return (memory.facts = { ...facts, purpose: facts.purpose === 'test' ? 'test' : 'migration', migration });
}

interface Built {
  readonly tables: readonly Table[];
  readonly enums: readonly EnumType[];
  readonly problems: readonly Problem[];
  readonly dialect: Dialect | null;
}

function build(histories: readonly History[], helpers: readonly EfFragment[], expected: Dialect | null): Built {
  const replayed = histories.map((history) => {
    const migrations = history.found.flatMap(({ fragment, info, id, defaults }): EfMigration[] => {
      const recorded = recordingOf(fragment, helpers, history.dialect).byClass.get(info.key);
      return recorded ? [{ id, defaults, name: info.name, recorded }] : [];
    });
    return { history, ...replayEfMigrations(migrations, history.dialect) };
  });
  // One context may have a folder of migrations for each engine.
  const ranked = replayed.toSorted(
    (a, b) =>
      Number(b.history.dialect === expected) - Number(a.history.dialect === expected) ||
      b.schema.tables.length - a.schema.tables.length ||
      (a.history.key < b.history.key ? -1 : 1),
  );
  const shown: typeof ranked = [];
  const problems: Problem[] = [];
  for (const each of ranked) {
    const owner = shown.find((other) => overlap(other.schema.tables, each.schema.tables));
    if (owner) problems.push(doubled(each.history, owner.history));
    else {
      shown.push(each);
      problems.push(...each.problems);
    }
  }
  const taken = new Set<string>();
  const tables = shown
    .flatMap(({ schema }) => schema.tables)
    .filter(({ name, namespace }) => {
      const key = `${namespace ?? ''}.${name}`;
      return !taken.has(key) && taken.add(key);
    })
    .map((table): Table => ({
      ...table,
      reader: 'efcore-migrations',
      module: table.namespace ?? directoryOf(table.at.file),
    }));
  return {
    tables,
    enums: shown.flatMap(({ schema }) => schema.enums),
    problems,
    dialect: tables.length > 0 ? (shown[0]?.history.dialect ?? null) : null,
  };
}

function overlap(tables: readonly Table[], others: readonly Table[]): boolean {
  const names = new Set(tables.map(({ name }) => name.toLowerCase()));
  const shared = others.filter(({ name }) => names.has(name.toLowerCase())).length;
  return shared > 0 && shared * 2 >= Math.min(tables.length, others.length);
}

function doubled({ found }: History, other: History): Problem {
  const file = found[0]?.fragment.file ?? '';
  return {
    code: 'stated-twice',
    message: `The migrations of ${directoryOf(file)} build the same tables as those of ${directoryOf(other.found[0]?.fragment.file ?? '')}; the latter are shown. Exclude one of the two to choose.`,
    severity: 'information',
    at: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
  };
}
