/** Source files of an answer: read as if they were there, linted, compared with what is there, and their changes of the schema run. */
import type { Block } from '../../core/chat/block.ts';
import type { BlockProof } from '../../core/chat/converse.ts';
import { describeChange, losesData } from '../../core/diff/describe.ts';
import type { Finding } from '../../core/lint/rule.ts';
import { planMigration } from '../../core/migrations/shared/plan.ts';
import { mayHoldMigration } from '../../core/migrations/typeorm/migrationClasses.ts';
import { createResolver } from '../../core/readers/shared/moduleResolution.ts';
import type { Resolver } from '../../core/readers/shared/moduleResolution.ts';
import type { Problem } from '../../core/schema/source.ts';
import { isTsconfig } from '../../core/workspace/relevance.ts';
import type { Project } from '../../core/workspace/snapshot.ts';
import type { ProposedFile } from '../../protocol/chat.ts';
import { fileUri } from '../convert.ts';
import type { Preview } from '../engine.ts';
import { provePlan } from '../migrationProof.ts';
import type { FolderProject } from '../projects.ts';
import {
  elisionProblem,
  importProblems,
  lostMembers,
  pathProblem,
  queryProblems,
  reachProblems,
} from './codeChecks.ts';

export interface FilesProof {
  /** In the order of the blocks. */
  readonly proofs: readonly BlockProof[];
  readonly files: readonly ProposedFile[];
}

interface Candidate {
  /** Relative to the analysed directory. */
  readonly path: string;
  readonly text: string;
  readonly before: string | null;
  readonly problems: string[];
  readonly checks: string[];
  readonly notes: string[];
}

const proofSeconds = 120;
const mostNotes = 5;

/** @param blocks with a path each */
export async function proveFiles(
  entry: FolderProject,
  blocks: readonly Block[],
  signal: AbortSignal,
): Promise<FilesProof> {
  const candidates = await Promise.all(blocks.map((block) => candidateOf(entry, block)));
  const sound = candidates.filter(({ problems }) => problems.length === 0);
  if (sound.length === candidates.length) await judge(entry, candidates, signal);
  return {
    proofs: candidates.map(({ problems, checks, notes }) => ({
      status: problems.length > 0 ? 'failed' : 'proven',
      problems,
      checks: problems.length > 0 ? [] : checks,
      notes: notes.slice(0, mostNotes),
    })),
    files: candidates
      .filter(({ before, text }) => before !== text)
      .map(({ path, before, text }) => ({ uri: fileUri(entry.folder.directory, path), before, text })),
  };
}

async function candidateOf({ project, folder }: FolderProject, block: Block): Promise<Candidate> {
  const stated = block.path ?? '';
  const below = project.root === '' || stated.startsWith(`${project.root}/`) ? stated : `${project.root}/${stated}`;
  const wrong = pathProblem(stated);
  const before = wrong === null ? await folder.text(below) : null;
  const text = likeBefore(block.text, before);
  const elision = elisionProblem(below, text);
  const lost = before === null ? [] : lostMembers(before, text);
  return {
    path: below,
    text,
    before,
    checks: [],
    notes: [],
    problems: [
      ...(wrong === null ? [] : [wrong]),
      ...(block.closed ? [] : [`${below} is not complete: the answer broke off.`]),
      ...(elision === null ? [] : [elision]),
      ...(lost.length === 0
        ? []
        : [`${below} leaves out ${lost.join(', ')}, which the file has now. Give the whole file.`]),
      ...(mayHoldMigration(text)
        ? [
            `${below} is a migration. Those are planned, written and proven by "Data Engineer: Generate Migration…"; propose the change of the entity instead.`,
          ]
        : []),
      ...reachProblems(below, text, before),
    ],
  };
}

/** Line ends as the file has them, and one at the end. */
function likeBefore(text: string, before: string | null): string {
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  return before?.includes('\r\n') === true ? whole.replace(/\r?\n/gu, '\r\n') : whole;
}

async function judge(entry: FolderProject, candidates: readonly Candidate[], signal: AbortSignal): Promise<void> {
  const preview = await entry.folder.preview(candidates.map(({ path, text }) => ({ path, text })));
  const of = (path: string): readonly Candidate[] => {
    const own = candidates.filter((each) => each.path === path);
    return own.length > 0 ? own : candidates;
  };
  const blame = (path: string, problem: string): void => of(path).forEach(({ problems }) => problems.push(problem));
  const after = preview?.snapshot.projects.find(({ root }) => root === entry.project.root);
  if (!preview || !after) {
    for (const { problems } of candidates) problems.push('The project could not be read with it.');
    return;
  }
  for (const { path, line } of preview.broken) blame(path, `${path} has a syntax error at line ${line}.`);
  const broken = new Set(preview.broken.map(({ path }) => path));
  for (const each of candidates) if (!broken.has(each.path)) each.checks.push('syntax');

  for (const { at, message, severity } of newProblems(entry.project, after))
    if (!(at !== null && broken.has(at.file)) && severity !== 'information') blame(at?.file ?? '', message);
  const resolve = await resolverOf(entry, preview);
  const packages = await packagesOf(entry, preview);
  for (const each of candidates) {
    each.problems.push(...importProblems(each.path, each.text, (module) => resolve(each.path, module), packages));
    const facts = after.schema.code.files.find(({ file }) => file === each.path);
    const old = entry.project.schema.code.files.find(({ file }) => file === each.path);
    const known = old ? queryProblems(old, entry.project.schema.tables) : [];
    // What the file does already is not this proposal's doing.
    if (facts) each.problems.push(...added(known, queryProblems(facts, after.schema.tables), withoutLines));
    each.checks.push('imports', 'names of entities and columns');
  }
  for (const { file, message, rule, severity } of newFindings(entry, preview, after)) {
    const sentence = `${rule}: ${message}`;
    if (severity === 'info') of(file).forEach(({ notes }) => notes.push(sentence));
    else blame(file, sentence);
  }
  for (const each of candidates) each.checks.push('rules');
  if (candidates.every(({ problems }) => problems.length === 0)) await runChanges(entry, after, candidates, signal);
}

