/** Diagrams that exports stumble over. */
import type { DiagramColumn, DiagramModel, DiagramTable } from '../../src/core/diagram/model.ts';

const at = { file: 'a.ts', line: 1, column: 1, endLine: 1, endColumn: 2 };

/** Everything that a name, a type, a comment or a message can hold. */
const nasty = 'a<b>&"\'%{}\\ ]]> \u0000\uD800 数 😀\nsecond line';

export function nastyDiagram(): DiagramModel {
  const column = (name: string, given: Partial<DiagramColumn> = {}): DiagramColumn => ({
    name,
    type: 'uuid',
    nullable: false,
    badges: [],
    severity: null,
    enum: null,
    default: null,
    comment: null,
    at,
    ...given,
  });
  const table = (id: string, columns: readonly DiagramColumn[], given: Partial<DiagramTable> = {}): DiagramTable => ({
    id,
    name: id,
    namespace: null,
    entity: nasty,
    kind: 'table',
    module: 'm',
    columns,
    indexes: [],
    findings: [],
    softDelete: true,
    comment: nasty,
    at,
    ...given,
  });
  const finding = { rule: 'r', message: nasty, severity: 'error' as const, column: null, at };
  return {
    project: '',
    title: nasty,
    tables: [
      table(nasty, [
        column('id', { badges: ['pk', 'index'] }),
        column(nasty, { type: "enum('a','b')", badges: ['pan'], severity: 'warning' }),
        column('PK', { type: 'FK', nullable: true, badges: ['unique'] }),
        column('1st', { type: 'numeric(12,2)' }),
        column('fk', { type: 'uk-x' }),
        column('', { type: '' }),
      ]),
      table('other', [column('ref', { badges: ['pk', 'fk', 'secret', 'phi'] })], { kind: 'view', findings: [finding] }),
      table('empty', [], { module: 'n' }),
    ],
    edges: [
      {
        id: 'e1',
        from: { table: 'other', columns: ['ref'], cardinality: 'many' },
        to: { table: nasty, columns: ['id'], cardinality: 'zero-or-one' },
        label: nasty,
        enforced: false,
        onDelete: null,
        through: null,
        at,
      },
      {
        id: 'e2',
        from: { table: 'empty', columns: [], cardinality: 'one-or-many' },
        to: { table: 'other', columns: ['ref'], cardinality: 'one' },
        label: '',
        enforced: true,
        onDelete: 'CASCADE',
        through: null,
        at,
      },
    ],
    enums: [],
    modules: [
      { id: 'm', label: nasty, tables: [nasty, 'other'] },
      { id: 'n', label: 'n', tables: ['empty'] },
    ],
  };
}

/** No table at all. */
export const emptyDiagram: DiagramModel = { project: '', title: 'none', tables: [], edges: [], modules: [], enums: [] };
