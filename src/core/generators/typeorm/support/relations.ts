/** Loading rows with their relations, without an N+1. */
import type { Imports } from '../../shared/imports.ts';
import type { ProjectPlan } from '../../shared/project.ts';
import { supportPath } from './paths.ts';

export function relationsText(project: ProjectPlan, imports: Imports): string {
  imports.useFile(supportPath(project, 'driverErrors'), 'inDomainTerms');
  imports.useType('typeorm', 'EntityMetadata', 'FindOptionsWhere', 'ObjectLiteral', 'Repository', 'SelectQueryBuilder');
  return `type Reference<Id> = Id extends null | undefined ? Id : { id: Id };

/** A row that is known by its key alone, to be referred to. */
export function reference<Id extends string | number | null | undefined>(id: Id): Reference<Id> {
  return (id === null || id === undefined ? id : { id }) as Reference<Id>;
}

export async function findWith<Row extends ObjectLiteral>(
  rows: Repository<Row>,
  key: FindOptionsWhere<Row>,
  include: readonly string[] = [],
): Promise<Row | null> {
  const row = await inDomainTerms(rows.metadata, () => selectWith(rows, include).where(key).getOne());
  if (row) {
    await loadCollections(rows, [row], include);
  }
  return row;
}

/** Selects rows as \`row\` with the to-one relations joined; \`loadCollections\` adds the others. */
export function selectWith<Row extends ObjectLiteral>(
  rows: Repository<Row>,
  include: readonly string[],
): SelectQueryBuilder<Row> {
  const builder = rows.createQueryBuilder('row');
  selectReferences(builder, 'row', rows.metadata, include);
  for (const relation of rows.metadata.relations) {
    if (include.includes(relation.propertyName) && (relation.isManyToOne || relation.isOneToOne)) {
      builder.leftJoinAndSelect(\`row.\${relation.propertyName}\`, relation.propertyName);
      selectReferences(builder, relation.propertyName, relation.inverseEntityMetadata);
    }
  }
  return builder;
}

/** Completes rows that \`selectWith\` found: to-many relations are added with one query each. */
export async function loadCollections<Row extends ObjectLiteral>(
  rows: Repository<Row>,
  found: Row[],
  include: readonly string[],
): Promise<void> {
  const { metadata } = rows;
  const collections = metadata.relations.filter(({ isOneToMany, isManyToMany }) => isOneToMany || isManyToMany);
  if (found.length > 0) {
    await loadEach(rows, found, collections.filter(({ propertyName }) => include.includes(propertyName)));
    clearEmptyReferences(metadata, found);
  }
}

async function loadEach<Row extends ObjectLiteral>(
  rows: Repository<Row>,
  found: Row[],
  [relation, ...others]: EntityMetadata['relations'],
): Promise<void> {
  if (!relation) {
    return;
  }
  const { metadata } = rows;
  const builder = rows
    .createQueryBuilder('row')
    .select(metadata.primaryColumns.map(({ propertyName }) => \`row.\${propertyName}\`))
    .leftJoinAndSelect(\`row.\${relation.propertyName}\`, 'item')
    .whereInIds(found);
  selectReferences(builder, 'item', relation.inverseEntityMetadata);
  const loaded = await builder.getMany();
  for (const row of found) {
    const match = loaded.find((each) => metadata.compareEntities(each, row));
    relation.setEntityValue(row, match ? relation.getEntityValue(match) : []);
  }
  await loadEach(rows, found, others);
}

/** Foreign keys that no property stands for are read as \`{ id }\` of their relation, without a join. */
function selectReferences<Row extends ObjectLiteral>(
  builder: SelectQueryBuilder<Row>,
  alias: string,
  { relations }: EntityMetadata,
  joined: readonly string[] = [],
): void {
  for (const { propertyName, isManyToOne, isOneToOneOwner, joinColumns } of relations) {
    const isHidden = joinColumns.every(({ isVirtual }) => isVirtual);
    if ((isManyToOne || isOneToOneOwner) && isHidden && !joined.includes(propertyName)) {
      const path = \`\${alias}.\${propertyName}\`;
      builder.loadRelationIdAndMap(path, path, { disableMixedMap: true });
    }
  }
}

/** TypeORM reads an empty foreign key as \`{ id: null }\`. */
function clearEmptyReferences({ relations }: EntityMetadata, rows: ObjectLiteral[]): void {
  for (const relation of relations.filter(({ isLazy }) => !isLazy)) {
    for (const row of rows) {
      const value = relation.getEntityValue(row) as ObjectLiteral | ObjectLiteral[] | null | undefined;
      if (Array.isArray(value)) {
        clearEmptyReferences(relation.inverseEntityMetadata, value);
      } else if (value && relation.inverseEntityMetadata.hasAllPrimaryKeys(value)) {
        clearEmptyReferences(relation.inverseEntityMetadata, [value]);
      } else if (value) {
        row[relation.propertyName] = null;
      }
    }
  }
}
`;
}
