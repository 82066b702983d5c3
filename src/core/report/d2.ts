/** The diagram as D2 (https://d2lang.com/tour/sql-tables): `sql_table` shapes in one container per module. */
import type { Cardinality, DiagramColumn, DiagramModel, DiagramTable } from '../diagram/model.ts';
import { oneLine } from './words.ts';

export function renderD2(model: DiagramModel): string {
  const framed = model.modules.length > 1;
  const tables = new Map(model.tables.map((table) => [table.id, table]));
  const paths = new Map(
    model.modules.flatMap(({ label, tables: members }) =>
      members.map((id) => [id, framed ? `${quoted(label)}.${quoted(id)}` : quoted(id)] as const),
    ),
  );
  const lines = [`# ${oneLine(model.title)}`, 'direction: right', ''];
  for (const { label, tables: members } of model.modules) {
    const inside = members.flatMap((id) => {
      const table = tables.get(id);
      return table === undefined ? [] : tableLines(table);
    });
    if (framed) lines.push(`${quoted(label)}: {`, ...inside.map((line) => `  ${line}`), '}', '');
    else lines.push(...inside, '');
  }
  for (const { from, to, label, enforced } of model.edges) {
    const ends = [from, to].map(({ table, columns }) => {
      const path = paths.get(table);
      const row = tables.get(table)?.columns.find(({ name }) => name === columns[0]);
      return path === undefined ? null : row === undefined ? path : `${path}.${quoted(row.name)}`;
    });
    if (ends[0] == null || ends[1] == null) continue;
    const words = oneLine(label);
    lines.push(
      `${ends[0]} -- ${ends[1]}${words === '' ? ': {' : `: ${quoted(words)} {`}`,
      `  source-arrowhead: {shape: ${arrows[from.cardinality]}}`,
      `  target-arrowhead: {shape: ${arrows[to.cardinality]}}`,
      ...(enforced ? [] : ['  style.stroke-dash: 4']),
      '}',
    );
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

/** `cf-one` is zero or one, `cf-one-required` exactly one. */
const arrows: Readonly<Record<Cardinality, string>> = {
  one: 'cf-one-required',
  'zero-or-one': 'cf-one',
  many: 'cf-many',
  'one-or-many': 'cf-many-required',
};

function tableLines(table: DiagramTable): readonly string[] {
  const note = table.kind === 'table' ? '' : ` # ${table.kind}`;
  return [
    `${quoted(table.id)}: {${note}`,
    '  shape: sql_table',
    ...table.columns.map((column) => `  ${row(column)}`),
    '}',
  ];
}

function row({ name, type, nullable, badges }: DiagramColumn): string {
  const constraints = [
    ...(badges.includes('pk') ? ['primary_key'] : []),
    ...(badges.includes('fk') ? ['foreign_key'] : []),
    ...(badges.includes('unique') && !badges.includes('pk') ? ['unique'] : []),
  ];
  const stated =
    constraints.length === 0
      ? ''
      : ` {constraint: ${constraints.length === 1 ? constraints.join('') : `[${constraints.join('; ')}]`}}`;
  return `${quoted(name)}: ${quoted(nullable ? `${type}?` : type)}${stated}`;
}

/** Quoted, words that D2 keeps for itself (`shape`, `label`, `style`) are names like any other; `$` would substitute. */
function quoted(text: string): string {
  return `"${oneLine(text).replace(/[\\"$]/g, '\\$&') || '-'}"`;
}
