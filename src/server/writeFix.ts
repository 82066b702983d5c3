import type { Finding, Fix } from '../core/lint/rule.ts';
import type { SourceFile } from '../core/readers/reader.ts';
import type { Schema, Table } from '../core/schema/model.ts';
import type { TextEdit } from '../core/schema/source.ts';
import type { Project } from '../core/workspace/snapshot.ts';
import { languageOf } from '../core/syntax/syntax.ts';
import type { ParsedText, Syntax } from '../core/syntax/syntax.ts';
import { sourceFile } from '../core/workspace/fileState.ts';
import type { CodeChange } from '../core/schema/codeChange.ts';
import { findWriter } from '../core/writers/registry.ts';
import { applyEdits } from '../core/writers/shared/edits.ts';
import { writeCode } from '../core/writers/writeCode.ts';
import { writeEntities } from './writeEntities.ts';

/** Edits of a fix: its own, or those its change of the schema becomes in the source of the table's reader. */
export async function writeFix(
  finding: Pick<Finding, 'file'>,
  fix: Fix,
  { schema, dialect }: Pick<Project, 'schema' | 'dialect'>,
  textOf: (path: string) => Promise<string | null>,
  syntaxFor: () => Promise<Syntax>,
): Promise<{ readonly edits: readonly TextEdit[] } | { readonly reason: string }> {
  const { change, code } = fix;
  if (code) return writeCodeFix(code, textOf, syntaxFor);
  if (change === null)
    return fix.edits.length > 0 ? { edits: fix.edits } : { reason: `"${fix.title}" changes no source.` };

  const table = tableOf(fix, finding, schema);
  if (!table) return { reason: `The table of "${fix.title}" is no longer there.` };
  const writer = findWriter(table.reader);
  if (!writer) return { reason: `${table.reader} sources cannot be changed yet: make the change by hand.` };

  // Of tables that share a name (two databases in one project) the writer must see the one that the finding is about.
  const unambiguous: Schema = {
    ...schema,
    tables: schema.tables.filter((each) => each === table || !isNamed(each, table.name, table.namespace)),
  };
  if (change.kind === 'alterColumn') {
    const written = await writeEntities(change, { schema: unambiguous, dialect }, textOf, syntaxFor);
    return written.ok ? { edits: written.result.edits } : written;
  }
  const path = writer.target(change, unambiguous);
  if (path === null) return { reason: `No source file stands for the table ${table.name}.` };
  const text = await textOf(path);
  if (text === null) return { reason: `${path} cannot be read.` };

  const language = languageOf(path);
  const syntax = language === null ? null : await syntaxFor();
  if (syntax && language !== null) await syntax.ensure([language]);
  let parsed: ParsedText | undefined;
  const file: SourceFile = sourceFile(path, text, () => {
    if (!syntax || language === null) throw new Error(`no grammar reads ${path}`);
    return (parsed = syntax.parse(language, text));
  });
  try {
    const result = writer.write(change, unambiguous, file);
    return result.ok ? { edits: result.edits } : { reason: result.reason };
  } finally {
    parsed?.dispose();
  }
}

/** The file must still be read as a whole afterwards: what has no syntax error gets none. */
async function writeCodeFix(
  change: CodeChange,
  textOf: (path: string) => Promise<string | null>,
  syntaxFor: () => Promise<Syntax>,
): Promise<{ readonly edits: readonly TextEdit[] } | { readonly reason: string }> {
  const path = change.at.file;
  const text = await textOf(path);
  if (text === null) return { reason: `${path} cannot be read.` };
  const language = languageOf(path);
  if (language === null) {
    const result = writeCode(
      change,
      sourceFile(path, text, () => {
        throw new Error(`no grammar reads ${path}`);
      }),
    );
    return result.ok ? { edits: result.edits } : { reason: result.reason };
  }
  const syntax = await syntaxFor();
  await syntax.ensure([language]);
  const parsed = syntax.parse(language, text);
  try {
    const result = writeCode(
      change,
      sourceFile(path, text, () => parsed),
    );
    if (!result.ok) return { reason: result.reason };
    const after = syntax.parse(language, applyEdits(text, result.edits), parsed);
    const broken = after.root.hasError && !parsed.root.hasError;
    after.dispose();
    return broken
      ? { reason: `${path} would not be read any more: make the change by hand.` }
      : { edits: result.edits };
  } finally {
    parsed.dispose();
  }
}

function tableOf({ change }: Fix, finding: Pick<Finding, 'file'>, schema: Schema): Table | undefined {
  if (change === null || !('table' in change)) return undefined;
  const [name, namespace] =
    typeof change.table === 'string'
      ? [change.table, 'namespace' in change ? change.namespace : null]
      : [change.table.name, change.table.namespace];
  const named = schema.tables.filter((table) => isNamed(table, name, namespace));
  return named.find(({ at }) => at.file === finding.file) ?? named[0];
}

function isNamed(table: Table, name: string, namespace: string | null): boolean {
  return table.name === name && table.namespace === namespace;
}
