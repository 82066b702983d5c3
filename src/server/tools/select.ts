/** Projects and tables by the names a model gives them. */
import type { Table } from '../../core/schema/model.ts';
import { nameTerms } from '../../core/retrieval/terms.ts';
import { tableId } from '../projects.ts';
import { ToolError } from './tool.ts';
import type { ToolContext, ToolProject } from './tool.ts';

/** Root as answers name it: below its folder's name where the window has several; `.` = the folder itself. */
export function rootOf({ project, folder }: ToolProject): string {
  return [folder ?? '', project.root].filter((part) => part !== '').join('/') || '.';
}

/**
 * The project of that root; without one, all that there are.
 *
 * @throws ToolError where there is none
 */
export function selectProjects({ projects }: ToolContext, root: string | undefined): readonly ToolProject[] {
  if (projects.length === 0)
    throw new ToolError(
      'No data model was found in this workspace: no entities, no data source, no instructions. TypeORM entities in TypeScript and JavaScript are read.',
    );
  if (root === undefined) return projects;
  const wanted = root.replaceAll('\\', '/').replace(/^\.\/|\/+$/gu, '') || '.';
  const found = projects.filter((entry) => rootOf(entry) === wanted);
  if (found.length > 0) return found;
  throw new ToolError(
    `There is no project "${root}". It is one of ${projects.map((entry) => `"${rootOf(entry)}"`).join(', ')}; leave "project" out to have all.`,
  );
}

/** @throws ToolError where it has to be named */
export function selectOneProject(context: ToolContext, root: string | undefined): ToolProject {
  const found = selectProjects(context, root);
  const holding = found.filter(({ project }) => project.schema.tables.length > 0);
  const [only, ...others] = holding.length > 0 ? holding : found;
  if (only && others.length === 0) return only;
  throw new ToolError(
    `There are several projects: name one as "project". They are ${found.map((entry) => `"${rootOf(entry)}"`).join(', ')}.`,
  );
}

export interface NamedTable {
  readonly entry: ToolProject;
  readonly table: Table;
}

export interface SelectedTables {
  readonly found: readonly NamedTable[];
  readonly missing: readonly { readonly name: string; readonly similar: readonly string[] }[];
}

/**
 * Tables by name, qualified name or entity, whatever the case.
 *
 * @throws ToolError where not one of them is there
 */
export function selectTables(projects: readonly ToolProject[], names: readonly string[]): SelectedTables {
  const all = projects.flatMap((entry) => entry.project.schema.tables.map((table): NamedTable => ({ entry, table })));
  const found = new Set<NamedTable>();
  const missing: SelectedTables['missing'][number][] = [];
  for (const name of names) {
    const wanted = name.trim().toLowerCase();
    const hits = all.filter(({ table }) =>
      [table.name, tableId(table), table.entity].some((each) => each?.toLowerCase() === wanted),
    );
    for (const hit of hits) found.add(hit);
    if (hits.length === 0) missing.push({ name, similar: similarNames(name, all) });
  }
  if (found.size === 0)
    throw new ToolError(
      `${missing
        .map(
          ({ name, similar }) =>
            `There is no table "${name}"${similar.length === 0 ? '' : `; did you mean ${similar.map((each) => `"${each}"`).join(' or ')}?`}`,
        )
        .join(' ')} find_tables finds tables by words; get_schema without "tables" lists them.`,
    );
  return { found: [...found], missing };
}

function similarNames(name: string, all: readonly NamedTable[]): readonly string[] {
  const wanted = new Set(nameTerms(name));
  return all
    .map(({ table }) => ({
      id: tableId(table),
      shared: nameTerms(`${table.name} ${table.entity ?? ''}`).filter((word) => wanted.has(word)).length,
    }))
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared || (a.id < b.id ? -1 : 1))
    .slice(0, 3)
    .map(({ id }) => id);
}
