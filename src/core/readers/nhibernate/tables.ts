/** From mappings to tables, as NHibernate's schema export makes them. */
import type { Column, Dialect, ForeignKey, Index, Relation, Table } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { CsProject } from '../shared/csharp/project.ts';
import { familyOf } from '../shared/csharp/storeTypes.ts';
import type { HbmCollection, HbmColumn, HbmKey, HbmManyToOne, HbmMember, HbmProperty } from '../shared/hbm/model.ts';
import { directoryOf } from '../shared/paths.ts';
import { classNamed, elementType, shortName } from './collect.ts';
import type { Mapped } from './collect.ts';
import { columnFrom, propertyType, scalarOf, shapeFor } from './columnTypes.ts';

interface Draft {
  readonly name: string;
  readonly namespace: string | null;
  readonly entity: Mapped | null;
  kind: Table['kind'];
  readonly columns: Map<string, Column>;
  primaryKey: string[];
  readonly uniques: Map<string, string[]>;
  readonly indexes: Map<string, string[]>;
  readonly foreignKeys: ForeignKey[];
  readonly relations: Relation[];
  inheritance: Table['inheritance'];
  readonly at: SourceRange;
}

export function tablesOf(
  mapped: readonly Mapped[],
  project: CsProject,
  dialect: Dialect,
  root: string,
): readonly Table[] {
  return build(mapped, project, dialect).map((draft) => finished(draft, root));
}

