/** Relations as mapped classes declare them: `relationship(…)` with what SQLAlchemy makes of it. */
import type { ForeignKey, Relation, RelationKind, Table } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import { parseAnnotation } from '../shared/python/annotations.ts';
import type { PyClassMember } from '../shared/python/evaluate.ts';
import type { PyClass, PyScope, PyValue } from '../shared/python/values.ts';
import {
  argumentOf,
  isCall,
  isClass,
  isFunction,
  isMember,
  isSequence,
  isSubscript,
  rangeOf,
  textOf,
} from '../shared/python/values.ts';
import { annotationParts, lastName, mappedType } from './columnSpecs.ts';
import { columnNamed, tableOfValue } from './constraints.ts';
import type { ConstraintContext } from './constraints.ts';
import type { MappedClass, TableDraft } from './drafts.ts';

export interface RelationContext extends ConstraintContext {
  readonly mappedOf: (cls: PyClass) => MappedClass | null;
  /** A class of the project by its name, as `relationship('Order')` means it. */
  readonly classNamed: (name: string, from: PyClass) => PyClass | null;
  /** Tables as built so far, with their keys. */
  readonly built: (draft: TableDraft) => Table | undefined;
}

export interface FoundRelation {
  readonly on: MappedClass;
  readonly relation: Relation;
}

interface Declared {
  readonly property: string;
  readonly call: Extract<PyValue, { is: 'call' }>;
  readonly target: PyClass;
  /** The annotation or `uselist` says so; null = the direction decides. */
  readonly many: boolean | null;
  readonly at: SourceRange;
  readonly scope: PyScope;
}

/** Relations of a class, and those that `backref` gives to others. */
export function relationsOf(mapped: MappedClass, context: RelationContext): readonly FoundRelation[] {
  const found: FoundRelation[] = [];
  for (const declared of declarationsOf(mapped, context)) {
    const target = context.mappedOf(declared.target);
    if (!target) continue;
    const relation = relationOf(declared, mapped, target, context);
    found.push({ on: mapped, relation });
    const back = backrefOf(declared, relation, mapped, target, context);
    if (back) found.push({ on: target, relation: back });
  }
  return found;
}

function declarationsOf(mapped: MappedClass, context: RelationContext): readonly Declared[] {
  const { evaluator } = context;
  const members = new Map<string, PyClassMember>();
  for (const source of mapped.sources.toReversed())
    for (const member of evaluator.membersOf(source)) members.set(member.name, member);
  const own = [...members.values()].flatMap((member) => declaredBy(member, mapped, context));
  const given = [...mapped.properties].flatMap(([property, value]): Declared[] => {
    if (!context.names.isCallOf(value, 'relationship', 'relation', 'dynamic_loader')) return [];
    const scope = evaluator.fileScope(value.at.file);
    const target = targetOf(argumentOf(value, 0, 'argument'), undefined, scope, mapped, context);
    return target ? [{ property, call: value, target: target.cls, many: uselist(value), at: value.at, scope }] : [];
  });
  return [...own, ...given];
}

function declaredBy(member: PyClassMember, mapped: MappedClass, context: RelationContext): readonly Declared[] {
  const { evaluator } = context;
  const { statement, name, file, owner } = member;
  if (
    (statement.kind !== 'assign' && statement.kind !== 'function') ||
    (statement.kind === 'assign' && statement.value === null)
  )
    return [];
  const value = evaluator.memberValue(member, mapped.cls);
  if (!isCall(value)) return [];
  const called = context.names.called(value) ?? lastName(context.names.path(value.callee));
  if (!/^(?:relationship|relation|dynamic_loader|Relationship)$/.test(called)) return [];
  const scope = evaluator.classScope(owner);
  const stated = statement.kind === 'assign' ? statement.annotation : statement.returns;
  const annotation = stated ? evaluator.evaluate(stated, scope) : undefined;
  const mappedAnnotation = mappedType(annotation, context) ?? (called === 'Relationship' ? annotation : undefined);
  const first = called === 'Relationship' ? undefined : argumentOf(value, 0, 'argument');
  const target = targetOf(first, mappedAnnotation, scope, mapped, context);
  if (!target) return [];
  const dynamic = called === 'dynamic_loader' || textOf(argumentOf(value, null, 'lazy')) === 'dynamic';
  const many = uselist(value) ?? (dynamic ? true : target.many);
  return [{ property: name, call: value, target: target.cls, many, at: rangeOf(file, statement.at), scope }];
}

function uselist(call: Extract<PyValue, { is: 'call' }>): boolean | null {
  const stated = argumentOf(call, null, 'uselist') ?? options(call).get('uselist');
  return typeof stated === 'boolean' ? stated : null;
}

/** SQLModel passes the rest on: `sa_relationship_kwargs={'lazy': 'selectin'}`. */
function options(call: Extract<PyValue, { is: 'call' }>): ReadonlyMap<string, PyValue> {
  const given = call.keywords.get('sa_relationship_kwargs');
  const more =
    typeof given === 'object' && given !== null && given.is === 'dict'
      ? given.entries.flatMap(([key, value]) => (typeof key === 'string' ? [[key, value] as const] : []))
      : [];
  return new Map([...call.keywords, ...more]);
}

