/** The classes an entity is made of, followed through imports: its own, and those it extends. */
import type { NamedFile } from './entityPlan.ts';
import type { ClassSource, FieldSource } from './entitySource.ts';
import type { ProjectPlan } from './project.ts';

export interface LocatedClass {
  readonly path: string;
  readonly class: ClassSource;
}

const maxDepth = 12;

/** Own class first; [] where the file declares no such class. */
export function lineageOf(project: ProjectPlan, path: string, name: string): readonly LocatedClass[] {
  const found: LocatedClass[] = [];
  let next: NamedFile | null = { path, name };
  while (next !== null && found.length < maxDepth) {
    const here: NamedFile = next;
    const declared = project.source(here.path)?.classes.get(here.name);
    if (!declared) break;
    found.push({ path: here.path, class: declared });
    next = declared.base === null ? null : locate(project, here.path, declared.base);
  }
  return found;
}

export function fieldOf(
  lineage: readonly LocatedClass[],
  property: string,
): (FieldSource & { readonly path: string }) | null {
  for (const { path, class: declared } of lineage) {
    const field = declared.fields.get(property);
    if (field) return { ...field, path };
  }
  return null;
}

/** Where a name that a file uses is declared: in the file itself or, through re-exports, in one it imports. */
export function locate(project: ProjectPlan, path: string, name: string): NamedFile | null {
  const source = project.source(path);
  if (!source) return null;
  if (source.declared.has(name)) return { path, name };
  const imported = source.imports.find(({ local }) => local === name);
  if (!imported) return null;
  const target = project.resolve(path, imported.module)[0];
  if (target === undefined) return null;
  const exported = imported.imported === 'default' ? name : imported.imported;
  return declaration(project, target, exported, 0);
}

function declaration(project: ProjectPlan, path: string, name: string, depth: number): NamedFile | null {
  const source = project.source(path);
  if (!source || depth > maxDepth) return null;
  if (source.declared.has(name)) return { path, name };
  for (const { exported, local, module } of source.reexports) {
    if (exported !== name && exported !== '*') continue;
    const target = project.resolve(path, module)[0];
    const found =
      target === undefined ? null : declaration(project, target, exported === '*' ? name : local, depth + 1);
    if (found) return found;
  }
  return null;
}

/** The enum, or the object of constants, that a field of the file is typed by; null where only a type stands behind it. */
export function enumOf(project: ProjectPlan, path: string, type: string): NamedFile | null {
  const found = locate(project, path, type.replace(/\[\]$/, ''));
  return found && project.source(found.path)?.values.has(found.name) === true ? found : null;
}
