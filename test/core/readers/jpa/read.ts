/** Reads a set of texts as the workspace does, without a workspace. */
import { jpaReader } from '../../../../src/core/readers/jpa/reader.ts';
import type { JpaMappings } from '../../../../src/core/readers/jpa/mappings.ts';
import type { Fragment, LinkResult, ReadResult, SourceFile } from '../../../../src/core/readers/reader.ts';
import type { Dialect, Table } from '../../../../src/core/schema/model.ts';
import { LineIndex } from '../../../../src/core/syntax/lineIndex.ts';
import { createSyntax, languageOf } from '../../../../src/core/syntax/syntax.ts';
import type { ParsedText, Syntax } from '../../../../src/core/syntax/syntax.ts';
import { loadWasm } from '../../../support/loadWasm.ts';

let loaded: Promise<Syntax> | undefined;

export function loadJava(): Promise<Syntax> {
  loaded ??= createSyntax(loadWasm).then(async (syntax) => {
    await syntax.ensure(['java', 'kotlin']);
    return syntax;
  });
  return loaded;
}

export function readText(path: string, text: string, syntax: Syntax): ReadResult<JpaMappings> {
  let parsed: ParsedText | undefined;
  const file: SourceFile = {
    path,
    text,
    language: languageOf(path),
    lines: new LineIndex(path, text),
    parsed: () => (parsed ??= syntax.parse(languageOf(path) ?? 'java', text)),
  };
  const result = jpaReader.read(file);
  parsed?.dispose();
  // Through JSON, as the cache on disk keeps it.
  return JSON.parse(JSON.stringify(result)) as typeof result;
}

export type Files = readonly (readonly [path: string, text: string])[];

export interface JpaResult extends LinkResult {
  readonly table: (name: string) => Table;
}

export function readJpa(files: Files, syntax: Syntax, dialect: Dialect | null = 'postgresql'): JpaResult {
  const results = files
    .filter(([path, text]) => jpaReader.detect(path, text))
    .map(([path, text]) => readText(path, text, syntax));
  const fragments: Fragment<JpaMappings>[] = results.map(({ fragment }) => fragment);
  const linked = jpaReader.link(fragments, {
    root: '',
    dialect,
    dataSources: fragments.flatMap(({ facts }) => facts.dataSources),
    resolve: () => [],
  });
  return {
    ...linked,
    problems: [...results.flatMap(({ problems }) => problems), ...linked.problems],
    table(name) {
      const found = linked.tables.find((table) => table.name === name);
      if (!found) throw new Error(`There is no table ${name}: ${linked.tables.map((table) => table.name).join(', ')}`);
      return found;
    },
  };
}
