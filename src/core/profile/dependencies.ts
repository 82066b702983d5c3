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
  { pattern: /(?:^|\/)requirements[^/]*\.(?:txt|in)$/iu, ecosystem: 'pypi', language: 'python', read: requirements },
  { pattern: /(?:^|\/)requirements\/[^/]+\.(?:txt|in)$/iu, ecosystem: 'pypi', language: 'python', read: requirements },
  { pattern: /(?:^|\/)(?:pyproject\.toml|Pipfile)$/u, ecosystem: 'pypi', language: 'python', read: toml },
  { pattern: /(?:^|\/)pom\.xml$/u, ecosystem: 'maven', language: 'java', read: maven },
  { pattern: /(?:^|\/)build\.gradle(?:\.kts)?$/u, ecosystem: 'maven', language: 'java', read: gradle },
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
  return kind ? { language: kind.language, dependencies: kind.read(text, path) } : null;
}

function found(ecosystem: Ecosystem, name: string, start: number, development: boolean): Dependency {
  // PyPI takes dashes, underscores and dots for the same (PEP 503).
  const plain = ecosystem === 'pypi' ? name.replace(/[-_.]+/gu, '-') : name;
  return { name: `${ecosystem}:${plain.toLowerCase()}`, start, end: start + name.length, development };
}

function requirements(text: string, path: string): readonly Dependency[] {
  const development = /(?:dev|test|lint|docs|ci)/iu.test(
    path.slice(path.lastIndexOf('/') + 1).replace(/^requirements/u, ''),
  );
  return Array.from(text.matchAll(/^[ \t]*([A-Za-z0-9][\w.-]*)(?=[ \t]*(?:\[|[=<>!~;@#]|$))/gmu), (match) =>
    found('pypi', match[1] ?? '', match.index + match[0].length - (match[1]?.length ?? 0), development),
  );
}

/** Sections in which keys are packages (Poetry, Pipenv), and lists of requirements (PEP 621, PEP 735). */
function toml(text: string): readonly Dependency[] {
  const dependencies: Dependency[] = [];
  let section = '';
  let offset = 0;
  let inList: 'main' | 'development' | null = null;
  for (const line of text.split('\n')) {
    const header = /^\s*\[+([^\]]+)\]+/u.exec(line)?.[1]?.trim();
    if (header !== undefined && inList === null) section = header;
    const key = /^\s*["']?([\w.-]+)["']?\s*=\s*(.*)$/u.exec(line);
    const opens = key !== null && (key[2] ?? '').startsWith('[');
    if (inList === null && opens && isListOf(section, key[1] ?? ''))
      inList = section === 'project' ? 'main' : 'development';
    if (inList !== null) {
      for (const match of line.matchAll(/["']([A-Za-z0-9][\w.-]*)[^"']*["']/gu))
        dependencies.push(found('pypi', match[1] ?? '', offset + match.index + 1, inList === 'development'));
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
      /\b(\w*(?:[iI]mplementation|[aA]pi|[cC]ompileOnly|[rR]untimeOnly|[cC]ompile|[rR]untime|kapt|annotationProcessor|developmentOnly))\b\s*\(?\s*(?:platform\s*\(\s*)?["'][\w.-]+:([\w.-]+)/gu,
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
    text.matchAll(/\bid\s*\(?\s*["']((?:org\.springframework\.boot|io\.quarkus|io\.micronaut\.\w+))["']/gu),
    (match) => found('maven', match[1] ?? '', match.index + match[0].indexOf(match[1] ?? ''), false),
  );
  return [...named, ...plugins];
}

function dotnet(text: string): readonly Dependency[] {
  const references = Array.from(
    text.matchAll(/<(?:PackageReference|PackageVersion)\s+(?:Include|Update)\s*=\s*["']([\w.-]+)["']/gu),
    (match) => found('nuget', match[1] ?? '', match.index + match[0].indexOf(match[1] ?? ''), false),
  );
  const sdk = /<Project\s+Sdk\s*=\s*["'](Microsoft\.NET\.Sdk\.(?:Web|Razor|BlazorWebAssembly))["']/u.exec(text);
  return sdk
    ? [found('nuget', sdk[1] ?? '', sdk.index + sdk[0].indexOf(sdk[1] ?? ''), false), ...references]
    : references;
}
