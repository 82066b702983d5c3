/** Reads MyBatis mappers (XML and annotations), entities of MyBatis-Plus, and the calls of what its base classes bring along. */
import type { Fragment, Part, ReadResult, Reader, SourceFile } from '../reader.ts';
import { propertyEntries } from '../../syntax/properties.ts';
import { yamlEntries } from '../../syntax/yaml.ts';
import { emptyFacts } from '../shared/emptyFacts.ts';
import { readJava } from '../shared/java/declarations.ts';
import { readJavaFacts } from '../shared/java/facts.ts';
import type { JavaClass, JavaFile } from '../shared/java/model.ts';
import { purposeOf } from '../../schema/filePurpose.ts';
import { annotatedMappers } from './annotations.ts';
import { detect, holdsCode, isMapperXml, isSettings } from './detect.ts';
import { link } from './link.ts';
import { noMappings } from './mappings.ts';
import type { MapperFile, MybatisMappings, MybatisSettings } from './mappings.ts';
import { parseMapper } from './mapperXml.ts';
import { readCalls } from './wrapperQueries.ts';

export const mybatisReader: Reader<MybatisMappings> = {
  id: 'mybatis',
  yields: 'inferred',
  version: 6,
  detect,
  part,
  read,
  link,
  modules,
};

function part(path: string, text: string): Part {
  // Plain classes are of use to the mappers alone that name them.
  return holdsCode(path, text) || isMapperXml(path, text) ? 'asks' : 'stands';
}

function read(file: SourceFile): ReadResult<MybatisMappings> {
  const { path, text } = file;
  const fragment: Fragment<MybatisMappings> = {
    reader: 'mybatis',
    file: path,
    mappings: noMappings,
    facts: emptyFacts(path),
  };
  if (isMapperXml(path, text))
    return {
      fragment: { ...fragment, mappings: { ...noMappings, mapper: parseMapper(text, file.lines) } },
      problems: [],
    };
  if (isSettings(path, text))
    return { fragment: { ...fragment, mappings: { ...noMappings, settings: settingsOf(file) } }, problems: [] };
  if (!/\.java$/iu.test(path)) return { fragment, problems: [] };
  const java = readJava(file);
  const mappers = annotatedMappers(java, file);
  const withFacts = holdsCode(path, text) && purposeOf(path) !== 'test';
  const facts = withFacts ? readJavaFacts(file, java) : emptyFacts(path);
  return {
    fragment: {
      ...fragment,
      mappings: { ...noMappings, java: trimmed(java), mapper: merged(mappers) },
      facts: withFacts ? { ...facts, queries: readCalls(file, java, facts) } : facts,
    },
    problems: [],
  };
}

/** A file has one mapper; should it have more, the first with statements counts. */
function merged(mappers: readonly MapperFile[]): MapperFile | null {
  return mappers[0] ?? null;
}

function trimmed(java: JavaFile): JavaFile {
  return {
    ...java,
    classes: java.classes.map((declaration): JavaClass => ({
      ...declaration,
      methods:
        declaration.kind === 'interface' ? declaration.methods.map((method) => ({ ...method, annotations: [] })) : [],
      fields: declaration.fields.filter((field) => !field.static),
    })),
  };
}

function settingsOf({ path, text }: SourceFile): MybatisSettings {
  const entries = /\.properties$/iu.test(path) ? propertyEntries(text) : yamlEntries(text);
  const find = (pattern: RegExp): string | undefined => entries.find(({ key }) => pattern.test(key))?.value;
  const flag = (value: string | undefined): boolean | null =>
    value === 'true' ? true : value === 'false' ? false : null;
  return {
    // Quartz, Flyway and Liquibase have tables of their own, with prefixes of their own.
    tablePrefix: find(/\b(?:db-?config|mybatis[\w-]*)\.(?:.+\.)?table-?prefix$/iu) ?? null,
    tableUnderline: flag(find(/table-?underline$/iu)),
    columnUnderline: flag(find(/map-?underscore-?to-?camel-?case$/iu)),
  };
}

function modules({ mappings, facts }: Fragment<MybatisMappings>): readonly string[] {
  return mappings.java === null
    ? facts.imports.map(({ module }) => module)
    : mappings.java.imports.map(({ name, wildcard }) => (wildcard ? `${name}.*` : name));
}
