/** Mapping by code: `ClassMapping<T>` and its like (NHibernate.Mapping.ByCode.Conformist). */
import type { SourceRange } from '../../schema/source.ts';
import { selectedPaths } from '../shared/csharp/selectors.ts';
import { simpleName } from '../shared/csharp/types.ts';
import { isKind, isList, nameValue, textValue } from '../shared/csharp/values.ts';
import type { Host, Value } from '../shared/csharp/values.ts';
import type { HbmCollection, HbmMember } from '../shared/hbm/model.ts';
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
import type { ClassDraft, ColumnDraft, Mutable } from './drafts.ts';
import { cascadeOf, generatorNamed, setColumn, setType, unquoted } from './settings.ts';

export function byCodeHost(mapped: ClassDraft): Host {
  return hostOf(mapped.members, mapped);
}

const collections: Readonly<Record<string, HbmCollection['collection']>> = {
  Bag: 'bag',
  Set: 'set',
  List: 'list',
  Map: 'map',
  IdBag: 'idbag',
};

function hostOf(members: HbmMember[], owner: ClassDraft | null): Host {
  const host: Host = {
    is: 'host',
    call(name, args, call) {
      const at = call.at;
      const [first, second, third] = args;
      const property = selectedPaths(first)?.[0];
      const text = textValue(first);
      if (owner && (name === 'Table' || name === 'Schema' || name === 'Catalog')) {
        owner[name === 'Table' ? 'table' : name === 'Schema' ? 'schema' : 'catalog'] =
          text === null ? null : unquoted(text);
        return host;
      }
      if (owner && name === 'DiscriminatorValue') {
        owner.discriminatorValue = text ?? (typeof first === 'number' ? String(first) : nameValue(first));
        return host;
      }
      if (owner && name === 'Discriminator') {
        const column = newColumn(null, at);
        run(
          first,
          columnHost(column, () => undefined),
        );
        owner.discriminator = {
          type: 'String',
          column: { ...column, name: column.name ?? 'class', notNull: true },
          formula: null,
          notNull: true,
          at,
        };
        return host;
      }
      if (owner && name === 'Key') {
        const column = newColumn(null, at);
        run(
          first,
          columnHost(column, () => undefined),
        );
        owner.key = newKey([column], at);
        return host;
      }
      if (owner && (name === 'ComposedId' || name === 'ComponentAsId')) {
        const parts: HbmMember[] = [];
        run(name === 'ComposedId' ? first : second, hostOf(parts, null));
        owner.id = { ...newId(property ?? null, [], at), kind: 'composite', members: parts };
        return host;
      }
      if (owner && name === 'Join') {
        const parts: HbmMember[] = [];
        const join = {
          table: text ?? '',
          schema: null,
          catalog: null,
          inverse: false,
          optional: false,
          key: newKey([newColumn(null, at)], at),
          members: parts,
          at,
        };
        const inside = hostOf(parts, null);
        run(second, {
          ...inside,
          call(method, given, inner, types) {
            if (method === 'Table') join.table = textValue(given[0]) ?? join.table;
            else if (method === 'Key') {
              const column = newColumn(null, at);
              run(
                given[0],
                columnHost(column, () => undefined),
              );
              join.key = newKey([column], at);
            } else return inside.call?.(method, given, inner, types);
            return undefined;
          },
        });
        if (join.table !== '') owner.joins.push(join);
        return host;
      }
      if (property === undefined) return host;
      if (owner && name === 'Id') addId(owner, property, second, at);
      else if (name === 'Property' || name === 'Version')
        addProperty(members, owner, property, second, name === 'Version', at);
      else if (name === 'ManyToOne') addReference(members, property, second, at);
      else if (name === 'OneToOne') addOne(members, property, second, at);
      else if (name === 'Component') {
        const parts: HbmMember[] = [];
        run(second, hostOf(parts, null));
        members.push({
          kind: 'component',
          dynamic: false,
          name: property,
          class: null,
          unique: false,
          insert: null,
          update: null,
          naturalId: false,
          members: parts,
          at,
        });
      } else {
        const kind = collections[name];
        if (kind) addCollection(members, kind, property, second, third, at);
      }
      return host;
    },
  };
  return host;
}

function run(configure: Value, host: Host): void {
  if (isKind(configure, 'closure')) configure.run([host]);
}

/** Settings of a column, on its own or as `m.Column(c => …)`. */
function columnHost(
  column: ColumnDraft,
  other: (name: string, args: readonly Value[], types: Parameters<NonNullable<Host['call']>>[3]) => void,
): Host {
  const host: Host = {
    is: 'host',
    call(name, args, _call, types) {
      const [first] = args;
      if (name === 'Column' && isKind(first, 'closure')) first.run([host]);
      else if (name === 'Columns') args.slice(0, 1).forEach((each) => run(each, host));
      else if (!setColumn(column, name, args, true)) other(name, args, types);
      return host;
    },
  };
  return host;
}

