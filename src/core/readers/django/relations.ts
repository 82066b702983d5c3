/** Foreign keys of a model, and its relations seen from both sides. */
import type { ForeignKey, ReferentialAction, Relation } from '../../schema/model.ts';
import { externalPath } from '../shared/python/values.ts';
import type { PyValue } from '../shared/python/values.ts';
import { flag, isNullable, isUnique } from './fields.ts';
import type { Field } from './fields.ts';
import { joinTableOf } from './joinTables.ts';
import type { Model } from './models.ts';
import { foreignKeyName } from './names.ts';
import { accessorOf, allFields, columnName, referencedField, targetOf } from './world.ts';
import type { Target, World } from './world.ts';

/** A relation of a model that the target sees under another name. */
export interface Reverse {
  /** Model whose rows have the accessor. */
  readonly on: Model;
  readonly relation: Relation;
}

/** Actions that the database itself takes (Django 6.1); all others are Django's own business. */
const databaseActions: Readonly<Record<string, ReferentialAction>> = {
  DB_CASCADE: 'CASCADE',
  DB_SET_NULL: 'SET NULL',
  DB_SET_DEFAULT: 'SET DEFAULT',
};

export function foreignKeysOf(model: Model, world: World): readonly ForeignKey[] {
  return allFields(model, world).flatMap((field) => {
    if (field.relation === null || field.relation === 'ManyToManyField') return [];
    const target = targetOf(field, model, world);
    if (!target) {
      tellUnresolved(field, model, world);
      return [];
    }
    return [foreignKey(columnName(field), referencedColumn(field, target, world), model, target, field, world)];
  });
}

function tellUnresolved(field: Field, model: Model, world: World): void {
  const to = field.options.get('to');
  const path = to === undefined ? null : (externalPath(to) ?? (typeof to === 'string' ? to : null));
  world.problems.push({
    code: 'unresolved-entity',
    message: `${model.name}.${field.name} leads to ${path ?? 'a model that is not stated plainly'}, which was not found: its foreign key is left out.`,
    severity: 'information',
    at: field.at,
  });
}

export function foreignKey(
  column: string,
  referenced: string,
  model: Pick<Model, 'table'>,
  target: Target,
  field: Field,
  world: World,
): ForeignKey {
  const { dialect } = world;
  const enforced = flag(field, 'db_constraint') !== false;
  const deferrable = dialect !== 'mysql' && dialect !== 'mariadb' && dialect !== 'mssql';
  const named = enforced && dialect !== 'sqlite';
  return {
    name: named ? foreignKeyName(model.table, column, { table: target.table, column: referenced }, dialect) : null,
    columns: [column],
    references: { table: target.table, namespace: target.namespace, columns: [referenced] },
    onDelete: actionOf(field.options.get('on_delete')),
    onUpdate: null,
    deferrable: deferrable ? 'INITIALLY DEFERRED' : null,
    enforced,
    origin: 'declared',
    at: field.at,
  };
}

function actionOf(value: PyValue | undefined): ReferentialAction | null {
  const name = /DB_\w+$/.exec(externalPath(value) ?? '')?.[0] ?? '';
  return Object.hasOwn(databaseActions, name) ? (databaseActions[name] ?? null) : null;
}

export function referencedColumn(field: Field, target: Target, world: World): string {
  const referenced = referencedField(field, target, world);
  return referenced ? columnName(referenced) : (target.keyColumns[0] ?? 'id');
}

/** Relations that the model declares, its links to the tables it continues included. */
export function relationsOf(model: Model, world: World): readonly Relation[] {
  return allFields(model, world).flatMap((field) => {
    const target = field.relation === null ? null : targetOf(field, model, world);
    return target ? [relation(field, target, model, world)] : [];
  });
}

function relation(field: Field, target: Target, model: Model, world: World): Relation {
  const many = field.relation === 'ManyToManyField';
  return {
    property: field.name,
    kind: many ? 'many-to-many' : isUnique(field) ? 'one-to-one' : 'many-to-one',
    target: target.table,
    targetNamespace: target.namespace,
    owner: true,
    columns: many ? [] : [columnName(field)],
    inverse: isSymmetrical(field, target, model) ? null : accessorOf(field, model).name,
    joinTable: many ? (joinTableOf(field, model, world)?.name ?? null) : null,
    nullable: !many && isNullable(field),
    fetch: 'lazy',
    cascade: [],
    at: field.at,
  };
}

/** Many-to-many to itself goes both ways under one name. */
export function isSymmetrical(field: Field, target: Target, model: Model): boolean {
  return (
    field.relation === 'ManyToManyField' &&
    target.model !== null &&
    target.model === model &&
    flag(field, 'symmetrical') !== false
  );
}

/** What the targets of a model's relations see of them. */
export function reversesOf(model: Model, world: World): readonly Reverse[] {
  return allFields(model, world).flatMap((field): readonly Reverse[] => {
    const target = field.relation === null ? null : targetOf(field, model, world);
    const { name } = accessorOf(field, model);
    if (!target?.model || name === null || isSymmetrical(field, target, model)) return [];
    const many = field.relation === 'ManyToManyField';
    const cascades = /(?:^|\.)(?:DB_)?CASCADE$/.test(externalPath(field.options.get('on_delete')) ?? '');
    return [
      {
        on: target.model,
        relation: {
          property: name,
          kind: many ? 'many-to-many' : isUnique(field) ? 'one-to-one' : 'one-to-many',
          target: model.table,
          targetNamespace: model.namespace,
          owner: false,
          columns: [],
          inverse: field.name,
          joinTable: many ? (joinTableOf(field, model, world)?.name ?? null) : null,
          nullable: true,
          fetch: 'lazy',
          cascade: cascades ? ['remove'] : [],
          at: field.at,
        },
      },
    ];
  });
}
