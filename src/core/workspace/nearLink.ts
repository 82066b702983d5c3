/**
 * Links a project anew after a keystroke by linking the few files around the one that changed, and takes everything else from the
 * link before. One mechanism for all readers that say what they need (`Reader.near`); what cannot be shown to stay near is linked whole.
 *
 * It is near where three things hold. The change lies in members of entities that no class extends, so that what others see of the
 * file (`NearFile.face`, and of its tables the keys, names and relations) is as before. The files around it are enough: linked with
 * the old text they gave what the whole project gave (`verified`). And of their other tables none comes out different.
 */
import type { Fragment, Json, LinkContext, LinkResult, Near, Reader } from '../readers/reader.ts';
import type { FileFacts } from '../schema/code.ts';
import type { Table } from '../schema/model.ts';
import { changeOf, wordsOf } from './nearChange.ts';
import type { NearChange } from './nearChange.ts';
import { faceOf, keyOf, mentions, namesTables, reachesBy, refersInto } from './nearFaces.ts';
import { neighboursOf } from './neighbours.ts';
import { isEqual } from './reuse.ts';

type Fragments = readonly Fragment[];

export interface NearLinker {
  link(reader: Reader, fragments: Fragments, context: LinkContext): LinkResult;
}

interface Memory {
  readonly fragments: Fragments;
  readonly context: LinkContext;
  readonly result: LinkResult;
  /** The files around the one that was changed last; null = they are not known to be enough. */
  readonly focus: Focus | null;
}

interface Focus {
  readonly file: string;
  /** Places of the files around it in the list of fragments, in order. */
  readonly places: readonly number[];
  /** What they gave last. */
  readonly partial: LinkResult;
  /** Tables that state something of the file, by `keyOf`. */
  readonly tables: ReadonlySet<string>;
  /** Files whose facts depend on them, the file among them. */
  readonly files: ReadonlySet<string>;
  /** Words of declarations around it that are not known to come to nothing but their own tables. */
  readonly words: ReadonlySet<string>;
  readonly bases: ReadonlySet<string>;
}

/** So few are linked whole as quickly. */
const fewFragments = 60;
/** Half-typed brackets make classes come and go: what a file was a moment ago, it is soon again. */
const most = 3;
/** After six links in vain a file is not tried until there were so many; a half-typed bracket costs two or three. */
const longPause = 30;

/**
 * @param fewest fragments of a reader from which on it is worth while
 * @param pause links in vain of a file after which it is tried again; six are tried one after the other
 */
export function createNearLinker(fewest: number = fewFragments, pause: number = longPause): NearLinker {
  const memories = new Map<string, readonly Memory[]>();
  /** Links in vain by file, one after the other: trying costs as much as linking all. */
  const unfit = new Map<string, number>();
  return {
    link(reader, fragments, context) {
      const { near } = reader;
      // What migrations build hangs on all of them.
      if (!near || fragments.length < fewest || context.source === 'migrations') return reader.link(fragments, context);
      const key = `${reader.id} ${context.source ?? ''}`;
      const before = memories.get(key) ?? [];
      const changed = fragments.find((each, at) => each !== before[0]?.fragments[at])?.file ?? '';
      const inVain = unfit.get(changed) ?? 0;
      const isTried = inVain < 6 || inVain > pause;
      const [next, from] = linkFrom(reader, near, isTried ? before : [], fragments, context);
      if (unfit.size > 99) unfit.clear();
      if (from !== null) unfit.delete(changed);
      else if (before.length > 0) unfit.set(changed, inVain > pause ? 1 : inVain + 1);
      memories.set(key, [next, ...before.filter((each) => each !== from)].slice(0, most));
      return next.result;
    },
  };
}

/** The link, and the memory that it went on from. */
function linkFrom(
  reader: Reader,
  near: Near,
  memories: readonly Memory[],
  fragments: Fragments,
  context: LinkContext,
): readonly [Memory, Memory | null] {
  for (const before of memories) {
    const next = linkNear(reader, near, before, fragments, context);
    if (next) return [next, before];
  }
  const result = shared(reader.link(fragments, context), memories[0]?.result);
  return [{ fragments, context, result, focus: null }, null];
}

