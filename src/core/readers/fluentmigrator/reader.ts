/** Reads migrations of FluentMigrator: what they build where no entities are or it is asked for, and what each does to tables in use. */
import type { Fragment, ReadResult, Reader, SourceFile } from '../reader.ts';
import { declarationsOf } from '../shared/csharp/declarations.ts';
import type { FileDeclarations } from '../shared/csharp/declarations.ts';
import { syntaxProblems } from '../shared/syntaxProblem.ts';
import { emptyFacts } from '../shared/emptyFacts.ts';
import { link } from './link.ts';

export interface FluentMappings {
  readonly declarations: FileDeclarations | null;
}

export type FluentFragment = Fragment<FluentMappings>;

export const fluentMigratorReader: Reader<FluentMappings> = {
  id: 'fluentmigrator',
  yields: 'scripts',
  version: 2,
  detect,
  part: () => 'stands',
  read,
  link,
};

/** Migrations, their base classes, and helper methods that extend its expressions. */
function detect(path: string, text: string): boolean {
  return (
    /\.cs$/iu.test(path) && /\bFluentMigrator\b/u.test(text) && /\bMigration\b|\bthis\s+I\w*Expression/u.test(text)
  );
}

function read(file: SourceFile): ReadResult<FluentMappings> {
  const isCode = file.language === 'csharp';
  const declarations = isCode ? declarationsOf(file.parsed().tree, file, (name) => name !== 'Down') : null;
  return {
    fragment: { reader: 'fluentmigrator', file: file.path, mappings: { declarations }, facts: emptyFacts(file.path) },
    problems: isCode ? syntaxProblems(file) : [],
  };
}
