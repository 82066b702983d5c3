/** What each window of the suite opens, and which test files run in it. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { migratedProject } from '../support/migratedProject.ts';
import { strangers } from './suite/strangers.ts';
import { copyOfWorkspace, repository, temporaryFolder } from '../support/folders.ts';

export interface Scenario {
  readonly name: string;
  /** Names of `suite/<name>.test.ts`. */
  readonly files: readonly string[];
  /** False = the window opens in Restricted Mode. */
  readonly trusted: boolean;
  /** The window has the test's own language model. */
  readonly fakeModel?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly timeoutMs?: number;
  /** Writes what is opened into the folder and returns its path: a folder or a `.code-workspace` file. */
  readonly prepare: (folder: string) => string;
}

const special: readonly Scenario[] = [
  {
    name: 'chat',
    files: ['chat'],
    trusted: true,
    fakeModel: true,
    settings: { 'chat.disableAIFeatures': false, 'workbench.secondarySideBar.defaultVisibility': 'visible' },
    // Each proof starts an engine: three seconds alone, many times that beside other work.
    timeoutMs: 900_000,
    prepare: prepareChat,
  },
  { name: 'an empty folder', files: ['empty'], trusted: true, prepare: prepareEmpty },
  { name: 'several folders', files: ['multiRoot'], trusted: true, prepare: prepareMultiRoot },
  { name: 'a project with migrations', files: ['migrations'], trusted: true, prepare: prepareMigrations },
  { name: 'Restricted Mode', files: ['restricted'], trusted: false, prepare: prepareShop },
];

/** Of the test of the package alone. */
const elsewhere = ['installed'];

/** The shop takes every file that no special window claims, so that a new test file cannot be forgotten. */
export function scenarios(): readonly Scenario[] {
  const claimed = new Set([...elsewhere, ...special.flatMap((scenario) => scenario.files)]);
  const files = readdirSync(join(repository, 'test/vscode/suite'))
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => basename(file, '.test.ts'))
    .filter((name) => !claimed.has(name))
    .sort();
  return [{ name: 'the shop', files, trusted: true, prepare: prepareShop }, ...special];
}

export function openedBy(scenario: Scenario): string {
  return scenario.prepare(temporaryFolder('workspace'));
}

function prepareShop(folder: string): string {
  return copyOfWorkspace('shop', folder);
}

/** The shop, with secrets and instructions of strangers in every place a prompt is made from. */
function prepareChat(folder: string): string {
  const shop = copyOfWorkspace('shop', folder);
  for (const [path, text] of Object.entries(strangers)) writeFileSync(join(shop, path), text);
  return shop;
}

function prepareEmpty(folder: string): string {
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  writeFileSync(join(empty, 'notes.txt'), 'Nothing to read here.\n');
  return empty;
}

/** One table, the migration that makes it, and a Git repository that holds both. */
function prepareMigrations(folder: string): string {
  return migratedProject(join(folder, 'blog'));
}

/** Two projects that both have a table `users`: the second one small, with a foreign key that lacks its index. */
function prepareMultiRoot(folder: string): string {
  copyOfWorkspace('shop', folder);
  const blog = join(folder, 'blog');
  mkdirSync(join(blog, 'src'), { recursive: true });
  writeFileSync(
    join(blog, 'package.json'),
    JSON.stringify({ name: 'blog', dependencies: { typeorm: '^1.0.0', pg: '^8.0.0' } }),
  );
  writeFileSync(
    join(blog, 'src/post.entity.ts'),
    [
      "import { Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';",
      '',
      "@Entity('users')",
      'export class User {',
      '  @PrimaryGeneratedColumn()',
      '  id: number;',
      '}',
      '',
      "@Entity('posts')",
      'export class Post {',
      '  @PrimaryGeneratedColumn()',
      '  id: number;',
      '',
      '  @Column()',
      '  title: string;',
      '',
      '  @ManyToOne(() => User)',
      "  @JoinColumn({ name: 'author_id' })",
      '  author: User;',
      '}',
      '',
    ].join('\n'),
  );
  const workspace = join(folder, 'two.code-workspace');
  writeFileSync(workspace, JSON.stringify({ folders: [{ path: 'shop' }, { path: 'blog' }] }));
  return workspace;
}
