/** Decorators of class-validator that say what the column says. */
import type { NamedFile, PropertyPlan } from '../shared/entityPlan.ts';
import type { Imports } from '../shared/imports.ts';

/** Without those for being left out; in the order in which they are written above the property. */
export function validatorsOf(property: PropertyPlan, imports: Imports, optional: boolean): readonly string[] {
  const use = (name: string, ...parameters: readonly string[]): string => {
    imports.use('class-validator', name);
    const all = property.array && name !== 'IsArray' ? [...parameters, '{ each: true }'] : parameters;
    return `@${name}(${all.join(', ')})`;
  };
  const checks = property.embedded
    ? nested(property.embedded.dto, imports, use, optional)
    : valueChecks(property, imports, use, optional);
  return property.array ? [use('IsArray'), ...checks] : checks;
}

type Use = (name: string, ...parameters: readonly string[]) => string;

/** `ValidateNested` alone lets a missing value pass. */
function nested(dto: NamedFile, imports: Imports, use: Use, optional: boolean): string[] {
  imports.use('class-transformer', 'Type');
  imports.useFile(dto.path, dto.name);
  return [...(optional ? [] : [use('IsDefined')]), use('ValidateNested'), `@Type(() => ${dto.name})`];
}

function valueChecks(property: PropertyPlan, imports: Imports, use: Use, optional: boolean): string[] {
  const { enum: enumFile, type, columnType } = property;
  if (enumFile) {
    imports.useFile(enumFile.path, enumFile.name);
    return [use('IsEnum', enumFile.name)];
  }
  switch (type) {
    case 'string':
      return stringChecks(property, use);
    case 'number':
      return numberChecks(property, use);
    case 'boolean':
      return [use('IsBoolean')];
    case 'Date':
      imports.use('class-transformer', 'Type');
      return ['@Type(() => Date)', use('IsDate')];
    default: {
      const values = property.constraints.values;
      if (values) return [use('IsIn', `[${values.map((value) => `'${value}'`).join(', ')}]`)];
      if (columnType === 'json' && !property.array && !/^(?:unknown|any|string|number)$/.test(type))
        return [use('IsObject')];
      return property.array || optional ? [] : [use('IsDefined')];
    }
  }
}

function stringChecks({ constraints, columnType }: PropertyPlan, use: Use): string[] {
  const { minLength, maxLength, format, precision, scale } = constraints;
  switch (format) {
    case 'uuid':
      return [use('IsUUID')];
    case 'email':
      return [use('IsEmail'), ...(maxLength === null ? [] : [use('MaxLength', String(maxLength))])];
    case 'integer':
      return [use('Matches', String.raw`/^-?\d{1,19}$/`)];
    case 'decimal':
      return [use('Matches', decimalPattern(precision, scale))];
    case 'date':
      return [use('IsISO8601', '{ strict: true }'), use('Length', '10', '10')];
    case 'time':
      return [use('Matches', String.raw`/^\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?$/`)];
    case 'ip':
      return [use('IsIP')];
    case null:
      if (maxLength === null) return [use('IsString')];
      if (columnType === 'char') return [use('Length', String(maxLength), String(maxLength))];
      return [
        minLength === null ? use('MaxLength', String(maxLength)) : use('Length', String(minLength), String(maxLength)),
      ];
  }
}

function decimalPattern(precision: number | null, scale: number | null): string {
  const whole = precision === null ? '+' : `{1,${precision - (scale ?? 0)}}`;
  const fraction = scale === 0 ? '' : scale === null ? String.raw`(\.\d+)?` : String.raw`(\.\d{1,${scale}})?`;
  return String.raw`/^-?\d${whole}${fraction}$/`;
}

function numberChecks({ constraints, columnType }: PropertyPlan, use: Use): string[] {
  const { min, max, scale } = constraints;
  const bounds = [
    ...(min === null ? [] : [use('Min', grouped(min))]),
    ...(max === null ? [] : [use('Max', grouped(max))]),
  ];
  if (columnType === 'int16' || columnType === 'int32' || columnType === 'int64') return [use('IsInt'), ...bounds];
  return [use('IsNumber', ...(scale === null ? [] : [`{ maxDecimalPlaces: ${scale} }`])), ...bounds];
}

/** `2_147_483_647` */
function grouped(value: number): string {
  const digits = String(Math.abs(value));
  return (value < 0 ? '-' : '') + (digits.length > 4 ? digits.replace(/\B(?=(?:\d{3})+$)/g, '_') : digits);
}
