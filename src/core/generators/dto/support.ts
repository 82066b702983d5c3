/** Decorators and the base of list queries, shared by the DTOs of all entities. */
import { Imports } from '../shared/imports.ts';
import type { Draft } from '../shared/layer.ts';
import { dtoFile, plainFileName } from '../shared/layout.ts';
import type { ProjectPlan } from '../shared/project.ts';
import { openApi } from './openApi.ts';

export function decoratorsPath({ sharedFolder, layout }: ProjectPlan): string {
  return `${sharedFolder}/validation/${plainFileName(layout, ['decorators'])}.ts`;
}

export function pageQueryFile({ sharedFolder, layout }: ProjectPlan): { readonly path: string; readonly name: string } {
  return dtoFile(layout, sharedFolder, ['page', 'query']);
}

export function decoratorsDraft(project: ProjectPlan): Draft {
  const path = decoratorsPath(project);
  const imports = new Imports(project, path);
  imports.use('class-transformer', 'Transform');
  imports.use('class-validator', 'ValidateIf');
  return {
    path,
    text: `${imports.toString()}/** May be left out, but not null, which IsOptional would let through. */
export function Optional(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}

/** \`a,b\` of a query string as a list. */
export function CommaSeparated(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value));
}

/** Digits of a query string as a number; anything else is left to the validation. */
export function ToInteger(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^-?\\d{1,15}$/.test(value) ? Number(value) : value,
  );
}

/** \`true\` and \`false\` of a query string; anything else is left to the validation. */
export function ToBoolean(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value));
}
`,
  };
}

export function pageQueryDraft(project: ProjectPlan): Draft {
  const { path, name } = pageQueryFile(project);
  const imports = new Imports(project, path);
  imports.use('class-validator', 'IsInt', 'IsString', 'Max', 'Min');
  imports.useFile(decoratorsPath(project), 'Optional', 'ToInteger');
  const api = openApi(project, imports);
  const lines = (...decorators: readonly string[]): string => decorators.filter((line) => line !== '').join('\n');
  const text = `export class ${name} {
${lines(api('limit', { required: false, type: 'Number', minimum: 1, maximum: 100, default: 20 }), '@Optional()')}
@ToInteger()
@IsInt()
@Min(1)
@Max(100)
limit?: number;

${lines(api('cursor', { required: false, type: 'String', description: "'nextCursor' of the page before" }), '@Optional()')}
@IsString()
cursor?: string;

${lines(api('page', { required: false, type: 'Number', minimum: 1, description: 'Pages by offset and adds the total' }), '@Optional()')}
@ToInteger()
@IsInt()
@Min(1)
page?: number;
}
`;
  return { path, text: imports.toString() + text };
}
