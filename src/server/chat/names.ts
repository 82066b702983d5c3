import type { Block } from '../../core/chat/block.ts';
import { answerName } from '../../core/chat/names.ts';
import type { NameAnswer, NameUse } from '../../core/chat/names.ts';
import { located } from '../convert.ts';
import type { FolderProject } from '../projects.ts';

/** Places carry absolute URIs. */
export async function answerNames(
  { project, folder }: FolderProject,
  uses: readonly NameUse[],
  blocks: readonly Block[],
): Promise<readonly NameAnswer[]> {
  const files = new Set(project.schema.code.files.map(({ file }) => file));
  for (const { at } of [...project.schema.tables, ...project.schema.enums]) files.add(at.file);
  // Files without data access are not in the schema, but they are there.
  for (const { text } of uses) {
    const path = /^(?:\.\/)?([\w@.[\]-]+(?:\/[\w@.[\]-]+)*\.\w{1,5})(?::\d+(?:-\d+)?)?$/u.exec(text)?.[1];
    for (const candidate of path === undefined
      ? []
      : [path, ...(project.root === '' ? [] : [`${project.root}/${path}`])])
      if (!files.has(candidate) && !candidate.includes('..') && (await folder.text(candidate)) !== null)
        files.add(candidate);
  }
  const proposed = proposedNames(blocks);
  return uses.map((use) => {
    const answer = answerName(use, { schema: project.schema, files, proposed });
    return answer.at === null ? answer : { ...answer, at: located(folder.directory, answer.at) };
  });
}

/** What the blocks themselves bring: names of new tables, classes, columns and files. */
function proposedNames(blocks: readonly Block[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { path, text } of blocks) {
    if (path !== null) names.add(path.toLowerCase());
    for (const [, name = ''] of text.matchAll(/\b(?:class|interface|enum|type|function|const)\s+([\w$]+)/gu))
      names.add(name.toLowerCase());
    for (const [, name = ''] of text.matchAll(/@Entity\(\s*(?:\{\s*name:\s*)?['"]([\w.]+)['"]/gu))
      names.add(name.toLowerCase());
    for (const [, name = ''] of text.matchAll(
      /\bCREATE\s+(?:TABLE|VIEW|TYPE|(?:UNIQUE\s+)?INDEX(?:\s+CONCURRENTLY)?)\s+(?:IF\s+NOT\s+EXISTS\s+)?((?:["`]?\w+["`]?\.)?["`]?\w+["`]?)/giu,
    ))
      names.add(name.replace(/["`]/gu, '').toLowerCase());
  }
  return names;
}
