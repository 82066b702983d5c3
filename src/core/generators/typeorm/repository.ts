/** A class over TypeORM's repository: what can be asked of an entity's rows and done to them. */
import type { EntityPlan, PropertyPlan } from '../shared/entityPlan.ts';
import { Imports } from '../shared/imports.ts';
import type { LayerOutput } from '../shared/layer.ts';
import { constructorOf } from '../shared/classes.ts';
import type { ProjectPlan } from '../shared/project.ts';
import { queryDraft } from './query.ts';
import { supportDrafts } from './support/drafts.ts';
import { supportPath } from './support/paths.ts';

export function repositoryLayer(project: ProjectPlan, entity: EntityPlan): LayerOutput {
  const { repository } = entity.files;
  return {
    drafts: [
      ...supportDrafts(project, ['errors', 'pagination', 'relations', 'writes', 'driverErrors']),
      queryDraft(project, entity),
      { path: repository.path, text: repositoryText(project, entity) },
    ],
    registrations:
      project.framework === 'nestjs' && repository.state === 'new'
        ? [
            { kind: 'entity', folder: entity.folder, class: entity.source, exported: false },
            { kind: 'provider', folder: entity.folder, class: repository, exported: false },
          ]
        : [],
    skipped: [],
    notes: [],
  };
}

function repositoryText(project: ProjectPlan, entity: EntityPlan): string {
  const { names, source, key, includes, files, version, deletedAt, conflictKeys, properties } = entity;
  const { type, variable, variables } = names;
  const className = files.repository.name;
  const imports = new Imports(project, files.repository.path);
  const isNest = project.framework === 'nestjs';
  if (isNest) {
    imports.use('@nestjs/common', 'Injectable');
    imports.use('@nestjs/typeorm', 'InjectRepository');
  }
  imports.useType('typeorm', 'EntityManager');
  imports[isNest ? 'use' : 'useType']('typeorm', 'Repository');
  imports.useFile(source.path, source.name);
  imports.useFile(supportPath(project, 'errors'), 'NotFoundError');
  imports.useFile(supportPath(project, 'pagination'), 'findPage');
  imports.useFileType(supportPath(project, 'pagination'), 'Page');
  imports.useFile(supportPath(project, 'relations'), 'findWith');
  imports.useFile(supportPath(project, 'writes'), 'insertRows', 'removeRow', 'updateRow');
  if (deletedAt !== null) imports.useFile(supportPath(project, 'writes'), 'restoreRow');
  if (conflictKeys.length > 0) imports.useFile(supportPath(project, 'writes'), 'upsertRows');
  imports.useFileType(files.query.path, `${type}Query`);
  if (includes.length > 0) imports.useFileType(files.query.path, `${type}Include`);
  if (key.composite) imports.useFileType(files.query.path, key.type);

  const references = properties.filter(
    ({ kind, writable, filterable }) => kind === 'reference' && (writable || filterable),
  );
  const isMapped = references.some(({ writable }) => writable);
  if (references.some(({ references: target }) => target?.property === 'id'))
    imports.useFile(supportPath(project, 'relations'), 'reference');
  if (isMapped) imports.useType('typeorm', 'DeepPartial');
  const toRow = isMapped ? 'toRow(changes)' : 'changes';

  const idType = key.type;
  const where = key.composite
    ? 'id'
    : `{ ${key.properties[0]?.property === 'id' ? 'id' : `${key.properties[0]?.property ?? 'id'}: id`} }`;
  const shown = key.composite ? `Object.values(id).join('/')` : key.type === 'string' ? 'id' : 'String(id)';
  const included = includes.length > 0;
  const includeParameter = included ? `, include?: readonly ${type}Include[]` : '';
  const versionParameter = version === null ? '' : ', expectedVersion?: number';
  const versionArgument = version === null ? '' : ', expectedVersion';
  const entityName = source.name;
  const constructor = constructorOf(project, [
    {
      name: variables,
      type: `Repository<${entityName}>`,
      decorator: isNest ? `@InjectRepository(${entityName})` : null,
    },
  ]);

  const members = [
    constructor,
    `/** The same within the transaction of the manager. */
within(manager: EntityManager): ${className} {
  return new ${className}(manager.getRepository(${entityName}));
}`,
    `findById(id: ${idType}${includeParameter}): Promise<${entityName} | null> {
  return findWith(this.${variables}, ${where}${included ? ', include' : ''});
}`,
    `async getById(id: ${idType}${includeParameter}): Promise<${entityName}> {
  const ${variable} = await this.findById(id${included ? ', include' : ''});
  if (!${variable}) {
    throw new NotFoundError('${entityName}', ${shown});
  }
  return ${variable};
}`,
    listMethod(entity, references),
    `async create(values: New${type}): Promise<${entityName}> {
  const ${variable} = this.${variables}.create(${isMapped ? 'toRow(values)' : 'values'});
  await insertRows(this.${variables}, [${variable}]);
  return this.getById(${idOf(entity)});
}`,
    `async createMany(values: New${type}[]): Promise<${entityName}[]> {
  const ${variables} = this.${variables}.create(${isMapped ? 'values.map(toRow)' : 'values'});
  await insertRows(this.${variables}, ${variables});
  return ${variables};
}`,
    ...(conflictKeys.length === 0
      ? []
      : [
          `async upsertMany(values: New${type}[], key: keyof typeof conflictPaths): Promise<void> {
  await upsertRows(this.${variables}, ${isMapped ? 'values.map(toRow)' : 'values'}, conflictPaths[key]);
}`,
        ]),
    `async update(id: ${idType}, changes: ${type}Changes${versionParameter}): Promise<${entityName}> {
  await updateRow(this.${variables}, ${where}, ${toRow}${versionArgument});
  return this.getById(id);
}`,
    `async remove(id: ${idType}${versionParameter}): Promise<void> {
  await removeRow(this.${variables}, ${where}${versionArgument});
}`,
    ...(deletedAt === null
      ? []
      : [
          `async restore(id: ${idType}): Promise<${entityName}> {
  await restoreRow(this.${variables}, ${where});
  return this.getById(id);
}`,
        ]),
  ];
  const types = valueTypes(imports, entity);
  const keys =
    conflictKeys.length === 0
      ? ''
      : `/** Unique keys that rows can be matched by. */
const conflictPaths = { ${conflictKeys.map((each) => `${each.name}: [${each.properties.map((path) => `'${path}'`).join(', ')}]`).join(', ')} };

`;
  const mapping = isMapped ? `\n${mappingText(entity, references)}` : '';
  return `${imports.toString()}${types}${keys}${isNest ? '@Injectable()\n' : ''}export class ${className} {
${members.join('\n\n')}
}
${mapping}`;
}

