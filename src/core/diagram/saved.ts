/** A view of a diagram as it is kept in a project, `.data-engineer/diagrams/<name>.json`: what was chosen, and where tables were put. */
import { collapsedId, moduleOfBox } from './applyView.ts';
import type { DiagramModel } from './model.ts';
import { parseView, plainView } from './view.ts';
import type { DiagramView } from './view.ts';

/** Relative to the project's root. */
export const savedFolder = '.data-engineer/diagrams';
/** The view that is there without having been made. */
export const defaultName = 'default';

/**
 * Where tables stand once the user has put one somewhere: table id (or `collapsedId` of a module) → top left corner, in whole
 * pixels. Empty: all stand where the automatic layout puts them. From then on all of them are kept, because an automatic
 * layout of the others would move them with every change of the schema.
 */
export type Places = Readonly<Record<string, readonly [x: number, y: number]>>;

export interface SavedDiagram {
  /** What the user has chosen; what is left out is as at first. */
  readonly view: Partial<DiagramView>;
  readonly places: Places;
  /** Fields of the file that mean nothing to us and are kept. */
  readonly other: Readonly<Record<string, unknown>>;
}

export const nothingSaved: SavedDiagram = { view: {}, places: {}, other: {} };

const version = 1;

export type ParsedSaved =
  | { readonly saved: SavedDiagram }
  /** Why it cannot be used, as the end of a sentence that begins with the file's name. */
  | { readonly problem: string };

export function parseSaved(text: string): ParsedSaved {
  let data: unknown;
  try {
    data = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const conflict = /^(?:<{7}|>{7}) /m.test(text);
    return {
      problem: conflict
        ? 'holds the marks of a merge conflict: choose one line of each pair'
        : `is not valid JSON (${error instanceof Error ? error.message : String(error)})`,
    };
  }
  if (!isRecord(data)) return { problem: 'is not a JSON object' };
  const { version: given, view, tables, modules, ...other } = data;
  if (typeof given !== 'number') return { problem: 'states no "version"' };
  if (given > version)
    return { problem: `is of version ${given}, which a newer Data Engineer has written: update to use it` };
  if (given < 1) return { problem: `states the version ${given}, which there never was` };
  const parts = { view: view ?? {}, tables: tables ?? {}, modules: modules ?? {} };
  for (const [name, part] of Object.entries(parts))
    if (!isRecord(part)) return { problem: `has no object at "${name}"` };
  const places = new Map<string, readonly [number, number]>();
  for (const [kind, part] of [
    ['tables', parts.tables],
    ['modules', parts.modules],
  ] as const)
    for (const [id, place] of Object.entries(isRecord(part) ? part : {})) {
      const list: readonly unknown[] = Array.isArray(place) ? place : [];
      const [x, y, more] = list;
      if (!isPlace(x) || !isPlace(y) || more !== undefined)
        return { problem: `has no place [x, y] at "${kind}.${id}"` };
      places.set(kind === 'tables' ? id : collapsedId(id), [Math.round(x), Math.round(y)]);
    }
  return { saved: { view: chosen(isRecord(parts.view) ? parts.view : {}), places: Object.fromEntries(places), other } };
}

/** Further away than this nothing can be seen, and sums lose their precision. */
const furthest = 1e6;

function isPlace(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= furthest;
}

/** Only what the file names, each value as `parseView` takes it. */
function chosen(given: Readonly<Record<string, unknown>>): Partial<DiagramView> {
  return Object.fromEntries(Object.entries(parseView(given)).filter(([name]) => name in given));
}

/** One line per table and choice, sorted by code unit: two branches that move different tables merge. */
export function renderSaved({ view, places, other }: SavedDiagram): string {
  const plain: Readonly<Record<string, unknown>> = { ...plainView };
  const choices = Object.entries(view).filter(
    ([name, value]) => name === 'detail' || JSON.stringify(value) !== JSON.stringify(plain[name]),
  );
  const tables = new Map<string, unknown>();
  const modules = new Map<string, unknown>();
  for (const [id, place] of Object.entries(places)) {
    const module = moduleOfBox(id);
    if (module === null) tables.set(id, place);
    else modules.set(module, place);
  }
  const sections = [
    `  "version": ${version}`,
    ...section('view', new Map(choices.map(([name, value]) => [name, sorted(value)]))),
    ...section('modules', modules),
    ...section('tables', tables),
    ...Object.keys(other)
      .sort()
      .map((name) => `  ${JSON.stringify(name)}: ${JSON.stringify(other[name])}`),
  ];
  return `{\n${sections.join(',\n')}\n}\n`;
}

function section(name: string, entries: ReadonlyMap<string, unknown>): readonly string[] {
  if (entries.size === 0) return [];
  const lines = [...entries.keys()].sort().map((key) => {
    const value = entries.get(key);
    const text = Array.isArray(value)
      ? `[${value.map((entry) => JSON.stringify(entry)).join(', ')}]`
      : JSON.stringify(value);
    return `    ${JSON.stringify(key)}: ${text}`;
  });
  return [`  "${name}": {\n${lines.join(',\n')}\n  }`];
}

function sorted(value: unknown): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, value[key]]),
  );
}

/** Boxes of modules that were collapsed after their tables had been put in places stand where the first of those stood. */
export function withBoxes(
  places: Places,
  { modules }: Pick<DiagramModel, 'modules'>,
  collapsed: readonly string[],
): Places {
  const boxes = modules.flatMap(({ id, tables }): (readonly [string, readonly [number, number]])[] => {
    const members = tables.flatMap((table) => (Object.hasOwn(places, table) ? [places[table]] : []));
    const known = members.filter((place) => place !== undefined);
    if (!collapsed.includes(id) || Object.hasOwn(places, collapsedId(id)) || known.length === 0) return [];
    return [[collapsedId(id), [Math.min(...known.map(([x]) => x)), Math.min(...known.map(([, y]) => y))]]];
  });
  return boxes.length === 0 ? places : { ...places, ...Object.fromEntries(boxes) };
}

/**
 * What was changed here, on top of what was changed in the file meanwhile: table by table and choice by choice, here wins.
 * `base`: what both began with.
 */
export function mergeSaved(base: SavedDiagram, here: SavedDiagram, there: SavedDiagram): SavedDiagram {
  return {
    view: mergeRecords(base.view, here.view, there.view),
    places: mergeRecords(base.places, here.places, there.places),
    other: there.other,
  };
}

function mergeRecords<T extends Readonly<Record<string, unknown>>>(base: T, here: T, there: T): T {
  const merged = new Map<string, unknown>(Object.entries(there));
  for (const name of new Set([...Object.keys(base), ...Object.keys(here)])) {
    if (JSON.stringify(base[name]) === JSON.stringify(here[name])) continue;
    if (here[name] === undefined) merged.delete(name);
    else merged.set(name, here[name]);
  }
  return Object.fromEntries(merged) as T;
}

/** Names that Windows keeps for devices. */
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
const longestName = 80;

/** Why a view cannot be called so, in words; null where it can: the name is that of a file on every system. */
export function nameProblem(name: string, taken: readonly string[]): 'empty' | 'characters' | 'long' | 'taken' | null {
  if (name.trim() === '') return 'empty';
  if (name.length > longestName) return 'long';
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f<>:"/\\|?*]/u.test(name) || /^[. ]|[. ]$/.test(name) || deviceName.test(name)) return 'characters';
  // Some file systems know no difference between cases.
  return taken.some((other) => other.toLowerCase() === name.toLowerCase()) ? 'taken' : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