function build(mapped: readonly Mapped[], project: CsProject, dialect: Dialect): readonly Draft[] {
  const drafts = new Map<string, Draft>();
  const draftFor = (name: string, namespace: string | null, entity: Mapped | null, at: SourceRange): Draft => {
    const key = `${namespace ?? ''}\0${name.toLowerCase()}`;
    let draft = drafts.get(key);
    if (!draft)
      drafts.set(
        key,
        (draft = {
          name,
          namespace,
          entity,
          kind: entity ? 'table' : 'join-table',
          columns: new Map(),
          primaryKey: [],
          uniques: new Map(),
          indexes: new Map(),
          foreignKeys: [],
          relations: [],
          inheritance: null,
          at,
        }),
      );
    return draft;
  };
  const tableName = (each: Mapped): { readonly name: string; readonly schema: string | null } => {
    const holder = each.hbm.kind === 'subclass' && each.parent ? each.parent : each;
    if (holder !== each) return tableName(holder);
    return { name: plain(each.hbm.table ?? each.name), schema: each.schema };
  };
  const draftOf = (each: Mapped): Draft => {
    const { name, schema } = tableName(each);
    return draftFor(name, schema, each.hbm.kind === 'subclass' && each.parent ? each.parent : each, each.hbm.at);
  };
  const rootOf = (each: Mapped): Mapped => (each.parent ? rootOf(each.parent) : each);
  const target = (stated: string | null, from: Mapped, property: string): Mapped | null => {
    const info =
      stated === null
        ? from.info
          ? elementType(from.info, property, project)
          : null
        : classNamed(stated, from.namespace, project);
    return (
      mapped.find((each) => info !== null && each.info === info) ??
      (stated === null ? null : (mapped.find(({ name }) => name === shortName(stated)) ?? null))
    );
  };
  const keyColumns = (each: Mapped): readonly Column[] => {
    const draft = draftOf(each);
    return draft.primaryKey.flatMap((name) => draft.columns.get(name) ?? []);
  };
  const add = (draft: Draft, column: Column, hbm: HbmColumn | null): void => {
    const known = draft.columns.get(column.name);
    if (!known) draft.columns.set(column.name, column);
    else if (known.property === null && column.property !== null)
      draft.columns.set(column.name, { ...column, nullable: known.nullable && column.nullable });
    if (!hbm) return;
    if (hbm.unique) draft.uniques.set(`\0${column.name}`, [column.name]);
    for (const name of hbm.uniqueKeys) push(draft.uniques, name, column.name);
    for (const name of hbm.indexes) push(draft.indexes, name, column.name);
  };
  const foreignKey = (
    draft: Draft,
    columns: readonly string[],
    to: Mapped,
    name: string | null,
    onDelete: ForeignKey['onDelete'],
    at: SourceRange,
  ): void => {
    if (name === 'none') return;
    const referenced = draftOf(to);
    const keys = keyColumns(to).map((column) => column.name);
    if (
      keys.length !== columns.length ||
      draft.foreignKeys.some(
        (each) => each.columns.join() === columns.join() && each.references.table === referenced.name,
      )
    )
      return;
    draft.foreignKeys.push({
      name,
      columns,
      references: { table: referenced.name, namespace: referenced.namespace, columns: keys },
      onDelete,
      onUpdate: null,
      deferrable: null,
      enforced: true,
      origin: 'declared',
      at,
    });
  };
  /** Columns that hold the key of another table, typed as it is. */
  const refer = (
    draft: Draft,
    hbm: readonly HbmColumn[],
    names: readonly string[],
    to: Mapped,
    property: string | null,
    nullable: boolean,
  ): readonly string[] => {
    const keys = keyColumns(to);
    return names.map((name, at) => {
      const column = hbm[at] ?? null;
      const key = keys[at];
      const shape = key
        ? {
            type: key.type,
            rawType: key.rawType,
            length: key.length,
            precision: key.precision,
            scale: key.scale,
            array: key.array,
          }
        : shapeFor(null, column ?? emptyColumn, null, dialect);
      add(
        draft,
        columnFrom(name, property, shape, nullable && column?.notNull !== true, column?.at ?? draft.at),
        column,
      );
      return name;
    });
  };

  const addProperty = (
    draft: Draft,
    property: HbmProperty,
    owner: Mapped,
    prefix: string,
    optional: boolean,
    info = owner.info,
  ): void => {
    if (property.formula !== null) return;
    const type =
      property.type === null
        ? propertyType(info, property.name, project)
        : (scalarOf(property.type) ?? propertyType(info, property.name, project));
    property.columns.forEach((column) => {
      const made = columnFrom(
        plain(column.name ?? property.name),
        prefix + property.name,
        shapeFor(type, column, property.type, dialect),
        optional || column.notNull !== true,
        column.at,
      );
      const role = property.role === 'property' ? null : ('version' as const);
      add(
        draft,
        {
          ...made,
          nullable: role === null ? made.nullable : false,
          role,
          default: column.default,
          comment: column.comment,
          insertable: property.insert !== false,
          updatable: property.update !== false,
        },
        column,
      );
    });
  };
  const relation = (draft: Draft, found: Omit<Relation, 'cascade'>, cascade: string | null): void => {
    if (!draft.relations.some(({ property }) => property === found.property))
      draft.relations.push({
        ...found,
        cascade: cascade === null || cascade === 'none' ? [] : cascade.split(/[\s,]+/u),
      });
  };
  const addReference = (draft: Draft, member: HbmManyToOne, owner: Mapped, prefix: string, optional: boolean): void => {
    const to = target(member.class ?? member.entityName, owner, member.name);
    if (!to || member.formula !== null) return;
    const names = member.columns.map((column) => plain(column.name ?? member.name));
    const nullable = optional || member.columns.every((column) => column.notNull !== true);
    refer(draft, member.columns, names, to, prefix + member.name, optional || true);
    if (member.notFound !== 'ignore' && member.propertyRef === null)
      foreignKey(draft, names, to, member.foreignKey, null, member.at);
    const referenced = draftOf(to);
    relation(
      draft,
      {
        property: prefix + member.name,
        kind: member.columns.some(({ unique }) => unique) ? 'one-to-one' : 'many-to-one',
        target: referenced.name,
        targetNamespace: referenced.namespace,
        owner: true,
        columns: names,
        inverse: null,
        joinTable: null,
        nullable,
        fetch: member.fetch === 'join' || member.lazy === 'false' ? 'eager' : 'lazy',
        at: member.at,
      },
      member.cascade,
    );
  };
  const addCollection = (draft: Draft, member: HbmCollection, owner: Mapped): void => {
    const { element, key } = member;
    if (!element || !key || element.kind === 'many-to-any') return;
    const fetch = member.lazy === 'false' ? ('eager' as const) : ('lazy' as const);
    const names = (hbm: HbmKey): readonly string[] => hbm.columns.map((column) => plain(column.name ?? keyName(owner)));
    const own = {
      property: member.name,
      owner: !member.inverse,
      columns: [],
      inverse: null,
      nullable: false,
      fetch,
      at: member.at,
    };
    if (element.kind === 'one-to-many') {
      const to = target(element.class ?? element.entityName, owner, member.name);
      if (!to) return;
      const child = draftOf(to);
      const held = refer(child, key.columns, names(key), owner, null, key.notNull !== true);
      foreignKey(child, held, owner, key.foreignKey, key.onDelete === 'cascade' ? 'CASCADE' : null, member.at);
      relation(
        draft,
        {
          ...own,
          kind: 'one-to-many',
          owner: false,
          target: child.name,
          targetNamespace: child.namespace,
          joinTable: null,
          inverse:
            child.relations.find(({ columns, kind }) => kind === 'many-to-one' && columns.join() === held.join())
              ?.property ?? null,
        },
        member.cascade,
      );
      return;
    }
    const to = element.kind === 'many-to-many' ? target(element.class ?? element.entityName, owner, member.name) : null;
    if (element.kind === 'many-to-many' && !to) return;
    const tableName = plain(
      member.table ?? (owner.style === 'fluent' && to ? [owner.name, to.name].sort().join('To') : member.name),
    );
    const join = draftFor(tableName, member.schema ?? owner.schema, null, member.at);
    const held = refer(join, key.columns, names(key), owner, null, false);
    foreignKey(join, held, owner, key.foreignKey, key.onDelete === 'cascade' ? 'CASCADE' : null, member.at);
    let elements: readonly string[] = [];
    if (element.kind === 'many-to-many' && to) {
      elements = refer(
        join,
        element.columns,
        element.columns.map((column) => plain(column.name ?? (owner.style === 'fluent' ? `${to.name}_id` : 'elt'))),
        to,
        null,
        false,
      );
      if (element.notFound !== 'ignore') foreignKey(join, elements, to, element.foreignKey, null, member.at);
      const referenced = draftOf(to);
      relation(
        draft,
        {
          ...own,
          kind: 'many-to-many',
          target: referenced.name,
          targetNamespace: referenced.namespace,
          joinTable: join.name,
        },
        member.cascade,
      );
    } else if (element.kind === 'element') {
      const type = element.type === null ? null : scalarOf(element.type);
      elements = element.columns.map((column) => {
        const name = plain(column.name ?? (owner.style === 'fluent' ? 'Value' : 'elt'));
        add(
          join,
          columnFrom(
            name,
            null,
            shapeFor(type, column, element.type, dialect),
            member.collection !== 'set' && column.notNull !== true,
            column.at,
          ),
          column,
        );
        return name;
      });
    } else if (element.kind === 'composite-element') {
      const info =
        element.class === null
          ? owner.info
            ? elementType(owner.info, member.name, project)
            : null
          : classNamed(element.class, owner.namespace, project);
      addMembers(join, element.members, { ...owner, info }, '', false);
    }
    const index = member.index?.columns.map((column) => {
      const name = plain(column.name ?? 'idx');
      const type = member.index?.kind === 'position' ? scalarOf('int') : scalarOf(member.index?.type ?? 'string');
      add(
        join,
        columnFrom(name, null, shapeFor(type, column, member.index?.type ?? null, dialect), false, column.at),
        column,
      );
      return name;
    });
    if (member.collection === 'set') join.primaryKey = [...held, ...elements];
    else if (/^(?:list|map|array)$/u.test(member.collection)) join.primaryKey = [...held, ...(index ?? [])];
  };
  const keyName = (owner: Mapped): string =>
    owner.style === 'fluent' ? `${owner.name}_id` : owner.style === 'code' ? `${owner.name.toLowerCase()}_key` : 'id';

  const addMembers = (
    draft: Draft,
    members: readonly HbmMember[],
    owner: Mapped,
    prefix: string,
    optional: boolean,
    depth = 0,
  ): void => {
    for (const member of members) {
      if (member.kind === 'property') addProperty(draft, member, owner, prefix, optional);
      else if (member.kind === 'many-to-one') addReference(draft, member, owner, prefix, optional);
      else if (member.kind === 'component' && depth < 8) {
        const info =
          member.class === null
            ? owner.info
              ? elementType(owner.info, member.name, project)
              : null
            : classNamed(member.class, owner.namespace, project);
        addMembers(draft, member.members, { ...owner, info }, `${prefix}${member.name}.`, optional, depth + 1);
      } else if (member.kind === 'any')
        member.columns.forEach((column, at) =>
          add(
            draft,
            columnFrom(
              plain(column.name ?? member.name),
              prefix + member.name,
              shapeFor(
                scalarOf(at === 0 ? (member.metaType ?? 'string') : (member.idType ?? 'int')),
                column,
                null,
                dialect,
              ),
              column.notNull !== true,
              column.at,
            ),
            column,
          ),
        );
    }
  };
  const addKey = (each: Mapped): void => {
    const draft = draftOf(each);
    const { id } = each.hbm;
    if (!id) return;
    if (id.kind === 'composite') {
      const before = new Set(draft.columns.keys());
      const info = id.class === null ? each.info : classNamed(id.class, each.namespace, project);
      addMembers(draft, id.members, { ...each, info }, id.name === null ? '' : `${id.name}.`, false);
      draft.primaryKey = [...draft.columns.keys()].filter((name) => !before.has(name));
    } else {
      const type =
        (id.type === null ? null : scalarOf(id.type)) ??
        propertyType(each.info, id.name ?? 'Id', project) ??
        scalarOf('int');
      draft.primaryKey = id.columns.map((column) => {
        const name = plain(column.name ?? id.name ?? 'id');
        draft.columns.set(name, {
          ...columnFrom(name, id.name, shapeFor(type, column, id.type, dialect), false, column.at),
          generated: generatedBy(
            id.generator ?? (each.style === 'fluent' ? byType(type?.scalar) : 'assigned'),
            dialect,
            id.generatorParameters.sequence ?? null,
          ),
        });
        return name;
      });
    }
    for (const name of draft.primaryKey) {
      const column = draft.columns.get(name);
      if (column) draft.columns.set(name, { ...column, nullable: false });
    }
  };
  // Keys first: what refers to them is typed and named by them.
  for (const each of mapped) if (!each.parent) addKey(each);
  for (const each of [...mapped].sort((a, b) => depthOf(a) - depthOf(b))) {
    if (each.parent && each.hbm.kind !== 'subclass') {
      const draft = draftOf(each);
      const inherited = keyColumns(each.parent);
      const union = each.hbm.kind === 'union-subclass';
      const stated = each.hbm.key?.columns ?? [];
      const names = inherited.map((column, at) =>
        union
          ? column.name
          : plain(
              stated[at]?.name ??
                (each.style === 'fluent'
                  ? `${each.parent?.name ?? ''}_id`
                  : each.style === 'code'
                    ? `${rootOf(each).name.toLowerCase()}_key`
                    : column.name),
            ),
      );
      inherited.forEach((column, at) =>
        draft.columns.set(names[at] ?? column.name, {
          ...column,
          name: names[at] ?? column.name,
          generated: union ? column.generated : null,
        }),
      );
      draft.primaryKey = names;
      if (!union)
        foreignKey(
          draft,
          names,
          each.parent,
          each.hbm.key?.foreignKey ?? null,
          each.hbm.key?.onDelete === 'cascade' ? 'CASCADE' : null,
          each.hbm.at,
        );
    }
  }
  for (const each of mapped) {
    const { hbm } = each;
    const draft = draftOf(each);
    const optional = hbm.kind === 'subclass';
    if (hbm.subselect !== null) draft.kind = 'view';
    if (hbm.discriminator && hbm.discriminator.formula === null) {
      const { column, type } = hbm.discriminator;
      const name = plain(column.name ?? 'class');
      draft.columns.set(name, {
        ...columnFrom(name, null, shapeFor(scalarOf(type ?? 'String'), column, type, dialect), false, column.at),
        role: 'discriminator',
      });
    }
    if (hbm.version) addProperty(draft, hbm.version, each, '', false);
    for (let at: Mapped | null = hbm.kind === 'union-subclass' ? each.parent : null; at; at = at.parent)
      addMembers(draft, at.hbm.members, at, '', false);
    addMembers(draft, hbm.members, each, '', optional);
    for (const join of hbm.joins) {
      const second = draftFor(plain(join.table), join.schema ?? each.schema, null, join.at);
      second.kind = 'table';
      const names = (join.key?.columns ?? []).map((column) => plain(column.name ?? keyName(each)));
      second.primaryKey = [...refer(second, join.key?.columns ?? [], names, each, null, false)];
      foreignKey(second, names, each, join.key?.foreignKey ?? null, null, join.at);
      addMembers(second, join.members, each, '', false);
    }
    const children = mapped.filter(({ parent }) => parent === each);
    if (children.length > 0 || each.parent) {
      const single = hbm.kind === 'subclass' || children.some((child) => child.hbm.kind === 'subclass');
      const union = hbm.kind === 'union-subclass' || children.some((child) => child.hbm.kind === 'union-subclass');
      if (hbm.kind !== 'subclass')
        draft.inheritance = {
          strategy: single ? 'single-table' : union ? 'table-per-class' : 'joined',
          parent: each.parent ? tableName(each.parent).name : null,
          discriminatorColumn: hbm.discriminator?.column.name ?? null,
          children: single
            ? [each, ...children].map((child) => ({ entity: child.name, value: child.hbm.discriminatorValue }))
            : [],
        };
    }
  }
  for (const each of mapped) {
    const collections = each.hbm.members.filter((member) => member.kind === 'collection');
    for (const member of collections) addCollection(draftOf(each), member, each);
    for (const member of each.hbm.members) {
      if (member.kind !== 'one-to-one') continue;
      const to = target(member.class ?? member.entityName, each, member.name);
      if (!to) continue;
      const draft = draftOf(each);
      const referenced = draftOf(to);
      if (member.constrained) foreignKey(draft, draft.primaryKey, to, member.foreignKey, null, member.at);
      relation(
        draft,
        {
          property: member.name,
          kind: 'one-to-one',
          target: referenced.name,
          targetNamespace: referenced.namespace,
          owner: member.constrained,
          columns: member.constrained ? draft.primaryKey : [],
          inverse: member.propertyRef,
          joinTable: null,
          nullable: !member.constrained,
          fetch: member.lazy === 'false' || !member.constrained ? 'eager' : 'lazy',
          at: member.at,
        },
        member.cascade,
      );
    }
  }
  return [...drafts.values()].filter(({ columns }) => columns.size > 0);
}

