/**
 * What the extension contributes to VS Code, typed. `npm run manifest` writes it into package.json and package.nls.json;
 * texts stand here in English and become `%key%` there. Rules are added from their registry by src/build/manifest.ts.
 */

import type { ChatCommand } from '../core/chat/command.ts';
import { editCommands } from './editCommands.ts';

/** The diagram is the editor in front. */
const inDiagramPanel = "activeWebviewPanelId == 'dataEngineer.diagram'";

export const commands = {
  showDiagram: { title: 'Show ER Diagram', icon: '$(type-hierarchy)', palette: 'workspaceFolderCount > 0' },
  analyzeWorkspace: { title: 'Analyze Workspace', icon: '$(refresh)', palette: 'workspaceFolderCount > 0' },
  exportDiagram: { title: 'Export Diagram...', icon: '$(export)', palette: 'workspaceFolderCount > 0' },
  showDiagramChanges: { title: 'Show What Changed Since...', icon: null, palette: inDiagramPanel },
  openDiagramView: { title: 'Open Diagram View...', icon: null, palette: 'workspaceFolderCount > 0' },
  saveDiagramView: { title: 'Save Diagram View As...', icon: null, palette: inDiagramPanel },
  renameDiagramView: { title: 'Rename Diagram View...', icon: null, palette: inDiagramPanel },
  deleteDiagramView: { title: 'Delete Diagram View...', icon: null, palette: inDiagramPanel },
  arrangeDiagram: { title: 'Arrange Diagram Anew', icon: null, palette: inDiagramPanel },
  copySchema: { title: 'Copy Schema as JSON', icon: '$(copy)', palette: 'workspaceFolderCount > 0' },
  explainRule: { title: 'Show Rule Documentation', icon: '$(book)', palette: 'true' },
  restartServer: { title: 'Restart Server', icon: '$(debug-restart)', palette: 'true' },
  clearCache: { title: 'Clear Cache', icon: '$(clear-all)', palette: 'true' },
  generateMigration: { title: 'Generate Migration...', icon: '$(history)', palette: 'workspaceFolderCount > 0' },
  createRepository: { title: 'Create Repository', icon: null, palette: 'workspaceFolderCount > 0' },
  createService: { title: 'Create Service', icon: null, palette: 'workspaceFolderCount > 0' },
  createDtos: { title: 'Create DTOs', icon: null, palette: 'workspaceFolderCount > 0' },
  createEndpoints: { title: 'Create REST Endpoints', icon: null, palette: 'workspaceFolderCount > 0' },
  createTests: { title: 'Create Tests', icon: null, palette: 'workspaceFolderCount > 0' },
  createAllLayers: { title: 'Create All Layers...', icon: '$(layers)', palette: 'workspaceFolderCount > 0' },
  ...editCommands,
  createBrief: { title: 'Create Hand-off Brief...', icon: '$(output)', palette: 'workspaceFolderCount > 0' },
  createDictionary: { title: 'Create Data Dictionary...', icon: '$(book)', palette: 'workspaceFolderCount > 0' },
  setUpInstructions: { title: 'Set Up Copilot Instructions', icon: null, palette: 'workspaceFolderCount > 0' },
  showSchemaOverview: { title: 'Show Schema Overview', icon: '$(list-tree)', palette: 'workspaceFolderCount > 0' },
  reviewDataModel: { title: 'Review Data Model', icon: '$(checklist)', palette: 'workspaceFolderCount > 0' },
  reviewIndexes: { title: 'Review Indexes', icon: '$(checklist)', palette: 'workspaceFolderCount > 0' },
  showIndexReport: { title: 'Show Index Report', icon: '$(checklist)', palette: 'workspaceFolderCount > 0' },
  reviewQueries: { title: 'Review Queries', icon: '$(checklist)', palette: 'workspaceFolderCount > 0' },
  reviewCompliance: { title: 'Review Compliance', icon: '$(law)', palette: 'workspaceFolderCount > 0' },
  reviewSecurity: { title: 'Review Security', icon: '$(shield)', palette: 'workspaceFolderCount > 0' },
  showOutput: { title: 'Show Output', icon: '$(output)', palette: 'true' },
  disableRule: { title: 'Disable Rule in This Workspace', icon: null, palette: 'false' },
  applyProposal: { title: 'Apply Proposal', icon: null, palette: 'false' },
  showProposal: { title: 'Show Changes of Proposal', icon: null, palette: 'false' },
  showMenu: { title: 'Show Menu', icon: null, palette: 'false' },
  addProposedIndex: { title: 'Add Index...', icon: '$(add)', palette: 'false' },
  removeIndex: { title: 'Remove Index...', icon: '$(trash)', palette: 'false' },
  peekIndexQueries: { title: 'Peek Queries', icon: '$(search)', palette: 'false' },
  openSource: { title: 'Go to Source', icon: '$(go-to-file)', palette: 'false' },
  showInDiagram: { title: 'Show in ER Diagram', icon: '$(type-hierarchy)', palette: 'false' },
  copyName: { title: 'Copy Name', icon: null, palette: 'false' },
} as const satisfies Readonly<Record<string, CommandContribution>>;

