/** Decorators of @nestjs/swagger on a generated controller, where the project has the package. */
import { sharedPath } from '../endpoints/sharedFiles.ts';
import type { SupportFile } from '../endpoints/sharedFiles.ts';
import { Imports } from '../shared/imports.ts';
import type { ProjectPlan } from '../shared/project.ts';

const swagger = '@nestjs/swagger';

export interface Documentation {
  /** Lines of decorators for the class, and for each route; '' without the package. */
  readonly ofClass: (resource: string, answers: readonly string[]) => string;
  readonly list: (query: string, answer: string) => string;
  readonly read: (answer: string, versioned: boolean, ...problems: readonly number[]) => string;
  readonly create: (body: string, answer: string, ...problems: readonly number[]) => string;
  readonly update: (body: string, answer: string, versioned: boolean, ...problems: readonly number[]) => string;
  readonly remove: (versioned: boolean, ...problems: readonly number[]) => string;
}

const none: Documentation = {
  ofClass: () => '',
  list: () => '',
  read: () => '',
  create: () => '',
  update: () => '',
  remove: () => '',
};

/** `problems` is the file of `ApiProblems`. */
export function documentation(project: ProjectPlan, imports: Imports, problems: SupportFile): Documentation {
  if (!project.manifest.has(swagger)) return none;
  const api = (...names: string[]): void => imports.use(swagger, ...names);
  const failing = (statuses: readonly number[]): string => {
    imports.useFile(problems.path, problems.name);
    return `@ApiProblems(${statuses.join(', ')})`;
  };
  const ifMatch = (versioned: boolean, required: boolean): string => {
    if (!versioned) return '';
    api('ApiHeader');
    return `@ApiHeader({ name: 'If-Match', required: ${String(required)}, description: 'ETag of the answer that the change is based on' })\n`;
  };
  return {
    ofClass(resource, answers) {
      api('ApiBearerAuth', 'ApiExtraModels', 'ApiTags');
      return `@ApiTags('${resource}')\n@ApiBearerAuth()\n@ApiExtraModels(${answers.join(', ')})\n`;
    },
    list(query, answer) {
      api('ApiOkResponse', 'ApiQuery', 'getSchemaPath');
      return `@ApiQuery({ type: ${query} })
@ApiOkResponse({
  schema: {
    required: ['items', 'nextCursor'],
    properties: {
      items: { type: 'array', items: { $ref: getSchemaPath(${answer}) } },
      nextCursor: { type: 'string', nullable: true },
      total: { type: 'integer' },
    },
  },
})
${failing([400, 401, 403])}\n`;
    },
    read(answer, versioned, ...statuses) {
      api('ApiOkResponse');
      const headers = versioned ? `, headers: { ETag: { schema: { type: 'string' } } }` : '';
      return `@ApiOkResponse({ type: ${answer}${headers} })\n${failing(statuses)}\n`;
    },
    create(body, answer, ...statuses) {
      api('ApiBody', 'ApiCreatedResponse');
      return `@ApiBody({ type: ${body} })
@ApiCreatedResponse({ type: ${answer}, headers: { Location: { schema: { type: 'string' } } } })
${failing(statuses)}\n`;
    },
    update(body, answer, versioned, ...statuses) {
      api('ApiBody', 'ApiOkResponse');
      return `@ApiBody({ type: ${body} })
${ifMatch(versioned, true)}@ApiOkResponse({ type: ${answer} })
${failing(statuses)}\n`;
    },
    remove(versioned, ...statuses) {
      api('ApiNoContentResponse');
      return `${ifMatch(versioned, false)}@ApiNoContentResponse()\n${failing(statuses)}\n`;
    },
  };
}

export function apiProblems(project: ProjectPlan): SupportFile {
  const path = sharedPath(project, 'http', ['api', 'problems'], 'decorator');
  return {
    path,
    name: 'ApiProblems',
    also: [],
    text() {
      const imports = new Imports(project, path);
      imports.use('node:http', 'STATUS_CODES');
      imports.use('@nestjs/common', 'applyDecorators');
      imports.use(swagger, 'ApiResponse');
      return `${imports.toString()}const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { field: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

/** Documents answers that are problem details. */
export const ApiProblems = (...statuses: number[]): MethodDecorator =>
  applyDecorators(
    ...statuses.map((status) =>
      ApiResponse({
        status,
        description: STATUS_CODES[status] ?? 'Error',
        content: { 'application/problem+json': { schema: problem } },
      }),
    ),
  );
`;
    },
  };
}