/** `NewProduct`: what a row is made of, required first; embedded values and references as callers have them. */
function valueTypes(imports: Imports, entity: EntityPlan): string {
  const { names, source } = entity;
  const writable = entity.properties.filter((property) => property.writable);
  const picked = writable.filter(({ kind, embedded }) => kind === 'scalar' || embedded?.behaves === false);
  const list = (properties: readonly PropertyPlan[]) => properties.map(({ property }) => `'${property}'`).join(' | ');
  const required = picked.filter(({ optional }) => !optional);
  const optional = picked.filter((property) => property.optional);
  const fixed = writable.filter(({ column }) => !column.updatable || entity.table.primaryKey.includes(column.name));
  const others = writable.filter((property) => !picked.includes(property));
  for (const { embedded } of others) if (embedded) imports.useFileType(embedded.source.path, embedded.source.name);
  const own = others.map((property) => {
    const type = property.embedded
      ? `Pick<${property.embedded.source.name}, ${list(property.embedded.properties)}>`
      : property.type;
    return `  ${property.name}${property.optional ? '?' : ''}: ${type}${property.nullable ? ' | null' : ''};`;
  });
  const parts = [
    ...(required.length === 0 ? [] : [`Pick<${source.name}, ${list(required)}>`]),
    ...(optional.length === 0 ? [] : [`Partial<Pick<${source.name}, ${list(optional)}>>`]),
    ...(own.length === 0 ? [] : [`{\n${own.join('\n')}\n}`]),
  ];
  return `export type New${names.type} = ${parts.join(' & ') || 'Record<string, never>'};

export type ${names.type}Changes = Partial<${fixed.length === 0 ? `New${names.type}` : `Omit<New${names.type}, ${fixed.map(({ name }) => `'${name}'`).join(' | ')}>`}>;

`;
}

function listMethod({ names, source, includes }: EntityPlan, references: readonly PropertyPlan[]): string {
  const { type, variables } = names;
  const filters = references.filter(({ filterable }) => filterable);
  const parameters = [
    ...filters.map(({ name }) => name),
    ...(includes.length > 0 ? ['include'] : []),
    'limit',
    'cursor',
    'page',
    'sort',
    '...filter',
  ];
  const where =
    filters.length === 0
      ? 'filter'
      : `{ ...filter, ${filters.map((property) => `${property.property}: ${referenceText(property)}`).join(', ')} }`;
  return `list({ ${parameters.join(', ')} }: ${type}Query = {}): Promise<Page<${source.name}>> {
  return findPage(this.${variables}, ${where}, { ${includes.length > 0 ? 'include, ' : ''}limit, cursor, page, sort });
}`;
}

/** The id of the row that a variable holds. */
function idOf({ names, key }: EntityPlan): string {
  const part = (property: string): string => `${names.variable}.${property}`;
  const values = key.properties.map(({ property }) => part(property));
  return key.composite
    ? `{ ${key.properties.map(({ property }) => `${property}: ${part(property)}`).join(', ')} }`
    : (values[0] ?? '');
}

function mappingText({ names, source }: EntityPlan, references: readonly PropertyPlan[]): string {
  const mapped = references.filter(({ writable }) => writable);
  return `function toRow({ ${mapped.map(({ name }) => name).join(', ')}, ...values }: ${names.type}Changes): DeepPartial<${source.name}> {
  return { ...values, ${mapped.map((property) => `${property.property}: ${referenceText(property)}`).join(', ')} };
}
`;
}

function referenceText({ name, references }: PropertyPlan): string {
  const key = references?.property ?? 'id';
  return key === 'id' ? `reference(${name})` : `${name} == null ? ${name} : { ${key}: ${name} }`;
}
