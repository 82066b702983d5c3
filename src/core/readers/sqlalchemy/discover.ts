/** Finds the tables and mapped classes of a project. */
import type { Problem } from '../../schema/source.ts';
import type { PyStatement } from '../shared/python/declarations.ts';
import type { Evaluator, PyClassMember } from '../shared/python/evaluate.ts';
import type { PyCall, PyClass, PyValue } from '../shared/python/values.ts';
import {
  argumentOf,
  entryOf,
  isCall,
  isClass,
  isDict,
  isMember,
  isPlain,
  isSequence,
  isUnknown,
  rangeOf,
  sourceText,
  textOf,
} from '../shared/python/values.ts';
import { purposeOf } from '../../schema/filePurpose.ts';
import { classColumns } from './classColumns.ts';
import { columnSpec } from './columnSpecs.ts';
import type { MappedClass, TableDraft } from './drafts.ts';
import { createMetadataReader } from './metadata.ts';
import type { MetadataReader } from './metadata.ts';
import { createNames } from './names.ts';
import { createRoots } from './roots.ts';
import type { Root, Roots } from './roots.ts';
import type { TypeContext } from './types.ts';
import { underscoreOfFlask } from './flaskNames.ts';

export interface Discovered {
  readonly context: TypeContext;
  readonly tables: readonly TableDraft[];
  readonly mapped: readonly MappedClass[];
  /** `Index(…)` that stands beside the tables. */
  readonly loose: readonly PyCall[];
  readonly problems: readonly Problem[];
  readonly tableOfCall: ReadonlyMap<PyCall, TableDraft>;
  mappedOf(cls: PyClass): MappedClass | null;
}

interface World extends TypeContext {
  readonly metadata: MetadataReader;
  readonly roots: Roots;
  readonly tables: TableDraft[];
  readonly tableOfCall: Map<PyCall, TableDraft>;
  readonly mapped: Map<PyClass, MappedClass | null>;
  readonly loose: PyCall[];
  readonly problems: Problem[];
}

/** @param revisions files whose classes and tables speak of the database as a migration found it */
export function discover(
  evaluator: Evaluator,
  dialect: TypeContext['dialect'],
  revisions: ReadonlySet<string> = new Set(),
): Discovered {
  const names = createNames(evaluator);
  const world: World = {
    evaluator,
    names,
    dialect,
    ownFirst: usesVersion2(evaluator),
    metadata: createMetadataReader(evaluator, names),
    roots: createRoots(evaluator, names),
    tables: [],
    tableOfCall: new Map(),
    mapped: new Map(),
    loose: [],
    problems: [],
  };
  // What a migration describes is how things were.
  const files = [...evaluator.graph.files.keys()]
    .filter((file) => purposeOf(file) !== 'migration' && !revisions.has(file))
    .sort((a, b) => (a < b ? -1 : 1));
  const imperative: { readonly call: PyCall }[] = [];
  for (const file of files)
    for (const call of callsOf(evaluator.graph.files.get(file)?.statements ?? [], file, evaluator)) {
      const name = names.called(call);
      if (name === 'Table') tableOf(call, world);
      else if (name === 'Index') world.loose.push(call);
      else if (name === 'map_imperatively' || name === 'mapper') imperative.push({ call });
    }
  for (const file of files) for (const cls of evaluator.classesOf(file)) mappedClass(cls, world);
  for (const { call } of imperative) mapImperatively(call, world);
  return {
    context: world,
    tables: world.tables.filter((table) => !isStub(table, world.tables)),
    mapped: [...world.mapped.values()].filter((each) => each !== null),
    loose: world.loose,
    problems: world.problems,
    tableOfCall: world.tableOfCall,
    mappedOf: (cls) => mappedClass(cls, world),
  };
}

