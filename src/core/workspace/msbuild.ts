/**
 * Which .NET projects refer to which, as MSBuild finds it: in the project's file and in the `Directory.Build.props` and `.targets` that
 * the nearest folder above has for all projects below, with properties, conditions and wildcards
 * (learn.microsoft.com/visualstudio/msbuild/customize-by-directory).
 */
import { ancestorsOf, directoryOf, joinPath } from '../readers/shared/paths.ts';
import { childrenNamed, parseXml, textOf } from '../syntax/xml.ts';
import type { XmlElement } from '../syntax/xml.ts';
import { fileNameOf, isSharedBuild } from './relevance.ts';

export interface BuildFile {
  readonly path: string;
  readonly text: string;
}

export interface References {
  /** Folders that hold a manifest of the kind. */
  readonly units: readonly string[];
  /** Pairs of such folders. */
  readonly edges: readonly (readonly [string, string])[];
}

/** Names of projects are the same whatever their case, and so are paths. */
export function dotnetReferences(files: readonly BuildFile[]): References {
  const projects = files.filter(({ path }) => /\.(?:cs|fs|vb)proj$/iu.test(path));
  const folders = projects.map(({ path }) => ({ path: path.toLowerCase(), folder: directoryOf(path) }));
  const parsed = new Map<string, readonly XmlElement[]>();
  const contentOf = (file: BuildFile): readonly XmlElement[] => {
    let elements = parsed.get(file.path);
    if (!elements) parsed.set(file.path, (elements = elementsNamed(parseXml(file.text), 'Project')));
    return elements;
  };
  const shared = new Map(
    files.filter(({ path }) => isSharedBuild(path)).map((file) => [file.path.toLowerCase(), file] as const),
  );
  const sharedFor = (folder: string, name: string): readonly BuildFile[] => {
    const found: BuildFile[] = [];
    for (const above of ancestorsOf(folder)) {
      const file = shared.get(joinPath(above, name)?.toLowerCase() ?? '');
      if (!file) continue;
      found.unshift(file);
      // It says itself where the one above it is read as well.
      if (!/GetPathOfFileAbove|\.\.[\\/]Directory\.Build/iu.test(file.text)) break;
    }
    return found;
  };
  return {
    units: folders.map(({ folder }) => folder),
    edges: projects.flatMap((project) => {
      const from = directoryOf(project.path);
      const all = [...sharedFor(from, 'directory.build.props'), project, ...sharedFor(from, 'directory.build.targets')];
      return includedBy(all, project, contentOf).flatMap((pattern) => {
        const path = pattern.startsWith('/') ? joinPath('', pattern) : joinPath(from, pattern);
        if (path === null) return [];
        const matches = matcherOf(path.toLowerCase());
        return folders.flatMap((each) => (matches(each.path) ? [[from, each.folder] as const] : []));
      });
    }),
  };
}

/** What the project's references include, with the values of properties; from the root where it begins with a slash. */
function includedBy(
  files: readonly BuildFile[],
  project: BuildFile,
  contentOf: (file: BuildFile) => readonly XmlElement[],
): readonly string[] {
  const name = fileNameOf(project.path).replace(/\.\w+$/u, '');
  const values = new Map([
    ['msbuildprojectname', name],
    ['msbuildprojectfullpath', `/${project.path}`],
    ['msbuildprojectdirectory', `/${directoryOf(project.path)}`],
  ]);
  return files.flatMap((file) => {
    values.set('msbuildthisfiledirectory', `/${directoryOf(file.path)}/`);
    // A condition of the project's own that cannot be told here may hold; what is shared is for other projects as a rule.
    const holds = ({ attributes: { Condition } }: XmlElement): boolean =>
      Condition === undefined || (conditionHolds(expanded(Condition, values)) ?? file === project);
    return contentOf(file).flatMap(({ children }) =>
      children.flatMap((group): readonly string[] => {
        if (group.name === 'PropertyGroup' && holds(group))
          for (const property of group.children)
            if (property.name !== null && holds(property))
              values.set(property.name.toLowerCase(), expanded(textOf(property).trim(), values));
        if (group.name !== 'ItemGroup' || !holds(group)) return [];
        return childrenNamed(group, 'ProjectReference').flatMap((reference) =>
          holds(reference) ? expanded(reference.attributes.Include ?? '', values).split(';') : [],
        );
      }),
    );
  });
}

