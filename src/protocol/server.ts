/**
 * Language server ↔ host, beyond what LSP itself defines. The reply type hangs on the request, so neither side
 * can assert a wrong one.
 */
import type { AnswerTopic } from '../core/answers/answer.ts';
import type { BriefRole } from '../core/briefs/brief.ts';
import type { NameAnswer } from '../core/chat/names.ts';
import type { DiagramModel } from '../core/diagram/model.ts';
import type { Places } from '../core/diagram/saved.ts';
import type { DiagramView } from '../core/diagram/view.ts';
import type { DiagramFormat } from '../core/report/renderDiagram.ts';
import type { DictionaryFormat } from '../core/report/renderDictionary.ts';
import type { SourceRange } from '../core/schema/source.ts';
import type { Grounding, GroundParams, NamesParams, ProveParams, ProveResult } from './chat.ts';
import type { EditOptions, EditParams, EditReply, RereadParams, RereadReply } from './editing.ts';
import type { EntityPlace, EntityRow, GenerateParams, GenerateReply } from './generate.ts';
import type { IndexEdits, IndexRow } from './indexes.ts';
import type { GitRef, MigrationParams, MigrationPreview, MigrationProof } from './migration.ts';

/** Options the host passes when it starts the server. */
export interface ServerOptions {
  /** Folder for the fragment cache; null = memory only. */
  readonly cacheDirectory: string | null;
  /** `tree-sitter*.wasm` are read from here. */
  readonly wasmDirectory: string;
  readonly trusted: boolean;
  /** Translated strings of the editor's language; null = English. */
  readonly l10n: Readonly<Record<string, string>> | null;
  /** Where a finding's code links to, with `{rule}` for the id; null = the rule's first reference on the web. */
  readonly ruleUri: string | null;
}

/** Settings section `dataEngineer`, as the server pulls it. */
export interface ServerSettings {
  readonly rules: Readonly<Record<string, 'off' | 'info' | 'warning' | 'error'>>;
  readonly exclude: readonly string[];
  readonly maxFileSizeKb: number;
  readonly codeLens: { readonly enabled: boolean };
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
  /** Markdown; that of a table comes by `dataEngineer/card` when it is asked for. */
  readonly tooltip: string | null;
  readonly at: SourceRange | null;
  /** Of a column: the key it belongs to, primary before foreign. */
  readonly key: 'primary' | 'foreign' | null;
  readonly severity: 'error' | 'warning' | 'info' | null;
  /** Null = ask with this node's `id`: the rows below a table travel only when it is opened. */
  readonly children: readonly TreeNode[] | null;
  /** Set on tables: what `showDiagram` takes. */
  readonly table: { readonly project: string; readonly id: string } | null;
}

export interface ProjectSummary {
  /** URI of the project's root folder: unique over a multi-root workspace. */
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
  /** True until every workspace folder has been read once. */
  readonly analyzing: boolean;
}

/** What a tool for language models answers. */
export interface ToolResult {
  /** For the model: JSON, Markdown, or what is wrong with the input. */
  readonly text: string;
  readonly isError: boolean;
}

