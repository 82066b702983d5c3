/** Changes of entities as edits of several files, by the writer of their ORM. */
import { ormName } from '../core/editing/orms.ts';
import type { SourceFile } from '../core/readers/reader.ts';
import type { Project } from '../core/workspace/snapshot.ts';
import { sourceFile } from '../core/workspace/fileState.ts';
import { languageOf } from '../core/syntax/syntax.ts';
import type { ParsedText, Syntax } from '../core/syntax/syntax.ts';
import type { EntityChange, EntityWriteResult } from '../core/writers/entityChange.ts';
import { findWriter } from '../core/writers/registry.ts';
import { tableOf } from '../core/writers/shared/entityFiles.ts';

export type WrittenEntities =
  | {
      readonly ok: true;
      readonly result: Extract<EntityWriteResult, { ok: true }>;
      /** Of the files that are edited or deleted, as they were. */
      readonly texts: ReadonlyMap<string, string>;
    }
  | { readonly ok: false; readonly reason: string };

export async function writeEntities(
  change: EntityChange,
  { schema, dialect }: Pick<Project, 'schema' | 'dialect'>,
  textOf: (path: string) => Promise<string | null>,
  syntaxFor: () => Promise<Syntax>,
): Promise<WrittenEntities> {
  const table = tableOf(change, schema);
  if (!table) return { ok: false, reason: 'The table is no longer there.' };
  const writer = findWriter(table.reader);
  if (!writer) return { ok: false, reason: `${table.reader} sources cannot be changed yet: make the change by hand.` };
  const broad = writer.entities?.supported.includes(change.kind) === true ? writer.entities : null;
  const paths = broad
    ? broad.files(change, schema)
    : [isPlain(change) && change.kind !== 'createTable' ? writer.target(change, schema) : null].flatMap(
        (path) => path ?? [],
      );
  if (paths.length === 0)
    return {
      ok: false,
      reason: `${ormName(table.reader)}: this is not written into the source yet; make the change by hand.`,
    };
  const texts = new Map<string, string>();
  const files = new Map<string, SourceFile>();
  const trees: ParsedText[] = [];
  try {
    for (const path of paths) {
      const text = await textOf(path);
      if (text === null) continue;
      const language = languageOf(path);
      const syntax = language === null ? null : await syntaxFor();
      if (syntax && language !== null) await syntax.ensure([language]);
      texts.set(path, text);
      files.set(
        path,
        sourceFile(path, text, () => {
          if (!syntax || language === null) throw new Error(`no grammar reads ${path}`);
          const tree = syntax.parse(language, text);
          trees.push(tree);
          return tree;
        }),
      );
    }
    const result = broad
      ? broad.write(change, { schema, dialect, open: (path) => files.get(path) })
      : written(change, writer, schema, files.get(paths[0] ?? ''));
    if (!result) return { ok: false, reason: 'The file of the entity cannot be read.' };
    if (!result.ok) return result;
    return { ok: true, result, texts };
  } finally {
    for (const tree of trees) tree.dispose();
  }
}

type PlainChange = Exclude<EntityChange, { kind: 'renameProperty' | 'addRelation' | 'dropRelation' }>;

function isPlain(change: EntityChange): change is PlainChange {
  return change.kind !== 'renameProperty' && change.kind !== 'addRelation' && change.kind !== 'dropRelation';
}

function written(
  change: EntityChange,
  writer: NonNullable<ReturnType<typeof findWriter>>,
  schema: Project['schema'],
  file: SourceFile | undefined,
): EntityWriteResult | null {
  return file && isPlain(change) ? writer.write(change, schema, file) : null;
}
