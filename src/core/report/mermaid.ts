/** The diagram as Mermaid `erDiagram`, for Markdown files. Grammar: mermaid's erDiagram.jison (11.x). */
import type { DiagramColumn, DiagramEdge, DiagramModel, DiagramTable } from '../diagram/model.ts';
import { changeWords } from '../layout/metrics.ts';
import { leftEnds, rightEnds } from './crowsFoot.ts';
import { oneLine } from './words.ts';

export function renderMermaid(model: DiagramModel): string {
  const lines = ['---', `title: ${JSON.stringify(oneLine(model.title))}`, '---', 'erDiagram'];
  for (const table of model.tables) lines.push(...entity(table));
  for (const edge of model.edges) lines.push(`    ${relationship(edge)}`);
  return `${lines.join('\n')}\n`;
}

function entity(table: DiagramTable): readonly string[] {
  // An alias tells what has become of the table.
  const alias = table.change === undefined ? '' : `[${quoted(`${table.id} (${changeWords[table.change]})`)}]`;
  const name = `    ${quoted(table.id)}${alias}`;
  if (table.columns.length === 0) return [name];
  return [`${name} {`, ...table.columns.map((column) => `        ${attribute(column)}`), '    }'];
}

/** `type name PK, FK "comment"`: every part but the comment is one word. */
function attribute({ name, type, nullable, badges, change }: DiagramColumn): string {
  const keys = [
    ...(badges.includes('pk') ? ['PK'] : []),
    ...(badges.includes('fk') ? ['FK'] : []),
    ...(badges.includes('unique') && !badges.includes('pk') ? ['UK'] : []),
  ];
  const shownName = word(name);
  // What one word cannot hold stands in the comment.
  const comments = [
    ...(shownName === name ? [] : [name]),
    ...(change === undefined ? [] : [changeWords[change]]),
    ...(nullable ? ['nullable'] : []),
    ...badges.filter((badge) => badge === 'pii' || badge === 'phi' || badge === 'pan' || badge === 'secret'),
  ];
  const comment = comments.length === 0 ? '' : ` ${quoted(comments.join(', '))}`;
  return `${word(typeWord(type))} ${shownName}${keys.length === 0 ? '' : ` ${keys.join(', ')}`}${comment}`;
}

/** Commas end a key list, so `numeric(12,2)` becomes `numeric(12-2)`. */
function typeWord(type: string): string {
  return type.replace(/\s*,\s*/g, '-');
}

/** Read as a key wherever it begins, in capitals or not. */
const keyWord = /^(?:PK|FK|UK)\b/i;

/** Letters, digits and what mermaid allows besides: `_ - ( ) [ ]`, a letter or underscore first. */
function word(text: string): string {
  const kept = text.trim().replace(/[^\p{L}\p{N}_()[\]-]+/gu, '_');
  return /^[\p{L}_]/u.test(kept) && !keyWord.test(kept) ? kept : `_${kept}`;
}

/** Names that are no plain words are quoted; a quote within has no escape in the grammar. */
function quoted(text: string): string {
  return `"${oneLine(text).replace(/"/g, "'").replace(/[%\\]/g, '_') || ' '}"`;
}

/** Referenced table first, as Mermaid's own examples have it; a broken line where no constraint stands behind it. */
function relationship({ from, to, label, enforced }: DiagramEdge): string {
  const line = enforced ? '--' : '..';
  return `${quoted(to.table)} ${leftEnds[to.cardinality]}${line}${rightEnds[from.cardinality]} ${quoted(from.table)} : ${quoted(label)}`;
}
