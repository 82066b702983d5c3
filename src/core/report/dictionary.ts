/** The data dictionary: per module its diagram, tables, columns, keys, indexes, relations, enums and findings. */
import { applyView } from '../diagram/applyView.ts';
import { buildDiagram } from '../diagram/build.ts';
import type { DiagramSource } from '../diagram/build.ts';
import { typeLabel } from '../diagram/columns.ts';
import type { Cardinality, DiagramEdge, DiagramModel, DiagramTable } from '../diagram/model.ts';
import { plainView } from '../diagram/view.ts';
import type { Column, EnumType, Table } from '../schema/model.ts';
import type { SourceRange } from '../schema/source.ts';
import { code, codes, text } from './document.ts';
import type { Block, Content, Inline } from './document.ts';

/** The same source gives the same blocks: nothing in them depends on when or where they are made. */
export function dictionary(source: DiagramSource): readonly Block[] {
  const model = buildDiagram(source);
  const anchors = anchorsOf(model);
  const tables = new Map(source.schema.tables.map((table) => [placeKey(table.at, table.name), table]));
  const { length } = model.tables;
  const findings = model.tables.reduce((sum, table) => sum + table.findings.length, 0);
  return [
    heading(1, `Data dictionary: ${source.title}`, null),
    paragraph(
      text(
        `${counted(length, 'table', 'tables')}, ${counted(model.edges.length, 'relation', 'relations')}, ${counted(findings, 'finding', 'findings')}.`,
      ),
    ),
    ...(model.modules.length < 2
      ? []
      : [
          list(
            model.modules.map(({ id, label, tables: members }) => [
              { kind: 'see', text: label, anchor: anchors.module(id) },
              text(`: ${counted(members.length, 'table', 'tables')}`),
            ]),
          ),
        ]),
    ...model.modules.flatMap(({ id, label }) => [
      ...(model.modules.length < 2 ? [] : [heading(2, label, anchors.module(id))]),
      diagram(model, id, label),
      ...model.tables
        .filter(({ module }) => module === id)
        .flatMap((table) => tableBlocks(table, tables.get(placeKey(table.at, table.name)), model, anchors)),
    ]),
    ...enumBlocks(source.schema.enums),
  ];
}

/** Two tables of one name are told apart by where they are declared. */
function placeKey({ file, line, column }: SourceRange, name: string): string {
  return `${file}:${line}:${column} ${name}`;
}

interface Anchors {
  module(id: string): string;
  table(id: string): string;
}

function anchorsOf(model: DiagramModel): Anchors {
  const taken = new Set<string>();
  const unique = (prefix: string, id: string): string => {
    const word = `${prefix}-${id.toLowerCase().replace(/[^\p{L}\p{N}_]+/gu, '-')}`;
    let anchor = word;
    for (let count = 2; taken.has(anchor); count++) anchor = `${word}-${count}`;
    taken.add(anchor);
    return anchor;
  };
  const modules = new Map(model.modules.map(({ id }) => [id, unique('module', id)]));
  const tables = new Map(model.tables.map(({ id }) => [id, unique('table', id)]));
  return { module: (id) => modules.get(id) ?? '', table: (id) => tables.get(id) ?? '' };
}

/** The module's tables with their keys; what leads out of it stands in the tables' relations. */
function diagram(model: DiagramModel, module: string, label: string): Block {
  const hiddenModules = model.modules.flatMap(({ id }) => (id === module ? [] : [id]));
  return {
    kind: 'diagram',
    title: label,
    model: { ...applyView(model, { ...plainView, detail: 'keys', hiddenModules }), title: label },
  };
}

function tableBlocks(
  drawn: DiagramTable,
  table: Table | undefined,
  model: DiagramModel,
  anchors: Anchors,
): readonly Block[] {
  if (table === undefined) return [];
  const about: Inline[] = [
    ...(drawn.kind === 'table' ? [] : [text(`${drawn.kind.replace('-', ' ')}, `)]),
    ...(drawn.entity === null ? [] : [text('entity '), code(drawn.entity), text(', ')]),
    ...(drawn.softDelete ? [text('rows are marked as deleted, not removed, ')] : []),
    text('declared in '),
    place(drawn.at),
  ];
  return [
    heading(3, drawn.id, anchors.table(drawn.id)),
    { kind: 'paragraph', content: capitalised(about) },
    ...(table.comment === null ? [] : [paragraph(text(table.comment))]),
    columnTable(table),
    ...titled('Keys and constraints', keyItems(table, anchors, model)),
    ...titled('Indexes', indexItems(table)),
    ...titled('Relations', relationItems(drawn.id, model, anchors)),
    ...titled(
      'Findings',
      drawn.findings.map(({ severity, rule, message, column, at }) => [
        text(`${severity}: ${column === null ? '' : `${column}: `}${message} (`),
        code(rule),
        text(') '),
        place(at),
      ]),
    ),
  ];
}

