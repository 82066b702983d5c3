/** The columns of a model. */
import type { Column, ColumnRole } from '../../schema/model.ts';
import { attribute } from './attributes.ts';
import { initialOf } from './defaults.ts';
import { enumName } from './group.ts';
import type { Field, Model, Resolved } from './group.ts';
import { enumShape, scalarShape } from './scalarTypes.ts';
import type { ColumnShape } from './scalarTypes.ts';

/** Composite types may hold each other; deeper than this nobody looks. */
const deepest = 4;

export function columnsOfModel(model: Model, resolved: Resolved): readonly Column[] {
  return model.fields.flatMap((field) => columnsOfField(field, resolved, '', '', 0));
}

function columnsOfField(
  field: Field,
  resolved: Resolved,
  prefix: string,
  path: string,
  depth: number,
): readonly Column[] {
  const column = columnOf(field, resolved, prefix, path);
  if (!column) return [];
  const inner = field.kind === 'composite' ? resolved.types.get(field.declaration.type.name) : undefined;
  if (!inner || depth >= deepest) return [column];
  return [
    column,
    ...inner.fields.flatMap((each) =>
      columnsOfField(each, resolved, `${column.name}.`, `${path}${field.name}.`, depth + 1),
    ),
  ];
}

function columnOf(field: Field, { settings, enums }: Resolved, prefix: string, path: string): Column | null {
  const { declaration, name, column } = field;
  const { dialect } = settings;
  const declared = field.kind === 'enum' ? enums.get(declaration.type.name) : undefined;
  const shape: ColumnShape | null = declared
    ? enumShape(dialect)
    : field.kind === 'composite'
      ? { type: 'object', rawType: declaration.type.name, length: null, precision: null, scale: null }
      : scalarShape(declaration, dialect);
  if (!shape) return null;
  const { list, optional } = declaration.type;
  const ignored = attribute(declaration, 'ignore') !== undefined;
  const initial = initialOf(declaration, shape, dialect, declared);
  return {
    name: prefix + column,
    property: path + name,
    ...shape,
    array: list,
    // The column of a list may be null in the database, though Prisma's client never shows it so.
    nullable: optional || (list && dialect !== 'mongodb'),
    default: initial.default,
    generated: initial.generated,
    enum: declared ? enumName(declared) : null,
    collation: null,
    comment: null,
    role: roleOf(field, initial.default !== null || initial.generated !== null),
    classification: null,
    selected: !ignored,
    insertable: !ignored,
    updatable: !ignored,
    transformer: null,
    at: declaration.at,
  };
}

/** `@updatedAt` says so itself; for creation and soft deletion Prisma's documentation uses these names. */
function roleOf({ declaration, name }: Field, hasDefault: boolean): ColumnRole | null {
  if (attribute(declaration, 'updatedAt')) return 'updated-at';
  if (declaration.type.name !== 'DateTime') return null;
  if (hasDefault && /^created_?(?:at|on|date)?$/i.test(name)) return 'created-at';
  return declaration.type.optional && /^deleted_?(?:at|on|date)?$/i.test(name) ? 'deleted-at' : null;
}
