/** Relations of a schema: which fields belong together, who holds the key, what Prisma does where nothing is stated. */
import type { ReferentialAction } from '../../schema/model.ts';
import { argument, attribute, fieldNames, nameOf, textOf } from './attributes.ts';
import { keyFields } from './group.ts';
import type { Field, Model, Resolved } from './group.ts';

/** One relation field, seen from its model. */
export interface RelationField {
  readonly model: Model;
  readonly field: Field;
  readonly target: Model;
  readonly relationName: string | null;
  /** Scalar fields of `fields:`; empty on the other side. */
  readonly fields: readonly Field[];
  readonly references: readonly Field[];
  /** The field on the other side; null where none is declared. */
  readonly opposite: Field | null;
}

export function relationFields(model: Model, resolved: Resolved): readonly RelationField[] {
  return model.fields.flatMap((field): RelationField[] => {
    const target = field.kind === 'relation' ? resolved.models.get(field.declaration.type.name) : undefined;
    if (!target) return [];
    const stated = attribute(field.declaration, 'relation')?.arguments;
    const own = fieldNames(argument(stated, 'fields'));
    const referenced = fieldNames(argument(stated, 'references'));
    const relationName = nameOfRelation(field);
    return [
      {
        model,
        field,
        target,
        relationName,
        fields: own.flatMap((name) => fieldOf(model, name) ?? []),
        references:
          referenced.length > 0
            ? referenced.flatMap((name) => fieldOf(target, name) ?? [])
            : own.length > 0
              ? keyFields(target)
              : [],
        opposite: oppositeOf(model, field, target, relationName),
      },
    ];
  });
}

function fieldOf(model: Model, name: string): Field | undefined {
  return model.fields.find((field) => field.name === name && field.kind !== 'relation');
}

export function nameOfRelation(field: Field): string | null {
  return textOf(argument(attribute(field.declaration, 'relation')?.arguments, 'name', 'first'));
}

function oppositeOf(model: Model, field: Field, target: Model, relationName: string | null): Field | null {
  const candidates = target.fields.filter(
    (other) =>
      other.kind === 'relation' &&
      other.declaration.type.name === model.name &&
      other !== field &&
      nameOfRelation(other) === relationName,
  );
  // Of a relation to itself one side holds the key.
  const holdsKey = (each: Field): boolean =>
    argument(attribute(each.declaration, 'relation')?.arguments, 'fields') !== undefined;
  return candidates.find((other) => holdsKey(other) !== holdsKey(field)) ?? candidates[0] ?? null;
}

/** Neither side holds a key and both are lists: Prisma keeps a join table of its own. */
export function isImplicitManyToMany({ field, fields, opposite }: RelationField, { settings }: Resolved): boolean {
  return (
    settings.dialect !== 'mongodb' &&
    field.declaration.type.list &&
    fields.length === 0 &&
    opposite?.declaration.type.list === true
  );
}

const actions: Readonly<Record<string, ReferentialAction>> = {
  Cascade: 'CASCADE',
  Restrict: 'RESTRICT',
  NoAction: 'NO ACTION',
  SetNull: 'SET NULL',
  SetDefault: 'SET DEFAULT',
};

function statedAction({ field }: RelationField, name: 'onDelete' | 'onUpdate'): ReferentialAction | null {
  const stated = nameOf(argument(attribute(field.declaration, 'relation')?.arguments, name));
  return stated !== null && Object.hasOwn(actions, stated) ? (actions[stated] ?? null) : null;
}

/** Required relations restrict, optional ones set null (prisma.io/docs/orm/prisma-schema/data-model/relations/referential-actions). */
export function onDeleteOf(relation: RelationField, { settings }: Resolved): ReferentialAction {
  const stated = statedAction(relation, 'onDelete');
  if (stated) return stated;
  const isRequired =
    relation.fields.some(({ declaration }) => !declaration.type.optional) || !relation.field.declaration.type.optional;
  if (!isRequired) return 'SET NULL';
  // SQL Server knows no RESTRICT.
  return settings.dialect === 'mssql' ? 'NO ACTION' : 'RESTRICT';
}

export function onUpdateOf(relation: RelationField, { settings }: Resolved): ReferentialAction {
  return statedAction(relation, 'onUpdate') ?? (settings.dialect === 'mongodb' ? 'NO ACTION' : 'CASCADE');
}