function usesVersion2({ graph }: Evaluator): boolean {
  return [...graph.files.values()].some(({ imports }) =>
    imports.some(
      ({ module, name }) =>
        /^sqlalchemy\.orm$/.test(module) &&
        /^(?:mapped_column|Mapped|DeclarativeBase|MappedAsDataclass)$/.test(name ?? ''),
    ),
  );
}

/** A `Table(…)` that speaks of a table which a class is mapped to, as scripts do. */
function isStub(table: TableDraft, all: readonly TableDraft[]): boolean {
  return (
    table.cls === null &&
    all.some(
      (other) =>
        other !== table && other.cls !== null && other.name === table.name && other.namespace === table.namespace,
    )
  );
}

/** Calls whose result a file keeps or throws away, at its top level and in the functions whose bodies are kept. */
function callsOf(statements: readonly PyStatement[], file: string, evaluator: Evaluator, depth = 0): readonly PyCall[] {
  const scope = evaluator.fileScope(file);
  return statements.flatMap((statement): readonly PyCall[] => {
    if (statement.kind === 'assign' && statement.value?.kind === 'call' && !statement.target.includes('.')) {
      const value = depth === 0 ? evaluator.global(file, statement.target) : evaluator.evaluate(statement.value, scope);
      return isCall(value) ? [value] : [];
    }
    if (statement.kind === 'call') {
      const value = evaluator.evaluate(statement.value, scope);
      return isCall(value) ? [value] : [];
    }
    if (statement.kind === 'function' && statement.body && depth < 2)
      return callsOf(statement.body, file, evaluator, depth + 1);
    if (statement.kind === 'if')
      return [
        ...callsOf(statement.body, file, evaluator, depth + 1),
        ...callsOf(statement.otherwise, file, evaluator, depth + 1),
      ];
    return [];
  });
}

/** The table that a `Table(…)` declares; the same for the same call. */
function tableOf(call: PyCall, world: World): TableDraft | null {
  const known = world.tableOfCall.get(call);
  if (known) return known;
  const name = textOf(argumentOf(call, 0, 'name'));
  if (name === null) {
    problem(
      'dynamic-table-name',
      `The name of this table is computed (${sourceText(call.arguments[0] ?? null)}), so it is not known. State it as text to have the table read.`,
      call.at,
      world,
    );
    return null;
  }
  // Flask's `db.Table('name', db.Column(…))` has its metadata already.
  const second = call.arguments[1];
  const ofFlask = isMember(call.callee) ? call.callee.object : undefined;
  const stated =
    argumentOf(call, null, 'metadata') ??
    (second !== undefined && !world.names.isCallOf(second, 'Column') ? second : ofFlask);
  const metadata = world.metadata.of(stated);
  const schema = call.keywords.get('schema');
  const namespace = schema === undefined ? metadata.namespace : textOf(schema);
  const same = world.tables.find((table) => table.name === name && table.namespace === namespace);
  const specs = call.arguments.flatMap((argument) =>
    world.names.isCallOf(argument, 'Column') ? [columnSpec(null, argument, undefined, argument.at, world)] : [],
  );
  // `extend_existing`, or a stub that only names the table.
  if (same && (same.specs.length >= specs.length || specs.length === 0)) {
    world.tableOfCall.set(call, same);
    return same;
  }
  const draft: TableDraft = {
    name,
    namespace,
    metadata,
    specs,
    items: call.arguments.filter((argument) => !world.names.isCallOf(argument, 'Column')).slice(1),
    comment: textOf(call.keywords.get('comment')),
    entity: null,
    cls: null,
    at: call.at,
    call,
    isView: false,
  };
  // Reflected from the database: what it holds is not known here.
  if (specs.length > 0 || !(call.keywords.has('autoload_with') || call.keywords.has('autoload')))
    world.tables.push(draft);
  world.tableOfCall.set(call, draft);
  return draft;
}

function problem(code: string, message: string, at: Problem['at'], world: World): void {
  world.problems.push({ code, message, severity: 'information', at });
}

