/** Diagrams of any size, the same for the same size: modules with a hub each, about 1.5 keys per table. */
import type {
  DiagramColumn,
  DiagramEdge,
  DiagramModel,
  DiagramModule,
  DiagramTable,
} from '../../src/core/diagram/model.ts';

export interface GeneratedShape {
  readonly tables: number;
  readonly tablesPerModule?: number;
  readonly columnsPerTable?: number;
  /** Share of second keys that lead to another module. */
  readonly crossing?: number;
}

const nowhere = { file: 'generated.ts', line: 1, column: 1, endLine: 1, endColumn: 1 };

export function generateDiagram({
  tables: count,
  tablesPerModule = 20,
  columnsPerTable = 15,
  crossing = 0.6,
}: GeneratedShape): DiagramModel {
  const random = pseudoRandom(count);
  const moduleCount = Math.ceil(count / tablesPerModule);
  const nameOf = (index: number) => `m${index % moduleCount}_table_${Math.floor(index / moduleCount)}`;
  const edges: DiagramEdge[] = [];
  const keys = new Map<number, string[]>();
  const connect = (from: number, to: number) => {
    const columns = keys.get(from) ?? [];
    const column = `key_${columns.length}`;
    keys.set(from, [...columns, column]);
    edges.push({
      id: `${nameOf(from)}.${column}`,
      from: { table: nameOf(from), columns: [column], cardinality: random() < 0.1 ? 'zero-or-one' : 'many' },
      to: { table: nameOf(to), columns: ['id'], cardinality: random() < 0.3 ? 'zero-or-one' : 'one' },
      label: column,
      enforced: random() > 0.05,
      onDelete: random() < 0.3 ? 'CASCADE' : null,
      through: null,
      at: nowhere,
    });
  };
  for (let index = moduleCount; index < count; index++) {
    const place = Math.floor(index / moduleCount);
    // Half of the tables hang on their module's first one, the others on any before them.
    const target = random() < 0.5 ? 0 : Math.floor(random() * place);
    connect(index, target * moduleCount + (index % moduleCount));
    if (random() >= 0.5) continue;
    if (random() < crossing) connect(index, Math.floor(random() ** 2 * count));
    else connect(index, Math.floor(random() * place) * moduleCount + (index % moduleCount));
  }
  const tables = Array.from({ length: count }, (_, index): DiagramTable => {
    const own = keys.get(index) ?? [];
    return {
      id: nameOf(index),
      name: nameOf(index),
      namespace: null,
      entity: `Table${index}`,
      kind: 'table',
      module: `m${index % moduleCount}`,
      columns: [
        column('id', 'uuid', ['pk', 'index']),
        ...own.map((key) => column(key, 'uuid', ['fk'])),
        ...Array.from({ length: Math.max(1, columnsPerTable - 1 - own.length) }, (_, place) =>
          column(`column_${place}`, place % 3 === 0 ? 'varchar(120)' : place % 3 === 1 ? 'timestamptz' : 'integer', []),
        ),
      ],
      indexes: [],
      findings: [],
      softDelete: false,
      comment: null,
      at: nowhere,
    };
  });
  const modules = Array.from({ length: moduleCount }, (_, index): DiagramModule => ({
    id: `m${index}`,
    label: `m${index}`,
    tables: tables.filter(({ module }) => module === `m${index}`).map(({ id }) => id),
  }));
  return { project: '', title: `${count} tables`, tables, edges, modules, enums: [] };
}

function column(name: string, type: string, badges: DiagramColumn['badges']): DiagramColumn {
  return {
    name,
    type,
    nullable: false,
    badges,
    severity: null,
    enum: null,
    default: null,
    comment: null,
    at: nowhere,
  };
}

/** Mulberry32: small, fast, and the same everywhere. */
export function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