function targetOf(
  stated: PyValue | undefined,
  annotation: PyValue | undefined,
  scope: PyScope,
  mapped: MappedClass,
  context: RelationContext,
): { readonly cls: PyClass; readonly many: boolean | null } | null {
  const collection = annotation === undefined ? null : elementOf(annotation, context);
  const many = collection ? collection.many : null;
  for (const value of [stated, collection?.element]) {
    const cls = value === undefined ? null : classOf(value, mapped.cls, context);
    if (cls) return { cls, many };
  }
  return null;
}

/** `List["Order"]` → Order, many; `Optional[Order]` → Order, one. */
function elementOf(
  annotation: PyValue,
  context: RelationContext,
): { readonly element: PyValue; readonly many: boolean } {
  const { type } = annotationParts(annotation, context);
  const value = type ?? annotation;
  if (!isSubscript(value)) return { element: value, many: false };
  const name = lastName(context.names.path(value.object));
  const last = value.index.at(-1);
  const inner = last === undefined ? value : (annotationParts(last, context).type ?? last);
  return {
    element: inner,
    many: /^(?:list|List|set|Set|Sequence|Collection|dict|Dict|Iterable|MutableSequence|KeyFuncDict|InstrumentedList|AppenderQuery)$/.test(
      name,
    ),
  };
}

function classOf(value: PyValue, from: PyClass, context: RelationContext): PyClass | null {
  if (isClass(value)) return value;
  if (isFunction(value)) {
    const result = context.evaluator.run(value, []);
    return result === undefined ? null : classOf(result, from, context);
  }
  if (typeof value === 'string') return context.classNamed(value.slice(value.lastIndexOf('.') + 1), from);
  if (typeof value === 'object' && value !== null) {
    if (value.is === 'unknown') return /^\w+$/.test(value.text) ? context.classNamed(value.text, from) : null;
    if (value.is === 'external') return context.classNamed(lastName(value.path), from);
  }
  return null;
}

/** Tables whose rows make up an instance: its own and those of the classes it is joined to. */
function tablesOf(mapped: MappedClass): readonly TableDraft[] {
  const tables: TableDraft[] = [];
  for (let at: MappedClass | null = mapped; at; at = at.strategy === 'table-per-class' ? null : at.parent)
    if (!tables.includes(at.table)) tables.push(at.table);
  return tables;
}

function keysBetween(from: MappedClass, to: MappedClass, context: RelationContext): readonly ForeignKey[] {
  const targets = tablesOf(to);
  return tablesOf(from).flatMap((table) =>
    (context.built(table)?.foreignKeys ?? []).filter(({ references }) =>
      targets.some(({ name, namespace }) => name === references.table && namespace === references.namespace),
    ),
  );
}

function relationOf(declared: Declared, mapped: MappedClass, target: MappedClass, context: RelationContext): Relation {
  const { call, property, many, at } = declared;
  const given = options(call);
  const secondary = secondaryOf(given.get('secondary') ?? call.keywords.get('link_model'), mapped, context);
  const inverse =
    textOf(given.get('back_populates')) ?? textOf(given.get('backref')) ?? backrefName(given.get('backref'));
  const shared = {
    property,
    target: target.table.name,
    targetNamespace: target.table.namespace,
    inverse,
    fetch: fetchOf(given.get('lazy')),
    cascade: cascadeOf(given.get('cascade')),
    at,
  };
  if (secondary)
    return { ...shared, kind: 'many-to-many', owner: true, columns: [], joinTable: secondary.name, nullable: false };
  const forward = chosenKey(keysBetween(mapped, target, context), given, declared, mapped, context);
  const backward = keysBetween(target, mapped, context);
  const self = tablesOf(mapped).some((table) => tablesOf(target).includes(table));
  // Of a relation to the own table `remote_side` tells which way it goes.
  const toOne = self
    ? many !== true && (given.has('remote_side') || many === false)
    : forward !== null && (many !== true || backward.length === 0);
  if (toOne && forward) {
    const built = context.built(mapped.table);
    const nullable = forward.columns.some(
      (name) => built?.columns.find((column) => column.name === name)?.nullable === true,
    );
    const unique = isUnique(forward.columns, built);
    return {
      ...shared,
      kind: unique ? 'one-to-one' : 'many-to-one',
      owner: true,
      columns: forward.columns,
      joinTable: null,
      nullable,
    };
  }
  const kind: RelationKind =
    many === false ? 'one-to-one' : backward.length === 0 && many === null ? 'many-to-one' : 'one-to-many';
  return { ...shared, kind, owner: false, columns: [], joinTable: null, nullable: kind !== 'one-to-many' };
}

