/** Which files can matter at all, by their path: everything else is never opened. */
import { isProfileFile } from '../profile/files.ts';
import { languageOf } from '../syntax/syntax.ts';

export const settingsFile = '.data-engineer.json';

/** A folder that holds one of these is a project of its own. */
const manifests = new Set([
  'package.json',
  'deno.json',
  'pyproject.toml',
  'setup.py',
  'requirements.txt',
  'manage.py',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
  // Applied by the build file beside it.
  'dependencies.gradle',
  'dependencies.gradle.kts',
  'go.mod',
  'cargo.toml',
  'gemfile',
  'composer.json',
  'ormconfig.json',
  'ormconfig.js',
  'ormconfig.ts',
  'ormconfig.yml',
  'ormconfig.yaml',
  'ormconfig.xml',
  settingsFile,
]);

export function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Only by the name; `isProjectRoot` of `structure.ts` looks into a `package.json` as well. */
export function isManifest(path: string): boolean {
  const name = fileNameOf(path).toLowerCase();
  return manifests.has(name) || /\.(?:cs|fs|vb)proj$/u.test(name);
}

export function isTsconfig(path: string): boolean {
  return /^(?:ts|js)config(?:\.[^/]+)?\.json$/u.test(fileNameOf(path));
}

/** What .NET's projects below its folder have in common; it makes no project of it. */
export function isSharedBuild(path: string): boolean {
  return /^directory\.build\.(?:props|targets)$/iu.test(fileNameOf(path));
}

/** Read as configuration: its text is kept, because projects and import paths hang on it. */
export function isConfiguration(path: string): boolean {
  return isManifest(path) || isSharedBuild(path) || isTsconfig(path) || isProfileFile(path);
}

/** Settings of .NET: connections, and properties of all projects below. */
const dotNetSettings = /(?:^|\/)(?:appsettings(?:\.[\w-]+)*\.json|directory\.build\.props)$/iu;

/** Schemas and mappings in languages that need no grammar of tree-sitter. */
const schemaFile = /\.(?:prisma|sql|ddl|pgsql|psql|cql|cypher|xml)$|(?:^|\/)managed-schema$/iu;

/** Settings of Java's frameworks, by the names they look for. */
const javaSettings =
  /(?:^|\/)(?:(?:application|bootstrap)[\w.-]*\.(?:properties|ya?ml)|(?:hibernate|persistence|database|jdbc|db|microprofile-config)[\w.-]*\.properties)$/iu;

/** Change logs of Liquibase that are not in XML or SQL, by the names that people give them and their folders. */
const changeLog = /(?:^|\/)[^/]*(?:liquibase|change-?log|change-?set)[^/]*(?:\/.*)?\.(?:ya?ml|json)$/iu;

/** Mappings and templates of search indexes, by the names that people give them and their folders. */
const searchMapping =
  /(?:^|\/)(?:[^/]*(?:mapping|index[-_.]?template|component[-_.]?template|elastic|opensearch)[^/]*|(?:mappings?|index[-_]?templates|es|elastic(?:search)?|opensearch)\/(?:[^/]+\/)*[^/]+)\.json$/iu;

export function mayMatter(path: string): boolean {
  return (
    languageOf(path) !== null ||
    schemaFile.test(path) ||
    dotNetSettings.test(path) ||
    javaSettings.test(path) ||
    changeLog.test(path) ||
    searchMapping.test(path) ||
    isConfiguration(path)
  );
}

/** How many times the limit of size a file may have: rows of SQL scripts are stepped over, and dumps of small databases have megabytes of them. */
export function sizeFactor(path: string): number {
  return /\.(?:sql|ddl|pgsql|psql)$/iu.test(path) ? 16 : 1;
}
