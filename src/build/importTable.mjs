/**
 * Who may import whom: the table of ARCHITECTURE.md as data. ESLint (`eslint.config.mjs`) enforces it while editing,
 * `test/architecture.test.ts` checks that it is complete. Folders are relative to the repository; every folder may import itself.
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** Folders whose members must not import each other: each member gets a row of its own. */
function members(folder, allowed) {
  const names = readdirSync(repository + folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
    .map((entry) => entry.name);
  return Object.fromEntries(names.map((name) => [`${folder}/${name}`, allowed]));
}

const schema = 'src/core/schema';
const syntax = 'src/core/syntax';

export const importTable = {
  [schema]: [],
  [syntax]: [schema],
  'src/core/diff': [schema],
  'src/core/readers/shared': [schema, syntax, 'src/core/readers/reader.ts'],
  ...members('src/core/readers', [schema, syntax, 'src/core/readers/shared', 'src/core/readers/reader.ts']),
  // Readers of migrations: what they read is replayed, which the migrations of their tool know how to do.
  ...Object.fromEntries(
    [
      ['efcore-migrations', 'efcore'],
      ['fluentmigrator', 'fluentmigrator'],
      ['knex', 'knex'],
      ['liquibase', 'liquibase'],
      ['sequelize-migrations', 'sequelize'],
      ['typeorm-migrations', 'typeorm'],
    ].map(([reader, tool]) => [
      `src/core/readers/${reader}`,
      [
        schema,
        syntax,
        'src/core/migrations/shared',
        `src/core/migrations/${tool}`,
        'src/core/readers/shared',
        'src/core/readers/reader.ts',
      ],
    ]),
  ),
  // Scripts are what migrations are made of: both are replayed by the same code.
  'src/core/readers/sql': [
    schema,
    syntax,
    'src/core/diff',
    'src/core/dialects',
    'src/core/migrations/shared',
    'src/core/readers/shared',
    'src/core/readers/reader.ts',
  ],
  // Migrations of Python stand in the same fragments as the entities, whose readers have them replayed.
  ...Object.fromEntries(
    [
      ['django', 'django'],
      ['sqlalchemy', 'alembic'],
    ].map(([reader, tool]) => [
      `src/core/readers/${reader}`,
      [
        schema,
        syntax,
        `src/core/migrations/${tool}`,
        'src/core/migrations/shared',
        'src/core/readers/shared',
        'src/core/readers/reader.ts',
      ],
    ]),
  ),
  'src/core/writers/shared': [
    schema,
    syntax,
    'src/core/readers/reader.ts',
    'src/core/writers/writer.ts',
    'src/core/writers/entityChange.ts',
    'src/core/writers/codeWriter.ts',
  ],
  ...members('src/core/writers', [
    schema,
    syntax,
    'src/core/readers/shared',
    'src/core/readers/reader.ts',
    'src/core/writers/writer.ts',
    'src/core/writers/entityChange.ts',
    'src/core/writers/codeWriter.ts',
    'src/core/writers/shared',
  ]),
  // What a person asks for becomes a change; whether it was written is a matter of comparing.
  'src/core/editing': [schema, 'src/core/diff', 'src/core/writers'],
  // Comments that switch rules off are the same in instructions as in sources.
  'src/core/profile': [schema, syntax, 'src/core/readers/shared/suppressions.ts'],
  // Migrations that are programs are read and followed alike, whatever tool runs them.
  'src/core/migrations/shared': [
    schema,
    syntax,
    'src/core/diff',
    'src/core/dialects',
    'src/core/readers/shared',
    'src/core/readers/reader.ts',
  ],
  ...members('src/core/migrations', [
    schema,
    syntax,
    'src/core/diff',
    'src/core/dialects',
    'src/core/migrations/shared',
    'src/core/readers/shared',
    'src/core/readers/reader.ts',
    // Migrations of an ORM name what they leave unnamed as its entities do.
    'src/core/readers/typeorm/naming.ts',
    // Those of Sequelize state attributes as its models do.
    ...['dataTypes', 'names', 'sqlTypes', 'values'].map((file) => `src/core/readers/sequelize/${file}.ts`),
  ]),
  // Fields and columns of Python's migrations are those of its models, and become the same tables by the same code.
  ...Object.fromEntries(
    [
      ['django', 'django'],
      ['alembic', 'sqlalchemy'],
    ].map(([tool, reader]) => [
      `src/core/migrations/${tool}`,
      [
        schema,
        syntax,
        'src/core/diff',
        'src/core/dialects',
        'src/core/migrations/shared',
        `src/core/readers/${reader}`,
        'src/core/readers/shared',
        'src/core/readers/reader.ts',
      ],
    ]),
  ),
  'src/core/workspace': [
    schema,
    syntax,
    'src/core/profile',
    'src/core/diff',
    'src/core/dialects',
    'src/core/readers/reader.ts',
    'src/core/readers/registry.ts',
    'src/core/readers/shared',
  ],
  'src/core/dialects': [schema, 'src/core/diff'],
  'src/core/lint': [
    'src/core/compliance',
    schema,
    'src/core/diff',
    'src/core/dialects',
    'src/core/profile/domains',
    'src/core/profile/profile.ts',
    'src/core/writers/writer.ts',
  ],
  // Generators read the classes of entities as written, and follow imports by the same rules as readers do.
  'src/core/generators': [
    schema,
    syntax,
    'src/core/dialects',
    'src/core/profile/profile.ts',
    'src/core/readers/shared',
    'src/core/writers',
  ],
  'src/core/retrieval': [schema, 'src/core/profile/profile.ts'],
  'src/core/chat': [schema, 'src/core/lint/rule.ts', 'src/core/profile/profile.ts', 'src/core/retrieval'],
  // Answers share their wording with briefs, and look-ups and coverage with the rules.
  // What a regime asks for is looked for in what rules follow as well.
  'src/core/compliance': [schema, 'src/core/lint/code', 'src/core/lint/rule.ts', 'src/core/profile/domains'],
  'src/core/answers': [
    schema,
    'src/core/compliance',
    'src/core/briefs',
    'src/core/dialects',
    'src/core/lint/advisor',
    'src/core/lint/lookups.ts',
    'src/core/lint/rule.ts',
    'src/core/profile/profile.ts',
  ],
  'src/core/briefs': [schema, 'src/core/lint/rule.ts', 'src/core/profile/profile.ts'],
  'src/core/diagram': [schema, 'src/core/lint/rule.ts', 'src/core/editing/orms.ts'],
  'src/core/layout': ['src/core/diagram'],
  // Data dictionaries set the user's names as Markdown as briefs do.
  'src/core/report': [
    schema,
    'src/core/briefs/markdown.ts',
    'src/core/lint',
    'src/core/diagram',
    'src/core/layout',
    'src/core/workspace/snapshot.ts',
    'src/core/profile/profile.ts',
  ],
  'src/cache': ['src/core'],
  'src/proof': ['src/core'],
  'src/protocol': ['src/core'],
  'src/server': ['src/core', 'src/cache', 'src/proof', 'src/protocol'],
  'src/cli': ['src/core', 'src/cache', 'src/proof', 'src/protocol', 'src/server'],
  'src/host': ['src/protocol', 'src/core'],
  // The colours of pictures: one palette for those that the page draws and those that the command line writes.
  webview: [
    'src/protocol',
    'src/core/diagram',
    'src/core/layout',
    'src/core/schema/source.ts',
    'src/core/report/svgTheme.ts',
  ],
};

/** Packages that only one place may import. `core` may import no Node built-in at all. */
export const packageOwners = [
  { packages: ['vscode'], owners: ['src/host', 'test/vscode'] },
  { packages: ['@vscode/tree-sitter-wasm'], owners: ['src/core/syntax'] },
  { packages: ['@electric-sql/pglite'], owners: ['src/proof'] },
  { packages: ['better-sqlite3'], owners: ['src/cache', 'src/proof'] },
  { packages: ['@vscode/webview-ui-toolkit'], owners: ['webview/ui'] },
  { packages: ['react', 'react-dom', 'd3-zoom', 'd3-selection', 'flatbush'], owners: ['webview'] },
  { packages: ['mdast-util-from-markdown', 'htmlparser2', 'yaml'], owners: ['src/core/syntax'] },
  // Sequelize names tables with it, and so must its reader.
  { packages: ['inflection'], owners: ['src/core/readers/sequelize'] },
  { packages: ['prettier'], owners: ['src/core/generators'] },
  { packages: ['elkjs'], owners: ['src/core/layout'] },
  { packages: ['vscode-languageclient'], owners: ['src/host'] },
  { packages: ['ajv'], owners: ['src/server'] },
  { packages: ['@modelcontextprotocol/sdk'], owners: ['src/cli'] },
  {
    packages: ['vscode-languageserver', 'vscode-languageserver-textdocument', '@vscode/l10n'],
    owners: ['src/server'],
  },
];
