/** What manifests of Python, Java and .NET say a project is built on. Names only: nothing is resolved or downloaded. */
import { childrenNamed, parseXml, textOf } from '../syntax/xml.ts';
import type { XmlElement } from '../syntax/xml.ts';

export type Ecosystem = 'pypi' | 'maven' | 'nuget';

export interface Dependency {
  /** `pypi:django`, `maven:spring-boot-starter-web` (the artifact), `nuget:dapper`; lower case. */
  readonly name: string;
  /** Offsets of the name. */
  readonly start: number;
  readonly end: number;
  /** Only tests or tools need it. */
  readonly development: boolean;
}

interface Kind {
  readonly pattern: RegExp;
  readonly ecosystem: Ecosystem;
  readonly language: string;
  readonly read: (text: string, path: string) => readonly Dependency[];
}

const kinds: readonly Kind[] = [
  {
    pattern: /(?:^|\/)[\w.-]*requirements[^/]*\.(?:txt|in)$/iu,
    ecosystem: 'pypi',
    language: 'python',
    read: requirements,
  },
  { pattern: /(?:^|\/)requirements\/[^/]+\.(?:txt|in)$/iu, ecosystem: 'pypi', language: 'python', read: requirements },
  { pattern: /(?:^|\/)(?:pyproject\.toml|Pipfile)$/u, ecosystem: 'pypi', language: 'python', read: toml },
  { pattern: /(?:^|\/)setup\.cfg$/u, ecosystem: 'pypi', language: 'python', read: setupConfiguration },
  { pattern: /(?:^|\/)setup\.py$/u, ecosystem: 'pypi', language: 'python', read: setupScript },
  { pattern: /(?:^|\/)pom\.xml$/u, ecosystem: 'maven', language: 'java', read: maven },
  { pattern: /(?:^|\/)build\.gradle(?:\.kts)?$/u, ecosystem: 'maven', language: 'java', read: gradle },
  { pattern: /(?:^|\/)packages\.config$/iu, ecosystem: 'nuget', language: 'csharp', read: packagesConfig },
  { pattern: /\.(?:cs|fs|vb)proj$/iu, ecosystem: 'nuget', language: 'csharp', read: dotnet },
  { pattern: /(?:^|\/)Directory\.Packages\.props$/iu, ecosystem: 'nuget', language: 'csharp', read: dotnet },
];

export function isDependencyManifest(path: string): boolean {
  return kinds.some(({ pattern }) => pattern.test(path));
}

/** Of a manifest; half-typed ones give what can be made out. */
export function readDependencies(
  path: string,
  text: string,
): { readonly language: string; readonly dependencies: readonly Dependency[] } | null {
  const kind = kinds.find(({ pattern }) => pattern.test(path));
  if (!kind) return null;
  const language = kind.ecosystem === 'maven' && compilesKotlin.test(text) ? 'kotlin' : kind.language;
  return { language, dependencies: kind.read(text, path) };
}

