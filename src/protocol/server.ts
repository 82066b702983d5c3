/**
 * Language server ↔ host, beyond what LSP itself defines. The reply type hangs on the request, so neither side
 * can assert a wrong one.
 */
import type { DiagramModel } from '../core/diagram/model.ts';
import type { SourceRange } from '../core/schema/source.ts';

/** Options the host passes when it starts the server. */
export interface ServerOptions {
  /** Folder for the fragment cache; null = memory only. */
  readonly cacheDirectory: string | null;
  /** `tree-sitter*.wasm` are read from here. */
  readonly wasmDirectory: string;
  readonly trusted: boolean;
}

/** Settings section `dataEngineer`, as the server pulls it. */
export interface ServerSettings {
  readonly rules: Readonly<Record<string, 'off' | 'info' | 'warning' | 'error'>>;
  readonly exclude: readonly string[];
  readonly maxFileSizeKb: number;
}

export type TreeNodeKind =
  | 'project'
  | 'module'
  | 'table'
  | 'view'
  | 'columns'
  | 'column'
  | 'keys'
  | 'key'
  | 'indexes'
  | 'index'
  | 'relations'
  | 'relation';

/** One row of the schema tree. Ranges carry absolute URIs in `file`. */
export interface TreeNode {
  /** Unique in the tree and stable while the element keeps its name. */
  readonly id: string;
  readonly kind: TreeNodeKind;
  readonly label: string;
  readonly description: string;
  /** Markdown. */
  readonly tooltip: string | null;
  readonly at: SourceRange | null;
  readonly severity: 'error' | 'warning' | 'info' | null;
  readonly children: readonly TreeNode[];
  /** Set on tables: what `showDiagram` takes. */
  readonly table: { readonly project: string; readonly id: string } | null;
}

export interface ProjectSummary {
  /** Workspace-folder URI and root relative to it, joined: unique over a multi-root workspace. */
  readonly id: string;
  readonly label: string;
  readonly tables: number;
  readonly relations: number;
}

export interface StatusSummary {
  readonly projects: readonly ProjectSummary[];
  readonly findings: { readonly error: number; readonly warning: number; readonly info: number };
  readonly problems: number;
  /** Rises with every new snapshot. */
  readonly version: number;
}

export type DiagramFormat = 'svg' | 'mermaid';

/** Request name → parameters and result. */
export interface ServerRequests {
  'dataEngineer/status': { params: Record<string, never>; result: StatusSummary };
  'dataEngineer/tree': { params: Record<string, never>; result: readonly TreeNode[] };
  /** Null where the project is gone. Ranges carry absolute URIs in `file`. */
  'dataEngineer/diagram': { params: { readonly project: string }; result: DiagramModel | null };
  'dataEngineer/exportDiagram': {
    params: { readonly project: string; readonly format: DiagramFormat; readonly theme: 'light' | 'dark' };
    result: string;
  };
  /** The public JSON of architecture.md §4, as text. */
  'dataEngineer/schemaJson': { params: { readonly project: string | null }; result: string };
  'dataEngineer/analyze': { params: Record<string, never>; result: StatusSummary };
  'dataEngineer/clearCache': { params: Record<string, never>; result: null };
  'dataEngineer/explainRule': { params: { readonly rule: string }; result: string | null };
}

export interface ServerNotifications {
  'dataEngineer/snapshot': StatusSummary;
}
