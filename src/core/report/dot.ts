/** The diagram for Graphviz (https://graphviz.org/doc/info/lang.html): tables as HTML-like labels with a port per row. */
import type { Cardinality, DiagramColumn, DiagramModel, DiagramTable } from '../diagram/model.ts';
import { oneLine } from './words.ts';
import { escapeXml } from './xml.ts';

export function renderDot(model: DiagramModel): string {
  const tables = new Map(model.tables.map((table) => [table.id, table]));
  const lines = [
    `digraph ${quoted(model.title)} {`,
    '  graph [rankdir=LR, nodesep=0.4, ranksep=1.2, fontname="Helvetica"];',
    '  node [shape=plain, fontname="Helvetica", fontsize=11];',
    '  edge [dir=both, color="#5a6472", arrowsize=0.8];',
  ];
  model.modules.forEach(({ label, tables: members }, index) => {
    const nodes = members.flatMap((id) => {
      const table = tables.get(id);
      return table === undefined ? [] : [`${quoted(id)} [label=<${labelOf(table)}>];`];
    });
    if (model.modules.length < 2) lines.push(...nodes.map((node) => `  ${node}`));
    else
      lines.push(
        `  subgraph cluster_${index} {`,
        `    label=${quoted(label)}; color="#c8ccd2"; style=rounded;`,
        ...nodes.map((node) => `    ${node}`),
        '  }',
      );
  });
  // Referenced tables stand left of those that refer to them.
  for (const { from, to, label, enforced } of model.edges) {
    const [start, end] = [tables.get(to.table), tables.get(from.table)];
    if (start === undefined || end === undefined) continue;
    const settings = [
      `arrowtail=${arrows[to.cardinality]}`,
      `arrowhead=${arrows[from.cardinality]}`,
      ...(enforced ? [] : ['style=dashed']),
      ...(oneLine(label) === '' ? [] : [`tooltip=${quoted(label)}`]),
    ];
    lines.push(
      `  ${quoted(to.table)}${port(start, to.columns[0], 'e')} -> ${quoted(from.table)}${port(end, from.columns[0], 'w')} [${settings.join(', ')}];`,
    );
  }
  lines.push('}');
  return `${lines.join('\n')}\n`;
}

const arrows: Readonly<Record<Cardinality, string>> = {
  one: 'teetee',
  'zero-or-one': 'teeodot',
  many: 'crowodot',
  'one-or-many': 'crowtee',
};

function port({ columns }: DiagramTable, column: string | undefined, side: 'e' | 'w'): string {
  const row = columns.findIndex(({ name }) => name === column);
  return row < 0 ? '' : `:c${row}${side}:${side}`;
}

function labelOf(table: DiagramTable): string {
  const note = table.kind === 'table' ? '' : ` <I>${escape(table.kind.replace('-', ' '))}</I>`;
  return [
    '<TABLE BORDER="0" CELLBORDER="1" CELLSPACING="0" CELLPADDING="4" COLOR="#9aa3ae">',
    `<TR><TD COLSPAN="2" BGCOLOR="#e8ebef"><B>${escape(table.id)}</B>${note}</TD></TR>`,
    ...table.columns.map(rowOf),
    '</TABLE>',
  ].join('');
}

function rowOf({ name, type, nullable, badges }: DiagramColumn, index: number): string {
  const marks = badges
    .filter((badge) => badge !== 'index' && !(badge === 'unique' && badges.includes('pk')))
    .map((badge) => (badge === 'unique' ? 'UK' : badge.toUpperCase()))
    .join(' ');
  const shown = badges.includes('pk') ? `<B>${escape(name)}</B>` : escape(name);
  const mark = marks === '' ? '' : ` <FONT POINT-SIZE="8" COLOR="#6b7280">${marks}</FONT>`;
  return `<TR><TD PORT="c${index}w" ALIGN="LEFT">${shown}${mark}</TD><TD PORT="c${index}e" ALIGN="LEFT">${escape(nullable ? `${type}?` : type)}</TD></TR>`;
}

/** Graphviz takes no empty cell. */
function escape(text: string): string {
  return escapeXml(oneLine(text)) || '-';
}

function quoted(text: string): string {
  return `"${oneLine(text).replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;
}
