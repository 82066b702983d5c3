/** Tables while the mappings of a project are put together: found by name, with their keys and what refers to them. */
import { plainTable, plainUnique } from '../../schema/emptyTable.ts';
import type { Column, Dialect, ForeignKey, Index, Relation, Table } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { CsProject } from '../shared/csharp/project.ts';
import type { HbmColumn } from '../shared/hbm/model.ts';
import { directoryOf } from '../shared/paths.ts';
import { classNamed, elementType, shortName } from './collect.ts';
import type { Mapped } from './collect.ts';
import { columnFrom, shapeFor } from './columnTypes.ts';

export interface Draft {
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

export interface Building {
  readonly project: CsProject;
  readonly dialect: Dialect;
  readonly drafts: ReadonlyMap<string, Draft>;
  draftFor(name: string, namespace: string | null, entity: Mapped | null, at: SourceRange): Draft;
  draftOf(each: Mapped): Draft;
  tableName(each: Mapped): { readonly name: string; readonly schema: string | null };
  /** What a relation leads to, by the class it names or the type of its property. */
  target(stated: string | null, from: Mapped, property: string): Mapped | null;
  keyColumns(each: Mapped): readonly Column[];
  add(draft: Draft, column: Column, hbm: HbmColumn | null): void;
  foreignKey(
    draft: Draft,
    columns: readonly string[],
    to: Mapped,
    name: string | null,
    onDelete: ForeignKey['onDelete'],
    at: SourceRange,
  ): void;
  /** Columns that hold the key of another table, typed as it is. */
  refer(
    draft: Draft,
    hbm: readonly HbmColumn[],
    names: readonly string[],
    to: Mapped,
    property: string | null,
    nullable: boolean,
  ): readonly string[];
  relation(draft: Draft, found: Omit<Relation, 'cascade'>, cascade: string | null): void;
}

export function createBuilding(mapped: readonly Mapped[], project: CsProject, dialect: Dialect): Building {
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
    const stated = plain(each.hbm.table ?? '');
    // Half typed, it is as if nothing were said.
    return { name: stated === '' ? each.name : stated, schema: each.schema };
  };
  const draftOf = (each: Mapped): Draft => {
    const { name, schema } = tableName(each);
    return draftFor(name, schema, each.hbm.kind === 'subclass' && each.parent ? each.parent : each, each.hbm.at);
  };
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
    if (keys.length !== columns.length || columns.length === 0) return;
    const known = draft.foreignKeys.findIndex(
      (each) => each.columns.join() === columns.join() && each.references.table === referenced.name,
    );
    // Both ends of a relation state the same key; what either says of deleting holds.
    if (known !== -1) {
      const before = draft.foreignKeys[known];
      if (before)
        draft.foreignKeys[known] = { ...before, name: before.name ?? name, onDelete: before.onDelete ?? onDelete };
      return;
    }
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

  const relation = (draft: Draft, found: Omit<Relation, 'cascade'>, cascade: string | null): void => {
    if (!draft.relations.some(({ property }) => property === found.property))
      draft.relations.push({
        ...found,
        cascade: cascade === null || cascade === 'none' ? [] : cascade.split(/[\s,]+/u),
      });
  };
  return {
    project,
    dialect,
    drafts,
    draftFor,
    draftOf,
    tableName,
    target,
    keyColumns,
    add,
    foreignKey,
    refer,
    relation,
  };
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
export function plain(name: string): string {
  return name.replace(/^[`"[]|[`"\]]$/gu, '').replace(/^.*\.(?=[^.]+$)/u, '');
}

export function finished(draft: Draft, root: string): Table {
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
    ...plainTable(
      draft.name,
      'nhibernate',
      root !== '' && folder.startsWith(`${root}/`) ? folder.slice(root.length + 1) : folder === root ? '' : folder,
      draft.at,
    ),
    namespace: draft.namespace,
    entity: draft.entity?.name ?? null,
    kind: draft.kind,
    columns: [...draft.columns.values()],
    primaryKey: draft.primaryKey,
    uniques: [...draft.uniques].map(([name, columns]) =>
      plainUnique(name.startsWith('\0') ? null : name, columns, draft.at),
    ),
    indexes: [...draft.indexes].map(([name, columns]) => index(name, columns)),
    foreignKeys: draft.foreignKeys,
    relations: draft.relations,
    inheritance: draft.inheritance,
    viewExpression: draft.entity?.hbm.subselect ?? null,
    comment: draft.entity?.hbm.comment ?? null,
    managed: draft.kind !== 'view',
  };
}
