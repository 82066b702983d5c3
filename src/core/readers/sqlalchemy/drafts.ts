/** Tables on their way from declarations to the model. */
import type { SourceRange } from '../../schema/source.ts';
import type { PyCall, PyClass, PyValue } from '../shared/python/values.ts';
import type { ColumnSpec } from './columnSpecs.ts';
import type { Metadata } from './metadata.ts';

export interface TableDraft {
  readonly name: string;
  readonly namespace: string | null;
  readonly metadata: Metadata;
  /** In the order of the table; grows by those of subclasses that share it. */
  readonly specs: ColumnSpec[];
  /** Constraints and indexes: `Index(…)`, `UniqueConstraint(…)`. */
  readonly items: PyValue[];
  readonly comment: string | null;
  /** Class that it is mapped to; the first of a hierarchy. */
  entity: string | null;
  cls: PyClass | null;
  readonly at: SourceRange;
  /** The `Table(…)` that declares it. */
  readonly call: PyCall | null;
  readonly isView: boolean;
}

export interface MappedClass {
  readonly cls: PyClass;
  /** Table of its own; that of its parent where it shares one. */
  readonly table: TableDraft;
  readonly parent: MappedClass | null;
  readonly strategy: 'single-table' | 'joined' | 'table-per-class' | null;
  /** Classes whose attributes are its own: itself, mixins, abstract bases. */
  readonly sources: readonly PyClass[];
  /** Of `map_imperatively`. */
  readonly properties: ReadonlyMap<string, PyValue>;
  /** `polymorphic_on`, `polymorphic_identity`, … */
  readonly mapperArgs: ReadonlyMap<string, PyValue>;
}
