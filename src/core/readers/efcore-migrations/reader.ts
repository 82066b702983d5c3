/** Reads migrations of EF Core: what they build where no entities are or it is asked for, and what each does to tables in use. */
import { designerOf, isDesigner } from '../../migrations/efcore/designer.ts';
import type { ReadResult, Reader, SourceFile } from '../reader.ts';
import { declarationsOf } from '../shared/csharp/declarations.ts';
import { syntaxProblems } from '../shared/syntaxProblem.ts';
import { emptyFacts } from '../shared/emptyFacts.ts';
import { engineIn } from './engine.ts';
import { link } from './link.ts';
import type { EfMigrationMappings } from './mappings.ts';

export const efcoreMigrationsReader: Reader<EfMigrationMappings> = {
  id: 'efcore-migrations',
  yields: 'scripts',
  version: 2,
  detect,
  part: () => 'stands',
  read,
  link,
};

/** Snapshots and designers repeat the model; only the heads of the latter say something more. */
function detect(path: string, text: string): boolean {
  if (!/\.cs$/iu.test(path)) return false;
  if (isDesigner(path, text)) return true;
  return /\bMigrationBuilder\b/u.test(text) && !/\bModelSnapshot\b|\.(?:g|g\.i|generated)\.cs$/u.test(text);
}

function read(file: SourceFile): ReadResult<EfMigrationMappings> {
  const { path, text } = file;
  const designer = isDesigner(path, text) ? designerOf(text) : null;
  const isCode = designer === null && !isDesigner(path, text) && file.language === 'csharp';
  const mappings: EfMigrationMappings = {
    declarations: isCode ? declarationsOf(file.parsed().tree, file, wantsBody) : null,
    designer,
    engine: engineIn(text),
    reversible: isCode ? isReversible(text) : null,
    inTransaction: !/\bsuppressTransaction\s*:\s*true\b|:CreatedConcurrently"/u.test(text),
  };
  return {
    fragment: { reader: 'efcore-migrations', file: path, mappings, facts: emptyFacts(path) },
    problems: isCode ? syntaxProblems(file) : [],
  };
}

/** All but the way back: helper methods are entered. */
function wantsBody(name: string): boolean {
  return name !== 'Down' && name !== 'BuildTargetModel';
}

/** Null where nothing is said of a way back; false where it is empty or throws. */
function isReversible(text: string): boolean | null {
  const down = /\bvoid\s+Down\s*\([^)]*\)/u.exec(text);
  if (!down) return null;
  const body = text
    .slice(down.index + down[0].length)
    .replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//gu, '')
    .trimStart();
  return !/^(?:\{\s*\}|(?:\{|=>)\s*throw\b)/u.test(body);
}
