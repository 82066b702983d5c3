/** Value objects: columns that share a property of the entity and a class of their own. */
import type { Table } from '../../schema/model.ts';
import type { PropertyPlan } from './entityPlan.ts';
import type { FieldSource } from './entitySource.ts';
import { plannedDto } from './files.ts';
import { fieldOf, lineageOf, locate } from './lineage.ts';
import type { ProjectPlan } from './project.ts';
import { scalarProperty } from './properties.ts';

/** Null where the class cannot be found or holds value objects itself. */
export function embeddedProperty(
  project: ProjectPlan,
  table: Table,
  root: string,
  field: FieldSource & { readonly path: string },
): PropertyPlan | null {
  const source = locate(project, field.path, field.type);
  const lineage = source ? lineageOf(project, source.path, source.name) : [];
  const columns = table.columns.filter(({ property }) => property?.startsWith(`${root}.`));
  const properties = columns.flatMap((column): PropertyPlan[] => {
    const name = column.property?.slice(root.length + 1) ?? '';
    const inner = name.includes('.') ? null : fieldOf(lineage, name);
    if (!inner) return [];
    return [scalarProperty(project, table, column, name, { file: inner.path, property: name, type: inner.type })];
  });
  const [first] = properties;
  if (!source || !first || properties.length < columns.length) return null;
  const every = (is: (property: PropertyPlan) => boolean): boolean => properties.every(is);
  return {
    name: root,
    property: root,
    kind: 'embedded',
    type: field.type,
    array: false,
    nullable: false,
    optional: every(({ optional }) => optional),
    columnType: first.columnType,
    column: first.column,
    constraints: first.constraints,
    enum: null,
    embedded: {
      source,
      dto: plannedDto(project, source),
      properties,
      behaves: lineage.some(({ class: declared }) => declared.methods.length > 0),
    },
    references: null,
    creatable: every(({ creatable }) => creatable),
    updatable: every(({ updatable }) => updatable),
    writable: every(({ writable }) => writable),
    readable: every(({ readable }) => readable),
    filterable: false,
    sortable: false,
  };
}
