/** Made-up values, as TypeScript expressions: valid by type, length, range and format, and other ones for each row where they must be unique. */
import { wordsOf } from '../../schema/words.ts';
import type { EmbeddedPlan, EntityPlan, PropertyPlan } from '../shared/entityPlan.ts';
import type { Imports } from '../shared/imports.ts';
import type { ProjectPlan } from '../shared/project.ts';

export interface ValueContext {
  readonly project: ProjectPlan;
  readonly imports: Imports;
  /** File of the function `unique`, which gives eight characters that no other row has. */
  readonly uniqueFile: string;
}

/** Characters that `unique()` gives. */
const uniqueLength = 8;

/** Properties that a row cannot be made without; those of references to other rows are left out. */
export function requiredProperties(entity: EntityPlan): PropertyPlan[] {
  const unique = uniqueProperties(entity);
  const held = new Set(entity.table.foreignKeys.flatMap(({ columns }) => columns));
  return entity.properties.filter(
    (property) =>
      property.writable &&
      !held.has(property.column.name) &&
      (!property.optional || (unique.has(property.name) && !property.nullable)),
  );
}

/** Names of the properties whose values have to differ from row to row, because no reference of their key does. */
export function uniqueProperties({ table, properties }: EntityPlan): ReadonlySet<string> {
  const held = new Set(table.foreignKeys.flatMap(({ columns }) => columns));
  const keys = [
    table.primaryKey,
    ...table.uniques.map(({ columns }) => columns),
    ...table.indexes.filter(({ unique }) => unique).map(({ columns }) => columns),
  ];
  const found = new Set<string>();
  for (const columns of keys) {
    if (columns.some((column) => held.has(column))) continue;
    const parts = properties.filter(({ column, writable }) => writable && columns.includes(column.name));
    const best = parts.find(isText) ?? parts.find(({ type }) => type === 'number') ?? parts[0];
    if (best) found.add(best.name);
  }
  return found;
}

/** Null where no value is known for the type. */
export function valueOf(property: PropertyPlan, unique: boolean, context: ValueContext): string | null {
  if (property.array) return '[]';
  if (property.embedded) return embeddedValue(property.embedded, context);
  if (property.columnType === 'enum' || property.constraints.values) return choice(property, context);
  switch (property.type) {
    case 'boolean':
      return 'true';
    case 'number':
      return wholeNumber(property, unique, context);
    case 'Date':
      return "new Date('2026-01-31T12:00:00Z')";
    case 'Buffer':
      return "Buffer.from('content')";
    case 'string':
      return text(property, unique, context);
    default:
      return property.columnType === 'json' || property.columnType === 'object' ? '{}' : null;
  }
}

/** Another valid value than `valueOf` gives, for a change; null where there is none. */
export function otherValueOf(property: PropertyPlan): string | null {
  const { type, array, columnType, constraints, embedded } = property;
  if (array || embedded || columnType === 'enum') return null;
  if (type === 'boolean') return 'false';
  if (type === 'number') return within(2, constraints.min, constraints.max);
  if (type === 'string' && constraints.format === null && (columnType === 'string' || columnType === 'text'))
    return constraints.maxLength !== null && constraints.maxLength < 7 ? null : "'Changed'";
  return null;
}

function isText({ type, constraints, columnType }: PropertyPlan): boolean {
  return type === 'string' && constraints.format === null && columnType !== 'enum';
}

function embeddedValue({ source, properties, behaves }: EmbeddedPlan, context: ValueContext): string | null {
  // The class has all of them, be they null.
  const parts = properties.map((property) => {
    const value = property.nullable ? null : valueOf(property, false, context);
    return `${property.name}: ${value ?? 'null'}`;
  });
  const literal = `{ ${parts.join(', ')} }`;
  if (!behaves) return literal;
  context.imports.useEntity(source);
  return `Object.assign(new ${source.name}(), ${literal})`;
}

