/** The diagram with what has changed since a commit, or since what the migrations build. */
import { buildDiagram } from '../core/diagram/build.ts';
import { withChanges } from '../core/diagram/changes.ts';
import type { DiagramModel } from '../core/diagram/model.ts';
import { planOf } from './migrationRequests.ts';
import type { MigrationOrigin, MigrationSetting } from './migrationRequests.ts';

/** A text = why there is no comparison, in words for the user. */
export async function changedDiagram(
  now: DiagramModel,
  entry: MigrationOrigin,
  setting: MigrationSetting,
  since: string,
): Promise<DiagramModel | string> {
  const answer = await planOf(entry, { from: since, name: null, format: 'sql', renames: [], fills: {} }, setting);
  if (typeof answer === 'string') return answer;
  const { plan } = answer.planned;
  const before = buildDiagram({
    project: now.project,
    title: now.title,
    schema: { ...plan.from, code: entry.project.schema.code, problems: [] },
    findings: [],
  });
  return withChanges(now, before, plan.changes, plan.words, since.replace(/^git:/, ''));
}
