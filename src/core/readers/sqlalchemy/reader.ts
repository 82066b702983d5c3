/** Reads SQLAlchemy (declarative, imperative, Core), SQLModel and Flask-SQLAlchemy, and the code of every Python project. */
import type { FileFacts } from '../../schema/code.ts';
import type { Fragment, ReadResult, Reader, SourceFile } from '../reader.ts';
import { emptyFacts } from '../shared/emptyFacts.ts';
import type { PyModule } from '../shared/python/declarations.ts';
import { modulesOfImports } from '../shared/python/declarations.ts';
import { madeOn, mayHoldPythonFacts, readPythonFacts } from '../shared/python/facts.ts';
import { readModule } from '../shared/python/readModule.ts';
import { syntaxProblems } from '../shared/syntaxProblem.ts';
import { detect, namesSqlAlchemy, part } from './detect.ts';
import { readDataSources } from './dataSources.ts';
import { link } from './link.ts';
import { readQueries } from './queries.ts';
import { readRevision } from './revisions.ts';
import type { Revision } from './revisions.ts';

export interface SqlAlchemyMappings {
  readonly module: PyModule;
  /** Absent = it is no revision of Alembic. */
  readonly revision?: Revision;
}

export const sqlalchemyReader: Reader<SqlAlchemyMappings> = {
  id: 'sqlalchemy',
  version: 8,
  replays: true,
  detect,
  part,
  read,
  link,
  modules,
};

/** Tables and mappings may be made in functions: `def start_mappers():`. */
const declares = /\b(?:map_imperatively|mapper|Table)\s*\(/;

function read(file: SourceFile): ReadResult<SqlAlchemyMappings> {
  const own = namesSqlAlchemy(file.text);
  const module = readModule(file, { keepsBody: (source) => own && source.length < 20_000 && declares.test(source) });
  // One that joins two branches names nothing.
  const revision = readRevision(file);
  return {
    fragment: {
      reader: 'sqlalchemy',
      file: file.path,
      mappings: { module, ...(revision ? { revision } : {}) },
      facts: { ...factsOf(file, own), ...(revision ? madeOn(file.text) : {}) },
    },
    problems: own ? syntaxProblems(file) : [],
  };
}

function factsOf(file: SourceFile, own: boolean): FileFacts {
  if (own) return { ...readQueries(file, readPythonFacts(file)), dataSources: readDataSources(file) };
  return mayHoldPythonFacts(file.path, file.text) ? readPythonFacts(file) : emptyFacts(file.path);
}

function modules({ mappings }: Fragment<SqlAlchemyMappings>): readonly string[] {
  return modulesOfImports(mappings.module.imports);
}
