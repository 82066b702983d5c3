/** From a question to what its prompt rests on: the project, its tables, texts of its files, all without secrets. */
import { ground } from '../../core/chat/ground.ts';
import { tableName } from '../../core/chat/piece.ts';
import { sliceOf } from '../../core/chat/slice.ts';
import { relevantTables } from '../../core/retrieval/relevantTables.ts';
import type { Grounding, GroundParams } from '../../protocol/chat.ts';
import { located } from '../convert.ts';
import { absolutePath, relativePath, uriToPath } from '../paths.ts';
import type { FolderProject } from '../projects.ts';
import { environmentSecrets, isEnvironmentFile, withoutSecrets } from './secrets.ts';

/** Instructions that count, in the folder of the project and above it. */
const instructionNames = ['copilot.instructions.md', '.github/copilot-instructions.md', 'AGENTS.md'];
/** Of these kinds an attached file is quoted; anything else is left out. */
const readable = /\.(?:[cm]?[jt]sx?|sql|prisma|md|json)$/iu;
const sourcesRead = 3;

export interface Fact {
  readonly title: string;
  readonly text: string;
}

/** @param facts what the engine works out for the command, once the project is known */
export async function groundingOf(
  projects: readonly FolderProject[],
  params: GroundParams,
  facts: (project: FolderProject, entities: readonly string[]) => Promise<readonly Fact[]>,
): Promise<Grounding | null> {
  const entry = chosen(projects, params);
  if (entry === null) return null;
  const { project, folder } = entry;
  const root = absolutePath(folder.directory, project.root);
  const known = await environmentSecrets([folder.directory, root]);
  const clean = (text: string): string => withoutSecrets(text, known);
  const attached = params.files.flatMap((uri) => {
    const path = uriToPath(uri);
    const file = path === null ? null : relativePath(folder.directory, path);
    return file !== null && file !== '' && mayQuote(file) ? [file] : [];
  });
  const slice = sliceOf({
    schema: project.schema,
    findings: entry.findings,
    domains: project.profile.domains,
    question: params.question,
    earlier: params.earlier,
    files: attached,
  });
  const entities = slice.flatMap(({ entity, kind }) => (entity === null || kind !== 'table' ? [] : [entity]));
  const instructionFiles = [
    ...new Set(instructionNames.flatMap((name) => (project.root === '' ? [name] : [`${project.root}/${name}`, name]))),
  ];
  const files = [...attached, ...instructionFiles, ...new Set(slice.map(({ at }) => at.file))].slice(
    0,
    attached.length + instructionFiles.length + sourcesRead,
  );
  const texts = new Map<string, string>();
  for (const file of new Set(files)) {
    const text = await folder.text(file);
    if (text !== null) texts.set(file, text);
  }
  const pieces = ground(params.command, {
    title: entry.label,
    dialect: project.dialect,
    profile: project.profile,
    schema: project.schema,
    findings: entry.findings,
    slice,
    texts,
    instructionFiles: instructionFiles.filter((file) => texts.has(file)),
    attached,
    facts: await facts(entry, entities),
    clean,
  });
  return {
    project: entry.id,
    label: entry.label,
    question: clean(params.question),
    pieces,
    entities,
    tables: slice.map((table) => ({ name: tableName(table), at: located(folder.directory, table.at) })),
  };
}

function mayQuote(file: string): boolean {
  const name = file.split('/').at(-1) ?? '';
  return readable.test(name) && !isEnvironmentFile(name) && !/(?:^|\/)(?:node_modules|\.git)\//u.test(file);
}

/** The one asked for; that of an attached file; the one whose tables the question is about; the largest. */
function chosen(projects: readonly FolderProject[], params: GroundParams): FolderProject | null {
  if (params.project !== null) return projects.find(({ id }) => id === params.project) ?? null;
  const withTables = projects.filter(({ project }) => project.schema.tables.length > 0);
  const candidates = withTables.length > 0 ? withTables : projects;
  if (candidates.length < 2) return candidates[0] ?? null;
  for (const uri of params.files) {
    const path = uriToPath(uri);
    const [innermost] = candidates
      .filter(
        ({ folder, project }) =>
          path !== null && relativePath(absolutePath(folder.directory, project.root), path) !== null,
      )
      .sort((a, b) => b.id.length - a.id.length);
    if (innermost) return innermost;
  }
  const named = candidates.find(
    ({ label }) => label !== '' && params.question.toLowerCase().includes(label.toLowerCase()),
  );
  if (named) return named;
  const score = ({ project }: FolderProject): number =>
    relevantTables(project.schema, params.question, 1, project.profile.domains)[0]?.score ?? 0;
  const size = ({ project }: FolderProject): number => project.schema.tables.length;
  return [...candidates].sort((a, b) => score(b) - score(a) || size(b) - size(a))[0] ?? null;
}
