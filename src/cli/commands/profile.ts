import { basename, join, resolve } from 'node:path';
import { copyName, originalName } from '../../core/profile/copy.ts';
import { expectedStructures } from '../../core/profile/domains/expected.ts';
import type { Fact, FactCategory, Measure } from '../../core/profile/profile.ts';
import type { SourceRange } from '../../core/schema/source.ts';
import { alignRows } from '../../core/report/style.ts';
import type { Style } from '../../core/report/style.ts';
import type { Project } from '../../core/workspace/snapshot.ts';
import { instructionsOf } from '../../server/instructions.ts';
import type { Engine } from '../../server/engine.ts';
import { analysisOptionHelp, analysisOptions, choice, withAnalysis } from '../analyse.ts';
import type { Command, Invocation } from '../command.ts';
import { UsageError } from '../usageError.ts';
import { previewPlan, summarizePlan, textsOf, writePlan } from '../writePlan.ts';

export const profileCommand: Command = {
  name: 'profile',
  summary: 'show what instructions and manifests say about the project, and where',
  argument: '[dir]',
  options: {
    format: { type: 'string' },
    instructions: { type: 'boolean' },
    write: { type: 'boolean' },
    project: { type: 'string' },
    ...analysisOptions,
  },
  optionHelp: [
    { usage: '--format <text|json>', text: 'text for people (default), or JSON' },
    { usage: '--instructions', text: `show the ${originalName} and ${copyName} that the profile makes` },
    { usage: '--write', text: 'with --instructions: write them; what is there is added to, never replaced' },
    { usage: '--project <root>', text: 'with --instructions: of this project, where the directory holds several' },
    ...analysisOptionHelp,
  ],
  examples: [
    'data-engineer profile',
    'data-engineer profile --format json',
    'data-engineer profile --instructions --write',
  ],
  run: async (invocation) => {
    const format = choice(invocation, 'format', ['text', 'json']);
    if (invocation.values.write === true && invocation.values.instructions !== true)
      throw new UsageError('--write needs to know what: data-engineer profile --instructions --write.');
    return withAnalysis(invocation, async ({ snapshot }, engine) => {
      const { terminal } = invocation;
      const { projects } = snapshot;
      if (invocation.values.instructions === true) return instructions(invocation, projects, engine, format);
      if (projects.length === 0)
        terminal.note('data-engineer: no project was found: no entities, no data source, no instructions.');
      const json = {
        version: 1,
        projects: projects.map(({ root, dialect, profile, schema }) => ({
          root,
          ...profile,
          dialect,
          expected: expectedStructures(profile.domains, schema.tables).map(({ domain, found, missing }) => ({
            domain: domain.id,
            found: found.map(({ structure, table }) => ({
              structure: structure.label,
              table: table.name,
              at: table.at,
            })),
            missing: missing.map(({ label, why }) => ({ structure: label, why })),
          })),
        })),
      };
      await terminal.write(
        format === 'json'
          ? `${JSON.stringify(json, null, 2)}\n`
          : projects.map((project) => `${textOf(project, terminal.style)}\n`).join('\n'),
      );
      return 0;
    });
  },
};

async function instructions(
  invocation: Invocation,
  projects: readonly Project[],
  engine: Engine,
  format: 'text' | 'json',
): Promise<number> {
  const { values, positionals, terminal } = invocation;
  const project = projectOf(projects, typeof values.project === 'string' ? values.project : null);
  const directory = resolve(positionals[0] ?? '.');
  const root = join(directory, project.root);
  const plan = await instructionsOf(project, basename(root), (path) => engine.text(path));
  const texts = await textsOf(root, plan.edits);
  const written = values.write === true ? await writePlan(root, plan, texts) : [];
  await terminal.write(
    format === 'json'
      ? `${JSON.stringify(values.write === true ? { ...plan, written } : plan, null, 2)}\n`
      : values.write === true
        ? summarizePlan(plan, 'Wrote')
        : previewPlan(plan, texts),
  );
  return 0;
}

