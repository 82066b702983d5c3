/** Tells the modules of a NestJS application of new classes: an import and an entry in a list, nothing else changes. */
import { ancestorsOf, directoryOf } from '../../readers/shared/paths.ts';
import type { TextEdit } from '../../schema/source.ts';
import { applyEdits } from '../../writers/shared/edits.ts';
import { quoted, styleOf } from '../../writers/shared/style.ts';
import type { FileEdits } from '../generator.ts';
import { formatCode } from '../shared/format.ts';
import { specifierOf } from '../shared/imports.ts';
import type { Registration } from '../shared/layer.ts';
import { lineEdits } from '../shared/lineEdits.ts';
import type { ProjectPlan } from '../shared/project.ts';
import { readModule } from './moduleSource.ts';
import type { ListItem, ModuleList, ModuleSource } from './moduleSource.ts';

export interface ModuleEdits {
  readonly edits: readonly FileEdits[];
  readonly notes: readonly string[];
}

export async function registerInModules(
  project: ProjectPlan,
  registrations: readonly Registration[],
): Promise<ModuleEdits> {
  const byFile = new Map<string, Registration[]>();
  const notes: string[] = [];
  for (const registration of registrations) {
    const path = registration.kind === 'filter' ? rootModule(project) : moduleOf(project, registration);
    if (path === null) notes.push(`No module was found for ${registration.class.name}: register it where it belongs.`);
    else byFile.set(path, [...(byFile.get(path) ?? []), registration]);
  }
  const edits: FileEdits[] = [];
  for (const [path, wanted] of [...byFile].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const result = await editModule(project, path, wanted);
    if (result.edits.length > 0) edits.push({ path, edits: result.edits, label: result.label });
    notes.push(...result.notes);
  }
  return { edits, notes: [...new Set(notes)] };
}

const moduleFile = /\.module\.[cm]?ts$/;

/** In the folder or the nearest above it: the module that has the entity already, else the one named after its folder. */
function moduleOf(project: ProjectPlan, { folder, class: registered, kind }: Registration): string | null {
  const { paths } = project.request.files;
  for (const ancestor of ancestorsOf(folder)) {
    const here = paths.filter((path) => moduleFile.test(path) && directoryOf(path) === ancestor);
    const knows = (path: string): boolean => {
      const features = sourceOf(project, path)?.features?.items ?? [];
      return kind === 'entity' && features.some(({ text }) => text === registered.name);
    };
    const name = ancestor.slice(ancestor.lastIndexOf('/') + 1);
    const found = here.find(knows) ?? here.find((path) => path.includes(`/${name}.module.`)) ?? here[0];
    if (found !== undefined) return found;
  }
  return null;
}

/** The module that the application is made from. */
function rootModule(project: ProjectPlan): string | null {
  const modules = project.request.files.paths.filter((path) => moduleFile.test(path));
  return modules.find((path) => /(?:^|\/)app\.module\.[cm]?ts$/.test(path)) ?? null;
}

function sourceOf(project: ProjectPlan, path: string): ModuleSource | null {
  const text = project.request.files.read(path);
  return text === null ? null : readModule(text, project.request.syntax);
}

async function editModule(
  project: ProjectPlan,
  path: string,
  registrations: readonly Registration[],
): Promise<{ readonly edits: readonly TextEdit[]; readonly label: string; readonly notes: readonly string[] }> {
  const text = project.request.files.read(path) ?? '';
  const names = [...new Set(registrations.map((each) => each.class.name))];
  let current = text;
  const registered = new Set<string>();
  for (const registration of registrations) {
    const source = readModule(current, project.request.syntax);
    if (!source)
      return {
        edits: [],
        label: '',
        notes: [`${path} has no literal @Module({ … }): register ${names.join(', ')} there.`],
      };
    // Nothing imports the root module, so it has nobody to export to.
    const exported = registration.exported && path !== rootModule(project);
    const entries = entriesOf(source, { ...registration, exported });
    const blocked = entries.find(({ key }) => source.opaque.has(key));
    if (blocked)
      return {
        edits: [],
        label: '',
        notes: [`"${blocked.key}" of ${source.className} is not a literal list: add ${names.join(', ')} to it.`],
      };
    for (const { key, text: entry, imports } of entries) {
      const next = withEntry(project, path, current, key, entry, imports);
      if (next !== current) registered.add(registration.class.name);
      current = next;
    }
  }
  if (current === text) return { edits: [], label: '', notes: [] };
  const className = readModule(text, project.request.syntax)?.className ?? path;
  return {
    edits: lineEdits(path, text, await inOwnLayout(project, text, current)),
    label: `Register ${[...registered].join(', ')} in ${className}`,
    notes: [],
  };
}

/** A file that Prettier leaves as it is stays so; any other keeps its own layout. */
async function inOwnLayout(project: ProjectPlan, before: string, after: string): Promise<string> {
  try {
    const stable = (await formatCode(before, project.style)) === before;
    return stable ? await formatCode(after, project.style) : after;
  } catch {
    return after;
  }
}

interface Entry {
  readonly key: string;
  readonly text: string;
  readonly imports: readonly (readonly [name: string, from: { readonly file: string } | { readonly module: string }])[];
}