function own(cls: PyClass, name: string, { evaluator }: World): PyValue | undefined {
  const found = evaluator.membersOf(cls).find((member) => member.name === name);
  return found && evaluator.memberValue(found, cls);
}

function isAbstract(cls: PyClass, world: World): boolean {
  if (own(cls, '__abstract__', world) === true) return true;
  // What is mapped to a union of its subclasses' tables has none itself, and gives them its columns.
  return (
    own(cls, '__tablename__', world) === undefined &&
    world.evaluator.basesOf(cls).some((base) => world.names.api(base) === 'AbstractConcreteBase')
  );
}

function isTableModel(cls: PyClass, world: World): boolean {
  const keyword = cls.declaration.keywords.find(({ name }) => name === 'table');
  if (keyword) return world.evaluator.evaluate(keyword.value, cls.scope) === true;
  return false;
}

function mappedClass(cls: PyClass, world: World): MappedClass | null {
  const known = world.mapped.get(cls);
  if (known !== undefined) return known;
  // A class that inherits from itself through others ends here.
  world.mapped.set(cls, null);
  const mapped = mapClass(cls, world);
  world.mapped.set(cls, mapped);
  return mapped;
}

function mapClass(cls: PyClass, world: World): MappedClass | null {
  const { evaluator, roots } = world;
  const root = roots.of(cls);
  if (!root || roots.isRoot(cls) || isAbstract(cls, world)) return null;
  if (root.kind === 'sqlmodel' && !isTableModel(cls, world)) return null;
  const lineage = [...evaluator.lineage(cls).classes, ...root.extra.flatMap((each) => evaluator.lineage(each).classes)];
  const parents = lineage.slice(1).flatMap((each) => mappedClass(each, world) ?? []);
  const parent = parents[0] ?? null;
  const inherited = new Set(parents.flatMap((each) => [each.cls, ...each.sources]));
  const sources = lineage.filter((each) => !inherited.has(each));
  const member = (name: string): { readonly found: PyClassMember; readonly value: PyValue } | null => {
    for (const source of sources) {
      const found = evaluator.membersOf(source).find((each) => each.name === name);
      if (found && !(found.statement.kind === 'assign' && found.statement.value === null))
        return { found, value: evaluator.memberValue(found, cls) };
    }
    return null;
  };
  const mapperArgs = dictOf(member('__mapper_args__')?.value);
  const base = { cls, parent, sources, properties: new Map<string, PyValue>(), mapperArgs };
  const given = member('__table__')?.value;
  if (world.names.isCallOf(given, 'Table')) {
    const table = tableOf(given, world);
    if (!table) return null;
    table.entity ??= cls.name;
    table.cls ??= cls;
    return { ...base, table, strategy: parent ? 'joined' : null };
  }
  // `__table__ = join(…)`, `__table__ = select(…).subquery()`: no table of its own.
  if (given !== undefined) return null;
  const specs = classColumns(cls, sources, root.kind, world);
  const name = tableName(
    cls,
    root,
    member('__tablename__'),
    specs.some(({ keywords }) => keywords.get('primary_key') === true),
    parent,
    world,
  );
  if (name === null && parent) {
    parent.table.specs.push(...specs.filter((spec) => !parent.table.specs.some((each) => each.name === spec.name)));
    parent.table.items.push(...itemsOf(member('__table_args__')?.value));
    return { ...base, table: parent.table, strategy: 'single-table' };
  }
  if (name === null) {
    if (specs.length > 0)
      problem(
        'dynamic-table-name',
        `The table of ${cls.name} has no name that can be read: state it in __tablename__.`,
        rangeOf(cls.file, cls.declaration.at),
        world,
      );
    return null;
  }
  const args = member('__table_args__')?.value;
  const options = optionsOf(args);
  const metadata = world.metadata.ofClass(cls);
  const schema = options.get('schema') ?? (member('__table_args__') === null ? schemaOfBase(cls, world) : undefined);
  const table: TableDraft = {
    name,
    namespace: textOf(schema) ?? metadata.namespace,
    metadata,
    specs: [...specs],
    items: [...itemsOf(args)],
    comment: textOf(options.get('comment')),
    entity: cls.name,
    cls,
    at: rangeOf(cls.file, cls.declaration.at),
    call: null,
    isView:
      isDict(options.get('info')) &&
      entryOf(options.get('info') as Extract<PyValue, { is: 'dict' }>, 'is_view') === true,
  };
  world.tables.push(table);
  const concrete = mapperArgs.get('concrete') === true;
  return { ...base, table, strategy: parent ? (concrete ? 'table-per-class' : 'joined') : null };
}

