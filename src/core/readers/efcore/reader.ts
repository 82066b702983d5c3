/** Reads EF Core: entity classes, contexts and their configuration, snapshots; and the code of C# that queries them. */
import type { ReadResult, Reader, SourceFile } from '../reader.ts';
import { emptyFacts } from '../shared/emptyFacts.ts';
import { declarationsOf } from '../shared/csharp/declarations.ts';
import { syntaxProblems } from '../shared/syntaxProblem.ts';
import type { FileFacts } from '../../schema/code.ts';
import { readCsFacts } from '../shared/csharp/facts.ts';
import { classicIndexes, isClassicMigration } from './classicMigrations.ts';
import { declares, detect, holdsCode, isAppSettings, isProjectFile, isSnapshot } from './detect.ts';
import { link } from './link.ts';
import { noMappings } from './mappings.ts';
import type { EfCoreMappings } from './mappings.ts';
import { optionsIn, settingsSources } from './options.ts';
import { readEfQueries } from './queries.ts';
import { projectFileOf } from './projectFile.ts';

export const efcoreReader: Reader<EfCoreMappings> = { id: 'efcore', version: 9, detect, read, link };

function read(file: SourceFile): ReadResult<EfCoreMappings> {
  if (isProjectFile(file.path)) return result(file, { ...noMappings, project: projectFileOf(file.path, file.text) });
  if (isAppSettings(file.path)) {
    const { fragment, problems } = result(file, noMappings);
    return {
      fragment: { ...fragment, facts: { ...fragment.facts, dataSources: settingsSources(file.text, file.lines) } },
      problems,
    };
  }
  if (file.language !== 'csharp') return result(file, noMappings);
  const { options, dataSources } = optionsIn(file.text, file.lines);
  const declared = declares(file.text) || isSnapshot(file.text);
  const declarations = declared ? declarationsOf(file.parsed().tree, file, wantsBody) : null;
  return {
    fragment: {
      reader: 'efcore',
      file: file.path,
      mappings: { declarations, project: null, options },
      facts: { ...codeFacts(file), dataSources },
    },
    problems: declared ? syntaxProblems(file) : [],
  };
}

function codeFacts(file: SourceFile): FileFacts {
  if (isClassicMigration(file.text)) {
    const indexed = classicIndexes(file.text, file.lines);
    return { ...emptyFacts(file.path), ...(indexed.length > 0 ? { indexed } : {}) };
  }
  if (!holdsCode(file.text) || isSnapshot(file.text)) return emptyFacts(file.path);
  return readEfQueries(file, readCsFacts(file));
}

function result(file: SourceFile, mappings: EfCoreMappings): ReadResult<EfCoreMappings> {
  return { fragment: { reader: 'efcore', file: file.path, mappings, facts: emptyFacts(file.path) }, problems: [] };
}

/** Methods that are handed a builder, what asks of the model or of a type, and helpers that compute names. */
function wantsBody(name: string, parameters: string): boolean {
  if (
    /\b(?:\w*(?:Model|EntityType|Navigation|Property|Collection|Reference|Ownership|Index|Key|ModelConfiguration|Table|Relational)Builder|IMutable\w+|IConvention\w+|IReadOnly(?:Model|EntityType|Property|ForeignKey|Key|Index|Navigation))\b/u.test(
      parameters,
    )
  )
    return true;
  return (
    /^\(\s*(?:this\s+string|(?:this\s+)?Type)\b/u.test(parameters) ||
    (name === '.ctor' && /^\(\s*\)$/u.test(parameters))
  );
}
