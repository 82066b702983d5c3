/** What the editor's chat asks of the server, and the answers the engine gives without a model. */
import { renderAnswer } from '../../core/answers/answer.ts';
import type { AnswerTopic } from '../../core/answers/answer.ts';
import type { ChatCommand } from '../../core/chat/command.ts';
import type { Layer } from '../../core/generators/generator.ts';
import type { Grounding, GroundParams } from '../../protocol/chat.ts';
import { located } from '../convert.ts';
import { generateReply } from '../generateRequests.ts';
import type { GenerateRequestSetting } from '../generateRequests.ts';
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

/** What the engine writes by itself for a command. */
const layers: Partial<Record<ChatCommand, Layer>> = {
  repository: 'repository',
  dto: 'dto',
  endpoint: 'endpoint',
  test: 'test',
};

/** How files of a layer are called. */
const layerFiles: Readonly<Record<Layer, RegExp>> = {
  repository: /repositor(?:y|ies)[^/]*(?<!spec|test)\.\w+$/iu,
  service: /service[^/]*(?<!spec|test)\.\w+$/iu,
  dto: /dto/iu,
  endpoint: /(?:controller|route)[^/]*(?<!spec|test)\.\w+$/iu,
  test: /\.(?:spec|test)\.\w+$/iu,
};

export interface ChatSettings {
  readonly migration: (entry: FolderProject) => MigrationSetting;
  readonly generate: (entry: FolderProject) => GenerateRequestSetting;
}

export function groundChat(
  projects: readonly FolderProject[],
  params: GroundParams,
  settings: ChatSettings,
): Promise<Grounding | null> {
  const { command } = params;
  return groundingOf(projects, params, async (entry, entities) => {
    if (command === 'migrate') return migrationFacts(entry, settings.migration(entry));
    const layer = command === null ? undefined : layers[command];
    const [entity] = entities;
    return layer === undefined || entity === undefined
      ? []
      : generatedFacts(entry, entity, layer, settings.generate(entry));
  });
}

/** The engine's own code for the entity: the model starts from it, and the user can have it as it is. */
async function generatedFacts(
  entry: FolderProject,
  entity: string,
  layer: Layer,
  setting: GenerateRequestSetting,
): Promise<readonly Fact[]> {
  const reply = await generateReply(entry, { project: entry.id, entities: [entity], layers: [layer] }, setting);
  if (!reply.ok) return [{ title: 'The engine generates no code for this', text: reply.reason }];
  // The layer that is asked for, then what it rests on; what all entities share is named only.
  const isOwn = (path: string): boolean => path.replace(/[-_]/gu, '').toLowerCase().includes(entity.toLowerCase());
  const own = reply.files.filter(({ path }) => isOwn(path));
  const shown = own.length > 0 ? own : reply.files;
  const shared = reply.files.filter((file) => !shown.includes(file)).map(({ path }) => path);
  return [
    ...shown
      .toSorted((a, b) => Number(layerFiles[layer].test(b.path)) - Number(layerFiles[layer].test(a.path)))
      .map(({ path, text }) => ({ title: `The engine's own code for ${path}`, text: shortened(text) })),
    ...(shared.length === 0 ? [] : [{ title: 'Files beside it that all entities share', text: shared.join('\n') }]),
    ...reply.skipped.map(({ path, reason }) => ({ title: `${path} is there already`, text: reason })),
    ...(reply.notes.length === 0 ? [] : [{ title: 'Mind', text: reply.notes.join('\n') }]),
  ];
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