/** The first member of the enum, by its name where the values are an enum's. */
function choice(
  { type, enum: declared, constraints, column }: PropertyPlan,
  { project, imports }: ValueContext,
): string | null {
  const { enums } = project.request.schema;
  const [first] = constraints.values ?? enums.find(({ name }) => name === column.enum)?.values ?? [];
  if (first === undefined) return null;
  const source = declared ? (project.request.files.read(declared.path) ?? '') : '';
  const body = new RegExp(`\\b(?:enum\\s+${type}|const\\s+${type}\\s*=)\\s*\\{([^}]*)\\}`, 'u').exec(source)?.[1];
  if (!declared || body === undefined) return `${quoted(first)} as const`;
  const member = [...body.matchAll(/(\w+)\s*[=:]\s*(['"])(.*?)\2/gu)].find(([, , , value]) => value === first)?.[1];
  if (member === undefined) return `${quoted(first)} as const`;
  imports.useFile(declared.path, declared.name);
  return `${type}.${member}`;
}

function wholeNumber(
  { constraints, columnType, column }: PropertyPlan,
  unique: boolean,
  { imports }: ValueContext,
): string {
  const { min, max } = constraints;
  if (columnType === 'decimal' || columnType === 'float32' || columnType === 'float64' || columnType === 'money')
    return '1.5';
  if (!unique) return within(/month|day/iu.test(column.name) ? 12 : /year/iu.test(column.name) ? 2030 : 1, min, max);
  imports.use('node:crypto', 'randomInt');
  return `randomInt(${Math.max(1, min ?? 1)}, ${max ?? 2_147_483_647})`;
}

function within(value: number, min: number | null, max: number | null): string {
  return String(Math.min(Math.max(value, min ?? value), max ?? value));
}

function text(property: PropertyPlan, unique: boolean, context: ValueContext): string {
  const { constraints, name } = property;
  switch (constraints.format) {
    case 'uuid':
      context.imports.use('node:crypto', 'randomUUID');
      return 'randomUUID()';
    case 'email':
      return unique ? `\`\${${uniqueCall(context)}}@example.com\`` : "'someone@example.com'";
    case 'integer':
      return "'1'";
    case 'decimal':
      return quoted(decimal(constraints.precision, constraints.scale));
    case 'date':
      return "'2026-01-31'";
    case 'time':
      return "'12:00:00'";
    case 'ip':
      return "'192.0.2.1'";
    case null:
      return words(name, constraints.maxLength, property.columnType === 'char', unique, context);
  }
}

/** `1.00` for numeric(12, 2), `0.50` for numeric(2, 2). */
function decimal(precision: number | null, scale: number | null): string {
  const digits = scale ?? 0;
  if (digits === 0) return '1';
  return precision !== null && precision <= digits ? `0.${'5'.padEnd(digits, '0')}` : `1.${'0'.repeat(digits)}`;
}

/** What names of properties say about their values, by their last word. */
const wellKnown: readonly (readonly [RegExp, string])[] = [
  [/currency/iu, 'EUR'],
  [/country(?:code)?$/iu, 'NL'],
  [/locale|language/iu, 'en'],
  [/timezone$/iu, 'Europe/Amsterdam'],
  [/url$|website/iu, 'https://example.com/'],
  [/mimetype$|contenttype$/iu, 'image/png'],
  [/phone|mobile/iu, '+31 20 555 0100'],
  [/postalcode|zip/iu, '1234 AB'],
];

function words(name: string, maxLength: number | null, fixed: boolean, unique: boolean, context: ValueContext): string {
  const known = wellKnown.find(([pattern]) => pattern.test(name))?.[1];
  const longest = maxLength ?? 255;
  if (!unique) {
    const plain = known ?? sentence(name);
    return quoted(fixed ? plain.slice(0, longest).padEnd(longest, 'x') : plain.slice(0, longest));
  }
  const call = uniqueCall(context);
  if (longest <= uniqueLength) return longest === uniqueLength ? call : `${call}.slice(0, ${longest})`;
  const prefix = wordsOf(name)
    .join('-')
    .slice(0, longest - uniqueLength - 1);
  const padding = fixed ? `.padEnd(${longest}, 'x')` : '';
  return `\`${prefix}-\${${call}}\`${padding}`;
}

function uniqueCall({ imports, uniqueFile }: ValueContext): string {
  imports.useFile(uniqueFile, 'unique');
  return 'unique()';
}

/** `firstName` → `First name` */
function sentence(name: string): string {
  const joined = wordsOf(name).join(' ');
  return joined.charAt(0).toUpperCase() + joined.slice(1);
}

export function quoted(value: string): string {
  return `'${value.replace(/[\\']/gu, '\\$&')}'`;
}
