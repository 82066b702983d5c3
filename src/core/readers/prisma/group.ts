/** A schema with its names resolved: which field is a column, which a relation, what everything is called in the database. */
import type { Problem } from '../../schema/source.ts';
import { argument, attribute, mappedName, textOf } from './attributes.ts';
import type { EnumDeclaration, FieldDeclaration, ModelDeclaration } from './declarations.ts';
import { isScalar } from './scalarTypes.ts';
import { plainNamespace } from './schemas.ts';
import type { SchemaGroup, SchemaSettings } from './schemas.ts';

export interface Model {
  readonly declaration: ModelDeclaration;
  readonly name: string;
  /** Name of the table. */
  readonly table: string;
  readonly namespace: string | null;
  readonly fields: readonly Field[];
}

export interface Field {
  readonly declaration: FieldDeclaration;
  readonly name: string;
  /** Name of the column; of a relation, that of the field. */
  readonly column: string;
  readonly kind: 'scalar' | 'enum' | 'composite' | 'relation' | 'unknown';
}

export interface Resolved {
  readonly settings: SchemaSettings;
  readonly models: ReadonlyMap<string, Model>;
  readonly types: ReadonlyMap<string, Model>;
  readonly enums: ReadonlyMap<string, EnumDeclaration>;
  readonly problems: readonly Problem[];
}

export function resolveGroup(group: SchemaGroup, settings: SchemaSettings): Resolved {
  const declared = group.files.flatMap(({ schema }) => schema.models);
  const enums = new Map<string, EnumDeclaration>();
  for (const { schema } of group.files)
    for (const each of schema.enums) if (!enums.has(each.name)) enums.set(each.name, each);
  // The first of a name counts, as it does for whoever reads the file.
  const kinds = new Map<string, ModelDeclaration>();
  for (const each of declared) if (!kinds.has(each.name)) kinds.set(each.name, each);

  const problems: Problem[] = [];
  const models = new Map<string, Model>();
  const types = new Map<string, Model>();
  for (const declaration of kinds.values()) {
    const model: Model = {
      declaration,
      name: declaration.name,
      table: mappedName(declaration),
      namespace: namespaceOf(declaration, settings),
      fields: withoutDuplicates(declaration.fields).map((field) => {
        const kind = kindOf(field, enums, kinds);
        if (kind === 'unknown') problems.push(unknownType(field, declaration));
        return {
          declaration: field,
          name: field.name,
          column: kind === 'relation' ? field.name : mappedName(field),
          kind,
        };
      }),
    };
    (declaration.kind === 'type' ? types : models).set(model.name, model);
  }
  return { settings, models, types, enums, problems };
}

function withoutDuplicates(fields: readonly FieldDeclaration[]): readonly FieldDeclaration[] {
  const seen = new Set<string>();
  return fields.filter(({ name }) => !seen.has(name) && seen.add(name));
}

function namespaceOf(declaration: ModelDeclaration | EnumDeclaration, settings: SchemaSettings): string | null {
  const stated = textOf(argument(attribute(declaration, 'schema')?.arguments, 'map', 'first'));
  return stated === null ? settings.namespace : plainNamespace(stated, settings.dialect);
}

function kindOf(
  { type }: FieldDeclaration,
  enums: ReadonlyMap<string, EnumDeclaration>,
  models: ReadonlyMap<string, ModelDeclaration>,
): Field['kind'] {
  if (type.unsupported !== null || isScalar(type.name)) return 'scalar';
  if (enums.has(type.name)) return 'enum';
  const model = models.get(type.name);
  return model === undefined ? 'unknown' : model.kind === 'type' ? 'composite' : 'relation';
}

function unknownType({ name, type, at }: FieldDeclaration, { name: model }: ModelDeclaration): Problem {
  return {
    code: 'unresolved-entity',
    message: `${model}.${name} is of type ${type.name}, which no model, enum or composite type of this schema declares. Declare it or correct the name.`,
    severity: 'warning',
    at,
  };
}

export function enumName(declaration: EnumDeclaration): string {
  return mappedName(declaration);
}

export function enumNamespace(declaration: EnumDeclaration, settings: SchemaSettings): string | null {
  return namespaceOf(declaration, settings);
}

/** Fields of the primary key, in its order: `@@id([a, b])`, or the field with `@id`. */
export function keyFields(model: Model): readonly Field[] {
  const compound = attribute(model.declaration, 'id');
  if (!compound) return model.fields.filter((field) => attribute(field.declaration, 'id')).slice(0, 1);
  const value = argument(compound.arguments, 'fields', 'first');
  const items = value?.kind === 'list' ? value.items : [];
  return items.flatMap((item) => {
    const name = item.kind === 'name' || item.kind === 'call' ? item.value : '';
    return model.fields.find((field) => field.name === name) ?? [];
  });
}

/** Columns behind field names; a path into a composite type goes by the stored names. Null where a field is not there. */
export function columnsOf(
  model: Model,
  fields: readonly string[],
  types: ReadonlyMap<string, Model>,
): readonly string[] | null {
  const columns: string[] = [];
  for (const path of fields) {
    const column = columnAt(model, path.split('.'), types);
    if (column === null) return null;
    columns.push(column);
  }
  return columns;
}

function columnAt(
  model: Model,
  [first = '', ...rest]: readonly string[],
  types: ReadonlyMap<string, Model>,
): string | null {
  const field = model.fields.find(({ name }) => name === first);
  if (!field || field.kind === 'relation') return null;
  if (rest.length === 0) return field.column;
  const inner = types.get(field.declaration.type.name);
  const below = inner && field.kind === 'composite' ? columnAt(inner, rest, types) : null;
  return below === null ? null : `${field.column}.${below}`;
}
