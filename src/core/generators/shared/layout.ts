/** Where the project keeps which file and how it names it: found from the files that are there. */
import { singular, wordsOf } from '../../schema/words.ts';
import { directoryOf, joinPath } from '../../readers/shared/paths.ts';
import type { EntityNames, NamedFile } from './entityPlan.ts';
import { lowerFirst, pascal } from './names.ts';

/** What a file is for; the word that its name ends with. */
export type FileRole = 'query' | 'repository' | 'service' | 'controller' | 'router' | 'dto' | 'module';

export interface Layout {
  /** One folder per module with all of its files, or one folder per kind of file. */
  readonly arrangement: 'feature' | 'layer';
  readonly naming: 'kebab' | 'camel' | 'pascal' | 'snake';
  /** `order.service.ts`; false = `order-service.ts`, `OrderService.ts`. */
  readonly dotted: boolean;
  /** `orders.service.ts`, `OrdersService`. */
  readonly plural: boolean;
  readonly paths: readonly string[];
}

const roleWords = [
  'repository',
  'service',
  'controller',
  'router',
  'routes',
  'dto',
  'module',
  'entity',
  'resolver',
] as const;
const folderNames: Readonly<Record<FileRole, readonly string[]>> = {
  query: ['repositories', 'repository'],
  repository: ['repositories', 'repository'],
  service: ['services', 'service'],
  controller: ['controllers', 'controller'],
  router: ['routes', 'routers', 'router', 'controllers'],
  dto: ['dto', 'dtos'],
  module: ['modules'],
};
const entityFolders = new Set(['entities', 'entity', 'models', 'model']);
const layerFolders = new Set([...Object.values(folderNames).flat(), 'middleware', 'middlewares']);

interface Sample {
  readonly role: (typeof roleWords)[number];
  readonly naming: Layout['naming'] | null;
  readonly dotted: boolean;
  readonly stem: string;
}

export function detectLayout(
  paths: readonly string[],
  entityPaths: readonly string[],
  defaults: { readonly plural: boolean },
): Layout {
  const sources = paths.filter((path) => /\.[cm]?ts$/.test(path) && !/\.(?:d|spec|test)\.[cm]?ts$/.test(path));
  const samples = sources.flatMap((path) => sampleOf(path) ?? []);
  const counted = samples.filter(({ role }) => role !== 'entity' && role !== 'module');
  const nouns = counted.filter(({ role }) => role !== 'dto');
  const plurals = nouns.filter(({ stem }) => isPlural(stem)).length;
  const dotted = samples.length === 0 ? !entityPaths.some(isPascal) : mostly(samples, (sample) => sample.dotted);
  return {
    arrangement: isByLayer(paths, entityPaths) ? 'layer' : 'feature',
    naming: namingOf(samples, entityPaths, dotted),
    dotted,
    plural: nouns.length === 0 ? defaults.plural : plurals * 2 >= nouns.length,
    paths,
  };
}

function sampleOf(path: string): Sample | null {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.[cm]?ts$/, '');
  const dot = /^(.+)\.([a-z]+)$/.exec(name);
  const joined = dot ?? /^(.+?)[-_]?([A-Z]?[a-z]+)$/.exec(name);
  const role = roleWords.find((word) => word === joined?.[2]?.toLowerCase());
  const stem = joined?.[1];
  if (role === undefined || stem === undefined) return null;
  return { role, dotted: dot !== null, stem, naming: caseOf(dot ? stem : name) };
}

function caseOf(name: string): Layout['naming'] | null {
  if (name.includes('-')) return 'kebab';
  if (name.includes('_')) return 'snake';
  if (/^[A-Z]/.test(name)) return 'pascal';
  return /[A-Z]/.test(name) ? 'camel' : null;
}

function namingOf(samples: readonly Sample[], entityPaths: readonly string[], dotted: boolean): Layout['naming'] {
  for (const naming of ['kebab', 'pascal', 'camel', 'snake'] as const) {
    const told = samples.filter((sample) => sample.naming !== null);
    if (told.length > 0 && mostly(told, (sample) => sample.naming === naming)) return naming;
  }
  return !dotted && entityPaths.some(isPascal) ? 'pascal' : 'kebab';
}

