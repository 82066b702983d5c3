/** A diagram's tables and keys as PostgreSQL scripts, so that another tool can draw the same schema. */
import type { DiagramModel } from '../../../src/core/diagram/model.ts';

/** Types are those that every parser knows: only names and keys matter to a layout. */
export function ddlOf({ tables, edges }: DiagramModel): string {
  const keys = edges.filter(({ from, to }) => from.columns.length > 0 && from.columns.length === to.columns.length);
  return [
    ...tables.map(({ id, columns }) => {
      const primary = columns.filter(({ badges }) => badges.includes('pk')).map(({ name }) => quoted(name));
      const lines = [
        ...columns.map(
          ({ name, type, nullable }) => `  ${quoted(name)} ${plainType(type)}${nullable ? '' : ' NOT NULL'}`,
        ),
        ...(primary.length === 0 ? [] : [`  PRIMARY KEY (${primary.join(', ')})`]),
      ];
      return `CREATE TABLE ${quoted(id)} (\n${lines.join(',\n')}\n);`;
    }),
    ...keys.map(
      ({ from, to }, index) =>
        `ALTER TABLE ${quoted(from.table)} ADD CONSTRAINT "fk_${index}" FOREIGN KEY (${from.columns.map(quoted).join(', ')}) REFERENCES ${quoted(to.table)} (${to.columns.map(quoted).join(', ')});`,
    ),
  ].join('\n');
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

const known =
  /^(uuid|text|integer|bigint|smallint|boolean|date|timestamptz|jsonb|numeric\(\d+,\s*\d+\)|(var)?char\(\d+\))$/;

function plainType(type: string): string {
  return known.test(type) ? type : 'text';
}
