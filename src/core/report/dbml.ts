/** The diagram as DBML (https://dbml.dbdiagram.io/docs), for dbdiagram.io, dbdocs and everything that reads it. */
import type { DiagramColumn, DiagramEdge, DiagramEnum, DiagramModel, DiagramTable } from '../diagram/model.ts';
import { oneLine } from './words.ts';

export function renderDbml(model: DiagramModel): string {
  const names = new Map(model.tables.map((table) => [table.id, tableName(table)]));
  const columns = new Map(model.tables.map(({ id, columns: own }) => [id, new Set(own.map(({ name }) => name))]));
  const parts = [
    `Project ${quoted(model.title)} {\n  Note: ${note(`${model.tables.length} tables, ${model.edges.length} relations`)}\n}`,
    ...model.enums
      .filter(
        ({ name, values }, index) =>
          values.length > 0 && model.enums.findIndex((other) => other.name === name) === index,
      )
      .map(enumBlock),
    ...model.tables.map((table) => tableBlock(table, names.get(table.id) ?? table.id)),
    ...references(model.edges, names, columns),
    ...model.modules.map(({ label, tables }) =>
      [
        `TableGroup ${quoted(label)} {`,
        ...tables.flatMap((id) => (names.has(id) ? [`  ${names.get(id) ?? ''}`] : [])),
        '}',
      ].join('\n'),
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The id rather than the name: of two tables of one name, it tells which. */
function tableName({ id, namespace }: DiagramTable): string {
  const prefix = `${namespace ?? ''}.`;
  return namespace !== null && id.startsWith(prefix)
    ? `${quoted(namespace)}.${quoted(id.slice(prefix.length))}`
    : quoted(id);
}

function enumBlock({ name, values }: DiagramEnum): string {
  return [`Enum ${quoted(name)} {`, ...values.map((value) => `  ${quoted(value)}`), '}'].join('\n');
}

function tableBlock(table: DiagramTable, name: string): string {
  const keys = table.columns.filter(({ badges }) => badges.includes('pk'));
  const rows = table.columns.filter(({ name: column }) => oneLine(column) !== '');
  // DBML knows no table without a column.
  const lines =
    rows.length === 0 ? ['  "-" unknown'] : rows.map((column) => `  ${columnLine(column, keys.length === 1)}`);
  const indexes = [
    ...(keys.length > 1 ? [`    (${keys.map((key) => quoted(key.name)).join(', ')}) [pk]`] : []),
    ...table.indexes
      .filter(({ columns }) => columns.every((column) => rows.some((row) => row.name === column)))
      .map(({ columns, unique, name: index }) => {
        const settings = [...(unique ? ['unique'] : []), ...(index === null ? [] : [`name: ${note(index)}`])];
        return `    (${columns.map(quoted).join(', ')})${settings.length === 0 ? '' : ` [${settings.join(', ')}]`}`;
      }),
  ];
  if (indexes.length > 0) lines.push('', '  indexes {', ...indexes, '  }');
  const notes = [
    ...(table.kind === 'table' ? [] : [table.kind.replace('-', ' ')]),
    ...(table.softDelete ? ['soft delete'] : []),
    ...(table.comment === null ? [] : [table.comment]),
  ];
  if (notes.length > 0) lines.push('', `  Note: ${note(notes.join('. '))}`);
  return [`Table ${name} {`, ...lines, '}'].join('\n');
}

function columnLine({ name, type, nullable, badges, default: value, comment }: DiagramColumn, pk: boolean): string {
  const sensitive = badges.filter((badge) => /^(?:pii|phi|pan|secret)$/.test(badge));
  const notes = [...sensitive, ...(comment === null ? [] : [comment])];
  const settings = [
    ...(pk && badges.includes('pk') ? ['pk'] : []),
    ...(nullable ? [] : ['not null']),
    ...(badges.includes('unique') && !badges.includes('pk') ? ['unique'] : []),
    ...(value === null || oneLine(value) === '' ? [] : [`default: \`${oneLine(value).replace(/`/g, "'")}\``]),
    ...(notes.length === 0 ? [] : [`note: ${note(notes.join('. '))}`]),
  ];
  return `${quoted(name)} ${typeWord(type)}${settings.length === 0 ? '' : ` [${settings.join(', ')}]`}`;
}

function typeWord(type: string): string {
  const text = oneLine(type);
  return /^[A-Za-z_]\w*(?:\(\d+(?:, ?\d+)*\))?(?:\[\])?$/.test(text) ? text : quoted(text === '' ? 'unknown' : text);
}

/** A reference names columns at both ends, as many as at the other, and no two references the same ones. */
function references(
  edges: readonly DiagramEdge[],
  names: ReadonlyMap<string, string>,
  columns: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  const taken = new Set<string>();
  return edges.flatMap((edge) => {
    const end = ({ table, columns: own }: DiagramEdge['from']): string | null => {
      const name = names.get(table);
      if (name === undefined || own.length === 0 || !own.every((column) => columns.get(table)?.has(column)))
        return null;
      const [only, ...others] = own.map(quoted);
      return others.length === 0 ? `${name}.${only ?? ''}` : `${name}.(${own.map(quoted).join(', ')})`;
    };
    const [from, to] = [end(edge.from), end(edge.to)];
    const words = `${edge.from.table} → ${edge.to.table}: ${edge.label}`;
    if (from === null || to === null || edge.from.columns.length !== edge.to.columns.length || from === to)
      return [`// ${oneLine(words)} (DBML has no reference without columns at both ends)`];
    const key = [from, to].sort().join('\n');
    if (taken.has(key)) return [];
    taken.add(key);
    const isMany = (cardinality: string) => cardinality.endsWith('many');
    const sign = isMany(edge.from.cardinality)
      ? isMany(edge.to.cardinality)
        ? '<>'
        : '>'
      : isMany(edge.to.cardinality)
        ? '<'
        : '-';
    const onDelete = edge.onDelete === null ? '' : ` [delete: ${edge.onDelete.toLowerCase()}]`;
    const line = `Ref: ${from} ${sign} ${to}${onDelete}`;
    return [edge.enforced ? line : `// no constraint in the database\n${line}`];
  });
}

function quoted(text: string): string {
  return `"${oneLine(text).replace(/["\\]/g, "'") || '-'}"`;
}

function note(text: string): string {
  return `'${oneLine(text).replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
}
