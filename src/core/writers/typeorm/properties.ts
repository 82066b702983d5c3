/** From physical columns back to the properties an entity declares. */
import type { Table } from '../../schema/model.ts';

/**
 * Property paths that stand for the columns, as `@Index([...])` takes them; null where no property stands for one. A relation that
 * holds several of the columns in a row stands for them together.
 */
export function propertiesFor(table: Table, columns: readonly string[]): readonly string[] | null {
  const properties: string[] = [];
  for (let at = 0; at < columns.length;) {
    const relation = table.relations
      .filter((candidate) => candidate.columns.length > 0 && candidate.kind !== 'many-to-many')
      .filter((candidate) => candidate.columns.every((column, offset) => columns[at + offset] === column))
      .sort((a, b) => b.columns.length - a.columns.length)[0];
    const column = table.columns.find(({ name }) => name === columns[at]);
    const property = relation?.property ?? column?.property;
    if (property == null) return null;
    properties.push(property);
    at += relation ? relation.columns.length : 1;
  }
  return properties;
}
