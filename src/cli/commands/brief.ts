import { briefRoles } from '../../core/briefs/brief.ts';
import { briefOf } from '../../server/brief.ts';
import { analysisOptionHelp, analysisOptions, noteIfEmpty, withAnalysis } from '../analyse.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../usageError.ts';

export const briefCommand: Command = {
  name: 'brief',
  summary: `write what the next role has to know, as Markdown (${briefRoles.join(', ')})`,
  argument: '<role> [dir]',
  options: analysisOptions,
  optionHelp: analysisOptionHelp,
  examples: ['data-engineer brief api', 'data-engineer brief security packages/api --out security.md'],
  run: async (invocation) => {
    const [given, ...positionals] = invocation.positionals;
    const role = briefRoles.find((each) => each === given);
    if (role === undefined)
      throw new UsageError(
        given === undefined
          ? `brief takes a role: ${briefRoles.join(', ')}.`
          : `There is no brief for "${given}": it is one of ${briefRoles.join(', ')}.`,
      );
    const reading = { ...invocation, positionals };
    return withAnalysis(reading, async (analysis) => {
      noteIfEmpty(analysis, reading);
      const { projects } = analysis.snapshot;
      const briefs = projects.map((project) =>
        briefOf(role, {
          ...project,
          title: project.root === '' ? 'the project' : project.root,
          findings: analysis.findings.filter((finding) => finding.project === project.root),
        }),
      );
      await invocation.terminal.write(briefs.join('\n'));
      return 0;
    });
  },
};
