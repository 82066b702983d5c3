/** Instructions for assistants, from the profile: what would be written, and what of it the editor shows before it writes. */
import { copyName, originalName } from '../core/profile/copy.ts';
import { setUpInstructions } from '../core/profile/setUpInstructions.ts';
import type { InstructionsPlan } from '../core/profile/setUpInstructions.ts';
import type { Project } from '../core/workspace/snapshot.ts';
import type { GenerateReply } from '../protocol/generate.ts';
import { fileUri, toTextEdits } from './convert.ts';
import { absolutePath } from './paths.ts';
import type { FolderProject } from './projects.ts';

type TextOf = (path: string) => Promise<string | null>;

/** Paths of the plan are relative to the project's root, those of `text` to the analysed directory. */
export async function instructionsOf(project: Project, title: string, text: TextOf): Promise<InstructionsPlan> {
  const read = readFrom(project, text);
  const { root, profile, schema } = project;
  return setUpInstructions({
    title,
    root,
    profile,
    schema,
    original: await read(originalName),
    copy: await read(copyName),
  });
}

export async function instructionsReply({ folder, project, label }: FolderProject): Promise<GenerateReply> {
  const text: TextOf = (path) => folder.text(path);
  const { files, edits, skipped, notes } = await instructionsOf(project, label, text);
  const root = absolutePath(folder.directory, project.root);
  const uri = (path: string) => fileUri(root, path);
  const read = readFrom(project, text);
  return {
    ok: true,
    files: files.map((file) => ({ ...file, uri: uri(file.path) })),
    edits: await Promise.all(
      edits.map(async ({ path, label: words, edits: made }) => {
        const base = (await read(path)) ?? '';
        return {
          ...{ uri: uri(path), path, base },
          label: words,
          edits: toTextEdits(base, made).map(({ range: { start, end }, newText }) => ({ start, end, newText })),
        };
      }),
    ),
    skipped,
    notes,
  };
}

function readFrom({ root }: Project, text: TextOf): TextOf {
  return async (path) => (await text(root === '' ? path : `${root}/${path}`))?.replace(/^\uFEFF/u, '') ?? null;
}
