/** Reads NHibernate: `*.hbm.xml`, mapping by code, FluentNHibernate; and the LINQ queries of its sessions. */
import type { FileFacts } from '../../schema/code.ts';
import type { Fragment, LinkContext, LinkResult, ReadResult, Reader, SourceFile } from '../reader.ts';
import { declarationsOf } from '../shared/csharp/declarations.ts';
import type { FileDeclarations } from '../shared/csharp/declarations.ts';
import { readCsFacts } from '../shared/csharp/facts.ts';
import { createProject } from '../shared/csharp/project.ts';
import { emptyFacts } from '../shared/emptyFacts.ts';
import type { HbmFile } from '../shared/hbm/model.ts';
import { isHbm, parseHbm } from '../shared/hbm/parse.ts';
import { collect } from './collect.ts';
import { detect, isMapping, part, usesSessions } from './detect.ts';
import { mayHoldEntities } from '../shared/csharp/dataClasses.ts';
import { linkQueries, readSessionQueries } from './queries.ts';
import { tablesOf } from './tables.ts';

export interface NHibernateMappings {
  readonly hbm: HbmFile | null;
  readonly declarations: FileDeclarations | null;
}

export const nhibernateReader: Reader<NHibernateMappings> = { id: 'nhibernate', version: 8, detect, part, read, link };

function read(file: SourceFile): ReadResult<NHibernateMappings> {
  const xml = isHbm(file.path, file.text);
  const mapping = isMapping(file.text);
  const declares = !xml && (mapping || mayHoldEntities(file.text));
  return {
    fragment: {
      reader: 'nhibernate',
      file: file.path,
      mappings: {
        hbm: xml ? parseHbm(file.text, file.lines) : null,
        declarations: declares
          ? declarationsOf(
              file.parsed().tree,
              file,
              (_name, parameters) => mapping || /this\s+string/u.test(parameters),
            )
          : null,
      },
      facts: xml ? emptyFacts(file.path) : facts(file),
    },
    problems: [],
  };
}

function facts(file: SourceFile): FileFacts {
  if (!usesSessions(file.text)) return emptyFacts(file.path);
  return readSessionQueries(file, readCsFacts(file));
}

function link(fragments: readonly Fragment<NHibernateMappings>[], context: LinkContext): LinkResult {
  const project = createProject(
    fragments.flatMap(({ file, mappings }) =>
      mappings.declarations ? [{ file, declarations: mappings.declarations }] : [],
    ),
  );
  const { mapped, problems } = collect(
    project,
    fragments.flatMap(({ mappings }) => mappings.hbm ?? []),
  );
  const tables = tablesOf(mapped, project, context.dialect ?? 'mssql', context.root);
  return {
    tables,
    enums: [],
    files: linkQueries(
      fragments.map((each) => each.facts),
      mapped,
      tables,
    ),
    problems,
  };
}
