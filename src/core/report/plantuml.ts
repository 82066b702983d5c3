/** The diagram as PlantUML in information engineering notation (https://plantuml.com/ie-diagram). */
import type { DiagramColumn, DiagramModel, DiagramTable } from '../diagram/model.ts';
import { leftEnds, rightEnds } from './crowsFoot.ts';
import { createAliases, oneLine } from './words.ts';

export function renderPlantUml(model: DiagramModel): string {
  const alias = createAliases();
  const aliases = new Map(model.tables.map(({ id }) => [id, alias(id)]));
  const tables = new Map(model.tables.map((table) => [table.id, table]));
  const entity = (id: string, indent: string): readonly string[] => {
    const table = tables.get(id);
    return table === undefined ? [] : entityLines(table, aliases.get(id) ?? id).map((line) => indent + line);
  };
  const lines = [
    '@startuml',
    `title ${text(model.title) || 'Entity-relationship diagram'}`,
    'hide circle',
    'hide methods',
    '',
  ];
  for (const { label, tables: members } of model.modules) {
    if (model.modules.length < 2) lines.push(...members.flatMap((id) => entity(id, '')));
    else lines.push(`package "${text(label)}" {`, ...members.flatMap((id) => entity(id, '  ')), '}');
  }
  lines.push('');
  for (const { from, to, label, enforced } of model.edges) {
    const ends = [aliases.get(to.table), aliases.get(from.table)];
    if (ends.includes(undefined)) continue;
    const line = enforced ? '--' : '..';
    const words = text(label);
    lines.push(
      `${ends[0] ?? ''} ${leftEnds[to.cardinality]}${line}${rightEnds[from.cardinality]} ${ends[1] ?? ''}${words === '' ? '' : ` : ${words}`}`,
    );
  }
  lines.push('@enduml');
  return `${lines.join('\n')}\n`;
}

function entityLines(table: DiagramTable, alias: string): readonly string[] {
  const stereotypes = [
    ...(table.kind === 'table' ? [] : [`<<${table.kind}>>`]),
    ...(table.softDelete ? ['<<soft delete>>'] : []),
  ];
  const head = [`entity "${text(table.id)}" as ${alias}`, ...stereotypes, '{'].join(' ');
  const isKey = ({ badges }: DiagramColumn) => badges.includes('pk');
  const keys = table.columns.filter(isKey);
  const others = table.columns.filter((column) => !isKey(column));
  return [
    head,
    ...keys.map((column) => `  ${row(column)}`),
    ...(keys.length > 0 && others.length > 0 ? ['  --'] : []),
    ...others.map((column) => `  ${row(column)}`),
    '}',
  ];
}

/** `* name : type <<FK>>`: the star says that a value is mandatory. */
function row({ name, type, nullable, badges }: DiagramColumn): string {
  const marks = badges
    .filter((badge) => badge !== 'index' && !(badge === 'unique' && badges.includes('pk')))
    .map((badge) => `<<${badge === 'unique' ? 'UK' : badge.toUpperCase()}>>`);
  return [`${nullable ? '' : '* '}${text(name) || '-'} : ${text(type) || 'unknown'}`, ...marks].join(' ');
}

/** Quotes end names, braces end bodies, and Creole would format what stands between doubled signs. */
function text(value: string): string {
  return oneLine(value)
    .replace(/"/g, "'")
    .replace(/[{}]/g, '')
    .replace(/<<|>>/g, ' ')
    .replace(/([*_~/-])\1/g, '~$1$1');
}
