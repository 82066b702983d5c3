/** The column that tells which entity a row is, and what is said of inheritance. */
import { argument, constantName } from '../shared/java/world.ts';
import { jpa } from './annotations.ts';
import type { Context } from './context.ts';
import { physical } from './context.ts';
import { addColumn } from './drafts.ts';
import type { DraftTable } from './drafts.ts';
import type { Entity } from './hierarchy.ts';
import { sqlType } from '../shared/java/sqlTypes.ts';
import type { ValueKind } from '../shared/java/sqlTypes.ts';

const kinds: Readonly<Record<string, ValueKind>> = { STRING: 'string', CHAR: 'char', INTEGER: 'int32' };

export function addDiscriminator(entity: Entity, table: DraftTable, all: readonly Entity[], context: Context): void {
  if (entity.children.length === 0 && entity.parent === null && !jpa(entity.annotations, 'Inheritance')) {
    if (!jpa(entity.annotations, 'DiscriminatorColumn')) return;
  }
  if (entity.parent !== null) {
    if (entity.strategy !== 'single-table')
      table.inheritance = {
        strategy: entity.strategy,
        parent: entity.parent.className,
        discriminatorColumn: null,
        children: [],
      };
    return;
  }
  const stated = jpa(entity.annotations, 'DiscriminatorColumn');
  const needed = entity.strategy === 'single-table' || (entity.strategy === 'joined' && stated !== undefined);
  let column: string | null = null;
  if (needed) {
    const written = context.world.text(argument(stated, 'name'), entity.known);
    const logical = written === null || written === '' ? 'DTYPE' : written;
    const kind = kinds[constantName(argument(stated, 'discriminatorType')) ?? 'STRING'] ?? 'string';
    const length = context.world.number(argument(stated, 'length'), entity.known) ?? (kind === 'string' ? 31 : null);
    column = physical(context, logical);
    addColumn(table, {
      ...sqlType(
        kind,
        { length: kind === 'char' ? 1 : length, precision: null, scale: null },
        context.dialect,
        context.hibernate,
      ),
      name: column,
      logical,
      property: null,
      array: false,
      nullable: false,
      default: null,
      generated: null,
      enum: null,
      comment: null,
      role: 'discriminator',
      insertable: true,
      updatable: false,
      transformer: null,
      unique: false,
      table: null,
      at: entity.known.declaration.at,
    });
  }
  const members = all.filter(({ root, abstract }) => root === entity && !abstract);
  table.inheritance = {
    strategy: entity.strategy,
    parent: null,
    discriminatorColumn: column,
    children: members.map((each) => ({
      entity: each.className,
      value: needed
        ? (context.world.text(argument(jpa(each.annotations, 'DiscriminatorValue'), 'value'), each.known) ?? each.name)
        : null,
    })),
  };
}