/** With the tables and facts of before where they are equal: memories hold little twice, and going back to one costs the rules nothing. */
function shared(result: LinkResult, before: LinkResult | undefined): LinkResult {
  if (!before) return result;
  const tables = new Map(before.tables.map((table) => [keyOf(table), table]));
  const files = new Map(before.files.map((facts) => [facts.file, facts]));
  const kept = <Item>(known: Item | undefined, now: Item): Item =>
    known !== undefined && isEqual(known, now) ? known : now;
  return {
    ...result,
    tables: result.tables.map((table) => kept(tables.get(keyOf(table)), table)),
    files: result.files.map((facts) => kept(files.get(facts.file), facts)),
  };
}

function linkNear(
  reader: Reader,
  near: Near,
  before: Memory,
  fragments: Fragments,
  context: LinkContext,
): Memory | null {
  if (!isSameContext(before.context, context) || before.fragments.length !== fragments.length) return null;
  const changed: number[] = [];
  for (const [at, fragment] of fragments.entries()) {
    if (before.fragments[at]?.file !== fragment.file) return null;
    if (before.fragments[at] !== fragment) changed.push(at);
  }
  if (changed.length === 0) return { ...before, fragments };
  const [at = 0, ...others] = changed;
  const [old, now] = [before.fragments[at], fragments[at]];
  if (others.length > 0 || !old || !now) return null;
  const change = changeOf(old.mappings, now.mappings, near);
  if (!change || isDeclaredElsewhere(change, now, fragments, near, context)) return null;
  const focus = before.focus?.file === now.file ? before.focus : focusOn(reader, near, before, at);
  if (!focus || !isOwn(change, focus, before.result)) return null;
  const partial = reader.link(
    focus.places.flatMap((place) => fragments[place] ?? []),
    context,
  );
  const result = isNear(change, focus, partial, before.result) ? spliced(before.result, partial, focus) : null;
  return result && { fragments, context, result, focus: { ...focus, partial } };
}

function isSameContext(a: LinkContext, b: LinkContext): boolean {
  return (
    a.root === b.root &&
    a.dialect === b.dialect &&
    a.versions === b.versions &&
    (a.source ?? null) === (b.source ?? null) &&
    a.resolve === b.resolve &&
    a.dataSources.length === b.dataSources.length &&
    a.dataSources.every((each, at) => each === b.dataSources[at])
  );
}

/** What is typed names something of the project: a new relation, a type of its own. */
function isDeclaredElsewhere(
  { words }: NearChange,
  { file, mappings }: Fragment,
  fragments: Fragments,
  near: Near,
  context: LinkContext,
): boolean {
  if (words.size === 0) return false;
  const imported = near.imports(mappings);
  for (const { module, name } of imported)
    if ((name === '*' || words.has(name)) && context.resolve(file, module).length > 0) return true;
  return fragments.some(({ mappings: each }) => namesOf(each, near).some((name) => words.has(name)));
}

const known = new WeakMap<object, readonly string[]>();

function namesOf(mappings: Json, near: Near): readonly string[] {
  if (typeof mappings !== 'object' || mappings === null) return [];
  let names = known.get(mappings);
  if (!names) known.set(mappings, (names = [...near.declares(mappings), ...(near.constants?.(mappings) ?? [])]));
  return names;
}

/** The members are those of entities with a table of their own, which no class extends. */
function isOwn({ owners }: NearChange, { file, tables, bases }: Focus, { tables: all }: LinkResult): boolean {
  return [...owners].every(
    (owner) =>
      !bases.has(owner) &&
      all.some((table) => table.entity === owner && table.at.file === file && tables.has(keyOf(table))),
  );
}

