/** All migrations of a project → the schema they build, and the steps of each. */
import { record, upOf } from '../../migrations/fluentmigrator/record.ts';
import { replayFluentMigrations, stepsOfExpressions } from '../../migrations/fluentmigrator/replay.ts';
import type { FluentMigration } from '../../migrations/fluentmigrator/replay.ts';
import type { FileFacts } from '../../schema/code.ts';
import type { Dialect, Table } from '../../schema/model.ts';
import type { LinkContext, LinkResult } from '../reader.ts';
import { createProject } from '../shared/csharp/project.ts';
import { directoryOf } from '../shared/paths.ts';
import type { FluentFragment, FluentMappings } from './reader.ts';

interface Recording {
  readonly dialect: Dialect;
  /** Files that its methods may stand in: all but those of other migrations. */
  readonly helpers: readonly FluentMappings[];
  readonly migrations: readonly FluentMigration[];
  readonly facts: FileFacts;
}

/** Each file is run once, as long as neither it nor what it may call changes. */
const kept = new WeakMap<FluentMappings, Recording>();

export function link(fragments: readonly FluentFragment[], context: LinkContext): LinkResult {
  const dialect = context.dialect ?? 'mssql';
  const holding = fragments.filter(holdsMigration);
  const helpers = fragments.filter((each) => !holding.includes(each));
  const recordings = new Map(holding.map((each) => [each, recordingOf(each, helpers, dialect)]));
  const files = fragments.map((fragment) => recordings.get(fragment)?.facts ?? fragment.facts);
  if (context.source === 'none' || context.source === 'ddl') return { tables: [], enums: [], files, problems: [] };
  const { schema, problems } = replayFluentMigrations(
    [...recordings.values()].flatMap(({ migrations }) => migrations),
    dialect,
  );
  const tables = schema.tables.map((table): Table => ({
    ...table,
    reader: 'fluentmigrator',
    module: table.namespace ?? directoryOf(table.at.file),
  }));
  return { tables, enums: schema.enums, files, problems, dialect: tables.length > 0 ? dialect : null };
}

function holdsMigration({ mappings }: FluentFragment): boolean {
  return (
    mappings.declarations?.types.some(
      ({ abstract, attributes }) => !abstract && attributes.some(({ name }) => name.endsWith('Migration')),
    ) ?? false
  );
}

function recordingOf(fragment: FluentFragment, helpers: readonly FluentFragment[], dialect: Dialect): Recording {
  const { file, mappings, facts } = fragment;
  const before = kept.get(mappings);
  if (
    before?.dialect === dialect &&
    before.facts.file === file &&
    before.helpers.length === helpers.length &&
    before.helpers.every((each, place) => each === helpers[place]?.mappings)
  )
    return before;
  const project = createProject(
    [fragment, ...helpers].flatMap((each) =>
      each.mappings.declarations ? [{ file: each.file, declarations: each.mappings.declarations }] : [],
    ),
  );
  const migrations = project.classes.flatMap((info): FluentMigration[] => {
    const methods = info.files.includes(file) ? upOf(info, project) : [];
    if (methods.length === 0) return [];
    const numbers = info.parts
      .flatMap(({ attributes }) => attributes)
      .filter(({ name }) => name.endsWith('Migration'))
      .flatMap(({ args }) => args)
      .flatMap((each) => (each.k === 'lit' && typeof each.v === 'number' ? [each.v] : []));
    // Attributes of one's own make the version of several numbers: `(2024, 1, 31)`.
    const version = numbers.reduce((total, number) => total * 10_000 + number, 0);
    return [{ version, name: info.name, expressions: record(info, methods, project, dialect) }];
  });
  const steps = migrations.flatMap(({ expressions }) => stepsOfExpressions(expressions, dialect));
  const next: Recording = {
    dialect,
    helpers: helpers.map((each) => each.mappings),
    migrations,
    facts: {
      ...facts,
      purpose: facts.purpose === 'test' ? 'test' : 'migration',
      // Each runs in a transaction of its own unless its attribute says otherwise.
      migration: { steps, inTransaction: true, reversible: null },
    },
  };
  kept.set(mappings, next);
  return next;
}