function isPascal(path: string): boolean {
  return /(?:^|\/)[A-Z]\w*\.[cm]?ts$/.test(path);
}

function isPlural(stem: string): boolean {
  const last = wordsOf(stem).at(-1) ?? '';
  return singular(last) !== last;
}

/** The entities lie in a folder of their own beside folders of other layers, or right below the sources. */
function isByLayer(paths: readonly string[], entityPaths: readonly string[]): boolean {
  return mostly(entityPaths, (path) => {
    const folder = directoryOf(path);
    const name = folder.slice(folder.lastIndexOf('/') + 1);
    if (!entityFolders.has(name)) return false;
    const base = directoryOf(folder);
    if (/^(?:src|app|lib|server)?$/.test(base)) return true;
    const siblings = new Set(
      paths.filter((each) => each.startsWith(`${base}/`)).map((each) => each.slice(base.length + 1).split('/')[0]),
    );
    return (
      [...siblings].filter((each) => each !== undefined && layerFolders.has(each) && !each.startsWith('dto')).length > 1
    );
  });
}

function mostly<T>(items: readonly T[], is: (item: T) => boolean): boolean {
  return items.length > 0 && items.filter(is).length * 2 > items.length;
}

/** Folder of the module an entity belongs to; by layers the folder that holds them. */
export function moduleFolder(entityPath: string): string {
  const folder = directoryOf(entityPath);
  return entityFolders.has(folder.slice(folder.lastIndexOf('/') + 1)) ? directoryOf(folder) : folder;
}

/** Path and class of a file of the entity: `ProductsService` in `src/catalog/products.service.ts`. */
export function fileOf(layout: Layout, folder: string, role: Exclude<FileRole, 'dto'>, names: EntityNames): NamedFile {
  const noun = layout.plural ? { kebab: names.kebabs, type: names.types } : { kebab: names.kebab, type: names.type };
  const path = joined(folderOf(layout, folder, role), `${fileName(layout, noun.kebab.split('-'), role)}.ts`);
  return { path, name: role === 'query' ? `${names.type}Query` : noun.type + pascal([role]) };
}

/** `CreateProductDto` in `dto/create-product.dto.ts`: words before and behind the entity's own. */
export function dtoFile(layout: Layout, folder: string, words: readonly string[]): NamedFile {
  const path = joined(folderOf(layout, folder, 'dto'), `${fileName(layout, words, 'dto')}.ts`);
  return { path, name: `${pascal(words)}Dto` };
}

/** Name of a support file, where no role word ends it: `driver-errors`, `driverErrors`. */
export function plainFileName(layout: Layout, words: readonly string[]): string {
  return cased(layout.naming === 'pascal' ? 'camel' : layout.naming, words);
}

function fileName(layout: Layout, words: readonly string[], role: string): string {
  return layout.dotted ? `${cased(layout.naming, words)}.${role}` : cased(layout.naming, [...words, role]);
}

function cased(naming: Layout['naming'], words: readonly string[]): string {
  switch (naming) {
    case 'kebab':
      return words.join('-');
    case 'snake':
      return words.join('_');
    case 'pascal':
      return pascal(words);
    case 'camel':
      return lowerFirst(pascal(words));
  }
}

function folderOf(layout: Layout, folder: string, role: FileRole): string {
  const names = folderNames[role];
  const here = names.find((name) => layout.paths.some((path) => path.startsWith(`${joined(folder, name)}/`)));
  if (here !== undefined) return joined(folder, here);
  if (role === 'dto') return joined(folder, usual(layout, names) ?? 'dto');
  if (layout.arrangement === 'layer') return joined(folder, names[0] ?? role);
  const elsewhere = usual(layout, names);
  return elsewhere === null ? folder : joined(folder, elsewhere);
}

/** The subfolder that other modules have for it. */
function usual(layout: Layout, names: readonly string[]): string | null {
  return names.find((name) => layout.paths.some((path) => path.includes(`/${name}/`))) ?? null;
}

export function joined(folder: string, name: string): string {
  return joinPath(folder, name) ?? name;
}
