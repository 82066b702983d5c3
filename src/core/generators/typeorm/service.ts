/** What an application does with an entity, transactions included. */
import { constructorOf } from '../shared/classes.ts';
import type { EntityPlan } from '../shared/entityPlan.ts';
import { Imports } from '../shared/imports.ts';
import type { LayerOutput } from '../shared/layer.ts';
import type { ProjectPlan } from '../shared/project.ts';
import { supportDrafts } from './support/drafts.ts';
import { supportPath } from './support/paths.ts';

export function serviceLayer(project: ProjectPlan, entity: EntityPlan): LayerOutput {
  const { service, repository } = entity.files;
  if (repository.state === 'foreign')
    return {
      drafts: [],
      registrations: [],
      skipped: [
        {
          path: service.path,
          reason: `it would rest on ${repository.name} in ${repository.path}, which is there already and has other methods`,
        },
      ],
      notes: [],
    };
  return {
    drafts: [
      ...supportDrafts(project, ['transaction', 'pagination']),
      { path: service.path, text: serviceText(project, entity) },
    ],
    registrations:
      project.framework === 'nestjs' && service.state === 'new'
        ? [{ kind: 'provider', folder: entity.folder, class: service, exported: true }]
        : [],
    skipped: [],
    notes: [],
  };
}

function serviceText(project: ProjectPlan, entity: EntityPlan): string {
  const { names, source, key, includes, files, version, deletedAt } = entity;
  const { type, variables } = names;
  const isNest = project.framework === 'nestjs';
  const imports = new Imports(project, files.service.path);
  if (isNest) imports.use('@nestjs/common', 'Injectable');
  imports[isNest ? 'use' : 'useType']('typeorm', 'DataSource');
  imports.useFileType(supportPath(project, 'pagination'), 'Page');
  imports.useFile(supportPath(project, 'transaction'), 'runInTransaction');
  imports.useFileType(supportPath(project, 'transaction'), 'IsolationLevel');
  imports.useFileType(source.path, source.name);
  imports.useFileType(files.query.path, `${type}Query`);
  if (includes.length > 0) imports.useFileType(files.query.path, `${type}Include`);
  if (key.composite) imports.useFileType(files.query.path, key.type);
  imports[isNest ? 'useFile' : 'useFileType'](files.repository.path, files.repository.name);
  imports.useFileType(files.repository.path, `New${type}`, `${type}Changes`);
  const entityName = source.name;
  const include = includes.length > 0;
  const versionParameter = version === null ? '' : ', expectedVersion?: number';
  const versionArgument = version === null ? '' : ', expectedVersion';
  const constructor = constructorOf(project, [
    { name: 'dataSource', type: 'DataSource', decorator: null },
    { name: variables, type: files.repository.name, decorator: null },
  ]);
  const members = [
    constructor,
    `list(query?: ${type}Query): Promise<Page<${entityName}>> {
  return this.${variables}.list(query);
}`,
    `get(id: ${key.type}${include ? `, include?: readonly ${type}Include[]` : ''}): Promise<${entityName}> {
  return this.${variables}.getById(id${include ? ', include' : ''});
}`,
    `create(values: New${type}): Promise<${entityName}> {
  return this.${variables}.create(values);
}`,
    `/** All or none. */
createMany(values: New${type}[]): Promise<${entityName}[]> {
  return this.inTransaction((${variables}) => ${variables}.createMany(values));
}`,
    `update(id: ${key.type}, changes: ${type}Changes${versionParameter}): Promise<${entityName}> {
  return this.${variables}.update(id, changes${versionArgument});
}`,
    `remove(id: ${key.type}${versionParameter}): Promise<void> {
  return this.${variables}.remove(id${versionArgument});
}`,
    ...(deletedAt === null
      ? []
      : [
          `restore(id: ${key.type}): Promise<${entityName}> {
  return this.${variables}.restore(id);
}`,
        ]),
    `inTransaction<T>(work: (${variables}: ${files.repository.name}) => Promise<T>, isolation?: IsolationLevel): Promise<T> {
  return runInTransaction(this.dataSource, (manager) => work(this.${variables}.within(manager)), isolation);
}`,
  ];
  return `${imports.toString()}${isNest ? '@Injectable()\n' : ''}export class ${files.service.name} {
${members.join('\n\n')}
}
`;
}
