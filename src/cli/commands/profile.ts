import type { Fact, Profile } from '../../core/profile/profile.ts';
import { alignRows } from '../../core/report/style.ts';
import type { Style } from '../../core/report/style.ts';
import type { Project } from '../../core/workspace/snapshot.ts';
import { analysisOptionHelp, analysisOptions, choice, withAnalysis } from '../analyse.ts';
import type { Command } from '../command.ts';

export const profileCommand: Command = {
  name: 'profile',
  summary: 'show what instructions and manifests say about the project, and where',
  argument: '[dir]',
  options: { format: { type: 'string' }, ...analysisOptions },
  optionHelp: [{ usage: '--format <text|json>', text: 'text for people (default), or JSON' }, ...analysisOptionHelp],
  examples: ['data-engineer profile', 'data-engineer profile --format json'],
  run: async (invocation) => {
    const format = choice(invocation, 'format', ['text', 'json']);
    return withAnalysis(invocation, async ({ snapshot }) => {
      const { terminal } = invocation;
      const { projects } = snapshot;
      if (projects.length === 0)
        terminal.note('data-engineer: no project was found: no entities, no data source, no instructions.');
      const json = {
        version: 1,
        projects: projects.map(({ root, dialect, profile }) => ({ root, ...profile, dialect })),
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

function textOf({ root, profile, dialect }: Project, style: Style): string {
  const labels: Readonly<Record<keyof Profile['facts'], string>> = {
    languages: 'language',
    frameworks: 'framework',
    orms: 'ORM',
    databases: 'database',
    domains: 'domain',
    compliance: 'compliance',
    testFrameworks: 'tests',
    requirements: 'requirement',
    integrations: 'integration',
  };
  const facts = Object.entries(labels).flatMap(([key, label]) =>
    profile.facts[key as keyof Profile['facts']].map((fact: Fact) => [
      { text: label, dress: style.dim },
      { text: fact.value },
      { text: `${fact.at.file}:${fact.at.line}`, dress: style.dim },
    ]),
  );
  const rows = [...facts, [{ text: 'dialect', dress: style.dim }, { text: dialect ?? 'not known' }]];
  return [style.bold(root === '' ? '.' : root), ...alignRows(rows, 2, 60).map((row) => `  ${row}`)].join('\n');
}
