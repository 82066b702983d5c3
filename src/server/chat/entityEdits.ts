/** Changes of the schema as edits of the entities, by the writers; each is read back before the next is written. */
import { diffSchemas, tableKey } from '../../core/diff/diff.ts';
import type { Change } from '../../core/schema/change.ts';
import { groupBy } from '../../core/schema/groupBy.ts';
import type { Schema } from '../../core/schema/model.ts';
import type { TextEdit } from '../../core/schema/source.ts';
import type { ProposedFile } from '../../protocol/chat.ts';
import { fileUri } from '../convert.ts';
import type { FolderProject } from '../projects.ts';

const writable = new Set<Change['kind']>(['addIndex', 'addUnique', 'addColumn', 'dropIndex']);
const most = 8;

/** Null where a change cannot be written, or does not read back as what it was. */
export async function entityEdits(
  { project, folder }: FolderProject,
  changes: readonly Change[],
): Promise<readonly ProposedFile[] | null> {
  if (changes.length === 0 || changes.length > most || changes.some(({ kind }) => !writable.has(kind))) return null;
  const texts = new Map<string, string>();
  let schema: Schema = project.schema;
  for (const change of changes) {
    const edits = await folder.write(change, schema, texts);
    if (edits === null) return null;
    for (const [file, own] of byFile(edits)) {
      const text = texts.get(file) ?? (await folder.text(file));
      if (text === null) return null;
      texts.set(file, applied(text, own));
    }
    const preview = await folder.preview([...texts].map(([path, text]) => ({ path, text })));
    const after = preview?.snapshot.projects.find(({ root }) => root === project.root);
    if (!preview || !after || preview.broken.length > 0 || !holds(change, schema, after.schema)) return null;
    schema = after.schema;
  }
  return Promise.all(
    [...texts].map(async ([path, text]) => ({
      uri: fileUri(folder.directory, path),
      before: await folder.text(path),
      text,
    })),
  );
}

/** Exactly one change has come of it, of the same kind, on the same table and columns. */
function holds(change: Change, before: Schema, after: Schema): boolean {
  const done = diffSchemas(before, after);
  const [only] = done;
  return done.length === 1 && only !== undefined && shapeOf(only) === shapeOf(change);
}

function shapeOf(change: Change): string {
  switch (change.kind) {
    case 'addIndex':
    case 'dropIndex':
      return JSON.stringify([change.kind, keyOf(change), change.index.columns, change.index.unique]);
    case 'addUnique':
      return JSON.stringify([change.kind, keyOf(change), change.unique.columns]);
    case 'addColumn':
      return JSON.stringify([
        change.kind,
        keyOf(change),
        change.column.name,
        change.column.type,
        change.column.nullable,
      ]);
    default:
      return change.kind;
  }
}

function keyOf({ table, namespace }: { readonly table: string; readonly namespace: string | null }): string {
  return tableKey({ name: table, namespace });
}

function byFile(edits: readonly TextEdit[]): ReadonlyMap<string, readonly TextEdit[]> {
  return groupBy(edits, ({ file }) => file);
}

function applied(text: string, edits: readonly TextEdit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((result, { start, end, newText }) => result.slice(0, start) + newText + result.slice(end), text);
}
