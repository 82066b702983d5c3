/** Reads Dapper: the SQL it is given in C#, and the classes that Dapper.Contrib maps. */
import type { FileFacts, PathUse, Query } from '../../schema/code.ts';
import type { Table } from '../../schema/model.ts';
import type { Fragment, LinkContext, LinkResult, ReadResult, Reader, SourceFile } from '../reader.ts';
import { declarationsOf } from '../shared/csharp/declarations.ts';
import type { FileDeclarations } from '../shared/csharp/declarations.ts';
import { readCsFacts } from '../shared/csharp/facts.ts';
import { createProject } from '../shared/csharp/project.ts';
import { pathResolver, tableFinder } from '../shared/physicalPaths.ts';
import { detect } from './detect.ts';
import { readDapperQueries } from './queries.ts';
import { tablesOf } from './tables.ts';
import type { Mapped } from './tables.ts';

export interface DapperMappings {
  /** Null where no class of the file is mapped by attributes. */
  readonly declarations: FileDeclarations | null;
}

export const dapperReader: Reader<DapperMappings> = {
  id: 'dapper',
  version: 7,
  yields: 'inferred',
  detect,
  read,
  link,
};

function read(file: SourceFile): ReadResult<DapperMappings> {
  const mapped = /\bDapper\.Contrib\b|\[\s*(?:ExplicitKey|Write|Computed)\b/u.test(file.text);
  const fragment: Fragment<DapperMappings> = {
    reader: 'dapper',
    file: file.path,
    mappings: { declarations: mapped ? declarationsOf(file.parsed().tree, file, () => false) : null },
    facts: readDapperQueries(file, readCsFacts(file)),
  };
  return { fragment, problems: [] };
}

function link(fragments: readonly Fragment<DapperMappings>[], context: LinkContext): LinkResult {
  const files = fragments.flatMap(({ file, mappings }) =>
    mappings.declarations ? [{ file, declarations: mappings.declarations }] : [],
  );
  const mapped: Mapped = {
    contrib: new Set(
      files.flatMap(({ file, declarations }) =>
        declarations.usings.some(({ name }) => name.startsWith('Dapper.Contrib')) ? [file] : [],
      ),
    ),
    asked: new Set(
      fragments.flatMap(({ facts }) =>
        facts.queries.flatMap(({ api, entity, sql }) =>
          entity !== null && sql === null && /^Get(?:All)?(?:Async)?$/u.test(api) ? [entity] : [],
        ),
      ),
    ),
  };
  const tables = tablesOf(createProject(files), mapped, context.dialect ?? 'mssql', context.root);
  const entities = new Map(tables.map((table) => [table.entity ?? table.name, table]));
  return { tables, enums: [], files: fragments.map(({ facts }) => linkFile(facts, entities)), problems: [] };
}

function linkFile(facts: FileFacts, entities: ReadonlyMap<string, Table>): FileFacts {
  const tableOf = tableFinder(entities);
  const paths = pathResolver({ entity: (name) => entities.get(name), table: tableOf });
  return { ...facts, queries: facts.queries.map((query) => linkQuery(query)) };

  function linkQuery(query: Query): Query {
    const table =
      query.entity !== null
        ? entities.get(query.entity)
        : query.table !== null
          ? tableOf(query.table, query.namespace)
          : undefined;
    const name = table?.name ?? query.table;
    if (name === null) return query;
    /** Tables are made elsewhere, by migrations or scripts: what the SQL says is all that is known of them here. */
    const target = <Use extends PathUse>(uses: readonly Use[]): Use[] =>
      uses.map((use) => {
        const found = table ? paths.resolve(table, use.path, query.entity) : null;
        if (found) return { ...use, target: found };
        const [owner, column, ...rest] = use.path.split('.');
        if (table || owner === undefined || rest.length > 0) return use;
        return {
          ...use,
          target:
            column === undefined
              ? { table: name, namespace: query.namespace, columns: [owner] }
              : { table: owner, namespace: null, columns: [column] },
        };
      });
    return {
      ...query,
      entity: query.entity ?? table?.entity ?? null,
      table: name,
      namespace: table?.namespace ?? query.namespace,
      filters: target(query.filters),
      sorts: target(query.sorts),
      groups: target(query.groups),
      writes: target(query.writes),
    };
  }
}
