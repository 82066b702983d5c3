/** Reads entities of JPA and Hibernate, the repositories and queries over them, and the Java code that calls those. */
import type { Problem } from '../../schema/source.ts';
import type { Fragment, Part, ReadResult, Reader, SourceFile } from '../reader.ts';
import { emptyFacts } from '../shared/emptyFacts.ts';
import { isHbm, parseHbm } from '../shared/hbm/parse.ts';
import { readJava } from '../shared/java/declarations.ts';
import { purposeOf } from '../../schema/filePurpose.ts';
import { syntaxProblems } from '../shared/syntaxProblem.ts';
import { detect, holdsCode, holdsMappings, isConfigurationFile, isJava, isManifest, isOrmXml } from './detect.ts';
import { link } from './link.ts';
import { noMappings } from './mappings.ts';
import type { JpaMappings } from './mappings.ts';
import { parseOrm } from './orm.ts';
import { readQueries } from './queries.ts';
import { readManifestSettings, readOwnStrategy, readSettings } from './settings.ts';
import { trimmed } from './trim.ts';

export const jpaReader: Reader<JpaMappings> = { id: 'jpa', version: 4, detect, part, read, link, modules };

function part(): Part {
  return 'asks';
}

function read(file: SourceFile): ReadResult<JpaMappings> {
  const { path, text } = file;
  if (isJava(path)) return readCode(file);
  const fragment = (
    mappings: Partial<JpaMappings>,
    dataSources: Fragment['facts']['dataSources'] = [],
  ): ReadResult<JpaMappings> => ({
    fragment: {
      reader: 'jpa',
      file: path,
      mappings: { ...noMappings, ...mappings },
      facts: { ...emptyFacts(path), dataSources },
    },
    problems: [],
  });
  if (/\.kt$/iu.test(path)) return { ...fragment({}), problems: [kotlin(file)] };
  if (isManifest(path)) return fragment({ settings: readManifestSettings(path, text) });
  if (isHbm(path, text)) return fragment({ hbm: parseHbm(text, file.lines) });
  if (isOrmXml(path, text)) return fragment({ orm: parseOrm(text, file.lines) });
  if (!isConfigurationFile(path, text)) return fragment({});
  const { settings, dataSources } = readSettings(file);
  return fragment({ settings }, dataSources);
}

function readCode(file: SourceFile): ReadResult<JpaMappings> {
  const java = readJava(file);
  return {
    fragment: {
      reader: 'jpa',
      file: file.path,
      mappings: { ...noMappings, java: trimmed(java), settings: readOwnStrategy(file.text) },
      facts: isTest(file) || !holdsCode(file.text) ? emptyFacts(file.path) : readQueries(file, java),
    },
    problems: holdsMappings(file.text) ? syntaxProblems(file) : [],
  };
}

/** No application code is reached through a test. */
function isTest({ path }: SourceFile): boolean {
  return purposeOf(path) === 'test';
}

function kotlin(file: SourceFile): Problem {
  const start = Math.max(file.text.search(/@Entity\b/u), 0);
  return {
    code: 'kotlin-not-read',
    message: `${file.path} declares entities in Kotlin, which are not read yet: their tables are missing. Entities in Java, orm.xml and *.hbm.xml are read.`,
    severity: 'information',
    at: file.lines.range(start, start + '@Entity'.length),
  };
}

/**
 * Imports, which name classes; wildcards lead nowhere by themselves. Of a manifest those of the folders above: what a module of a build
 * leaves out is stated there.
 */
function modules({ file, mappings, facts }: Fragment<JpaMappings>): readonly string[] {
  if (isManifest(file)) {
    const name = file.slice(file.lastIndexOf('/') + 1);
    return [`../${name}`, `../../${name}`];
  }
  return mappings.java === null
    ? facts.imports.map(({ module }) => module)
    : mappings.java.imports.map(({ name, wildcard }) => (wildcard ? `${name}.*` : name));
}