/** `$(Name)` by its value; of what is called on it the tests of texts: `$(MSBuildProjectName.EndsWith('Domain'))`. */
function expanded(text: string, values: ReadonlyMap<string, string>): string {
  return text
    .replace(/\$\(\[System\.IO\.Path\]::DirectorySeparatorChar\)/giu, '/')
    .replace(
      /\$\((\w+)(?:\.(\w+)\(\s*['"]([^'"]*)['"]\s*\))?\)/gu,
      (whole, name: string, method?: string, given?: string) => {
        const value = values.get(name.toLowerCase()) ?? '';
        if (method === undefined) return value;
        const test = tests[method.toLowerCase()];
        return test ? String(test(slashed(value), slashed(given ?? ''))) : whole;
      },
    );
}

const tests: Readonly<Record<string, ((value: string, given: string) => boolean) | undefined>> = {
  endswith: (value, given) => value.endsWith(given),
  startswith: (value, given) => value.startsWith(given),
  contains: (value, given) => value.includes(given),
  equals: (value, given) => value === given,
};

function slashed(text: string): string {
  return text.replaceAll('\\', '/');
}

/** Null where it cannot be told. */
function conditionHolds(condition: string): boolean | null {
  const tokens = condition.match(/'[^']*'|[()]|==|!=|!|[^\s()!=']+/gu) ?? [];
  let at = 0;
  const either = (): boolean | null => {
    let value = both();
    while (tokens[at]?.toLowerCase() === 'or') {
      at++;
      const other = both();
      value = value === true || other === true ? true : value === null || other === null ? null : false;
    }
    return value;
  };
  const both = (): boolean | null => {
    let value = single();
    while (tokens[at]?.toLowerCase() === 'and') {
      at++;
      const other = single();
      value = value === false || other === false ? false : value === null || other === null ? null : true;
    }
    return value;
  };
  const single = (): boolean | null => {
    const token = tokens[at++];
    if (token === '!') {
      const value = single();
      return value === null ? null : !value;
    }
    if (token === '(') {
      const value = either();
      return tokens[at++] === ')' ? value : null;
    }
    const operator = tokens[at];
    if (token !== undefined && (operator === '==' || operator === '!=')) {
      const other = tokens[at + 1];
      at += 2;
      if (other === undefined || /[$@%]\(/u.test(token + other)) return null;
      return (bare(token) === bare(other)) === (operator === '==');
    }
    const value = bare(token ?? '');
    return value === 'true' ? true : value === 'false' ? false : null;
  };
  const value = either();
  return at === tokens.length ? value : null;
}

function bare(token: string): string {
  return slashed(token.replace(/^'|'$/gu, '')).toLowerCase();
}

/** `*` within a folder, `**` through any. */
function matcherOf(pattern: string): (path: string) => boolean {
  if (!/[*?]/u.test(pattern)) return (path) => path === pattern;
  const source = pattern
    .split('/')
    .map((part) =>
      part === '**'
        ? '(?:[^/]+/)*'
        : `${part
            .replace(/[.+^${}()|[\]\\]/gu, '\\$&')
            .replaceAll('*', '[^/]*')
            .replaceAll('?', '[^/]')}/`,
    )
    .join('');
  const matches = new RegExp(`^${source}$`, 'u');
  return (path) => matches.test(`${path}/`);
}

function elementsNamed(elements: readonly XmlElement[], name: string): readonly XmlElement[] {
  return elements.filter((element) => element.name === name);
}
