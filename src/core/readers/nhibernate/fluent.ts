/** FluentNHibernate: `ClassMap<T>`, `SubclassMap<T>`, `IAutoMappingOverride<T>` (github.com/nhibernate/fluent-nhibernate). */
import type { SourceRange } from '../../schema/source.ts';
import { selectedPaths } from '../shared/csharp/selectors.ts';
import { isKind, textValue } from '../shared/csharp/values.ts';
import type { Host, Value } from '../shared/csharp/values.ts';
import type { HbmMember } from '../shared/hbm/model.ts';
import {
  manyToMany,
  newColumn,
  newCollection,
  newId,
  newKey,
  newManyToOne,
  newOneToOne,
  newProperty,
  oneToMany,
} from './drafts.ts';
import type { ClassDraft, ColumnDraft } from './drafts.ts';
import { chained, setColumn, setGenerator, setType, unquoted } from './settings.ts';

interface Part {
  readonly members: HbmMember[];
  readonly owner: ClassDraft | null;
  /** Put before the names of columns (`ColumnPrefix`). */
  prefix: string;
}

export function fluentHost(mapped: ClassDraft): Host {
  return hostOf({ members: mapped.members, owner: mapped, prefix: '' });
}

function hostOf(part: Part): Host {
  const host: Host = {
    is: 'host',
    get: (name) => (name === 'Not' || /^[A-Z]/u.test(name) ? host : undefined),
    call(name, args, call) {
      const [property] = selectedPaths(args[0]) ?? [];
      const at = call.at;
      const simple = property?.replace(/^.*\./u, '');
      const { owner } = part;
      switch (name) {
        case 'Table':
          if (owner) owner.table = unquoted(textValue(args[0]) ?? '');
          return host;
        case 'Schema':
          if (owner) owner.schema = unquoted(textValue(args[0]) ?? '');
          return host;
        case 'Id':
          return owner ? idHost(owner, simple ?? 'Id', textValue(args[1]), at) : host;
        case 'CompositeId':
          return owner ? compositeHost(owner, at) : host;
        case 'Map':
        case 'Version':
          return simple === undefined ? host : mapHost(part, simple, textValue(args[1]), name === 'Version', at);
        case 'References':
          return simple === undefined ? host : referenceHost(part, simple, textValue(args[1]), at);
        case 'HasOne':
          return simple === undefined ? host : oneHost(part, simple, at);
        case 'HasMany':
        case 'HasManyToMany':
          return simple === undefined ? host : collectionHost(part, simple, name === 'HasManyToMany', at);
        case 'Component':
          return simple === undefined ? host : componentHost(part, simple, args[1], at);
        case 'DiscriminateSubClassesOnColumn':
          if (owner)
            owner.discriminator = {
              type: 'String',
              column: { ...newColumn(textValue(args[0]), at), notNull: true },
              formula: null,
              notNull: true,
              at,
            };
          return host;
        case 'DiscriminatorValue':
          if (owner) {
            owner.discriminatorValue = textValue(args[0]);
            owner.kind = 'subclass';
          }
          return host;
        case 'KeyColumn':
          if (owner) owner.key = newKey([newColumn(textValue(args[0]), at)], at);
          return host;
        case 'UseUnionSubclassForInheritanceMapping':
          if (owner) owner.where ??= null;
          return host;
        case 'Join': {
          const inner = args[1];
          const table = textValue(args[0]);
          if (!owner || table === null || !isKind(inner, 'closure')) return host;
          const members: HbmMember[] = [];
          const join = {
            table: unquoted(table),
            schema: null,
            catalog: null,
            inverse: false,
            optional: false,
            key: newKey([newColumn(null, at)], at),
            members,
            at,
          };
          owner.joins.push(join);
          const inside = hostOf({ members, owner: null, prefix: '' });
          inner.run([
            {
              ...inside,
              call(method, given, innerCall, types) {
                if (method === 'KeyColumn') join.key = newKey([newColumn(textValue(given[0]), at)], at);
                else return inside.call?.(method, given, innerCall, types);
                return undefined;
              },
            },
          ]);
          return host;
        }
        case 'IgnoreProperty':
          if (owner && simple !== undefined) ignored(owner).add(simple);
          return host;
        default:
          return host;
      }
    },
  };
  return host;
}

const ignoredOf = new WeakMap<ClassDraft, Set<string>>();

/** Members that an override of an automatic mapping leaves out. */
export function ignored(owner: ClassDraft): Set<string> {
  let found = ignoredOf.get(owner);
  if (!found) ignoredOf.set(owner, (found = new Set()));
  return found;
}

function idHost(owner: ClassDraft, name: string, stated: string | null, at: SourceRange): Host {
  const column = newColumn(stated, at);
  const id = newId(name, [column], at);
  owner.id = id;
  return chained((method, args, types) => {
    if (method.startsWith('GeneratedBy.')) setGenerator(id, method.slice(12), args);
    else setColumn(column, method, args, true);
    id.type = setType(method, args, types) ?? id.type;
    return undefined;
  });
}

function compositeHost(owner: ClassDraft, at: SourceRange): Host {
  const members: HbmMember[] = [];
  owner.id = { ...newId(null, [], at), kind: 'composite', members };
  return chained((method, args) => {
    const [property] = selectedPaths(args[0]) ?? [];
    if (property === undefined) return undefined;
    const column = newColumn(textValue(args[1]), at);
    if (method === 'KeyProperty') members.push(newProperty(property, [column], at));
    else if (method === 'KeyReference')
      members.push(newManyToOne(property, [column.name === null ? { ...column, name: `${property}_id` } : column], at));
    return undefined;
  });
}

