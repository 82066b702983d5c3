/** What the webview, the layout and the exports get: drawn things only, never the Schema itself. JSON-safe. */
import type { SourceRange } from '../schema/source.ts';

export interface DiagramModel {
  /** Project root the diagram is of; '' = the analysed directory. */
  readonly project: string;
  readonly title: string;
  readonly tables: readonly DiagramTable[];
  readonly edges: readonly DiagramEdge[];
  readonly modules: readonly DiagramModule[];
  readonly enums: readonly DiagramEnum[];
  /** What has changed since an earlier state, where that is shown. */
  readonly changes?: DiagramChanges;
}

export type ChangeKindOfDiagram = 'added' | 'removed' | 'altered';

export interface DiagramChange {
  readonly kind: ChangeKindOfDiagram;
  /** Null where it is about no table that is drawn (an enum). */
  readonly table: string | null;
  readonly column: string | null;
  /** A sentence. */
  readonly words: string;
}

export interface DiagramChanges {
  /** What the earlier state is called. */
  readonly since: string;
  readonly entries: readonly DiagramChange[];
}

export interface DiagramEnum {
  readonly name: string;
  readonly values: readonly string[];
}

export interface DiagramIndex {
  readonly name: string | null;
  readonly columns: readonly string[];
  readonly unique: boolean;
}

export type Badge = 'pk' | 'fk' | 'unique' | 'index' | 'pii' | 'phi' | 'pan' | 'secret';

export interface DiagramColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly badges: readonly Badge[];
  readonly severity: DiagramSeverity | null;
  /** Name of one of the model's enums. */
  readonly enum: string | null;
  /** SQL text. */
  readonly default: string | null;
  readonly comment: string | null;
  readonly at: SourceRange;
  /** Since the earlier state that is compared with. */
  readonly change?: ChangeKindOfDiagram;
}

export type DiagramSeverity = 'error' | 'warning' | 'info';

export interface DiagramFinding {
  readonly rule: string;
  readonly message: string;
  readonly severity: DiagramSeverity;
  readonly column: string | null;
  readonly at: SourceRange;
}

/** Kind of the box that stands for a module whose tables are not shown; its `entity` counts them. */
export const collapsedKind = 'module';

export interface DiagramTable {
  /** `namespace.name` or `name`; unique in the diagram. */
  readonly id: string;
  readonly name: string;
  readonly namespace: string | null;
  readonly entity: string | null;
  readonly kind: string;
  readonly module: string;
  /** Name of the ORM, for people, where the diagram has tables of several. */
  readonly orm?: string;
  readonly columns: readonly DiagramColumn[];
  /** Of more than one column, or not plainly shown by a column's mark; without the primary key's. */
  readonly indexes: readonly DiagramIndex[];
  readonly findings: readonly DiagramFinding[];
  readonly softDelete: boolean;
  readonly comment: string | null;
  readonly at: SourceRange;
  /** Since the earlier state that is compared with; removed tables are drawn as they were. */
  readonly change?: ChangeKindOfDiagram;
}

/** Crow's foot at one end: how many rows of this end's table one row of the other end has. */
export type Cardinality = 'one' | 'zero-or-one' | 'many' | 'one-or-many';

/** A foreign key (or an unenforced relation) from the referencing table to the referenced one. */
export interface DiagramEdge {
  readonly id: string;
  /** Referencing table, with the rows its line starts at. */
  readonly from: { readonly table: string; readonly columns: readonly string[]; readonly cardinality: Cardinality };
  readonly to: { readonly table: string; readonly columns: readonly string[]; readonly cardinality: Cardinality };
  readonly label: string;
  readonly enforced: boolean;
  readonly onDelete: string | null;
  /** The join table that was folded into this edge; null on every other edge. */
  readonly through: string | null;
  readonly at: SourceRange;
}

export interface DiagramModule {
  readonly id: string;
  readonly label: string;
  readonly tables: readonly string[];
}