function columnTable({ columns, primaryKey, foreignKeys }: Table): Block {
  const has = {
    classification: columns.some(({ classification }) => classification !== null),
    comment: columns.some(({ comment }) => comment !== null),
    default: columns.some((column) => defaultOf(column) !== null),
  };
  const keyOf = (name: string): Content => {
    const marks = [
      ...(primaryKey.includes(name) ? ['PK'] : []),
      ...(foreignKeys.some((key) => key.columns.includes(name)) ? ['FK'] : []),
    ];
    return marks.length === 0 ? [] : [text(marks.join(', '))];
  };
  const optional = <T>(shown: boolean, value: T): readonly T[] => (shown ? [value] : []);
  return {
    kind: 'table',
    heads: [
      'Column',
      'Type',
      'Null',
      'Key',
      ...optional(has.default, 'Default'),
      ...optional(has.classification, 'Classification'),
      ...optional(has.comment, 'Comment'),
    ],
    rows: columns.map((column) => {
      const standard = defaultOf(column);
      const { classification, comment } = column;
      return [
        [code(column.name)],
        [code(typeLabel(column))],
        [text(column.nullable ? 'yes' : 'no')],
        keyOf(column.name),
        ...optional<Content>(has.default, standard === null ? [] : [code(standard)]),
        ...optional<Content>(
          has.classification,
          classification === null ? [] : [text(classificationWords[classification.kind])],
        ),
        ...optional<Content>(has.comment, comment === null ? [] : [text(comment)]),
      ];
    }),
  };
}

const classificationWords = {
  pii: 'personal data',
  phi: 'health data',
  pan: 'card data',
  secret: 'secret',
} as const;

function defaultOf({ default: stated, generated }: Column): string | null {
  if (generated === null) return stated;
  return generated.expression === null ? generated.kind : `${generated.kind}: ${generated.expression}`;
}

function keyItems(table: Table, anchors: Anchors, model: DiagramModel): readonly Content[] {
  const named = (name: string | null): Content => (name === null ? [] : [text(' '), code(name)]);
  return [
    ...(table.primaryKey.length === 0
      ? []
      : [[text('Primary key'), ...named(table.primaryKeyName), text(': '), ...codes(table.primaryKey)]]),
    ...table.uniques.map(({ name, columns }) => [text('Unique'), ...named(name), text(': '), ...codes(columns)]),
    ...table.foreignKeys.map(({ name, columns, references, onDelete, onUpdate, enforced }) => [
      text('Foreign key'),
      ...named(name),
      text(': '),
      ...codes(columns),
      text(' → '),
      target(
        references.namespace === null ? references.table : `${references.namespace}.${references.table}`,
        model,
        anchors,
      ),
      ...(references.columns.length === 0 ? [] : [text(' ('), ...codes(references.columns), text(')')]),
      text(
        [
          ...(onDelete === null ? [] : [`, on delete ${onDelete.toLowerCase()}`]),
          ...(onUpdate === null ? [] : [`, on update ${onUpdate.toLowerCase()}`]),
          ...(enforced ? [] : [', not enforced by the database']),
        ].join(''),
      ),
    ]),
    ...table.checks.map(({ name, expression }) => [text('Check'), ...named(name), text(': '), code(expression)]),
  ];
}

function indexItems({ indexes }: Table): readonly Content[] {
  return indexes.map(({ name, columns, unique, method, where, expression, origin }) => [
    ...(name === null ? [] : [code(name), text(': ')]),
    ...codes(columns),
    ...(expression === null ? [] : [...(columns.length > 0 ? [text(', ')] : []), code(expression)]),
    text(
      [
        ...(unique ? [', unique'] : []),
        ...(method === null ? [] : [`, ${method}`]),
        ...(origin === 'declared' ? [] : [origin === 'orm' ? ', made by the ORM' : ', made by the database']),
      ].join(''),
    ),
    ...(where === null ? [] : [text(', where '), code(where)]),
  ]);
}

const cardinalityWords: Readonly<Record<Cardinality, string>> = {
  one: 'exactly one',
  'zero-or-one': 'zero or one',
  many: 'any number of',
  'one-or-many': 'one or more of',
};

function relationItems(id: string, model: DiagramModel, anchors: Anchors): readonly Content[] {
  const item = ({ from, through }: DiagramEdge, other: DiagramEdge['to']): Content => [
    text(`${cardinalityWords[other.cardinality]} `),
    target(other.table, model, anchors),
    ...(from.columns.length === 0 ? [] : [text(' by '), ...codes(from.columns)]),
    ...(through === null ? [] : [text(' through '), code(through)]),
  ];
  return model.edges.flatMap((edge) => [
    ...(edge.from.table === id ? [item(edge, edge.to)] : []),
    ...(edge.to.table === id ? [item(edge, edge.from)] : []),
  ]);
}

function target(id: string, model: DiagramModel, anchors: Anchors): Inline {
  return model.tables.some((table) => table.id === id)
    ? { kind: 'see', text: id, anchor: anchors.table(id) }
    : code(id);
}

function enumBlocks(enums: readonly EnumType[]): readonly Block[] {
  if (enums.length === 0) return [];
  const sorted = [...enums].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return [
    heading(2, 'Enums', null),
    {
      kind: 'table',
      heads: ['Enum', 'Values', 'Source'],
      rows: sorted.map(({ name, values, at }) => [[code(name)], codes(values), [place(at)]]),
    },
  ];
}

function titled(title: string, items: readonly Content[]): readonly Block[] {
  return items.length === 0 ? [] : [heading(4, title, null), list(items)];
}

function heading(level: 1 | 2 | 3 | 4, words: string, anchor: string | null): Block {
  return { kind: 'heading', level, text: words, anchor };
}

function paragraph(...content: Content): Block {
  return { kind: 'paragraph', content };
}

function list(items: readonly Content[]): Block {
  return { kind: 'list', items };
}

function place({ file, line }: SourceRange): Inline {
  return { kind: 'source', file, line };
}

function capitalised([first, ...rest]: Content): Content {
  if (first?.kind !== 'text') return first === undefined ? rest : [first, ...rest];
  return [text(first.text.charAt(0).toUpperCase() + first.text.slice(1)), ...rest];
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
