/**
 * Which manifests make one application together. A model is often spread over several build units (entities in `Shop.Domain`, the context
 * that maps them in `Shop.Infrastructure`; a parent `pom.xml` with modules), so units that refer to each other are one project,
 * and those that do not are not: two services of one repository may both have a table `users`.
 */
import { ancestorsOf, directoryOf, joinPath } from '../readers/shared/paths.ts';
import { childrenNamed, parseXml, textOf } from '../syntax/xml.ts';
import type { XmlElement } from '../syntax/xml.ts';
import { dotnetReferences } from './msbuild.ts';
import type { BuildFile, References } from './msbuild.ts';
import { byCodeUnit } from './order.ts';
import { fileNameOf, isSharedBuild } from './relevance.ts';

export interface BuildGroup {
  /** Folder that stands for the group: the one that its members share, where that is no other project's. */
  readonly root: string;
  /** Folders of its units, sorted; two or more. */
  readonly members: readonly string[];
}

/** @param manifests all of the workspace, and what .NET's share; kinds that refer to no other are passed over */
export function buildGroupsOf(manifests: readonly BuildFile[]): readonly BuildGroup[] {
  const units = new Set<string>();
  const edges: (readonly [string, string])[] = [];
  for (const kind of [dotnetReferences, mavenReferences, gradleReferences]) {
    const found = kind(manifests);
    for (const folder of found.units) units.add(folder);
    edges.push(...found.edges);
  }
  const taken = new Set(
    manifests.flatMap(({ path }) => (isSharedBuild(path) || units.has(directoryOf(path)) ? [] : [directoryOf(path)])),
  );
  return components(units, edges)
    .filter((members) => members.length > 1)
    .sort((a, b) => b.length - a.length || byCodeUnit(a[0] ?? '', b[0] ?? ''))
    .map((members) => {
      const shared = members.reduce(sharedFolder);
      const shortest = members.toSorted((a, b) => a.length - b.length || byCodeUnit(a, b))[0] ?? shared;
      const root = taken.has(shared) ? shortest : shared;
      taken.add(root);
      return { root, members };
    });
}

/** A dependency on what another `pom.xml` of the workspace builds. A common parent alone joins nothing: services share one as well. */
function mavenReferences(manifests: readonly BuildFile[]): References {
  const poms = manifests
    .filter(({ path }) => fileNameOf(path) === 'pom.xml')
    .map(({ path, text }) => ({ folder: directoryOf(path), project: parseXml(text).find(isNamed('project')) }));
  const byArtifact = new Map(
    poms.flatMap(({ folder, project }) => {
      const artifact = project && textAt(project, 'artifactId');
      return artifact ? [[artifact, folder] as const] : [];
    }),
  );
  return {
    units: poms.map(({ folder }) => folder),
    edges: poms.flatMap(({ folder, project }) =>
      (project ? childrenNamed(project, 'dependencies') : []).flatMap((list) =>
        childrenNamed(list, 'dependency').flatMap((dependency) => {
          const target = byArtifact.get(textAt(dependency, 'artifactId'));
          return target === undefined ? [] : [[folder, target] as const];
        }),
      ),
    ),
  };
}

/** `implementation(project(":domain:orders"))` and `projects.domain.orders`, paths from the build's root. */
function gradleReferences(manifests: readonly BuildFile[]): References {
  const builds = manifests.filter(({ path }) => /^(?:build|dependencies)\.gradle(?:\.kts)?$/u.test(fileNameOf(path)));
  const folders = new Set(
    builds.filter(({ path }) => fileNameOf(path).startsWith('build')).map(({ path }) => directoryOf(path)),
  );
  return {
    units: [...folders],
    edges: builds.flatMap(({ path, text }) => {
      const from = directoryOf(path);
      if (!folders.has(from)) return [];
      const named = [
        ...[...text.matchAll(/\bproject\s*\(\s*(?:path\s*[:=]\s*)?['"]:([\w.:-]+)['"]/gu)].map(([, name]) =>
          (name ?? '').replaceAll(':', '/'),
        ),
        ...[...text.matchAll(/\(\s*projects\.([\w.]+)\s*\)/gu)].map(([, name]) =>
          (name ?? '').replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`).replaceAll('.', '/'),
        ),
      ];
      return named.flatMap((name) => {
        // Paths count from the build's root, whose own settings file is not read: the nearest folder above that fits.
        const target = ancestorsOf(from)
          .slice(1)
          .map((folder) => joinPath(folder, name))
          .find((folder) => folder !== null && folders.has(folder));
        return target === undefined || target === null ? [] : [[from, target] as const];
      });
    }),
  };
}

function isNamed(name: string): (element: XmlElement) => boolean {
  return (element) => element.name === name;
}

function textAt(element: XmlElement, name: string): string {
  const [child] = childrenNamed(element, name);
  return child ? textOf(child).trim() : '';
}

function sharedFolder(a: string, b: string): string {
  const [left, right] = [a.split('/'), b.split('/')];
  const differs = left.findIndex((part, index) => part !== right[index]);
  return left.slice(0, differs < 0 ? left.length : differs).join('/');
}

/** Connected ones together; members sorted. */
function components(units: ReadonlySet<string>, edges: readonly (readonly [string, string])[]): readonly string[][] {
  const neighbours = new Map([...units].map((unit): [string, string[]] => [unit, []]));
  for (const [from, to] of edges) {
    neighbours.get(from)?.push(to);
    neighbours.get(to)?.push(from);
  }
  const seen = new Set<string>();
  return [...units].sort(byCodeUnit).flatMap((start) => {
    if (seen.has(start)) return [];
    const members = [start];
    seen.add(start);
    for (const member of members)
      for (const next of neighbours.get(member) ?? [])
        if (!seen.has(next)) {
          seen.add(next);
          members.push(next);
        }
    return [members.sort(byCodeUnit)];
  });
}