function depthOf(each: Mapped): number {
  let depth = 0;
  for (let at = each.parent; at && depth < 30; at = at.parent) depth++;
  return depth;
}

function push(lists: Map<string, string[]>, key: string, value: string): void {
  const known = lists.get(key);
  if (!known) lists.set(key, [value]);
  else if (!known.includes(value)) known.push(value);
}

const emptyColumn: HbmColumn = {
  name: null,
  length: null,
  precision: null,
  scale: null,
  notNull: null,
  unique: false,
  uniqueKeys: [],
  indexes: [],
  sqlType: null,
  default: null,
  check: null,
  comment: null,
  at: { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 },
};

/** Quotes say only that a name is to be quoted. */
function plain(name: string): string {
  return name.replace(/^[`"[]|[`"\]]$/gu, '').replace(/^.*\.(?=[^.]+$)/u, '');
}

/** What FluentNHibernate takes for a key by its type. */
function byType(scalar: string | undefined): string {
  return scalar === 'guid' ? 'guid.comb' : scalar === 'string' ? 'assigned' : 'identity';
}

function generatedBy(generator: string, dialect: Dialect, sequence: string | null): Column['generated'] {
  const family = familyOf(dialect);
  const identity = {
    kind: family === 'mysql' || family === 'sqlite' ? ('increment' as const) : ('identity' as const),
    expression: null,
  };
  switch (generator) {
    case 'identity':
    case 'trigger-identity':
      return identity;
    case 'native':
      return family === 'postgresql' || family === 'oracle'
        ? { kind: 'sequence', expression: sequence ?? 'hibernate_sequence' }
        : identity;
    case 'sequence':
    case 'seqhilo':
    case 'enhanced-sequence':
    case 'sequence-identity':
      return { kind: 'sequence', expression: sequence ?? 'hibernate_sequence' };
    case 'assigned':
    case 'foreign':
      return null;
    default:
      return { kind: 'application', expression: null };
  }
}

function finished(draft: Draft, root: string): Table {
  const folder = directoryOf(draft.at.file);
  const index = (name: string, columns: readonly string[]): Index => ({
    name,
    columns,
    orders: [],
    include: [],
    unique: false,
    method: null,
    where: null,
    expression: null,
    origin: 'declared',
    at: draft.at,
  });
  return {
    name: draft.name,
    namespace: draft.namespace,
    entity: draft.entity?.name ?? null,
    reader: 'nhibernate',
    kind: draft.kind,
    columns: [...draft.columns.values()],
    primaryKey: draft.primaryKey,
    primaryKeyName: null,
    uniques: [...draft.uniques].map(([name, columns]) => ({
      name: name.startsWith('\0') ? null : name,
      columns,
      nullsNotDistinct: false,
      deferrable: null,
      origin: 'declared',
      at: draft.at,
    })),
    indexes: [...draft.indexes].map(([name, columns]) => index(name, columns)),
    foreignKeys: draft.foreignKeys,
    relations: draft.relations,
    checks: [],
    exclusions: [],
    inheritance: draft.inheritance,
    viewExpression: draft.entity?.hbm.subselect ?? null,
    comment: draft.entity?.hbm.comment ?? null,
    managed: draft.kind !== 'view',
    module:
      root !== '' && folder.startsWith(`${root}/`) ? folder.slice(root.length + 1) : folder === root ? '' : folder,
    at: draft.at,
  };
}