function isUnique(columns: readonly string[], table: Table | undefined): boolean {
  if (!table) return false;
  const same = (other: readonly string[]): boolean =>
    other.length === columns.length && other.every((name) => columns.includes(name));
  return (
    same(table.primaryKey) ||
    table.uniques.some((unique) => same(unique.columns)) ||
    table.indexes.some(
      (index) => index.unique && index.where === null && index.expression === null && same(index.columns),
    )
  );
}

/** The key that `foreign_keys` or `primaryjoin` names, where there are several. */
function chosenKey(
  keys: readonly ForeignKey[],
  given: ReadonlyMap<string, PyValue>,
  declared: Declared,
  mapped: MappedClass,
  context: RelationContext,
): ForeignKey | null {
  if (keys.length <= 1) return keys[0] ?? null;
  const stated = given.get('foreign_keys') ?? given.get('primaryjoin');
  const named = stated === undefined ? [] : columnsIn(stated, declared, mapped, context, 0);
  return keys.find(({ columns }) => columns.some((name) => named.includes(name))) ?? keys[0] ?? null;
}

function columnsIn(
  value: PyValue,
  declared: Declared,
  mapped: MappedClass,
  context: RelationContext,
  depth: number,
): readonly string[] {
  if (depth > 6) return [];
  const inner = (each: PyValue): readonly string[] => columnsIn(each, declared, mapped, context, depth + 1);
  if (typeof value === 'string') {
    const parsed = parseAnnotation(value);
    return parsed && parsed.kind !== 'string'
      ? [...value.matchAll(/\b\w+(?:\.c)?\.(\w+)/g)].map(
          (match) =>
            context
              .find(mapped.table.name, mapped.table.namespace, mapped.table)
              ?.specs.find((spec) => spec.property === match[1])?.name ??
            match[1] ??
            '',
        )
      : [];
  }
  if (isSequence(value)) return value.items.flatMap(inner);
  if (isFunction(value)) {
    const result = context.evaluator.run(value, []);
    return result === undefined ? [] : inner(result);
  }
  if (typeof value === 'object' && value !== null && value.is === 'operation')
    return [...inner(value.left), ...inner(value.right)];
  const column = columnNamed(value, mapped.table, context);
  return column === null ? [] : [column];
}

function secondaryOf(value: PyValue | undefined, mapped: MappedClass, context: RelationContext): TableDraft | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') {
    const parts = value.split('.');
    const name = parts.pop() ?? '';
    return (
      context.find(name, parts.join('.') || mapped.table.metadata.namespace, mapped.table) ??
      context.find(name, null, mapped.table)
    );
  }
  if (isFunction(value)) {
    const result = context.evaluator.run(value, []);
    return result === undefined ? null : secondaryOf(result, mapped, context);
  }
  if (isMember(value) && value.name === '__table__') return tableOfValue(value.object, context);
  return tableOfValue(value, context);
}

function backrefName(value: PyValue | undefined): string | null {
  return isCall(value) ? textOf(value.arguments[0]) : null;
}

function backrefOf(
  declared: Declared,
  relation: Relation,
  mapped: MappedClass,
  target: MappedClass,
  context: RelationContext,
): Relation | null {
  const backref = options(declared.call).get('backref');
  const property = textOf(backref) ?? backrefName(backref);
  if (property === null) return null;
  const given = isCall(backref) ? backref.keywords : new Map<string, PyValue>();
  const single = given.get('uselist') === false;
  const shared = {
    property,
    target: mapped.table.name,
    targetNamespace: mapped.table.namespace,
    inverse: declared.property,
    fetch: fetchOf(given.get('lazy')),
    cascade: cascadeOf(given.get('cascade')),
    at: declared.at,
    joinTable: relation.joinTable,
  };
  switch (relation.kind) {
    case 'many-to-many':
      return { ...shared, kind: 'many-to-many', owner: false, columns: [], nullable: false };
    case 'many-to-one':
      return { ...shared, kind: single ? 'one-to-one' : 'one-to-many', owner: false, columns: [], nullable: single };
    default: {
      if (relation.owner) return { ...shared, kind: 'one-to-one', owner: false, columns: [], nullable: true };
      const [key] = keysBetween(target, mapped, context);
      const table = context.built(target.table);
      const nullable =
        key?.columns.some((name) => table?.columns.find((column) => column.name === name)?.nullable === true) ?? true;
      return {
        ...shared,
        kind: relation.kind === 'one-to-one' ? 'one-to-one' : 'many-to-one',
        owner: true,
        columns: key?.columns ?? [],
        nullable,
      };
    }
  }
}

/** docs.sqlalchemy.org, "Relationship Loading Techniques": `select` unless something else is said. */
function fetchOf(value: PyValue | undefined): Relation['fetch'] {
  if (value === undefined || value === true || value === 'select') return 'lazy';
  if (value === false || /^(?:joined|subquery|selectin|immediate)$/.test(textOf(value) ?? '')) return 'eager';
  return 'explicit';
}

function cascadeOf(value: PyValue | undefined): readonly string[] {
  return (textOf(value) ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}
