/** From mappings to tables, as NHibernate's schema export makes them. */
import type { Column, Dialect, Table } from '../../schema/model.ts';
import type { CsProject } from '../shared/csharp/project.ts';
import { familyOf } from '../shared/csharp/storeTypes.ts';
import { classNamed } from './collect.ts';
import type { Mapped } from './collect.ts';
import { columnFrom, propertyType, scalarOf, shapeFor } from './columnTypes.ts';
import { addCollection, addMembers, addProperty, keyName } from './memberTables.ts';
import { createBuilding, finished, plain } from './tableDrafts.ts';
import type { Building, Draft } from './tableDrafts.ts';

export function tablesOf(
  mapped: readonly Mapped[],
  project: CsProject,
  dialect: Dialect,
  root: string,
): readonly Table[] {
  // Tables in between and joined ones whose name is half typed.
  const named = build(mapped, project, dialect).filter(({ name }) => name !== '');
  return named.map((draft) => finished(draft, root));
}

function build(mapped: readonly Mapped[], project: CsProject, dialect: Dialect): readonly Draft[] {
  const building = createBuilding(mapped, project, dialect);
  // Keys first: what refers to them is typed and named by them.
  for (const each of mapped) if (!each.parent) addKey(building, each);
  for (const each of [...mapped].sort((a, b) => depthOf(a) - depthOf(b))) {
    if (each.parent && each.hbm.kind !== 'subclass') {
      const draft = building.draftOf(each);
      const inherited = building.keyColumns(each.parent);
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
        building.foreignKey(
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
    const draft = building.draftOf(each);
    const optional = hbm.kind === 'subclass';
    if (hbm.subselect !== null) draft.kind = 'view';
    if (hbm.discriminator?.formula === null) {
      const { column, type } = hbm.discriminator;
      const name = plain(column.name ?? 'class');
      draft.columns.set(name, {
        ...columnFrom(
          name,
          null,
          shapeFor(scalarOf(type ?? 'String'), column, type, building.dialect),
          false,
          column.at,
        ),
        role: 'discriminator',
      });
    }
    if (hbm.version) addProperty(building, draft, hbm.version, each, '', false);
    for (let at: Mapped | null = hbm.kind === 'union-subclass' ? each.parent : null; at; at = at.parent)
      addMembers(building, draft, at.hbm.members, at, '', false);
    addMembers(building, draft, hbm.members, each, '', optional);
    for (const join of hbm.joins) {
      const second = building.draftFor(plain(join.table), join.schema ?? each.schema, null, join.at);
      second.kind = 'table';
      const names = (join.key?.columns ?? []).map((column) => plain(column.name ?? keyName(each)));
      second.primaryKey = [...building.refer(second, join.key?.columns ?? [], names, each, null, false)];
      building.foreignKey(second, names, each, join.key?.foreignKey ?? null, null, join.at);
      addMembers(building, second, join.members, each, '', false);
    }
    const children = mapped.filter(({ parent }) => parent === each);
    if (children.length > 0 || each.parent) {
      const single = hbm.kind === 'subclass' || children.some((child) => child.hbm.kind === 'subclass');
      const union = hbm.kind === 'union-subclass' || children.some((child) => child.hbm.kind === 'union-subclass');
      if (hbm.kind !== 'subclass')
        draft.inheritance = {
          strategy: single ? 'single-table' : union ? 'table-per-class' : 'joined',
          parent: each.parent ? building.tableName(each.parent).name : null,
          discriminatorColumn: hbm.discriminator?.column.name ?? null,
          children: single
            ? [each, ...children].map((child) => ({ entity: child.name, value: child.hbm.discriminatorValue }))
            : [],
        };
    }
  }
  for (const each of mapped) {
    const collections = each.hbm.members.filter((member) => member.kind === 'collection');
    for (const member of collections) addCollection(building, building.draftOf(each), member, each);
    for (const member of each.hbm.members) {
      if (member.kind !== 'one-to-one') continue;
      const to = building.target(member.class ?? member.entityName, each, member.name);
      if (!to) continue;
      const draft = building.draftOf(each);
      const referenced = building.draftOf(to);
      if (member.constrained) building.foreignKey(draft, draft.primaryKey, to, member.foreignKey, null, member.at);
      building.relation(
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
  return [...building.drafts.values()].filter(({ columns }) => columns.size > 0);
}

function rootOf(each: Mapped): Mapped {
  return each.parent ? rootOf(each.parent) : each;
}

function addKey(building: Building, each: Mapped): void {
  const draft = building.draftOf(each);
  const { id } = each.hbm;
  if (!id) return;
  if (id.kind === 'composite') {
    const before = new Set(draft.columns.keys());
    const info = id.class === null ? each.info : classNamed(id.class, each.namespace, building.project);
    addMembers(building, draft, id.members, { ...each, info }, id.name === null ? '' : `${id.name}.`, false);
    draft.primaryKey = [...draft.columns.keys()].filter((name) => !before.has(name));
  } else {
    const type =
      (id.type === null ? null : scalarOf(id.type)) ??
      propertyType(each.info, id.name ?? 'Id', building.project) ??
      scalarOf('int');
    draft.primaryKey = id.columns.map((column) => {
      const name = plain(column.name ?? id.name ?? 'id');
      draft.columns.set(name, {
        ...columnFrom(name, id.name, shapeFor(type, column, id.type, building.dialect), false, column.at),
        generated: generatedBy(
          id.generator ?? (each.style === 'fluent' ? byType(type?.scalar) : 'assigned'),
          building.dialect,
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
}

function depthOf(each: Mapped): number {
  let depth = 0;
  for (let at = each.parent; at && depth < 30; at = at.parent) depth++;
  return depth;
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
