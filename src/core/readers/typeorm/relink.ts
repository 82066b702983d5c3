/**
 * Links the entities of a project file by file, and of what it linked before keeps the files that the change cannot have touched.
 * What it returns depends on the declarations and the context alone: memory saves work and decides nothing.
 *
 * After a change these files are linked again: those that changed, those whose expressions read something of them
 * (`Consultations`), and, as long as what others see of an entity (its face) comes out different, those it is related to. They
 * are linked together with the entities they refer to, whose own tables may come out incomplete and are not looked at.
 */
import type { DataSource } from '../../schema/code.ts';
import type { Problem } from '../../schema/source.ts';
import type { LinkContext } from '../reader.ts';
import { Consultations } from '../shared/typescript/consulted.ts';
import type { Declarations } from '../shared/typescript/declarations.ts';
import { createEvaluator } from '../shared/typescript/evaluate.ts';
import { createModuleGraph } from '../shared/typescript/moduleGraph.ts';
import { buildEntities } from './build.ts';
import { namingStrategies } from './customNaming.ts';
import { linkedFiles } from './linkedFile.ts';
import type { LinkedFile } from './linkedFile.ts';
import type { Target } from './model.ts';
import { hasPlainKey, isShared, referencesOf, referredColumns } from './references.ts';
import type { Reference } from './references.ts';
import { settingsFor } from './settings.ts';
import { createTargets, mayBeSchema } from './targets.ts';
import type { DeclaredFile } from './targets.ts';

export interface Linked {
  /** Those with entities, in their order. */
  readonly files: readonly LinkedFile[];
  /** Of no file: what naming strategies cannot do. */
  readonly problems: readonly Problem[];
}

interface Memory {
  readonly context: LinkContext;
  readonly consulted: Consultations;
  readonly referredColumns: Set<string>;
  readonly declarations: ReadonlyMap<string, Declarations>;
  /** In the order of the files. */
  readonly files: ReadonlyMap<string, LinkedFile>;
  readonly linked: Linked;
  /** Schemas are known by the objects they evaluate to, and naming strategies report while they name: all or nothing then. */
  readonly isWhole: boolean;
}

/** So few are linked faster than it takes to tell that all would be as quick. */
const fewFiles = 50;

/** By the resolver, which lives as long as the set of files and the configuration; then by root. */
const memories = new WeakMap<LinkContext['resolve'], Map<string, Memory>>();

export function relink(files: readonly DeclaredFile[], context: LinkContext): Linked {
  let byRoot = memories.get(context.resolve);
  if (!byRoot) memories.set(context.resolve, (byRoot = new Map<string, Memory>()));
  const before = byRoot.get(context.root);
  const changed = before && isUsable(before, files, context) ? linkChanged(before, files, context) : null;
  const memory = changed ?? linkAll(files, context);
  byRoot.set(context.root, memory);
  return memory.linked;
}

function isUsable(before: Memory, files: readonly DeclaredFile[], context: LinkContext): boolean {
  const { dialect, versions, dataSources } = before.context;
  return (
    !before.isWhole &&
    dialect === context.dialect &&
    versions === context.versions &&
    sameItems(dataSources, context.dataSources) &&
    files.length === before.declarations.size &&
    files.every(({ file }) => before.declarations.has(file))
  );
}

