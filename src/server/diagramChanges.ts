/** The diagram with what has changed since a commit, or since what the migrations build. */
import { buildDiagram } from '../core/diagram/build.ts';
import { withChanges } from '../core/diagram/changes.ts';
import type { DiagramModel } from '../core/diagram/model.ts';
import { compareSchemas } from '../core/migrations/shared/plan.ts';
import { migrationDialect, schemaSince } from './migrationRequests.ts';
import type { MigrationOrigin, MigrationSetting } from './migrationRequests.ts';

/** A text = why there is no comparison, in words for the user. */
export async function changedDiagram(
  now: DiagramModel,
  entry: MigrationOrigin,
  setting: MigrationSetting,
  since: string,
): Promise<DiagramModel | string> {
  const from = await schemaSince(entry, since, setting);
  if (typeof from === 'string') return from;
  const plan = compareSchemas(from, entry.project.schema, migrationDialect(entry));
  const before = buildDiagram({
    project: now.project,
    title: now.title,
    schema: { ...plan.from, code: entry.project.schema.code, problems: [] },
    findings: [],
  });
  return withChanges(now, before, plan.changes, plan.words, since.replace(/^git:/, ''));
}
