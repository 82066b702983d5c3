/** Editing entities from the diagram: what can be done to a table, and the edits that do it, proven by reading them again. */
import { changeOf } from '../core/editing/change.ts';
import type { Ask } from '../core/editing/change.ts';
import { relationNames } from '../core/editing/names.ts';
import { ormName } from '../core/editing/orms.ts';
import { commonTypes } from '../core/editing/types.ts';
import { usageNotes } from '../core/editing/usages.ts';
import { propertyOf, verifyEdit } from '../core/editing/verify.ts';
import { describeChange } from '../core/diff/describe.ts';
import { diffSchemas, plainType } from '../core/diff/diff.ts';
import { groupBy } from '../core/schema/groupBy.ts';
import type { Table } from '../core/schema/model.ts';
import type { TextEdit } from '../core/schema/source.ts';
import type { EntityChange, EntityChangeKind } from '../core/writers/entityChange.ts';
import { findWriter } from '../core/writers/registry.ts';
import { applyEdits } from '../core/writers/shared/edits.ts';
import type { EditAsk, EditKind, EditOptions, EditReply, RereadParams, RereadReply } from '../protocol/editing.ts';
import { fileUri, located, toTextEdits } from './convert.ts';
import { relativePath, uriToPath } from './paths.ts';
import type { FolderProject } from './projects.ts';
import { tableId } from './projects.ts';

const kinds: Readonly<Record<EditKind, EntityChangeKind>> = {
  addTable: 'createTable',
  renameTable: 'renameTable',
  deleteTable: 'dropTable',
  addColumn: 'addColumn',
  renameColumn: 'renameColumn',
  changeType: 'alterColumn',
  setNullable: 'alterColumn',
  deleteColumn: 'dropColumn',
  addIndex: 'addIndex',
  deleteIndex: 'dropIndex',
  addRelation: 'addRelation',
  deleteRelation: 'dropRelation',
};

