/** Edits entities as the server does, in memory: writes, reads again, and compares. */
import assert from 'node:assert/strict';
import { changeOf } from '../../src/core/editing/change.ts';
import { verifyEdit } from '../../src/core/editing/verify.ts';
import { groupBy } from '../../src/core/schema/groupBy.ts';
import type { Dialect, Schema } from '../../src/core/schema/model.ts';
import { languageOf } from '../../src/core/syntax/syntax.ts';
import { findWriter } from '../../src/core/writers/registry.ts';
import { applyEdits } from '../../src/core/writers/shared/edits.ts';
import { writeEntities } from '../../src/server/writeEntities.ts';
import type { EditAsk } from '../../src/protocol/editing.ts';
import { analyzeFiles, realSyntax } from './analyze.ts';

export type Files = Readonly<Record<string, string>>;

export interface Edited {
  /** As they would be. */
  readonly files: Files;
  readonly before: Schema;
  readonly after: Schema;
  readonly notes: readonly string[];
}

/** A text = why it was refused, or what reading it again found to be wrong. */
export async function edit(files: Files, ask: EditAsk, dialect: Dialect = 'postgresql'): Promise<Edited | string> {
  const project = await analyzeFiles(files, dialect);
  const { schema } = project;
  const find = (name: string) => {
    const table = schema.tables.find((each) => each.name === name);
    assert.ok(table, `${name} is read: ${schema.tables.map((each) => each.name).join(', ')}`);
    return table;
  };
  const change = changeOf(
    ask.kind === 'addTable'
      ? { ...ask, like: ask.like === null ? schema.tables[0]! : find(ask.like) }
      : ask.kind === 'addRelation'
        ? { ...ask, table: find(ask.table), target: find(ask.target) }
        : { ...ask, table: find(ask.table) },
    schema,
    dialect,
  );
  if ('reason' in change) return change.reason;
  const written = await writeEntities(change, project, (path) => Promise.resolve(files[path] ?? null), realSyntax);
  if (!written.ok) return written.reason;
  const { edits, created = [], deleted = [], notes = [] } = written.result;
  const texts: Record<string, string> = { ...files };
  for (const [path, own] of groupBy(edits, ({ file }) => file)) {
    assert.ok(own.every(({ start, end }) => start <= end));
    texts[path] = applyEdits(files[path] ?? '', own);
  }
  for (const { path, text } of created) {
    assert.equal(files[path], undefined, `${path} is written over`);
    texts[path] = text;
  }
  const left = Object.fromEntries(Object.entries(texts).filter(([path]) => !deleted.includes(path)));
  for (const path of Object.keys(left)) {
    const language = left[path] === files[path] ? null : languageOf(path);
    if (language === null) continue;
    const syntax = await realSyntax();
    await syntax.ensure([language]);
    const tree = syntax.parse(language, left[path] ?? '');
    assert.ok(!tree.root.hasError, `${path} does not parse:\n${left[path] ?? ''}`);
    tree.dispose();
  }
  const after = await analyzeFiles(left, dialect);
  const verdict = verifyEdit(change, schema, after.schema);
  const changed = Object.keys(texts).filter((path) => texts[path] !== files[path]);
  if (!verdict.ok)
    return `wrong: ${verdict.reason}\n${changed.map((path) => `--- ${path}\n${texts[path] ?? ''}`).join('\n')}`;
  return { files: left, before: schema, after: after.schema, notes };
}

export function hasWriter(orm: string): boolean {
  return findWriter(orm)?.entities !== undefined;
}