interface CommandContribution {
  readonly title: string;
  readonly icon: string | null;
  /** When clause for the command palette. */
  readonly palette: string;
}

export type CommandName = keyof typeof commands;

/** Full id of a command: `dataEngineer.showDiagram`. */
export function commandId(name: CommandName): `dataEngineer.${CommandName}` {
  return `dataEngineer.${name}`;
}

/** `@data-engineer`; a command here has its prompt in src/host/chat/prompts. */
export const chatParticipant = {
  id: 'data-engineer.chat',
  name: 'data-engineer',
  fullName: 'Data Engineer',
  description: 'Ask about your data model, or have it changed: what is proposed is proven first',
  commands: {
    schema: { description: 'Explain the schema, or a part of it', sample: 'How do orders and payments hang together?' },
    review: { description: 'Review the data model', sample: 'orders and what belongs to them' },
    design: { description: 'Design tables, as entities that are proven', sample: 'a wish list per customer' },
    index: { description: 'Say which indexes are missing or of no use', sample: 'the search for orders' },
    optimize: { description: 'Make queries faster', sample: 'the checkout' },
    migrate: { description: 'Explain the next migration', sample: 'What may fail?' },
    repository: { description: 'Write the repository of an entity', sample: 'Order' },
    dto: { description: 'Write the DTOs of an entity', sample: 'Order' },
    endpoint: { description: 'Write the REST endpoints of an entity', sample: 'Order' },
    test: { description: 'Write tests', sample: 'OrdersService' },
    secure: { description: 'Review the security of the data', sample: 'personal data of customers' },
  } satisfies Readonly<Record<ChatCommand, { readonly description: string; readonly sample: string }>>,
  /** When a question is this participant's though nobody named it. For the model, so not translated. */
  disambiguation: {
    category: 'data_engineering',
    description:
      'The user asks about the database schema, entities, ORM models, tables, columns, indexes, migrations, queries, repositories or DTOs of this workspace, or wants them designed, reviewed, written or made faster.',
    examples: [
      'Which tables hold personal data?',
      'Which indexes are missing for the order search?',
      'Add a wish list to the data model',
      'Why is this query slow?',
      'What will the next migration lock?',
    ],
  },
} as const;

/** Names of tools in the editor: its list is shared with all other extensions. */
export const toolPrefix = 'data_engineer_';
/** Id of the provider of the MCP server. */
export const mcpProvider = 'dataEngineer.mcp';

/** What a tool is good for, for people who pick it (`#get_schema`). */
export const toolDescriptions = {
  diff_schema: 'What differs between the entities and what the migrations build, or a commit',
  explain_rule: 'What a rule checks, why it matters, and how to mend it',
  find_tables: 'The tables that a question is about',
  generate_code: 'Repository, service, DTOs, endpoints and tests of entities, as texts',
  get_profile: 'Stack, field of business, compliance and requirements of the project',
  get_schema: 'Tables, columns, keys and relations as the source defines them',
  lint_schema: 'What is wrong with the data model and the queries',
  plan_migration: 'A migration to what the entities say, with up and down, not written',
  verify_migration: 'A migration run up, down and up again with sample rows on an embedded database',
} as const;
export type ToolName = keyof typeof toolDescriptions;

export const schemaView = 'dataEngineer.schema';
/** The review of the indexes; it is there once someone has asked for it. */
export const indexView = 'dataEngineer.indexes';
export const indexContext = 'dataEngineer.indexesShown';
export const viewContainer = 'dataEngineer';
export const diagramViewType = 'dataEngineer.diagram';
/** Scheme of the documents that explain a rule. */
export const ruleScheme = 'data-engineer-rule';
/** Scheme of what the engine answers alone. */
export const answerScheme = 'data-engineer-answer';
/** Scheme of files as chat proposes them. */
export const chatScheme = 'data-engineer-proposal';