function projectOf(projects: readonly Project[], chosen: string | null): Project {
  const roots = projects.map(({ root }) => (root === '' ? '.' : root)).join(', ');
  if (projects.length === 0)
    throw new UsageError('No project was found: no entities, no data source, no instructions.');
  const wanted = chosen?.replace(/^\.\/?/u, '').replace(/\/$/u, '') ?? null;
  const found = wanted === null ? projects : projects.filter(({ root }) => root === wanted);
  const [project] = found;
  if (!project) throw new UsageError(`There is no project "${chosen ?? ''}"; there is ${roots}.`);
  if (found.length > 1) throw new UsageError(`There are several projects: choose one with --project (${roots}).`);
  return project;
}

const labels: Readonly<Record<FactCategory, string>> = {
  languages: 'language',
  frameworks: 'framework',
  orms: 'ORM',
  databases: 'database',
  caches: 'cache',
  messaging: 'messaging',
  domains: 'domain',
  security: 'security',
  compliance: 'compliance',
  testFrameworks: 'tests',
  requirements: 'requirement',
  integrations: 'integration',
};

/** More places than these are counted. */
const shownPlaces = 3;

function textOf({ root, profile, dialect, schema }: Project, style: Style): string {
  const facts = (Object.entries(labels) as [FactCategory, string][]).flatMap(([category, label]) =>
    grouped(profile.facts[category]).map(({ value, development, places }) => [
      { text: label, dress: style.dim },
      { text: development ? `${value} (tests, tools, optional)` : value },
      { text: placesText(places), dress: style.dim },
    ]),
  );
  const measures = profile.measures.map((measure) => [
    { text: 'measure', dress: style.dim },
    { text: measureText(measure) },
    { text: placeText(measure.at), dress: style.dim },
  ]);
  const contradictions = profile.contradictions.map(({ said, found, at }) => [
    { text: 'contradiction' },
    { text: `${said} is not there: ${found.map((each) => `${each.label} (${placeText(each.at)})`).join(', ')}` },
    { text: placeText(at), dress: style.dim },
  ]);
  const expected = expectedStructures(profile.domains, schema.tables).flatMap(({ domain, found, missing }) => [
    ...found.map(({ structure, table }) => [
      { text: 'expected', dress: style.dim },
      { text: `${domain.label}: ${structure.label} (${table.name})` },
      { text: placeText(table.at), dress: style.dim },
    ]),
    ...missing.map(({ label, why }) => [
      { text: 'not found', dress: style.dim },
      { text: `${domain.label}: ${label}` },
      { text: why, dress: style.dim },
    ]),
  ]);
  const rows = [
    ...facts,
    ...measures,
    ...expected,
    ...contradictions,
    [{ text: 'dialect', dress: style.dim }, { text: dialect ?? 'not known' }],
  ];
  return [style.bold(root === '' ? '.' : root), ...alignRows(rows, 2, 60).map((row) => `  ${row}`)].join('\n');
}

/** Each value once, with all its places; for tests and tools where all of them are. */
function grouped(
  facts: readonly Fact[],
): readonly { readonly value: string; readonly development: boolean; readonly places: readonly SourceRange[] }[] {
  return [...new Set(facts.map(({ value }) => value))].map((value) => {
    const same = facts.filter((fact) => fact.value === value);
    return { value, development: same.every(({ development }) => development), places: same.map(({ at }) => at) };
  });
}

function placesText(places: readonly SourceRange[]): string {
  const shown = [...new Set(places.map(placeText))];
  const more = shown.length - shownPlaces;
  return [...shown.slice(0, shownPlaces), ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}

const placeText = ({ file, line }: SourceRange): string => `${file}:${line}`;

const comparisons = { 'at-most': '≤ ', 'at-least': '≥ ', stated: '' } as const;

function measureText({ kind, value, unit, comparison, percentile }: Measure): string {
  return `${kind.replace('-', ' ')}${percentile === null ? '' : ` p${percentile}`} ${comparisons[comparison]}${value}${unit === '%' ? '' : ' '}${unit}`;
}
