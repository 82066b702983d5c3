import { join, resolve } from 'node:path';
import { layers } from '../../core/generators/generator.ts';
import type { Layer } from '../../core/generators/generator.ts';
import type { Project } from '../../core/workspace/snapshot.ts';
import { generateCode } from '../../server/generate.ts';
import { analysisOptionHelp, analysisOptions, choice, withAnalysis } from '../analyse.ts';
import type { Command, Invocation } from '../command.ts';
import { wasmDirectory } from '../installation.ts';
import { UsageError } from '../usageError.ts';
import { previewPlan, summarizePlan, textsOf, writePlan } from '../writePlan.ts';

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
        const written = await writePlan(root, result, texts);
        await terminal.write(format === 'json' ? json({ ...result, written }) : summarizePlan(result, 'Wrote'));
      } else await terminal.write(format === 'json' ? json(result) : previewPlan(result, texts));
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

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