/** Context key for the welcome texts: how far the analysis is. */
export const stateContext = 'dataEngineer.state';
export type WorkspaceState = 'starting' | 'empty' | 'ready' | 'stopped';

/** Context key: the cursor is in a file with entities. */
export const entityContext = 'dataEngineer.inEntity';

export const viewTexts = {
  container: 'Data Engineer',
  schema: 'Schema',
  indexes: 'Indexes',
};

export const welcome: readonly { readonly when: string; readonly text: string }[] = [
  {
    when: 'workspaceFolderCount == 0',
    text: 'Open a folder to see its data model.\n[Open Folder](command:workbench.action.files.openFolder)',
  },
  {
    when: `workspaceFolderCount > 0 && ${stateContext} == empty`,
    text:
      'No entities were found in this workspace.\n' +
      'Data Engineer reads TypeORM entities in TypeScript and JavaScript and Prisma schemas, without running them. Files that `.gitignore`, ' +
      '`files.exclude` or the setting `dataEngineer.exclude` leave out are not read.\n' +
      '[Analyze Again](command:dataEngineer.analyzeWorkspace)\n' +
      '[Open Settings](command:workbench.action.openSettings?%5B%22%40ext%3Adata-engineer.data-engineer%22%5D)\n' +
      'The [output](command:dataEngineer.showOutput) says what was looked at.',
  },
  {
    when: `workspaceFolderCount > 0 && ${stateContext} == stopped`,
    text:
      'The Data Engineer server has stopped, so nothing can be shown.\n' +
      '[Restart Server](command:dataEngineer.restartServer)\n' +
      'The [output](command:dataEngineer.showOutput) says why.',
  },
];

/** A menu below an item of another menu. */
export const createMenu = { id: 'dataEngineer.create', title: 'Create Code' } as const;

/** Edits of the entity that a table stands for. */
export const editMenu = { id: 'dataEngineer.edit', title: 'Edit Entity' } as const;

interface MenuItem {
  readonly command: CommandName | typeof createMenu.id | typeof editMenu.id;
  readonly when: string;
  readonly group: string;
}

const onRow = (kinds: string, when = '') => `view == ${schemaView} && viewItem =~ /^(${kinds})$/${when}`;
const onIndexRow = (kinds: string) => `view == ${indexView} && viewItem =~ /^(${kinds})$/`;
const ready = `view == ${schemaView} && ${stateContext} == ready`;

type MenuName =
  'view/title' | 'view/item/context' | 'editor/context' | 'webview/context' | typeof createMenu.id | typeof editMenu.id;

/** `webviewSection` is set by the page (`webview/components/Canvas/menuContext.ts`). */
const inDiagram = (sections: string) => `webviewId == ${diagramViewType} && webviewSection =~ /^(${sections})$/`;

const always = 'true';