/** @param id of a table; null = of no table in particular */
export function editOptions({ project, folder }: FolderProject, id: string | null): EditOptions | null {
  const { schema, dialect } = project;
  const named = id === null ? undefined : schema.tables.find((each) => tableId(each) === id);
  const table = named ?? (id === null ? commonest(schema.tables) : undefined);
  if (!table) return null;
  const others = schema.tables.filter((each) => each.reader === table.reader && isEntity(each));
  const writer = findWriter(table.reader)?.entities;
  return {
    orm: ormName(table.reader),
    refusals: Object.fromEntries(
      (Object.keys(kinds) as EditKind[]).flatMap((kind) => {
        const reason = refusalOf(kind, table);
        return reason === null ? [] : [[kind, reason]];
      }),
    ),
    table: named ? tableId(named) : null,
    entity: named?.entity ?? null,
    at: named ? located(folder.directory, named.at) : null,
    columns: (named?.columns ?? []).map((column) => ({
      name: column.name,
      property: propertyOf(named, column.name),
      type: plainType(column),
      nullable: column.nullable,
      isKey: named?.primaryKey.includes(column.name) === true,
      relation: named?.relations.find(({ owner, columns }) => owner && columns.includes(column.name))?.property ?? null,
    })),
    relations: (named?.relations ?? []).map((relation) => ({
      property: relation.property,
      target: tableId({ name: relation.target, namespace: relation.targetNamespace }),
      columns: relation.columns,
    })),
    indexes: (named?.indexes ?? [])
      .filter(({ origin, columns }) => origin === 'declared' && columns.length > 0)
      .map(({ name, columns, unique }) => ({ name, columns, unique })),
    types: commonTypes.flatMap((spec) => {
      const spelled = writer?.spell(spec, dialect) ?? null;
      return spelled === null ? [] : [{ spec, spelled }];
    }),
    tables: others
      .map((each) => ({ id: tableId(each), entity: each.entity ?? each.name }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    suggestions: named
      ? Object.fromEntries(others.map((each) => [tableId(each), relationNames(named, each, schema)]))
      : {},
  };
}

function isEntity({ entity, kind }: Table): boolean {
  return entity !== null && (kind === 'table' || kind === 'collection');
}

/** A table of the ORM that most tables have, in the file with the most of them. */
function commonest(tables: readonly Table[]): Table | undefined {
  const count = (table: Table): number => tables.filter(({ reader }) => reader === table.reader).length;
  const able = tables.filter((table) => isEntity(table) && findWriter(table.reader)?.entities !== undefined);
  const known = able.length > 0 ? able : tables.filter(isEntity);
  return [...known].sort((a, b) => count(b) - count(a) || (a.columns.length < b.columns.length ? -1 : 1))[0];
}

function refusalOf(kind: EditKind, table: Table): string | null {
  const orm = ormName(table.reader);
  const writer = findWriter(table.reader);
  const isSupported =
    writer?.entities?.supported.includes(kinds[kind]) === true ||
    writer?.plain?.some((plain) => plain === kinds[kind]) === true ||
    (kind === 'addIndex' && writer !== undefined);
  if (!isSupported) return `${orm}: this is not written into the source yet; make the change by hand.`;
  if (table.entity === null && kind !== 'addTable')
    return `No entity stands for ${table.name}: ${orm} makes the table for a relation.`;
  return null;
}

/** Never writes: what is offered has been read again, and says what was asked for and nothing else. */
export async function editEntities(entry: FolderProject, ask: EditAsk): Promise<EditReply> {
  const { project, folder } = entry;
  const { schema, dialect } = project;
  const found = lookedUp(ask, schema.tables);
  if ('reason' in found) return { ok: false, reason: found.reason };
  const table = found.kind === 'addTable' ? found.like : found.table;
  const refusal = refusalOf(ask.kind, table);
  if (refusal !== null) return { ok: false, reason: refusal };
  const change = changeOf(found, schema, dialect);
  if ('reason' in change) return { ok: false, reason: change.reason };
  const written = await folder.edit(change, project);
  if (!written.ok) return written;
  const { edits, created = [], deleted = [], notes = [] } = written.result;
  const texts = new Map([...groupBy(edits, ({ file }) => file)].map(([path, own]) => [path, merged(own)]));
  const after = new Map([
    ...[...texts].map(([path, own]) => [path, applyEdits(written.texts.get(path) ?? '', own)] as const),
    ...created.map(({ path, text }) => [path, text] as const),
    ...deleted.map((path) => [path, ''] as const),
  ]);
  for (const { path } of created)
    if ((await folder.text(path)) !== null) return { ok: false, reason: `There is a file ${path} already.` };
  const proven = await proof(entry, change, after);
  if (!proven.ok) return proven;
  return {
    ok: true,
    words: proven.words,
    files: created.map(({ path, text }) => ({ uri: fileUri(folder.directory, path), path, text })),
    edits: [...texts].map(([path, own]) => {
      const base = (written.texts.get(path) ?? '').replace(/^\uFEFF/u, '');
      return {
        uri: fileUri(folder.directory, path),
        path,
        label: proven.words[0] ?? '',
        base,
        edits: toTextEdits(written.texts.get(path) ?? '', own).map(({ range: { start, end }, newText }) => ({
          start,
          end,
          newText,
        })),
      };
    }),
    deleted: deleted.map((path) => fileUri(folder.directory, path)),
    notes: [...notes, ...usageNotes(change, schema)],
  };
}

async function proof(
  { project, folder }: FolderProject,
  change: EntityChange,
  texts: ReadonlyMap<string, string>,
): Promise<{ readonly ok: true; readonly words: readonly string[] } | { readonly ok: false; readonly reason: string }> {
  const refused = (why: string) =>
    ({ ok: false, reason: `This cannot be written safely here: ${why}. Make the change by hand.` }) as const;
  const preview = await folder.preview([...texts].map(([path, text]) => ({ path, text })));
  const after = preview?.snapshot.projects.find(({ root }) => root === project.root);
  if (!preview || !after) return refused('the project could not be read with it');
  const [broken] = preview.broken;
  if (broken) return refused(`${broken.path} would have a syntax error at line ${broken.line}`);
  const verdict = verifyEdit(change, project.schema, after.schema);
  if (!verdict.ok) return refused(verdict.reason.replace(/\.$/u, ''));
  const words = verdict.changes.map(describeChange);
  return { ok: true, words: words.length > 0 ? words : [wordsOf(change)] };
}

/** What becomes of the schema by edits of the code that somebody else makes: a rename of a class, say. */
export async function rereadEntities(
  { project, folder }: FolderProject,
  files: RereadParams['files'],
): Promise<RereadReply> {
  const texts = files.flatMap(({ uri, text }) => {
    const path = uriToPath(uri);
    const own = path === null ? null : relativePath(folder.directory, path);
    return own === null ? [] : [{ path: own, text }];
  });
  const preview = await folder.preview(texts);
  const after = preview?.snapshot.projects.find(({ root }) => root === project.root);
  if (!preview || !after) return { ok: false, reason: 'The project could not be read with the change.' };
  const [broken] = preview.broken;
  if (broken) return { ok: false, reason: `${broken.path} would have a syntax error at line ${broken.line}.` };
  return { ok: true, words: diffSchemas(project.schema, after.schema).map(describeChange) };
}

function wordsOf(change: EntityChange): string {
  return change.kind === 'renameProperty'
    ? `Rename the property of ${change.table}.${change.column} to ${change.to}`
    : 'Change the entity';
}

/** Insertions at one place become one edit: what an editor makes of several is its own affair. */
function merged(edits: readonly TextEdit[]): readonly TextEdit[] {
  const result: TextEdit[] = [];
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = result.at(-1);
    if (last?.start === edit.start && last.end === edit.start && edit.end === edit.start)
      result[result.length - 1] = { ...last, newText: last.newText + edit.newText };
    else result.push(edit);
  }
  return result;
}

function lookedUp(ask: EditAsk, tables: readonly Table[]): Ask | { readonly reason: string } {
  const find = (id: string): Table | undefined => tables.find((each) => tableId(each) === id);
  if (ask.kind === 'addTable') {
    const like = (ask.like === null ? undefined : find(ask.like)) ?? commonest(tables);
    return like ? { ...ask, like } : { reason: 'There is no entity to go by: write the first one by hand.' };
  }
  const table = find(ask.table);
  if (!table) return { reason: `The table ${ask.table} is no longer there.` };
  if (ask.kind !== 'addRelation') return { ...ask, table };
  const target = find(ask.target);
  return target ? { ...ask, table, target } : { reason: `The table ${ask.target} is no longer there.` };
}
