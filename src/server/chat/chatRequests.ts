/** What the editor's chat asks of the server, and the answers the engine gives without a model. */
import { renderAnswer } from '../../core/answers/answer.ts';
import type { AnswerTopic } from '../../core/answers/answer.ts';
import type { Grounding, GroundParams } from '../../protocol/chat.ts';
import { located } from '../convert.ts';
import { planOf } from '../migrationRequests.ts';
import type { MigrationSetting } from '../migrationRequests.ts';
import { absolutePath } from '../paths.ts';
import type { FolderProject } from '../projects.ts';
import { groundingOf } from './ground.ts';
import type { Fact } from './ground.ts';
import { environmentSecrets, withoutSecrets } from './secrets.ts';

export { answerNames } from './names.ts';
export { basisOf, proveOnce } from './proveOnce.ts';

/** Of a long migration the head is enough to speak of it. In UTF-16 code units. */
const longestPlan = 4000;

export function groundChat(
  projects: readonly FolderProject[],
  params: GroundParams,
  setting: (entry: FolderProject) => MigrationSetting,
): Promise<Grounding | null> {
  return groundingOf(projects, params, async (entry) =>
    params.command === 'migrate' ? migrationFacts(entry, setting(entry)) : [],
  );
}

/** The plan as the engine has made it: the model explains it, and writes none of its own. */
async function migrationFacts(entry: FolderProject, setting: MigrationSetting): Promise<readonly Fact[]> {
  const answer = await planOf(
    entry,
    { from: 'migrations', name: null, format: 'typeorm', renames: [], fills: {} },
    setting,
  );
  if (typeof answer === 'string') return [{ title: 'No migration can be planned', text: answer }];
  const { plan, path, text } = answer.planned;
  if (plan.changes.length === 0)
    return [{ title: 'Nothing to migrate', text: 'The migrations of the project build what its entities say.' }];
  return [
    {
      title: 'Changes from what the migrations build to what the entities say',
      text: shortened(plan.words.join('\n')),
    },
    ...(plan.warnings.length === 0
      ? []
      : [{ title: 'Mind', text: plan.warnings.map(({ message }) => message).join('\n') }]),
    ...(plan.candidates.length === 0
      ? []
      : [{ title: 'May be renames; the user is asked', text: plan.candidates.map(({ reason }) => reason).join('\n') }]),
    ...(answer.notes.length === 0
      ? []
      : [{ title: 'Migrations that could not be followed', text: answer.notes.join('\n') }]),
    { title: `The migration as it would be written to ${path}`, text: shortened(text) },
  ];
}

function shortened(text: string): string {
  return text.length <= longestPlan ? text : `${text.slice(0, longestPlan)}\n… (cut)`;
}

/** Markdown without secrets, with links to the places it names. */
export async function answerAlone(entry: FolderProject, topic: AnswerTopic): Promise<string> {
  const { folder, project } = entry;
  const known = await environmentSecrets([folder.directory, absolutePath(folder.directory, project.root)]);
  const markdown = renderAnswer(topic, {
    ...project,
    title: entry.label,
    findings: entry.findings,
    linkTo: (at) => {
      const { file, line } = located(folder.directory, at);
      return `${file}#L${line}`;
    },
  });
  return withoutSecrets(markdown, known);
}