export const menus: Readonly<Record<MenuName, readonly MenuItem[]>> = {
  'editor/context': [
    { command: 'showInDiagram', when: `${entityContext} && ${stateContext} == ready`, group: 'navigation@9' },
    { command: createMenu.id, when: `${entityContext} && ${stateContext} == ready`, group: '1_modification@9' },
  ],
  'webview/context': [
    { command: 'openSource', when: inDiagram('entity|table'), group: 'navigation@1' },
    { command: createMenu.id, when: inDiagram('entity'), group: '1_create@1' },
    { command: editMenu.id, when: inDiagram('entity'), group: '1_create@2' },
    { command: 'renameElement', when: inDiagram('entity'), group: '1_modification@1' },
    { command: 'changeColumnType', when: `${inDiagram('entity')} && element == column`, group: '1_modification@2' },
    { command: 'toggleNullable', when: `${inDiagram('entity')} && element == column`, group: '1_modification@3' },
    { command: 'deleteElement', when: inDiagram('entity|relation'), group: '1_modification@4' },
    { command: 'addTable', when: inDiagram('diagram'), group: '0_add@1' },
    { command: 'copyName', when: inDiagram('entity|table'), group: '2_copy@1' },
    { command: 'exportDiagram', when: inDiagram('diagram'), group: '1_export@1' },
    { command: 'copySchema', when: inDiagram('diagram'), group: '1_export@2' },
    { command: 'generateMigration', when: inDiagram('diagram'), group: '1_export@3' },
  ],
  [createMenu.id]: [
    { command: 'createRepository', when: always, group: '1_layer@1' },
    { command: 'createService', when: always, group: '1_layer@2' },
    { command: 'createDtos', when: always, group: '1_layer@3' },
    { command: 'createEndpoints', when: always, group: '1_layer@4' },
    { command: 'createTests', when: always, group: '1_layer@5' },
    { command: 'createAllLayers', when: always, group: '2_all@1' },
  ],
  [editMenu.id]: [
    { command: 'addColumn', when: always, group: '1_add@1' },
    { command: 'addIndex', when: always, group: '1_add@2' },
    { command: 'addRelation', when: always, group: '1_add@3' },
    { command: 'addTable', when: always, group: '1_add@4' },
    { command: 'changeColumnType', when: always, group: '2_change@1' },
    { command: 'toggleNullable', when: always, group: '2_change@2' },
    { command: 'deleteIndex', when: always, group: '3_delete@1' },
  ],
  'view/title': [
    { command: 'showDiagram', when: ready, group: 'navigation@1' },
    { command: 'analyzeWorkspace', when: `view == ${schemaView}`, group: 'navigation@2' },
    { command: 'copySchema', when: ready, group: '1_export@1' },
    { command: 'exportDiagram', when: ready, group: '1_export@2' },
    { command: 'generateMigration', when: ready, group: '1_export@3' },
    { command: 'showIndexReport', when: `view == ${indexView}`, group: 'navigation@1' },
    { command: 'reviewIndexes', when: ready, group: '1_export@4' },
    { command: 'showOutput', when: `view == ${schemaView}`, group: '2_server@1' },
    { command: 'restartServer', when: `view == ${schemaView}`, group: '2_server@2' },
  ],
  'view/item/context': [
    { command: 'showInDiagram', when: onRow('table|view'), group: 'inline@1' },
    { command: 'showDiagram', when: onRow('project'), group: 'inline@1' },
    { command: 'openSource', when: onRow('table|view|column|key|index|relation'), group: 'navigation@1' },
    { command: 'showInDiagram', when: onRow('table|view'), group: 'navigation@2' },
    { command: 'showDiagram', when: onRow('project'), group: 'navigation@1' },
    { command: createMenu.id, when: onRow('table'), group: '1_create@1' },
    { command: editMenu.id, when: onRow('table'), group: '1_create@2' },
    { command: 'createAllLayers', when: onRow('project'), group: '1_create@1' },
    { command: 'copySchema', when: onRow('project'), group: '1_export@1' },
    { command: 'createBrief', when: onRow('project'), group: '1_export@3' },
    { command: 'setUpInstructions', when: onRow('project'), group: '1_export@5' },
    { command: 'showSchemaOverview', when: onRow('project'), group: '3_review@1' },
    { command: 'reviewDataModel', when: onRow('project'), group: '3_review@2' },
    { command: 'addProposedIndex', when: onIndexRow('proposal'), group: 'inline@1' },
    { command: 'removeIndex', when: onIndexRow('redundant|unused'), group: 'inline@1' },
    { command: 'addProposedIndex', when: onIndexRow('proposal'), group: '1_change@1' },
    { command: 'removeIndex', when: onIndexRow('redundant|unused'), group: '1_change@1' },
    { command: 'peekIndexQueries', when: onIndexRow('proposal'), group: 'navigation@1' },
    {
      command: 'openSource',
      when: onIndexRow('table|proposal|redundant|unused|query|foreign-key'),
      group: 'navigation@2',
    },
    { command: 'reviewIndexes', when: onRow('project'), group: '3_review@3' },
    { command: 'reviewQueries', when: onRow('project'), group: '3_review@4' },
    { command: 'reviewSecurity', when: onRow('project'), group: '3_review@5' },
    { command: 'reviewCompliance', when: onRow('project'), group: '3_review@6' },
    { command: 'generateMigration', when: onRow('project'), group: '1_export@4' },
    { command: 'exportDiagram', when: onRow('project'), group: '1_export@2' },
    { command: 'copyName', when: onRow('project|table|view|column|key|index|relation'), group: '2_copy@1' },
  ],
};