function addId(owner: ClassDraft, name: string, configure: Value, at: SourceRange): void {
  const column = newColumn(null, at);
  const id = newId(name, [column], at);
  owner.id = id;
  run(
    configure,
    columnHost(column, (method, args, types) => {
      if (method === 'Generator') {
        const generator = nameValue(args[0]);
        if (generator !== null) id.generator = generatorNamed(generator);
        const [, options] = args;
        const inner: Host = {
          is: 'host',
          call(param, given) {
            const [value] = given;
            const sequence = isKind(value, 'instance')
              ? (value.fields.get('sequence') ?? value.fields.get('sequence_name'))
              : undefined;
            if (param === 'Params' && typeof sequence === 'string') id.generatorParameters = { sequence };
            return undefined;
          },
        };
        run(options, inner);
      }
      id.type = setType(method, args, types) ?? id.type;
    }),
  );
}

function addProperty(
  members: HbmMember[],
  owner: ClassDraft | null,
  name: string,
  configure: Value,
  version: boolean,
  at: SourceRange,
): void {
  const column = newColumn(null, at);
  const property = newProperty(name, [column], at);
  run(
    configure,
    columnHost(column, (method, args, types) => {
      if (method === 'Formula') property.formula = textValue(args[0]);
      if (method === 'Generated') property.generated = nameValue(args[0])?.toLowerCase() ?? null;
      property.type = setType(method, args, types) ?? property.type;
    }),
  );
  if (version && owner) owner.version = { ...property, role: 'version' };
  else members.push(property);
}

function addReference(members: HbmMember[], name: string, configure: Value, at: SourceRange): void {
  const column = newColumn(null, at);
  const reference = newManyToOne(name, [column], at);
  members.push(reference);
  run(
    configure,
    columnHost(column, (method, args) => {
      const [first] = args;
      if (method === 'ForeignKey') reference.foreignKey = textValue(first);
      else if (method === 'PropertyRef') reference.propertyRef = textValue(first);
      else if (method === 'Cascade') reference.cascade = cascadeOf(first);
      else if (method === 'Fetch') reference.fetch = cascadeOf(first);
      else if (method === 'Lazy') reference.lazy = nameValue(first) === 'NoLazy' ? 'false' : 'proxy';
      else if (method === 'NotFound') reference.notFound = nameValue(first)?.toLowerCase() ?? null;
      else if (method === 'Class' && isKind(first, 'type')) reference.class = simpleName(first.type);
    }),
  );
}

function addOne(members: HbmMember[], name: string, configure: Value, at: SourceRange): void {
  const relation = newOneToOne(name, at);
  members.push(relation);
  run(configure, {
    is: 'host',
    call(method, args) {
      const [first] = args;
      if (method === 'Constrained') relation.constrained = first !== false;
      else if (method === 'ForeignKey') relation.foreignKey = textValue(first);
      else if (method === 'PropertyReference') relation.propertyRef = selectedPaths(first)?.[0] ?? null;
      else if (method === 'Cascade') relation.cascade = cascadeOf(first);
      return undefined;
    },
  });
}

function addCollection(
  members: HbmMember[],
  kind: HbmCollection['collection'],
  name: string,
  configure: Value,
  relation: Value,
  at: SourceRange,
): void {
  const collection: Mutable<HbmCollection> = newCollection(kind, name, at);
  collection.element = { kind: 'element', type: null, typeParameters: {}, columns: [newColumn(null, at)], at };
  members.push(collection);
  run(configure, {
    is: 'host',
    call(method, args) {
      const [first] = args;
      const text = textValue(first);
      if (method === 'Table') collection.table = text === null ? null : unquoted(text);
      else if (method === 'Schema') collection.schema = text;
      else if (method === 'Inverse') collection.inverse = first !== false;
      else if (method === 'Cascade') collection.cascade = cascadeOf(first);
      else if (method === 'Lazy') collection.lazy = nameValue(first) === 'NoLazy' ? 'false' : 'true';
      else if (method === 'Fetch') collection.fetch = cascadeOf(first);
      else if (method === 'Key') {
        const column = newColumn(null, at);
        const key = newKey([column], at);
        run(
          first,
          columnHost(column, (inner, given) => {
            if (inner === 'ForeignKey') key.foreignKey = textValue(given[0]);
            if (inner === 'OnDelete' && nameValue(given[0]) === 'Cascade') key.onDelete = 'cascade';
            if (inner === 'Columns' && isList(given[0])) key.columns = [column];
          }),
        );
        collection.key = key;
      }
      return undefined;
    },
  });
  run(relation, {
    is: 'host',
    call(method, args) {
      const column = newColumn(null, at);
      if (method === 'OneToMany') collection.element = oneToMany(at);
      else if (method === 'ManyToMany') {
        const [first] = args;
        if (typeof first === 'string') column.name = first;
        run(
          first,
          columnHost(column, () => undefined),
        );
        collection.element = manyToMany([column], at);
      } else if (method === 'Element') {
        run(
          args[0],
          columnHost(column, () => undefined),
        );
        collection.element = { kind: 'element', type: null, typeParameters: {}, columns: [column], at };
      } else if (method === 'Component') {
        const parts: HbmMember[] = [];
        run(args[0], hostOf(parts, null));
        collection.element = { kind: 'composite-element', class: null, members: parts, at };
      }
      return undefined;
    },
  });
}
