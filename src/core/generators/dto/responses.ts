/** DTOs of what clients get: the columns that may be shown, and the same with what was included. */
import type { EntityPlan, IncludePlan, PlannedFile, PropertyPlan } from '../shared/entityPlan.ts';
import { Imports } from '../shared/imports.ts';
import type { Draft } from '../shared/layer.ts';
import type { ProjectPlan } from '../shared/project.ts';
import { singular } from '../../schema/words.ts';
import { apiOptionsOf, openApi } from './openApi.ts';
import { nullSuffix, typeOf } from '../shared/types.ts';

export function responseDraft(project: ProjectPlan, entity: EntityPlan): Draft {
  const { names, source, files } = entity;
  const { path, name } = files.responseDto;
  const imports = new Imports(project, path);
  imports.useFileType(source.path, source.name);
  const api = openApi(project, imports);
  const shown = entity.properties.filter(({ readable }) => readable);
  const fields = shown.map((property) => {
    const type = typeOf(property, imports, source) + nullSuffix(property);
    const decorator = api(property.name, apiOptionsOf(property));
    return `${decorator}${decorator === '' ? '' : '\n'}${property.name}!: ${type};`;
  });
  const values = shown.map(
    (property) => `${property.name}: ${valueOf(names.variable, property, isText(property, project))}`,
  );
  const separator = fields.some((field) => field.includes('\n')) ? '\n\n' : '\n';
  const helper = shown.some((property) => isText(property, project)) ? asText : '';
  return {
    path,
    text: `${imports.toString()}${helper}export class ${name} {
${fields.join(separator)}

static from(${names.variable}: ${source.name}): ${name} {
  return {
${values.map((value) => `    ${value},`).join('\n')}
  };
}
}
`,
  };
}

/** Exact numbers that the entity keeps as text; SQLite has no type of its own for them. */
function isText({ kind, type, columnType, array }: PropertyPlan, { dialect }: ProjectPlan): boolean {
  const isExact = columnType === 'decimal' || columnType === 'int64' || columnType === 'money';
  return dialect === 'sqlite' && kind === 'scalar' && !array && type === 'string' && isExact;
}

const asText = `/** SQLite answers decimals and large integers as numbers, whatever the entity says of them. */
function asText(value: unknown): string {
return String(value);
}

`;

function valueOf(variable: string, { kind, property, nullable, references }: PropertyPlan, isText: boolean): string {
  const value = `${variable}.${property}`;
  if (isText) return nullable ? `${value} === null ? null : asText(${value})` : `asText(${value})`;
  if (kind !== 'reference') return value;
  const key = references?.property ?? 'id';
  return nullable ? `${value}?.${key} ?? null` : `${value}.${key}`;
}

export function detailsDraft(project: ProjectPlan, entity: EntityPlan, details: PlannedFile): Draft {
  const { names, source, files, includes } = entity;
  const { path, name } = details;
  const imports = new Imports(project, path);
  const api = openApi(project, imports);
  imports.useFile(files.responseDto.path, files.responseDto.name);
  imports.useFileType(source.path, source.name);
  imports.useFileType(files.query.path, `${names.type}Include`);
  const shown = includes.flatMap((include) => {
    const dto = project.entity(include.target)?.files.responseDto;
    return dto ? [{ include, dto }] : [];
  });
  const fields = shown.map(({ include, dto }) => {
    imports.useFile(dto.path, dto.name);
    const decorator = api(include.property, {
      required: false,
      type: `() => ${dto.name}`,
      ...(include.many ? { isArray: true } : {}),
      ...(include.nullable ? { nullable: true } : {}),
    });
    const type = `${dto.name}${include.many ? '[]' : include.nullable ? ' | null' : ''}`;
    return `${decorator}${decorator === '' ? '' : '\n'}${include.property}?: ${type};`;
  });
  const values = shown.map(
    ({ include, dto }) =>
      `...(include.includes('${include.property}') && { ${include.property}: ${includedValue(names.variable, include, dto)} }),`,
  );
  return {
    path,
    text: `${imports.toString()}export class ${name} extends ${files.responseDto.name} {
${fields.join('\n')}

static override from(${names.variable}: ${source.name}, include: readonly ${names.type}Include[] = []): ${name} {
  return {
    ...super.from(${names.variable}),
    ${values.join('\n    ')}
  };
}
}
`,
  };
}

function includedValue(variable: string, { property, many, nullable }: IncludePlan, dto: PlannedFile): string {
  const value = `${variable}.${property}`;
  if (!many) return `${nullable ? `${value} && ` : ''}${dto.name}.from(${value})`;
  const each = singular(property) === property ? 'each' : singular(property);
  return `${value}.map((${each}) => ${dto.name}.from(${each}))`;
}