function sameItems(a: readonly DataSource[], b: readonly DataSource[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

function linkAll(files: readonly DeclaredFile[], context: LinkContext): Memory {
  const run = runOver(files, context, new Consultations(), new Set());
  const linked = run.link(
    files.map(({ file }) => file),
    new Map(),
  );
  const isWhole = run.problems.length > 0 || files.some(({ declarations }) => hasSchema(declarations));
  return remember(run, new Map(files.map((each) => [each.file, each.declarations])), context, linked, isWhole);
}

/** Null where it is not worth while, or where only all files together give the result. */
function linkChanged(before: Memory, files: readonly DeclaredFile[], context: LinkContext): Memory | null {
  const changed = files.filter(({ file, declarations }) => before.declarations.get(file) !== declarations);
  if (changed.length === 0) return before;
  if (changed.some(({ declarations }) => hasSchema(declarations))) return null;
  const renamed = changed.filter(({ file, declarations }) => {
    const known = before.declarations.get(file);
    return !known || namesOf(known) !== namesOf(declarations);
  });
  const selected = before.consulted.dependents(
    changed.map(({ file }) => file),
    renamed.map(({ file }) => file),
  );
  if (context.dataSources.some(({ namingStrategy, at }) => namingStrategy !== null && selected.has(at.file)))
    return null;
  const run = runOver(files, context, before.consulted, before.referredColumns);
  const known = before.files;
  const shared = [...known.keys()].filter((file) => known.get(file)?.shared);
  for (;;) {
    if (shared.some((file) => selected.has(file))) for (const file of shared) selected.add(file);
    if (selected.size > Math.max(fewFiles, files.length / 3)) return null;
    const linked = run.link(selected, known);
    if (run.problems.length > 0) return null;
    const size = selected.size;
    for (const file of touched(linked, known)) selected.add(file);
    for (const [file, each] of linked) if (each.shared) for (const other of shared.concat(file)) selected.add(other);
    if (selected.size > size) continue;
    const merged = new Map(known);
    for (const [file, each] of linked) merged.set(file, keepEqual(known.get(file), each));
    const declarations = new Map(before.declarations);
    for (const each of changed) declarations.set(each.file, each.declarations);
    return remember(run, declarations, context, merged, false);
  }
}

/** Files related to entities that others now see differently. */
function touched(linked: ReadonlyMap<string, LinkedFile>, known: ReadonlyMap<string, LinkedFile>): ReadonlySet<string> {
  const files = new Set<string>();
  let hasNewNames = false;
  const changed = [...linked].filter(([file, { faces }]) => !equal(known.get(file)?.faces, faces));
  for (const [file, each] of changed) {
    for (const other of [...each.refersTo, ...(known.get(file)?.refersTo ?? [])]) files.add(other);
    hasNewNames ||= !equal(known.get(file)?.names, each.names);
  }
  if (changed.length === 0) return files;
  for (const [file, { refersTo, refersByName }] of known)
    if ((hasNewNames && refersByName) || changed.some(([other]) => refersTo.has(other))) files.add(file);
  return files;
}

/** Tables that come out as before are the objects of before, so that whoever looks at them sees that nothing changed. */
function keepEqual(before: LinkedFile | undefined, linked: LinkedFile): LinkedFile {
  if (!before || before.shared || linked.shared) return linked;
  const keep = <K extends 'declared' | 'junctions' | 'closures' | 'problems'>(key: K): LinkedFile[K] =>
    equal(before[key], linked[key]) ? before[key] : linked[key];
  return {
    ...linked,
    declared: keep('declared'),
    junctions: keep('junctions'),
    closures: keep('closures'),
    problems: keep('problems'),
  };
}

function equal(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

interface Run {
  readonly problems: readonly Problem[];
  readonly consulted: Consultations;
  readonly referredColumns: Set<string>;
  /** `known`: the other files as they were linked before. */
  link(selected: Iterable<string>, known: ReadonlyMap<string, LinkedFile>): ReadonlyMap<string, LinkedFile>;
}

function runOver(
  files: readonly DeclaredFile[],
  context: LinkContext,
  consulted: Consultations,
  referred: Set<string>,
): Run {
  const graph = createModuleGraph(files, (from, module) => context.resolve(from, module), consulted);
  const evaluator = createEvaluator(graph);
  const problems: Problem[] = [];
  const legacy = /^[~^]?0\./.test(context.versions?.typeorm ?? '');
  const namingOf = namingStrategies(evaluator, (problem) => problems.push(problem), legacy);
  const dataSources = [...new Set(context.dataSources)];
  const settingsOf = settingsFor({ dialect: context.dialect, dataSources, legacy, namingOf });
  const declared = new Map(files.map((each) => [each.file, each]));

  function link(selected: Iterable<string>, known: ReadonlyMap<string, LinkedFile>): ReadonlyMap<string, LinkedFile> {
    const wanted = [...selected];
    const targets = createTargets(evaluator);
    const references = new Map<string, readonly Reference[]>();
    const filesNamed = (name: string): readonly string[] =>
      [...known].filter(([, { names }]) => names.includes(name)).map(([file]) => file);
    const filesOf = ({ target }: Reference): readonly string[] =>
      target === null ? [] : typeof target === 'string' ? filesNamed(target) : [target.file];

    const add = (file: string): readonly Target[] => {
      const found = declared.get(file);
      return found ? targets.add(found) : [];
    };
    // References are followed when every schema that they may mean is there.
    for (const file of wanted) add(file);
    const open = [...wanted, ...junctionsInto(new Set(wanted), known)];
    const followed = new Set<string>();
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (followed.has(file)) continue;
      followed.add(file);
      const own = add(file);
      const found = own.flatMap((target) => referencesOf(target, targets));
      references.set(file, found);
      for (const target of own) for (const name of referredColumns(target, targets) ?? ['*']) referred.add(name);
      for (const reference of found)
        for (const other of filesOf(reference)) {
          const others = add(other);
          if (reference.deep || !others.every(hasPlainKey)) open.push(other);
          if (others.some(isShared)) for (const [member, { shared }] of known) if (shared) add(member);
        }
    }
    const built = buildEntities(targets, evaluator, settingsOf);
    const linking = { built, targets, evaluator, root: context.root, references, referredColumns: referred };
    return linkedFiles(linking, wanted);
  }

  return { problems, consulted, referredColumns: referred, link };
}

/** Files whose junctions join entities of the given ones: the other side of a relation is told of the junction. */
function junctionsInto(files: ReadonlySet<string>, known: ReadonlyMap<string, LinkedFile>): readonly string[] {
  const found: string[] = [];
  for (const [file, { junctions, refersTo }] of known)
    if (junctions.length > 0 && [...refersTo].some((other) => files.has(other))) found.push(file);
  return found;
}

function remember(
  run: Run,
  declarations: ReadonlyMap<string, Declarations>,
  context: LinkContext,
  files: ReadonlyMap<string, LinkedFile>,
  isWhole: boolean,
): Memory {
  const parts = [...files.values()].filter(
    ({ declared, junctions, problems }) => declared.length + junctions.length + problems.length > 0,
  );
  return {
    context,
    consulted: run.consulted,
    referredColumns: run.referredColumns,
    declarations,
    files,
    linked: { files: parts, problems: [...run.problems] },
    isWhole,
  };
}

function hasSchema({ values }: Declarations): boolean {
  return values.some(([, value]) => mayBeSchema(value));
}

const names = new WeakMap<Declarations, string>();

/** All that a look-up from another file can find or be led on by. */
function namesOf(declarations: Declarations): string {
  let text = names.get(declarations);
  if (text === undefined) {
    const { classes, values, enums, types, imports, exports } = declarations;
    const listed = [classes.map(({ name }) => name), values.map(([name]) => name), enums.map(({ name }) => name)];
    text = JSON.stringify([...listed, types.map(({ name }) => name), imports, exports]);
    names.set(declarations, text);
  }
  return text;
}
