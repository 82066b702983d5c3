/** Under which path an entity is served, next to what the project does for its other routes. */
import { wordsOf } from '../../schema/words.ts';
import type { EntityPlan } from '../shared/entityPlan.ts';
import type { ProjectPlan } from '../shared/project.ts';

export interface Route {
  /** Plural, in kebab case: `stock-levels`. */
  readonly resource: string;
  /** The version is part of the path by the framework's own means (`app.enableVersioning()`) or by the global prefix. */
  readonly versioned: 'by-us' | 'by-framework' | 'by-prefix';
  /** As a request names it, without a global prefix: `/v1/stock-levels`. */
  readonly path: string;
}

export function routeOf(project: ProjectPlan, entity: EntityPlan): Route {
  const resource = entity.names.kebabs;
  const text = startOf(project)?.text ?? '';
  if (text.includes('.enableVersioning(')) return { resource, versioned: 'by-framework', path: `/v1/${resource}` };
  if (/\.setGlobalPrefix\(\s*['"`][^'"`]*\bv\d/u.test(text))
    return { resource, versioned: 'by-prefix', path: `/${resource}` };
  return { resource, versioned: 'by-us', path: `/v1/${resource}` };
}

/** The file that makes the application: `NestFactory.create(AppModule)`. */
export function startOf(project: ProjectPlan): { readonly path: string; readonly text: string } | null {
  const candidates = project.request.files.paths.filter(
    (path) =>
      /(?:^|\/)(?:main|index|server|app|bootstrap)\.[cm]?ts$/u.test(path) && !/(?:^|\/)(?:test|dist)\//u.test(path),
  );
  for (const path of candidates) {
    const text = project.request.files.read(path) ?? '';
    if (/\bNestFactory\.create\b/u.test(text)) return { path, text };
  }
  return null;
}

/** File of an endpoint that would answer the same requests; null = the path is free. */
export function takenBy(project: ProjectPlan, path: string, ownFile: string): string | null {
  for (const file of project.request.schema.code.files)
    for (const endpoint of file.endpoints) {
      const other = project.pathOf(endpoint.at);
      if (other !== ownFile && wordsOf(endpoint.path).join() === wordsOf(path).join()) return other;
    }
  return null;
}