function focusOn(reader: Reader, near: Near, before: Memory, at: number): Focus | null {
  const { fragments, context, result } = before;
  const file = fragments[at]?.file ?? '';
  const own = result.tables.filter((table) => mentions(table, file));
  const tables = new Set(own.map(keyOf));
  const names = new Set(own.map(({ name }) => name));
  const asking = result.files.filter((facts) => namesTables(facts, names)).map((facts) => facts.file);
  const around = neighboursOf(fragments, at, near, new Set([...asking, ...own.map((table) => table.at.file)]));
  if (!around) return null;
  const partial = reader.link(
    around.places.flatMap((place) => fragments[place] ?? []),
    context,
  );
  const files = new Set([file, ...around.dependents, ...asking]);
  if (!verified(partial, result, file, tables, files)) return null;
  const known = new Map(result.tables.map((table) => [keyOf(table), table]));
  const complete = Map.groupBy(partial.tables, (table) => table.at.file);
  const unknown = fragments.filter(
    (each) =>
      around.dependents.has(each.file) &&
      each.file !== file &&
      !complete.get(each.file)?.every((table) => isEqual(known.get(keyOf(table)), table)),
  );
  return {
    file,
    places: around.places,
    partial,
    tables,
    files,
    words: new Set(unknown.flatMap(({ mappings }) => [...wordsOf(mappings)])),
    bases: new Set(
      around.places.flatMap((place) => {
        const fragment = fragments[place];
        return fragment ? near.bases(fragment.mappings) : [];
      }),
    ),
  };
}

/** What the files around give for the file, for the tables that state something of it and for what asks them, is what all files give. */
function verified(
  partial: LinkResult,
  whole: LinkResult,
  file: string,
  tables: ReadonlySet<string>,
  files: ReadonlySet<string>,
): boolean {
  const known = new Map(whole.tables.map((table) => [keyOf(table), table]));
  const found = partial.tables.filter((table) => mentions(table, file));
  if (found.length !== tables.size) return false;
  if (!found.every((table) => tables.has(keyOf(table)) && isEqual(known.get(keyOf(table)), table))) return false;
  const facts = new Map(partial.files.map((each) => [each.file, each]));
  if (!whole.files.every((each) => !files.has(each.file) || isEqual(facts.get(each.file), each))) return false;
  const ofFile = ({ at }: { readonly at: { readonly file: string } | null }): boolean => at?.file === file;
  return (
    (partial.dialect ?? null) === (whole.dialect ?? null) &&
    isEqual(partial.enums.filter(ofFile), whole.enums.filter(ofFile)) &&
    isEqual(partial.problems.filter(ofFile), whole.problems.filter(ofFile))
  );
}

/** Nothing but the tables of the file comes out different, and they in nothing that others rest on. */
function isNear(change: NearChange, focus: Focus, partial: LinkResult, whole: LinkResult): boolean {
  const { file, tables, files, words, partial: last } = focus;
  if ([...change.names].some((name) => words.has(name))) return false;
  if (whole.files.some((facts) => !files.has(facts.file) && reachesBy(facts, change.names))) return false;
  if (partial.tables.length !== last.tables.length) return false;
  const before = new Map<string, Table>(last.tables.map((table) => [keyOf(table), table]));
  if (before.size !== last.tables.length) return false;
  for (const table of partial.tables) {
    const key = keyOf(table);
    const known = before.get(key);
    if (!known || tables.has(key) !== mentions(table, file)) return false;
    if (!tables.has(key) ? !isEqual(known, table) : faceOf(known, last.tables) !== faceOf(table, partial.tables))
      return false;
  }
  const elsewhere = ({ at }: { readonly at: { readonly file: string } | null }): boolean => at?.file !== file;
  return (
    !refersInto(partial.tables, tables, change.names) &&
    (partial.dialect ?? null) === (last.dialect ?? null) &&
    isEqual(partial.enums.filter(elsewhere), last.enums.filter(elsewhere)) &&
    isEqual(partial.problems.filter(elsewhere), last.problems.filter(elsewhere))
  );
}

function spliced(whole: LinkResult, partial: LinkResult, { file, tables, files }: Focus): LinkResult {
  const now = new Map(partial.tables.map((table) => [keyOf(table), table]));
  const facts = new Map<string, FileFacts>(partial.files.map((each) => [each.file, each]));
  const replaced = <Item extends { readonly at: { readonly file: string } | null }>(
    all: readonly Item[],
    found: readonly Item[],
  ): readonly Item[] => [...all.filter(({ at }) => at?.file !== file), ...found.filter(({ at }) => at?.file === file)];
  return {
    ...whole,
    tables: whole.tables.map((table) => {
      const key = keyOf(table);
      return tables.has(key) ? (now.get(key) ?? table) : table;
    }),
    enums: replaced(whole.enums, partial.enums),
    files: whole.files.map((each) => (files.has(each.file) ? (facts.get(each.file) ?? each) : each)),
    problems: replaced(whole.problems, partial.problems),
  };
}