/** Plugins of Gradle and Maven that compile Kotlin; a build script may be written in it without. */
const compilesKotlin =
  /\bkotlin\s*\(\s*["']jvm["']|\borg\.jetbrains\.kotlin\.jvm\b|\bkotlin-maven-plugin\b|\blibs\.plugins\.kotlin(?:\.jvm)?\b/u;

function found(ecosystem: Ecosystem, name: string, start: number, development: boolean): Dependency {
  // PyPI takes dashes, underscores and dots for the same (PEP 503).
  const plain = ecosystem === 'pypi' ? name.replace(/[-_.]+/gu, '-') : name;
  return { name: `${ecosystem}:${plain.toLowerCase()}`, start, end: start + name.length, development };
}

/** Names of lists that an application runs with. */
const mainLists: ReadonlySet<string> = new Set([
  ...[
    'base',
    'common',
    'core',
    'main',
    'prod',
    'production',
    'app',
    'web',
    'api',
    'server',
    'backend',
    'default',
    'all',
  ],
  ...['lock', 'frozen', 'pinned', 'compiled'],
]);

function requirements(text: string, path: string): readonly Dependency[] {
  // `requirements-dev.txt`, `requirements_all_ds.txt`, `dev-requirements.txt`: what is beside the application's own list is for some only.
  const suffix = path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.(?:txt|in)$/iu, '')
    .toLowerCase()
    .split(/[-_.]/u)
    .filter((word) => word !== 'requirements');
  const development = suffix.some((word) => !mainLists.has(word));
  return Array.from(text.matchAll(/^[ \t]*([A-Za-z0-9][\w.-]*)(?=[ \t]*(?:\[|[=<>!~;@#]|$))/gmu)).flatMap((match) => {
    const at = match.index + match[0].length - (match[1]?.length ?? 0);
    const brought = driversOf(text.slice(at, at + 200));
    return [match[1] ?? '', ...brought].map((name) => found('pypi', name, at, development));
  });
}

/** Sections in which keys are packages (Poetry, Pipenv), and lists of requirements (PEP 621, PEP 735). */
function toml(text: string): readonly Dependency[] {
  const dependencies: Dependency[] = [];
  let section = '';
  let offset = 0;
  let inList: 'main' | 'development' | null = null;
  for (const line of text.split('\n')) {
    const header = /^\s*\[+([^\]]+)\]+/u.exec(line)?.[1]?.trim();
    if (header !== undefined && inList === null) {
      section = header;
      // A table of its own where there is more to say than a version: `[tool.poetry.dependencies.django]`.
      const name = /^tool\.poetry\.(?:group\.[\w-]+\.|dev-)?dependencies\.["']?([\w.-]+)["']?$/u.exec(header)?.[1];
      if (name !== undefined)
        dependencies.push(found('pypi', name, offset + line.lastIndexOf(name), /\.group\.|\.dev-/u.test(header)));
    }
    const key = /^\s*["']?([\w.-]+)["']?\s*=\s*(.*)$/u.exec(line);
    const opens = key !== null && (key[2] ?? '').startsWith('[');
    if (inList === null && opens && isListOf(section, key[1] ?? ''))
      inList = section === 'project' ? 'main' : 'development';
    if (inList !== null) {
      for (const match of line.matchAll(/["']([A-Za-z0-9][\w.-]*)[^"']*["']/gu))
        for (const name of [match[1] ?? '', ...driversOf(match[0])])
          dependencies.push(found('pypi', name, offset + match.index + 1, inList === 'development'));
      if (/\]\s*(?:#.*)?$/u.test(line.replace(/\[[\w, -]*\]/gu, ''))) inList = null;
    } else if (
      key &&
      !opens &&
      /^(?:tool\.poetry\.(?:group\.[\w-]+\.|dev-)?dependencies|packages|dev-packages)$/u.test(section)
    )
      dependencies.push(found('pypi', key[1] ?? '', offset + line.indexOf(key[1] ?? ''), /group|dev/u.test(section)));
    offset += line.length + 1;
  }
  return dependencies.filter(({ name }) => name !== 'pypi:python');
}

/** The driver that an extra of SQLAlchemy brings: `SQLAlchemy[postgresql-psycopg]`. */
const drivers: Readonly<Record<string, string>> = {
  postgresql: 'psycopg',
  mysql: 'mysqlclient',
  mariadb: 'mariadb',
  oracle: 'oracledb',
  mssql: 'pymssql',
};

function driversOf(requirement: string): readonly string[] {
  const extras = /^["']?sqlalchemy\s*\[([^\]]*)\]/iu.exec(requirement)?.[1] ?? '';
  return extras.split(',').flatMap((extra) => drivers[/^\s*([a-z]+)/u.exec(extra)?.[1] ?? ''] ?? []);
}

/** `install_requires` of `[options]`, and the lists of `[options.extras_require]`. */
function setupConfiguration(text: string): readonly Dependency[] {
  const dependencies: Dependency[] = [];
  let section = '';
  let list = '';
  let offset = 0;
  for (const line of text.split('\n')) {
    section = /^\[([^\]]+)\]/u.exec(line)?.[1] ?? section;
    const key = /^([\w.-]+)\s*=\s*/u.exec(line);
    if (key) list = key[1] ?? '';
    const counts = (section === 'options' && list === 'install_requires') || section === 'options.extras_require';
    const name = /^[A-Za-z0-9][\w.-]*/u.exec(line.slice(key?.[0].length ?? 0).trimStart())?.[0];
    if (counts && name !== undefined && (key === null ? /^\s/u.test(line) : line.length > key[0].length))
      dependencies.push(found('pypi', name, offset + line.indexOf(name, key?.[0].length ?? 0), section !== 'options'));
    offset += line.length + 1;
  }
  return dependencies;
}

/** Literal lists alone: a script may make them up as it likes. */
function setupScript(text: string): readonly Dependency[] {
  return Array.from(text.matchAll(/\b(install_requires|tests_require)\s*=\s*\[([^\]]*)\]/gu)).flatMap((match) => {
    const from = match.index + match[0].length - 1 - (match[2] ?? '').length;
    return Array.from((match[2] ?? '').matchAll(/["']([A-Za-z0-9][\w.-]*)/gu), (name) =>
      found('pypi', name[1] ?? '', from + name.index + 1, match[1] === 'tests_require'),
    );
  });
}

function isListOf(section: string, key: string): boolean {
  return (
    (section === 'project' && key === 'dependencies') ||
    section === 'project.optional-dependencies' ||
    section === 'dependency-groups'
  );
}

function maven(text: string): readonly Dependency[] {
  const dependencies: Dependency[] = [];
  const visit = (element: XmlElement): void => {
    if (element.name === 'dependency' || element.name === 'parent') {
      const [artifact] = childrenNamed(element, 'artifactId');
      const [scope] = childrenNamed(element, 'scope');
      const name = artifact ? textOf(artifact).trim() : '';
      if (artifact && name !== '')
        dependencies.push(
          found(
            'maven',
            name,
            text.indexOf(name, artifact.tagEnd),
            scope !== undefined && textOf(scope).trim() === 'test',
          ),
        );
    }
    for (const child of element.children)
      if (child.name !== null && child.name !== 'dependencyManagement') visit(child);
  };
  parseXml(text).forEach(visit);
  return dependencies;
}

function gradle(text: string): readonly Dependency[] {
  const named = Array.from(
    text.matchAll(
      /\b(\w*(?:[iI]mplementation|[aA]pi|[cC]ompileOnly|[rR]untimeOnly|[cC]ompile|[rR]untime|kapt|annotationProcessor|developmentOnly))\b\s*\(?\s*(?:(?:enforcedP|p)latform\s*\(\s*)?["'][\w.-]+:([\w.-]+)/gu,
    ),
    (match) =>
      found(
        'maven',
        match[2] ?? '',
        match.index + match[0].length - (match[2]?.length ?? 0),
        /^test|Test/u.test(match[1] ?? ''),
      ),
  );
  const plugins = Array.from(
    text.matchAll(
      /\bid\s*\(?\s*["']((?:org\.springframework\.boot|io\.quarkus|io\.micronaut\.\w+|org\.jetbrains\.kotlin\.jvm))["']|\bkotlin\s*\(\s*["']jvm()["']/gu,
    ),
    (match) =>
      match[1] === undefined
        ? { name: 'maven:org.jetbrains.kotlin.jvm', start: match.index, end: match.index + 6, development: false }
        : found('maven', match[1], match.index + match[0].indexOf(match[1]), false),
  );
  return [...named, ...plugins];
}

/**
 * What a build takes from a version catalogue (`libs.versions.toml`): `implementation(libs.spring.boot.starter.data.jpa)`. A library that only stands in the
 * catalogue is none that is used.
 */
export function catalogueDependencies(build: string, catalogue: string): readonly Dependency[] {
  const artifacts = aliasesOf(catalogue);
  const uses =
    /\b(?:(\w*(?:[iI]mplementation|[aA]pi|[cC]ompileOnly|[rR]untimeOnly|kapt|ksp|annotationProcessor|developmentOnly))\s*\(?\s*(?:(?:enforcedP|p)latform\s*\(\s*)?|alias\s*\(?\s*)libs\.([A-Za-z][\w.]*)/gu;
  return Array.from(build.matchAll(uses)).flatMap((match) => {
    const alias = (match[2] ?? '').replace(/\.get$/u, '');
    const start = match.index + match[0].length - (match[2] ?? '').length;
    return (artifacts.get(aliasKey(alias)) ?? []).map((name) => ({
      name: `maven:${name.toLowerCase()}`,
      start,
      end: start + alias.length,
      development: /^test|Test/u.test(match[1] ?? ''),
    }));
  });
}

const aliasKey = (alias: string): string => alias.replace(/[-_.]/gu, '.').toLowerCase();

/** Artifacts and plugins by alias; a bundle stands for all that is in it. */
function aliasesOf(catalogue: string): ReadonlyMap<string, readonly string[]> {
  const aliases = new Map<string, readonly string[]>();
  let section = '';
  for (const line of catalogue.replace(/\[\s*\n[^\]]*\]/gu, (list) => list.replace(/\s+/gu, ' ')).split('\n')) {
    section = /^\s*\[([\w.-]+)\]/u.exec(line)?.[1] ?? section;
    const [, key, value] = /^\s*([\w.-]+)\s*=\s*(.*)$/u.exec(line) ?? [];
    if (key === undefined || value === undefined) continue;
    if (section === 'libraries') {
      const artifact =
        /\bname\s*=\s*["']([\w.-]+)["']/u.exec(value)?.[1] ?? /["'][\w.-]+:([\w.-]+)(?::[^"']*)?["']/u.exec(value)?.[1];
      if (artifact !== undefined) aliases.set(aliasKey(key), [artifact]);
    } else if (section === 'plugins') {
      const id = /\bid\s*=\s*["']([\w.-]+)["']/u.exec(value)?.[1] ?? /^["']([\w.-]+):/u.exec(value)?.[1];
      if (id !== undefined) aliases.set(`plugins.${aliasKey(key)}`, [id]);
    } else if (section === 'bundles')
      aliases.set(
        `bundles.${aliasKey(key)}`,
        Array.from(value.matchAll(/["']([\w.-]+)["']/gu)).flatMap(
          (match) => aliases.get(aliasKey(match[1] ?? '')) ?? [],
        ),
      );
  }
  return aliases;
}

/** How projects of the .NET Framework list their packages. */
function packagesConfig(text: string, path: string): readonly Dependency[] {
  const development = /(?:Tests?|Specs|Specifications)\/packages\.config$/iu.test(path);
  return Array.from(text.matchAll(/<package\s[^>]*?\bid\s*=\s*["']([\w.-]+)["']/gu), (match) =>
    found('nuget', match[1] ?? '', match.index + match[0].lastIndexOf(match[1] ?? ''), development),
  );
}

function dotnet(text: string, path: string): readonly Dependency[] {
  // Versions kept in one place (`Directory.Packages.props`) are no dependencies yet: the projects say what they use.
  const central = /(?:^|\/)Directory\.Packages\.props$/iu.test(path);
  const development =
    /(?:^|[./])(?:\w+)?(?:Tests?|Specs|Benchmarks?)\.(?:cs|fs|vb)proj$/u.test(path) ||
    /<IsTestProject>\s*true/iu.test(text);
  const elements = central ? 'GlobalPackageReference' : 'PackageReference|PackageVersion|GlobalPackageReference';
  const references = Array.from(
    text.matchAll(new RegExp(`<(?:${elements})\\s+(?:Include|Update)\\s*=\\s*["']([\\w.-]+)["']`, 'gu')),
    (match) => found('nuget', match[1] ?? '', match.index + match[0].indexOf(match[1] ?? ''), development),
  );
  const sdk = /<Project\s+Sdk\s*=\s*["'](Microsoft\.NET\.Sdk\.(?:Web|Razor|BlazorWebAssembly)|MSTest\.Sdk)\b/u.exec(
    text,
  );
  return sdk
    ? [found('nuget', sdk[1] ?? '', sdk.index + sdk[0].indexOf(sdk[1] ?? ''), development), ...references]
    : references;
}