/** What has to be added; nothing where the module has it. */
function entriesOf(source: ModuleSource, { kind, class: registered, exported }: Registration): Entry[] {
  const { name, path } = registered;
  const own = [[name, { file: path }]] as const;
  const has = (key: string): boolean =>
    (source.lists.get(key)?.items ?? []).some(({ text }) => new RegExp(`\\b${name}\\b`).test(text));
  switch (kind) {
    case 'controller':
      return has('controllers') ? [] : [{ key: 'controllers', text: name, imports: own }];
    case 'provider':
      return [
        ...(has('providers') ? [] : [{ key: 'providers', text: name, imports: own }]),
        ...(!exported || has('exports') ? [] : [{ key: 'exports', text: name, imports: own }]),
      ];
    case 'filter': {
      if ((source.lists.get('providers')?.items ?? []).some(({ text }) => text.includes('APP_FILTER'))) return [];
      const imports = [...own, ['APP_FILTER', { module: '@nestjs/core' }] as const];
      return [{ key: 'providers', text: `{ provide: APP_FILTER, useClass: ${name} }`, imports }];
    }
    case 'entity': {
      if (source.features?.items.some(({ text }) => text === name) === true) return [];
      if (source.features) return [{ key: 'features', text: name, imports: own }];
      const imports = [...own, ['TypeOrmModule', { module: '@nestjs/typeorm' }] as const];
      return [{ key: 'imports', text: `TypeOrmModule.forFeature([${name}])`, imports }];
    }
  }
}

function withEntry(
  project: ProjectPlan,
  path: string,
  text: string,
  key: string,
  entry: string,
  imports: Entry['imports'],
): string {
  let current = text;
  const source = readModule(current, project.request.syntax);
  if (!source) return text;
  const list = key === 'features' ? source.features : source.lists.get(key);
  current = applyEdits(current, [
    list ? intoList(path, current, list, entry) : newList(path, current, source, key, entry),
  ]);
  for (const [name, from] of imports) current = withImport(project, path, current, name, from);
  return current;
}

/** In its place where the list is sorted, else behind the last. */
function intoList(path: string, text: string, list: ModuleList, entry: string): TextEdit {
  const last = list.items.at(-1);
  if (!last) return insertion(path, list.start + 1, entry);
  const next = isSorted(list.items) ? list.items.find((item) => item.text > entry) : undefined;
  const multiLine = /^\s*\n/.test(text.slice(list.start + 1, list.items[0]?.start ?? list.start + 1));
  const separator = multiLine ? lineBreakBefore(text, last) : ' ';
  return next
    ? insertion(path, next.start, `${entry},${separator}`)
    : insertion(path, last.end, `,${separator}${entry}`);
}

function isSorted(items: readonly ListItem[]): boolean {
  return items.every(({ text }, at) => at === 0 || (items[at - 1]?.text ?? '') <= text);
}

/** Line break and indentation in front of an element. */
function lineBreakBefore(text: string, { start }: ListItem): string {
  return /\r?\n[ \t]*$/.exec(text.slice(0, start))?.[0] ?? ' ';
}

const order = ['imports', 'controllers', 'providers', 'exports'];

/** Behind the lists that usually stand before it. */
function newList(path: string, text: string, source: ModuleSource, key: string, entry: string): TextEdit {
  const { eol, indent } = styleOf(text);
  const before = order.slice(0, order.indexOf(key)).flatMap((each) => source.lists.get(each) ?? []);
  const previous = before.toSorted((a, b) => a.end - b.end).at(-1);
  if (!previous)
    return insertion(
      path,
      source.object.start + 1,
      `${eol}${indent}${key}: [${entry}],${source.lists.size === 0 ? eol : ''}`,
    );
  const comma = /^\s*,/.exec(text.slice(previous.end))?.[0];
  const addition = `${comma === undefined ? ',' : ''}${eol}${indent}${key}: [${entry}]${comma === undefined ? '' : ','}`;
  return insertion(path, previous.end + (comma?.length ?? 0), addition);
}

function withImport(
  project: ProjectPlan,
  path: string,
  text: string,
  name: string,
  from: { readonly file: string } | { readonly module: string },
): string {
  const source = readModule(text, project.request.syntax);
  if (!source || source.imports.some(({ names }) => names.includes(name))) return text;
  const module = 'file' in from ? specifierOf(project, path, from.file) : from.module;
  const style = styleOf(text);
  const existing = source.imports.find((each) => each.module === module && each.names.length > 0);
  if (existing) {
    const names = [...existing.names, name].toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
    const start = existing.start + existing.text.indexOf('{');
    const end = existing.start + existing.text.indexOf('}') + 1;
    return applyEdits(text, [{ file: path, start, end, newText: `{ ${names.join(', ')} }` }]);
  }
  const statement = `import { ${name} } from ${quoted(module, style)}${style.semicolons ? ';' : ''}`;
  const next = importAfter(source, module);
  const last = source.imports.at(-1);
  if (next) return applyEdits(text, [insertion(path, next.start, statement + style.eol)]);
  return applyEdits(text, [insertion(path, last?.end ?? 0, last ? style.eol + statement : statement + style.eol)]);
}

/** The import to stand before, where those of its kind are sorted by their module. */
function importAfter({ imports }: ModuleSource, module: string): ListItem | undefined {
  const kind = (name: string): number => (name.startsWith('./') ? 2 : name.startsWith('../') ? 1 : 0);
  const alike = imports.filter((each) => kind(each.module) === kind(module));
  const sorted = alike.every((each, at) => at === 0 || (alike[at - 1]?.module ?? '') <= each.module);
  return alike.length > 1 && sorted ? alike.find((each) => each.module > module) : undefined;
}

function insertion(file: string, at: number, newText: string): TextEdit {
  return { file, start: at, end: at, newText };
}
