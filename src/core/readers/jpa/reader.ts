/** Reads entities of JPA and Hibernate, the repositories and queries over them, and the code in Java and Kotlin that calls those. */
import type { Fragment, Part, ReadResult, Reader, SourceFile } from '../reader.ts';
import { emptyFacts } from '../shared/emptyFacts.ts';
import { isHbm, parseHbm } from '../shared/hbm/parse.ts';
import { isKotlin, readJvm } from '../shared/kotlin/jvm.ts';
import { purposeOf } from '../../schema/filePurpose.ts';
import { syntaxProblems } from '../shared/syntaxProblem.ts';
import {
  asksForCode,
  detect,
  holdsCode,
  holdsMappings,
  isCode,
  isConfigurationFile,
  isManifest,
  isOrmXml,
  isOwn,
  readsRows,
} from './detect.ts';
import { link } from './link.ts';
import { noMappings } from './mappings.ts';
import type { JpaMappings } from './mappings.ts';
import { parseOrm } from './orm.ts';
import { readQueries } from './queries.ts';
import { readManifestSettings, readOwnStrategy, readSettings } from './settings.ts';
import { trimmed } from './trim.ts';

export const jpaReader: Reader<JpaMappings> = { id: 'jpa', version: 13, detect, part, read, link, modules };

/** Kotlin is what apps for telephones are written in: of such a workspace nothing is read. */
function part(path: string, text: string): Part {
  if (isKotlin(path)) return asksForCode(text) ? 'asks' : 'joins';
  return isCode(path) && !isOwn(path, text) ? 'waits' : 'asks';
}

function read(file: SourceFile): ReadResult<JpaMappings> {
  const { path, text } = file;
  if (isCode(path)) return readCode(file);
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
  if (isManifest(path)) return fragment({ settings: readManifestSettings(path, text) });
  if (isHbm(path, text)) return fragment({ hbm: parseHbm(text, file.lines) });
  if (isOrmXml(path, text)) return fragment({ orm: parseOrm(text, file.lines) });
  if (!isConfigurationFile(path, text)) return fragment({});
  const { settings, dataSources } = readSettings(file);
  return fragment({ settings }, dataSources);
}

function readCode(file: SourceFile): ReadResult<JpaMappings> {
  const java = readJvm(file);
  return {
    fragment: {
      reader: 'jpa',
      file: file.path,
      mappings: { ...noMappings, java: trimmed(java), settings: readOwnStrategy(file) },
      facts: isOfUse(file) ? readQueries(file, java) : emptyFacts(file.path),
    },
    problems: holdsMappings(file.text) ? syntaxProblems(file) : [],
  };
}

/** No application code is reached through a test. */
function isOfUse({ path, text }: SourceFile): boolean {
  return purposeOf(path) !== 'test' && (holdsCode(text) || readsRows(path, text));
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