/** What the proposal does to the schema is made into a migration, and that is run. */
async function runChanges(
  { project }: FolderProject,
  after: Project,
  candidates: readonly Candidate[],
  signal: AbortSignal,
): Promise<void> {
  const dialect = after.dialect ?? 'postgresql';
  const plan = planMigration({ from: project.schema, to: after.schema, dialect, renames: [] });
  if (plan === null || plan.changes.length === 0) return;
  const touched = new Set(
    after.schema.tables
      .filter((table) => plan.changes.some((change) => nameOf(change) === table.name))
      .map(({ at }) => at.file),
  );
  const owners = candidates.filter(({ path }) => touched.has(path));
  const responsible = owners.length > 0 ? owners : candidates;
  const say = (to: 'problems' | 'checks' | 'notes', text: string): void =>
    responsible.forEach((each) => each[to].push(text));
  const losses = plan.changes.filter(losesData);
  if (losses.length > 0) {
    for (const change of losses)
      say(
        'problems',
        `It loses data: ${describeChange(change)}. Keep it, or rename and drop with "Data Engineer: Generate Migration…", which asks.`,
      );
    return;
  }
  const { outcome, words } = await provePlan(plan, { signal, timeoutMs: proofSeconds * 1000 });
  if (outcome === 'failed' || outcome === 'not-run') {
    say(
      'problems',
      `The change of the schema (${plan.words.join('; ')}) ${outcome === 'failed' ? words : `could not be proven: ${words}`}.`,
    );
    return;
  }
  say('checks', outcome === 'passed' ? words : `model (${words})`);
  for (const sentence of plan.words.slice(0, 8)) say('notes', sentence);
  for (const { message, kind } of plan.warnings) if (kind !== 'not-executed') say('notes', message);
}

function nameOf(change: Parameters<typeof losesData>[0]): string | null {
  return 'table' in change ? (typeof change.table === 'string' ? change.table : change.table.name) : null;
}

/** Those that were not there before, each as often as it is new. */
function added<T>(before: readonly T[], after: readonly T[], key: (item: T) => string): readonly T[] {
  const known = new Map<string, number>();
  for (const each of before) known.set(key(each), (known.get(key(each)) ?? 0) + 1);
  return after.filter((each) => {
    const left = known.get(key(each)) ?? 0;
    if (left > 0) known.set(key(each), left - 1);
    return left === 0;
  });
}

function withoutLines(sentence: string): string {
  return sentence.replace(/:\d+\b/gu, '');
}

function newProblems(before: Project, after: Project): readonly Problem[] {
  return added(
    before.schema.problems,
    after.schema.problems,
    ({ code, message }) => `${code} ${message.replace(/\bline \d+/gu, '')}`,
  );
}

function newFindings(entry: FolderProject, preview: Preview, after: Project): readonly Finding[] {
  const own = preview.findings.filter(({ project }) => project === after.root);
  return added(
    entry.findings,
    own,
    ({ rule, table, file, message }) => `${rule} ${table ?? ''} ${file} ${message.replace(/\d+/gu, '')}`,
  );
}

async function resolverOf({ folder }: FolderProject, { paths }: Preview): Promise<Resolver> {
  const tsconfigs = await Promise.all(
    paths.filter(isTsconfig).map(async (path) => ({ path, text: (await folder.text(path)) ?? '' })),
  );
  return createResolver({ files: new Set(paths), tsconfigs, packages: [] });
}

/** Of the manifests of the project and of the folders above it, and packages of the workspace itself. */
async function packagesOf({ project, folder }: FolderProject, { paths }: Preview): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (const path of paths.filter((each) => /(?:^|\/)package\.json$/u.test(each))) {
    const text = await folder.text(path);
    const manifest = parsed(text);
    if (typeof manifest.name === 'string') names.add(manifest.name);
    const owner = path.slice(0, -'package.json'.length);
    if (!`${project.root}/`.startsWith(owner) && owner !== '') continue;
    for (const field of ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'])
      for (const name of Object.keys(record(manifest[field]))) names.add(name);
  }
  return names;
}

function parsed(text: string | null): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse(text ?? '{}'));
  } catch {
    return {};
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