interface SettingContribution {
  readonly type: 'boolean' | 'number' | 'string' | 'array' | 'object';
  readonly default: unknown;
  readonly scope: 'resource' | 'window' | 'machine-overridable';
  readonly description: string;
  readonly enum?: readonly (readonly [value: string, description: string])[];
  readonly minimum?: number;
  readonly maximum?: number;
  /** JSON schema of an array's items. */
  readonly items?: Readonly<Record<string, unknown>>;
}

/** In the order of the settings editor. `rules` gets one property per rule from the registry. */
export const settings = {
  rules: {
    type: 'object',
    default: {},
    scope: 'resource',
    description:
      'Severity per rule: `off`, `info`, `warning` or `error`. A project can say otherwise in its `.data-engineer.json`.',
  },
  exclude: {
    type: 'array',
    default: [],
    scope: 'resource',
    items: { type: 'string' },
    description:
      'Globs, in the syntax of `.gitignore`, of files that are not read. `.gitignore` and `#files.exclude#` are respected anyway.',
  },
  maxFileSizeKb: {
    type: 'number',
    default: 1024,
    minimum: 1,
    scope: 'resource',
    description: 'Files larger than this, in kilobytes, are not read; each is reported once.',
  },
  'codeLens.enabled': {
    type: 'boolean',
    default: true,
    scope: 'resource',
    description:
      'Show the number of columns and relations above each entity, with a link to its place in the ER diagram.',
  },
  'mcp.enabled': {
    type: 'boolean',
    default: false,
    scope: 'window',
    description:
      'Offer the Data Engineer MCP server to chat, so that agents outside this window can read the schema and the findings as well. The tools of the extension itself are there without it.',
  },
  'server.maxMemoryMb': {
    type: 'number',
    default: 1024,
    minimum: 128,
    maximum: 16384,
    scope: 'machine-overridable',
    description:
      'Memory ceiling of the analysis process, in megabytes. It runs beside the editor and restarts when it exceeds the ceiling; raise this for very large repositories.',
  },
  'trace.server': {
    type: 'string',
    default: 'off',
    scope: 'window',
    description: 'Log the messages between VS Code and the Data Engineer server to the output.',
    enum: [
      ['off', 'Nothing.'],
      ['messages', 'Names and times of the messages.'],
      ['verbose', 'Messages with their contents.'],
    ],
  },
} as const satisfies Readonly<Record<string, SettingContribution>>;

export const ruleSettingDescriptions = {
  off: 'Never report.',
  info: 'Report as information.',
  warning: 'Report as a warning.',
  error: 'Report as an error.',
} as const;

export const walkthrough = {
  id: 'start',
  title: 'Get Started with Data Engineer',
  description: 'See the data model of your code, and what the database will make of it.',
  steps: [
    {
      id: 'schema',
      title: 'See the schema of your entities',
      description:
        'The schema is read from your source, without running it: tables, columns, keys, indexes and relations as the database will have them. Click a row to go to its source.\n[Open the Schema View](command:dataEngineer.schema.focus)',
      media: { svg: 'media/walkthrough/schema.svg', altText: 'The Schema view with tables, columns and keys' },
      completionEvents: [`onView:${schemaView}`],
    },
    {
      id: 'diagram',
      title: 'Open the ER diagram',
      description:
        'It follows your edits, finds tables by name, and exports to SVG, PNG and Mermaid.\n[Show ER Diagram](command:dataEngineer.showDiagram)',
      media: { svg: 'media/walkthrough/diagram.svg', altText: 'An entity-relationship diagram with three tables' },
      completionEvents: ['onCommand:dataEngineer.showDiagram'],
    },
    {
      id: 'findings',
      title: 'Fix what will hurt later',
      description:
        'Missing indexes and keys are underlined where they are declared. The light bulb offers the fix as an edit of your own source, and every rule explains itself.\n[Show Problems](command:workbench.actions.view.problems)\n[Show Rule Documentation](command:dataEngineer.explainRule)',
      media: {
        svg: 'media/walkthrough/findings.svg',
        altText: 'An underlined relation and the quick fix that adds an index',
      },
      completionEvents: ['onCommand:workbench.actions.view.problems', 'onCommand:dataEngineer.explainRule'],
    },
  ],
} as const;

export const capabilities = {
  trust: 'Project code is only read, never run, so everything works in Restricted Mode.',
  virtual: 'The analysis reads files from disk; folders of virtual file systems have none.',
};
