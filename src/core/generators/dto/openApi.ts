/** `@ApiProperty` of properties, where the project describes its API with @nestjs/swagger and no compiler plugin does it. */
import type { NamedFile, PropertyPlan } from '../shared/entityPlan.ts';
import type { Imports } from '../shared/imports.ts';
import type { ProjectPlan } from '../shared/project.ts';

export interface ApiOptions {
  readonly required?: boolean;
  /** Source text: `String`, `() => MoneyDto`. */
  readonly type?: string;
  readonly isArray?: boolean;
  /** Source text of a list of values. */
  readonly enum?: string;
  /** An enum, or the class of a value object. */
  readonly enumFile?: NamedFile;
  readonly dto?: NamedFile;
  readonly nullable?: boolean;
  readonly format?: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: number;
  readonly description?: string;
}

/** Source text of the decorator; '' where the project has no use for one. */
export type ApiDecorator = (name: string, options: ApiOptions) => string;

export function openApi(project: ProjectPlan, imports: Imports): ApiDecorator {
  if (!describesApi(project)) return () => '';
  return (_, { required = true, enumFile, dto, ...options }) => {
    const decorator = required ? 'ApiProperty' : 'ApiPropertyOptional';
    imports.use('@nestjs/swagger', decorator);
    for (const file of [enumFile, dto]) if (file) imports.useFile(file.path, file.name);
    const named = { ...(enumFile && { enum: enumFile.name }), ...(dto && { type: `() => ${dto.name}` }) };
    const entries = Object.entries({ ...named, ...options }).map(([key, value]) => `${key}: ${literal(key, value)}`);
    return `@${decorator}(${entries.length === 0 ? '' : `{ ${entries.join(', ')} }`})`;
  };
}

function literal(key: string, value: string | number | boolean): string {
  return typeof value === 'string' && key !== 'type' && key !== 'enum'
    ? `'${value.replaceAll("'", "\\'")}'`
    : String(value);
}

function describesApi({ framework, manifest, request }: ProjectPlan): boolean {
  const hasPlugin = (request.files.read('nest-cli.json') ?? '').includes('@nestjs/swagger');
  return framework === 'nestjs' && manifest.has('@nestjs/swagger') && !hasPlugin;
}

/** What the columns say of a property; types that reflection cannot see (unions with null, arrays) are stated. */
export function apiOptionsOf(property: PropertyPlan): ApiOptions {
  const { constraints, column } = property;
  const runtime: Readonly<Record<string, string>> = {
    string: 'String',
    number: 'Number',
    boolean: 'Boolean',
    Date: 'Date',
  };
  const type = property.enum || property.kind === 'embedded' ? undefined : (runtime[property.type] ?? 'Object');
  const kind = column.classification?.kind;
  return {
    ...(type === undefined || (!property.nullable && !property.array && type !== 'Object') ? {} : { type }),
    ...(property.enum ? { enumFile: property.enum } : {}),
    ...(property.embedded ? { dto: property.embedded.dto } : {}),
    ...(property.array ? { isArray: true } : {}),
    ...(property.nullable ? { nullable: true } : {}),
    ...(property.type === 'string' && constraints.format !== null ? { format: formats[constraints.format] } : {}),
    ...(constraints.maxLength === null ? {} : { maxLength: constraints.maxLength }),
    ...(constraints.min === null ? {} : { minimum: constraints.min }),
    ...(constraints.max === null ? {} : { maximum: constraints.max }),
    ...(kind === 'pii' ? { description: 'Personal data' } : kind === 'phi' ? { description: 'Health data' } : {}),
  };
}

/** https://spec.openapis.org/registry/format/ */
const formats: Readonly<Record<NonNullable<PropertyPlan['constraints']['format']>, string>> = {
  uuid: 'uuid',
  email: 'email',
  integer: 'int64',
  decimal: 'decimal',
  date: 'date',
  time: 'time',
  ip: 'ipv4',
};