function mapHost(part: Part, name: string, stated: string | null, version: boolean, at: SourceRange): Host {
  const column: ColumnDraft = newColumn(
    stated === null ? (part.prefix === '' ? null : part.prefix + name) : unquoted(stated),
    at,
  );
  const property = newProperty(name, [column], at);
  if (version && part.owner) part.owner.version = { ...property, role: 'version' };
  else part.members.push(property);
  return chained((method, args, types, negated) => {
    if (method === 'Formula') property.formula = textValue(args[0]);
    else if (method === 'Not.Nullable') column.notNull = true;
    else setColumn(column, method, args, !negated);
    property.type = setType(method, args, types) ?? property.type;
    if (method.startsWith('Generated.')) property.generated = method.slice(10).toLowerCase();
    return undefined;
  });
}

function referenceHost(part: Part, name: string, stated: string | null, at: SourceRange): Host {
  const column = newColumn(stated ?? `${part.prefix}${name}_id`, at);
  const reference = newManyToOne(name, [column], at);
  part.members.push(reference);
  return chained((method, args, types, negated) => {
    const text = textValue(args[0]);
    if (method === 'ForeignKey') reference.foreignKey = text;
    else if (method === 'PropertyRef') reference.propertyRef = text ?? selectedPaths(args[0])?.[0] ?? null;
    else if (method.startsWith('Cascade.')) reference.cascade = method.slice(8).toLowerCase();
    else if (method.startsWith('Fetch.')) reference.fetch = method.slice(6).toLowerCase();
    else if (method === 'LazyLoad') reference.lazy = negated ? 'false' : 'proxy';
    else if (method === 'Formula') reference.formula = text;
    else if (method.startsWith('NotFound.')) reference.notFound = method.slice(9).toLowerCase();
    else if (method === 'Class' && types[0]) reference.class = types[0].name;
    else setColumn(column, method, args, !negated);
    return undefined;
  });
}

function oneHost(part: Part, name: string, at: SourceRange): Host {
  const relation = newOneToOne(name, at);
  part.members.push(relation);
  return chained((method, args) => {
    if (method === 'Constrained') relation.constrained = true;
    else if (method === 'PropertyRef') relation.propertyRef = textValue(args[0]) ?? selectedPaths(args[0])?.[0] ?? null;
    else if (method === 'ForeignKey') relation.foreignKey = textValue(args[0]);
    else if (method.startsWith('Cascade.')) relation.cascade = method.slice(8).toLowerCase();
    return undefined;
  });
}

function collectionHost(part: Part, name: string, many: boolean, at: SourceRange): Host {
  const collection = newCollection('bag', name, at);
  const child = newColumn(null, at);
  collection.element = many ? manyToMany([child], at) : oneToMany(at);
  part.members.push(collection);
  const key = (column: string | null): void => {
    collection.key = newKey([newColumn(column, at)], at);
  };
  return chained((method, args, _types, negated) => {
    const text = textValue(args[0]);
    if (/^(?:KeyColumn|ParentKeyColumn|KeyColumns\.Add)$/u.test(method)) key(text);
    else if (/^(?:ChildKeyColumn|ChildKeyColumns\.Add)$/u.test(method)) child.name = text;
    else if (method === 'Table') collection.table = text === null ? null : unquoted(text);
    else if (method === 'Schema') collection.schema = text;
    else if (method === 'Inverse') collection.inverse = !negated;
    else if (method.startsWith('Cascade.')) collection.cascade = method.slice(8).toLowerCase();
    else if (method.startsWith('Fetch.')) collection.fetch = method.slice(6).toLowerCase();
    else if (method === 'LazyLoad') collection.lazy = negated ? 'false' : 'true';
    else if (/^As(?:Set|List|Map|Bag|Array)$/u.test(method))
      collection.collection = method.slice(2).toLowerCase() as 'set';
    else if (method === 'Element')
      collection.element = { kind: 'element', type: null, typeParameters: {}, columns: [newColumn(text, at)], at };
    else if (method === 'ForeignKeyCascadeOnDelete' && collection.key)
      collection.key = { ...collection.key, onDelete: 'cascade' };
    else if (method === 'Component') {
      const members: HbmMember[] = [];
      collection.element = { kind: 'composite-element', class: null, members, at };
      const [inner] = args;
      if (isKind(inner, 'closure')) inner.run([hostOf({ members, owner: null, prefix: '' })]);
    }
    return undefined;
  });
}

function componentHost(part: Part, name: string, configure: Value, at: SourceRange): Host {
  const members: HbmMember[] = [];
  const inner: Part = { members, owner: null, prefix: part.prefix };
  part.members.push({
    kind: 'component',
    dynamic: false,
    name,
    class: null,
    unique: false,
    insert: null,
    update: null,
    naturalId: false,
    members,
    at,
  });
  const run = (): void => {
    members.length = 0;
    if (isKind(configure, 'closure')) configure.run([hostOf(inner)]);
  };
  run();
  return chained((method, args) => {
    const text = textValue(args[0]);
    if (method === 'ColumnPrefix' && text !== null) {
      inner.prefix = part.prefix + text;
      run();
    }
    return undefined;
  });
}
