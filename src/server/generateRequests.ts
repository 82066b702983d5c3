/** What the editor asks of generators: code from the live analysis and the open buffers, and which entities there are. */
import type { Layer } from '../core/generators/generator.ts';
import type { Table } from '../core/schema/model.ts';
import type { Project } from '../core/workspace/snapshot.ts';
import type { EntityPlace, EntityRow, GenerateParams, GenerateReply, GeneratedEdits } from '../protocol/generate.ts';
import type { ServerSettings } from '../protocol/server.ts';
import { fileUri, located, toTextEdits } from './convert.ts';
import { generateCode } from './generate.ts';
import { absolutePath, relativePath, uriToPath } from './paths.ts';
import type { FolderProject } from './projects.ts';
import { tableId } from './projects.ts';

export interface GenerateRequestSetting extends Pick<ServerSettings, 'exclude' | 'maxFileSizeKb'> {
  readonly wasmDirectory: string;
  /** Texts of open documents by URI. */
  readonly buffers: Iterable<readonly [uri: string, text: string]>;
}

/** Paths of the result are relative to the project's root. */
export function generateFor(
  { folder, project }: { readonly folder: { readonly directory: string }; readonly project: Project },
  { entities, layers }: { readonly entities: readonly string[]; readonly layers: readonly Layer[] },
  { buffers, ...setting }: GenerateRequestSetting,
) {
  const root = absolutePath(folder.directory, project.root);
  const open = new Map<string, string>();
  for (const [uri, text] of buffers) {
    const path = uriToPath(uri);
    const file = path === null ? null : relativePath(root, path);
    if (file !== null && file !== '') open.set(file, text);
  }
  const named = entities.map((name) => {
    const table = project.schema.tables.find((each) => tableId(each) === name);
    return table?.entity ?? name;
  });
  return generateCode(project, named, layers, { ...setting, directory: folder.directory, buffers: open });
}

export async function generateReply(
  entry: FolderProject,
  params: GenerateParams,
  setting: GenerateRequestSetting,
): Promise<GenerateReply> {
  const buffers = [...setting.buffers];
  const result = await generateFor(entry, params, { ...setting, buffers });
  if (!result.ok) return result;
  const root = absolutePath(entry.folder.directory, entry.project.root);
  const uriOf = (path: string) => fileUri(root, path);
  const edits: GeneratedEdits[] = [];
  for (const { path, label, edits: made } of result.edits) {
    const inFolder = entry.project.root === '' ? path : `${entry.project.root}/${path}`;
    const base = (await entry.folder.text(inFolder))?.replace(/^\uFEFF/u, '') ?? '';
    const uri = uriOf(path);
    edits.push({
      ...{ uri, path, label, base },
      edits: toTextEdits(base, made).map(({ range: { start, end }, newText }) => ({ start, end, newText })),
    });
  }
  return {
    ok: true,
    files: result.files.map(({ path, text }) => ({ uri: uriOf(path), path, text })),
    edits,
    skipped: result.skipped,
    notes: result.notes,
  };
}

/** Sorted by name, code units. */
export function entityRows({ folder, project }: FolderProject): readonly EntityRow[] {
  return entityTables(project.schema.tables)
    .map(({ entity, table }): EntityRow => {
      const file = project.root === '' ? table.at.file : table.at.file.slice(project.root.length + 1);
      return {
        entity,
        table: tableId(table),
        folder: file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '',
        at: located(folder.directory, table.at),
      };
    })
    .sort((a, b) => (a.entity < b.entity ? -1 : a.entity > b.entity ? 1 : 0));
}

/** The entity in which a line (from 0) of a file lies: the last that begins at or above it, else the first of the file. */
export function entityAt(projects: readonly FolderProject[], uri: string, line: number): EntityPlace | null {
  const inFile = projects.flatMap((entry) =>
    entityTables(entry.project.schema.tables)
      .filter(({ table }) => fileUri(entry.folder.directory, table.at.file) === uri)
      .map(({ entity, table }) => ({ project: entry.id, entity, line: table.at.line - 1 })),
  );
  const [first] = inFile.sort((a, b) => a.line - b.line);
  const found = inFile.filter((each) => each.line <= line).at(-1) ?? first;
  return found === undefined ? null : { project: found.project, entity: found.entity };
}

/** Views and tables of many-to-many relations are no entities that rows could be made of. */
export function entityTables(tables: readonly Table[]): readonly { readonly entity: string; readonly table: Table }[] {
  return tables.flatMap((table) => {
    const { entity, kind } = table;
    return entity === null || kind !== 'table' ? [] : [{ entity, table }];
  });
}
