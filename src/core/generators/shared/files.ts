/** Which files an entity gets, and what of them is there already. */
import { wordsOf } from '../../schema/words.ts';
import type { EntityFiles, EntityPlan, NamedFile, PlannedFile } from './entityPlan.ts';
import type { ClassSource, FileSource } from './entitySource.ts';
import { dtoFile, fileOf, moduleFolder } from './layout.ts';
import type { ProjectPlan } from './project.ts';

export function planFiles(project: ProjectPlan, plan: Omit<EntityPlan, 'files' | 'creationBarred'>): EntityFiles {
  const { layout } = project;
  const { names, folder } = plan;
  const words = wordsOf(names.type);
  const file = (role: 'query' | 'repository' | 'service' | 'controller' | 'router') =>
    fileOf(layout, folder, role, names);
  const dto = (...parts: readonly string[]) => dtoFile(layout, folder, parts);
  const inClass = (planned: NamedFile, isWhole: (found: ClassSource) => boolean): PlannedFile =>
    withState(project, planned, ({ classes }) => {
      const found = classes.get(planned.name);
      return found !== undefined && isWhole(found);
    });
  const methods =
    (...needed: readonly string[]) =>
    (found: ClassSource) =>
      needed.every((name) => found.methods.includes(name));
  const answers = (found: ClassSource): boolean => found.statics.includes('from');
  const soft = plan.deletedAt === null ? [] : ['restore'];
  const creatable = plan.properties.filter((property) => property.creatable);
  const known = new Set(plan.properties.map(({ name }) => name));
  const isOfThese = ({ fields }: ClassSource): boolean =>
    fields.size > 0 && [...fields.keys()].every((name) => known.has(name));
  const responseDto = inClass(dto(...words, 'response'), answers);
  const detailsDto = plan.includes.length === 0 ? null : inClass(dto(...words, 'details'), answers);
  const query = file('query');
  return {
    query: withState(project, query, ({ declared }) =>
      [query.name, `${names.variable}Sorts`].every((name) => declared.has(name)),
    ),
    repository: inClass(
      file('repository'),
      methods('within', 'findById', 'getById', 'list', 'create', 'createMany', 'update', 'remove', ...soft),
    ),
    service: inClass(
      file('service'),
      methods('list', 'get', 'create', 'createMany', 'update', 'remove', 'inTransaction', ...soft),
    ),
    createDto: inClass(
      dto('create', ...words),
      (found) => isOfThese(found) && creatable.every(({ optional, name }) => optional || found.fields.has(name)),
    ),
    updateDto: inClass(dto('update', ...words), isOfThese),
    queryDto: inClass(dto(...words, 'query'), ({ fields }) => fields.has('limit') && fields.has('cursor')),
    responseDto,
    detailsDto,
    answerDto: detailsDto ?? responseDto,
    controller: withState(project, file(project.framework === 'nestjs' ? 'controller' : 'router'), () => true),
  };
}

/** DTO of a value object, in a `dto` folder beside that of its class. */
export function plannedDto(project: ProjectPlan, source: NamedFile): PlannedFile {
  const folder = moduleFolder(source.path.replace(/\/values?\//, '/'));
  const planned = dtoFile(project.layout, folder, wordsOf(source.name));
  return withState(project, planned, ({ classes }) => classes.has(planned.name));
}

/** A class of the name may already stand elsewhere in the project: then that is the file. */
function withState(project: ProjectPlan, planned: NamedFile, isWhole: (source: FileSource) => boolean): PlannedFile {
  const path = project.exists(planned.path) ? planned.path : (declaredIn(project, planned.name) ?? planned.path);
  if (!project.exists(path)) return { ...planned, state: 'new' };
  const source = project.source(path);
  return { path, name: planned.name, state: source && isWhole(source) ? 'kept' : 'foreign' };
}

function declaredIn(project: ProjectPlan, name: string): string | null {
  const file = project.request.schema.code.files.find(
    ({ purpose, classes }) => purpose === 'application' && classes.some((each) => each.name === name && each.exported),
  );
  return file ? project.pathOf({ file: file.file, line: 1, column: 1, endLine: 1, endColumn: 1 }) : null;
}