/** Request name → parameters and result. */
export interface ServerRequests {
  'dataEngineer/status': { params: Record<string, never>; result: StatusSummary };
  /** Projects with their modules and tables, or the rows below one node. */
  'dataEngineer/tree': { params: { readonly node: string | null }; result: readonly TreeNode[] };
  /** Markdown of one table, for tooltips; null where it is gone. */
  'dataEngineer/card': { params: { readonly project: string; readonly table: string }; result: string | null };
  /** Null where the project is gone. Ranges carry absolute URIs in `file`. */
  'dataEngineer/diagram': { params: { readonly project: string }; result: DiagramModel | null };
  /** The same with what has changed since `migrations` or `git:<ref>`; a text = why that cannot be told. */
  'dataEngineer/changedDiagram': {
    params: { readonly project: string; readonly since: string };
    result: DiagramModel | string | null;
  };
  'dataEngineer/exportDiagram': {
    params: {
      readonly project: string;
      readonly format: DiagramFormat;
      readonly theme: 'light' | 'dark';
      /** What of it is shown, and how; without it all, as arranged at first. */
      readonly view?: DiagramView;
      /** Where the user has put tables. */
      readonly places?: Places;
      /** As with `dataEngineer/changedDiagram`. */
      readonly since?: string;
    };
    /** Null where the project is gone. */
    result: string | null;
  };
  /** The public JSON of architecture.md §4, as text. */
  'dataEngineer/schemaJson': { params: { readonly project: string | null }; result: string };
  'dataEngineer/analyze': { params: Record<string, never>; result: StatusSummary };
  'dataEngineer/clearCache': { params: Record<string, never>; result: null };
  /** `tokenBudget`: most tokens that the asker can take; null = not known. */
  'dataEngineer/tool': {
    params: { readonly name: string; readonly input: unknown; readonly tokenBudget: number | null };
    result: ToolResult;
  };
  /** Markdown; null where the project is gone. */
  'dataEngineer/brief': { params: { readonly project: string; readonly role: BriefRole }; result: string | null };
  /** The data dictionary as text; null where the project is gone. */
  'dataEngineer/dictionary': {
    params: { readonly project: string; readonly format: DictionaryFormat };
    result: string | null;
  };
  /** Instructions for assistants, as `dataEngineer/generate` replies; nothing is written. */
  'dataEngineer/instructions': { params: { readonly project: string }; result: GenerateReply };
  /** What a migration would do and how it would read; nothing is written. */
  'dataEngineer/planMigration': { params: MigrationParams; result: MigrationPreview };
  /** Runs it on the embedded engine; takes as long as it takes, and ends with the token. */
  'dataEngineer/proveMigration': { params: MigrationParams; result: MigrationProof };
  /** What entities can be compared with; empty where there is no repository. */
  'dataEngineer/gitRefs': { params: { readonly project: string }; result: readonly GitRef[] };
  /** Null where there is no project. */
  'dataEngineer/chatGround': { params: GroundParams; result: Grounding | null };
  /** One answer per use. Places carry absolute URIs in `file`. */
  'dataEngineer/chatNames': { params: NamesParams; result: readonly NameAnswer[] };
  /** Takes as long as it takes, and ends with the token. */
  'dataEngineer/chatProve': { params: ProveParams; result: ProveResult };
  /** `ProveResult.basis` as it would be now. */
  'dataEngineer/chatBasis': { params: { readonly project: string }; result: string };
  /** Markdown; null where the project is gone. */
  'dataEngineer/answer': { params: { readonly project: string; readonly topic: AnswerTopic }; result: string | null };
  /** Projects with tables whose indexes there is something to say of; empty = nothing. */
  'dataEngineer/indexReview': { params: Record<string, never>; result: readonly IndexRow[] };
  /** The edits that add the index of a proposal, or take away a redundant or unused one: nothing is written. */
  'dataEngineer/indexEdits': { params: { readonly row: string }; result: IndexEdits };
  /** Code around entities as texts: nothing is written. */
  'dataEngineer/generate': { params: GenerateParams; result: GenerateReply };
  /** Entities of a project that code can be generated for, sorted by name. */
  'dataEngineer/entities': { params: { readonly project: string }; result: readonly EntityRow[] };
  /** The entity of a file in which a line (from 0) lies; null where the file holds none. */
  'dataEngineer/entityAt': { params: { readonly uri: string; readonly line: number }; result: EntityPlace | null };
  /** What can be done to a table (null: to none in particular); null where the project or the table is gone. */
  'dataEngineer/editOptions': {
    params: { readonly project: string; readonly table: string | null };
    result: EditOptions | null;
  };
  /** A change of entities as texts, read again and found to be what was asked for: nothing is written. */
  'dataEngineer/edit': { params: EditParams; result: EditReply };
  /** What edits that others make of the code would change of the schema. */
  'dataEngineer/reread': { params: RereadParams; result: RereadReply };
  'dataEngineer/explainRule': { params: { readonly rule: string }; result: string | null };
}

export interface ServerNotifications {
  'dataEngineer/snapshot': StatusSummary;
}

/** Commands of the host that the server names in code lenses and code actions, with their argument. */
export interface HostCommands {
  'dataEngineer.showDiagram': { readonly project: string; readonly table?: string };
  'dataEngineer.createAllLayers': { readonly project: string; readonly entity: string };
  'dataEngineer.explainRule': { readonly rule: string };
  'dataEngineer.disableRule': { readonly rule: string };
}