function schemaOfBase(cls: PyClass, world: World): PyValue | undefined {
  const args = world.evaluator.member(cls, '__table_args__');
  return args && optionsOf(world.evaluator.memberValue(args, cls)).get('schema');
}

function tableName(
  cls: PyClass,
  { kind }: Root,
  member: { readonly found: PyClassMember; readonly value: PyValue } | null,
  hasKey: boolean,
  parent: MappedClass | null,
  world: World,
): string | null {
  if (member) {
    const { value } = member;
    if (typeof value === 'string') return value;
    if (isMember(value) && typeof value.value === 'string') return value.value;
    if (value === null) return null;
    problem(
      'dynamic-table-name',
      `The table name of ${cls.name} is computed (${sourceText(value)}), so the class name stands for it.`,
      rangeOf(cls.file, cls.declaration.at),
      world,
    );
    return isUnknown(value) || isCall(value) ? cls.name.toLowerCase() : null;
  }
  // A stated name in a mapped parent is the parent's; a computed one is asked for each class.
  if (parent) {
    const computed = world.evaluator.member(cls, '__tablename__');
    if (computed?.statement.kind === 'function') {
      const value = world.evaluator.memberValue(computed, cls);
      if (typeof value === 'string') return value;
      if (value === null) return null;
    }
  }
  if (kind === 'flask') return parent && !hasKey ? null : underscoreOfFlask(cls.name);
  if (kind === 'sqlmodel') return cls.name.toLowerCase();
  return null;
}

function dictOf(value: PyValue | undefined): ReadonlyMap<string, PyValue> {
  if (!isDict(value)) return new Map();
  return new Map(value.entries.flatMap(([key, each]) => (typeof key === 'string' ? [[key, each] as const] : [])));
}

/** `__table_args__ = (Index(…), {'schema': 'x'})`, or the dictionary alone. */
function optionsOf(value: PyValue | undefined): ReadonlyMap<string, PyValue> {
  return dictOf(isSequence(value) ? value.items.findLast(isDict) : value);
}

function itemsOf(value: PyValue | undefined): readonly PyValue[] {
  return isSequence(value)
    ? value.items.filter((item) => !isDict(item) && !isPlain(item))
    : isCall(value)
      ? [value]
      : [];
}

/** `mapper_registry.map_imperatively(Order, orders, properties={…})` */
function mapImperatively(call: PyCall, world: World): void {
  const cls = argumentOf(call, 0, 'class_');
  const local = argumentOf(call, 1, 'local_table');
  const table = world.names.isCallOf(local, 'Table')
    ? tableOf(local, world)
    : isMember(local) && world.names.isCallOf(local.value, 'Table')
      ? tableOf(local.value, world)
      : null;
  if (!isClass(cls) || !table) return;
  const inherits = argumentOf(call, null, 'inherits');
  const parent = isClass(inherits) ? (world.mapped.get(inherits) ?? null) : null;
  table.entity ??= cls.name;
  table.cls ??= cls;
  world.mapped.set(cls, {
    cls,
    table,
    parent,
    strategy: parent ? (parent.table === table ? 'single-table' : 'joined') : null,
    sources: [],
    properties: dictOf(argumentOf(call, null, 'properties')),
    mapperArgs: new Map([...call.keywords]),
  });
}
