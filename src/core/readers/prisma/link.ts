/** All fragments of a project → tables of its schemas, and queries with the tables they mean. */
import type { Table } from '../../schema/model.ts';
import type { Fragment, LinkContext, LinkResult } from '../reader.ts';
import type { PrismaMappings } from './declarations.ts';
import { resolveGroup } from './group.ts';
import type { Resolved } from './group.ts';
import { linkQueries } from './linkQueries.ts';
import { majorOf, schemaGroups, settingsOf } from './schemas.ts';
import type { NamedSchemaFile } from './schemas.ts';
import { build } from './tables.ts';
import type { Built } from './tables.ts';

export interface LinkedSchema {
  readonly resolved: Resolved;
  readonly built: Built;
}

interface Remembered {
  readonly files: readonly NamedSchemaFile['schema'][];
  readonly paths: string;
  readonly settings: string;
  readonly schemas: readonly LinkedSchema[];
}

/** The last result of each project: most links follow a change of code, which leaves the schema as it is. */
const remembered = new Map<string, Remembered>();

export function link(fragments: readonly Fragment<PrismaMappings>[], context: LinkContext): LinkResult {
  const schemas = schemasOf(fragments, context);
  const tables: Table[] = [];
  for (const { built } of schemas) tables.push(...built.models.map(({ table }) => table), ...built.joinTables);
  return {
    tables,
    enums: schemas.flatMap(({ built }) => built.enums),
    files: linkQueries(
      fragments.map(({ facts }) => facts),
      schemas,
    ),
    problems: schemas.flatMap(({ resolved }) => resolved.problems),
  };
}

function schemasOf(fragments: readonly Fragment<PrismaMappings>[], context: LinkContext): readonly LinkedSchema[] {
  const files = fragments.flatMap(({ file, mappings }): NamedSchemaFile[] =>
    mappings.schema === null ? [] : [{ file, schema: mappings.schema }],
  );
  const major = majorOf(context.versions?.['@prisma/client']) ?? majorOf(context.versions?.prisma);
  const settings = JSON.stringify([context.dialect, major]);
  const paths = files.map(({ file }) => file).join('\0');
  const before = remembered.get(context.root);
  if (
    before?.settings === settings &&
    before.paths === paths &&
    before.files.every((schema, at) => schema === files[at]?.schema)
  )
    return before.schemas;
  const schemas = schemaGroups(files).map((group) => {
    const resolved = resolveGroup(group, settingsOf(group, { root: context.root, dialect: context.dialect, major }));
    return { resolved, built: build(resolved) };
  });
  remembered.set(context.root, { files: files.map(({ schema }) => schema), paths, settings, schemas });
  return schemas;
}
