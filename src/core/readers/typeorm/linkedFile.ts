/** What linking makes of the entities of one file, and what it must know of them to leave the others alone. */
import type { Problem } from '../../schema/source.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import type { Built } from './build.ts';
import type { EntityMeta, RelationMeta } from './model.ts';
import { isShared } from './references.ts';
import type { Reference } from './references.ts';
import { tablesOf } from './tables.ts';
import type { EntityTable } from './tables.ts';
import { targetProblems } from './targetProblems.ts';
import type { Targets } from './targets.ts';

export interface LinkedFile {
  readonly declared: readonly EntityTable[];
  /** Tables TypeORM adds for many-to-many relations and closure trees. */
  readonly junctions: readonly EntityTable[];
  readonly closures: readonly EntityTable[];
  readonly problems: readonly Problem[];
  /** Of each entity all that the tables of others are made from; equal faces leave the others as they are. */
  readonly faces: readonly string[];
  /** Names that references in words (`'Order'`) find the entities by. */
  readonly names: readonly string[];
  /** Files of the entities that relations and foreign keys lead to. */
  readonly refersTo: ReadonlySet<string>;
  /** Some reference is in words or leads nowhere: another entity's name may change what it means. */
  readonly refersByName: boolean;
  /** Holds members of a single-table hierarchy, whose columns come from all of its files. */
  readonly shared: boolean;
}

export interface Linking {
  readonly built: Built;
  readonly targets: Targets;
  readonly evaluator: Evaluator;
  readonly root: string;
  readonly references: ReadonlyMap<string, readonly Reference[]>;
  /** Columns that others refer to beside primary keys, by property or name. */
  readonly referredColumns: ReadonlySet<string>;
}

/** `files`: those that are asked for; the others were built to support them and may be incomplete. */
export function linkedFiles(linking: Linking, files: Iterable<string>): ReadonlyMap<string, LinkedFile> {
  const { built, evaluator, root } = linking;
  const wanted = new Set(files);
  const fileOf = (entity: EntityMeta): string => (built.owners.get(entity) ?? entity).target?.file ?? '';
  const entities = built.entities.filter((each) => wanted.has(fileOf(each)));
  const tables = tablesOf(entities, root, evaluator);
  const byFile = new Map<string, EntityMeta[]>([...wanted].map((file) => [file, []]));
  for (const entity of entities) byFile.get(fileOf(entity))?.push(entity);
  return new Map(
    [...byFile].map(([file, own]) => [file, own.length === 0 ? empty : linkedFile(file, own, tables, linking)]),
  );
}

const empty: LinkedFile = {
  declared: [],
  junctions: [],
  closures: [],
  problems: [],
  faces: [],
  names: [],
  refersTo: new Set(),
  refersByName: false,
  shared: false,
};

function linkedFile(
  file: string,
  entities: readonly EntityMeta[],
  tables: ReadonlyMap<EntityMeta, EntityTable>,
  { built, targets, references, referredColumns }: Linking,
): LinkedFile {
  const of = (isMeant: (entity: EntityMeta) => boolean): readonly EntityTable[] =>
    entities.filter(isMeant).flatMap((each) => tables.get(each) ?? []);
  const declared = entities.filter(({ target }) => target !== null);
  const targetsOfFile = (references.get(file) ?? []).map(({ target }) => target);
  return {
    declared: of(({ target }) => target !== null),
    junctions: of(({ table }) => table.type === 'junction'),
    closures: of(({ table }) => table.type === 'closure-junction'),
    problems: [...targetProblems(targets, declared), ...declared.flatMap((each) => built.problems.get(each) ?? [])],
    faces: declared.map((each) => face(each, referredColumns)),
    names: declared.flatMap(({ target, givenName }) => [
      target?.name ?? '',
      ...(givenName === null ? [] : [givenName]),
    ]),
    refersTo: new Set([
      ...targetsOfFile.flatMap((target) => (target === null || typeof target === 'string' ? [] : [target.file])),
      ...declared.flatMap(({ relations, foreignKeys }) =>
        [
          ...relations.map(({ inverseEntity }) => inverseEntity),
          ...foreignKeys.map(({ referencedEntity }) => referencedEntity),
        ].flatMap((entity) => entity?.target?.file ?? []),
      ),
    ]),
    refersByName: targetsOfFile.some((target) => target === null || typeof target === 'string'),
    shared: declared.some(({ target }) => target !== null && isShared(target)),
  };
}

function face(entity: EntityMeta, referred: ReadonlySet<string>): string {
  const { target, table, columns, relations } = entity;
  const isReferred = ({ isPrimary, property, name }: EntityMeta['columns'][number]): boolean =>
    isPrimary || referred.has(property) || referred.has(name);
  return JSON.stringify([
    [target?.name, table.type, entity.name, entity.nameWithoutPrefix, entity.givenName, entity.schema, entity.database],
    columns
      .filter(isReferred)
      .map(({ options, ...column }) => [
        [column.property, column.path, column.name, column.givenName, column.nameWithoutPrefixes, column.mode],
        [column.type, column.isPrimary, column.precision, column.generation],
        [options.length, options.scale, options.unsigned, options.collation, options.enum, options.enumName],
        options.comment,
      ]),
    relations.map(faceOfRelation),
  ]);
}

function faceOfRelation({ args, ...relation }: RelationMeta): unknown {
  const { inverseEntity } = relation;
  return [
    [args.property, args.kind, args.onDelete, args.onUpdate, args.deferrable, args.treeParent, args.treeChildren],
    [relation.path, relation.inversePath, relation.owner, inverseEntity?.target?.file, inverseEntity?.target?.name],
    [relation.joinColumns.map(({ name }) => name), relation.junction?.name],
  ];
}
