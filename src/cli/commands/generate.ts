import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { layers } from '../../core/generators/generator.ts';
import type { FileEdits, GenerateResult, Layer } from '../../core/generators/generator.ts';
import type { Project } from '../../core/workspace/snapshot.ts';
import { applyEdits } from '../../core/writers/shared/edits.ts';
import { generateCode } from '../../server/generate.ts';
import { analysisOptionHelp, analysisOptions, choice, withAnalysis } from '../analyse.ts';
import type { Command, Invocation } from '../command.ts';
import { wasmDirectory } from '../installation.ts';
import { UsageError } from '../usageError.ts';

type Generated = Extract<GenerateResult, { ok: true }>;

export const generateCommand: Command = {
  name: 'generate',
  summary: 'write repository, service, DTOs, endpoints and tests of entities, as the project writes its own',
  argument: `<${['all', ...layers].join('|')}>[,…] [dir]`,
  options: {
    ...analysisOptions,
    entity: { type: 'string', multiple: true },
    project: { type: 'string' },
    write: { type: 'boolean' },
    format: { type: 'string' },
  },
  optionHelp: [
    { usage: '--entity <Order,Product>', text: 'of these entities; without it of all that code can be generated for' },
    { usage: '--write', text: 'write the files and register them in their modules; what is there is never replaced' },
    { usage: '--format <text|json>', text: 'text (default) shows what would be written' },
    { usage: '--project <root>', text: 'of this project, where the directory holds several' },
    ...analysisOptionHelp,
  ],
  examples: [
    'data-engineer generate dto --entity Order',
    'data-engineer generate all --entity Order,OrderLine --write',
  ],
  run: async (invocation) => {
    const [given, ...positionals] = invocation.positionals;
    const asked = layersOf(given);
    const format = choice(invocation, 'format', ['text', 'json']);
    const reading = { ...invocation, positionals };
    return withAnalysis(reading, async ({ snapshot }) => {
      const directory = resolve(positionals[0] ?? '.');
      const project = projectOf(snapshot.projects, invocation);
      const result = await generateCode(project, listOf(invocation.values.entity), asked, {
        directory,
        wasmDirectory: wasmDirectory(),
        exclude: listOf(invocation.values.exclude),
        maxFileSizeKb: 1024,
        buffers: new Map(),
      });
      if (!result.ok) throw new UsageError(result.reason);
      const root = join(directory, project.root);
      const texts = await textsOf(root, result.edits);
      const { terminal } = invocation;
      if (invocation.values.write === true) {
        const written = await write(root, result, texts);
        await terminal.write(format === 'json' ? json({ ...result, written }) : summary(result, 'Wrote'));
      } else await terminal.write(format === 'json' ? json(result) : preview(result, texts));
      return 0;
    });
  },
};

function layersOf(given: string | undefined): Layer[] {
  const known = ['all', ...layers].join(', ');
  if (given === undefined) throw new UsageError(`generate takes what to write: ${known}.`);
  const names = given.split(',').filter((name) => name !== '');
  return names.flatMap((name) => {
    if (name === 'all') return layers;
    const layer = layers.find((each) => each === name);
    if (layer === undefined) throw new UsageError(`"${name}" cannot be generated: it is one of ${known}.`);
    return [layer];
  });
}

function listOf(value: Invocation['values'][string]): string[] {
  const given = Array.isArray(value) ? value : [];
  return given.flatMap((each) => (typeof each === 'string' ? each.split(',') : [])).filter((each) => each !== '');
}

function projectOf(projects: readonly Project[], { values }: Invocation): Project {
  const holding = projects.filter(({ schema }) => schema.tables.length > 0);
  const chosen = typeof values.project === 'string' ? values.project : null;
  const found = chosen === null ? holding : holding.filter(({ root }) => root === chosen);
  const [project] = found;
  const roots = holding.map(({ root }) => (root === '' ? '.' : root)).join(', ');
  if (holding.length === 0) throw new UsageError('No entities were found, so there is nothing to generate code for.');
  if (!project) throw new UsageError(`There is no project "${chosen ?? ''}" with tables; there is ${roots}.`);
  if (found.length > 1) throw new UsageError(`Several projects here hold tables: choose one by --project (${roots}).`);
  return project;
}

interface EditedFile {
  readonly edited: FileEdits;
  /** What the file starts with beside its text: a byte order mark or nothing. */
  readonly mark: string;
  readonly before: string;
  readonly after: string;
}

async function textsOf(root: string, edits: readonly FileEdits[]): Promise<readonly EditedFile[]> {
  return Promise.all(
    edits.map(async (edited) => {
      const text = await readFile(join(root, edited.path), 'utf8');
      const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
      const before = text.slice(mark.length);
      return { edited, mark, before, after: applyEdits(before, edited.edits) };
    }),
  );
}

/** New files first, so that nothing is registered that is not there. Gives the paths written. */
async function write(root: string, { files }: Generated, edits: readonly EditedFile[]): Promise<readonly string[]> {
  for (const { path, text } of files) {
    const file = join(root, path);
    await orUsage(file, async () => {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text, { flag: 'wx' });
    });
  }
  for (const { edited, mark, after } of edits) {
    const file = join(root, edited.path);
    // By another name first: whoever is interrupted leaves the file as it was.
    await orUsage(file, async () => {
      await writeFile(`${file}.tmp`, mark + after, { flag: 'wx' });
      await rename(`${file}.tmp`, file);
    });
  }
  return [...files.map(({ path }) => path), ...edits.map(({ edited }) => edited.path)];
}

async function orUsage(file: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function summary({ files, edits, skipped, notes }: Generated, verb: string): string {
  const nothing = files.length === 0 && edits.length === 0;
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`), ''];
  return [
    ...(nothing ? ['Nothing is left to generate.', ''] : []),
    ...section(
      `${verb}:`,
      files.map(({ path, text }) => `${path} (${text.split('\n').length - 1} lines)`),
    ),
    ...section(
      'Edited:',
      edits.map(({ path, label }) => `${path}: ${label}`),
    ),
    ...section(
      'Left as it is:',
      skipped.map(({ path, reason }) => `${path}: ${reason}`),
    ),
    ...section('Mind:', notes),
  ]
    .join('\n')
    .replace(/\n*$/, '\n');
}

function preview(result: Generated, edits: readonly EditedFile[]): string {
  return [
    summary(result, 'Would write').replace('\nEdited:', '\nWould edit:'),
    ...edits.map((edited) => `--- ${edited.edited.path}\n${diffOf(edited)}`),
    ...result.files.map(({ path, text }) => `+++ ${path}\n${text}`),
  ].join('\n');
}

/** Lines that go and lines that come, each change with the number of its first line. */
function diffOf({ edited, before }: EditedFile): string {
  const lines = (text: string, sign: string): string[] =>
    text === ''
      ? []
      : text
          .replace(/\n$/, '')
          .split('\n')
          .map((line) => `${sign} ${line}`);
  return edited.edits
    .flatMap(({ start, end, newText }) => [
      `@ line ${before.slice(0, start).split('\n').length}`,
      ...lines(before.slice(start, end), '-'),
      ...lines(newText, '+'),
    ])
    .concat('')
    .join('\n');
}
