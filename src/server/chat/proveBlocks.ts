/** All blocks of one answer: source files together, since they build on each other; SQL each by itself. */
import type { Block } from '../../core/chat/block.ts';
import type { BlockProof } from '../../core/chat/converse.ts';
import type { Offer, ProveResult } from '../../protocol/chat.ts';
import type { FolderProject } from '../projects.ts';
import { queryProblems, reachProblems } from './codeChecks.ts';
import { entityEdits } from './entityEdits.ts';
import { proveFiles } from './proveFiles.ts';
import { proveSql } from './proveSql.ts';
import type { SqlProof } from './proveSql.ts';

export type Judgement = Omit<ProveResult, 'basis'>;

/** Of one answer; more is no proposal but a flood. */
const mostBlocks = 12;
const longestBlock = 60_000;

export async function proveBlocks(
  entry: FolderProject,
  blocks: readonly Block[],
  signal: AbortSignal,
): Promise<Judgement> {
  const proofs = new Map<Block, BlockProof>();
  const offers: Offer[] = [];
  const isCode = ({ language }: Block): boolean => /^(?:typescript|javascript|tsx)$/u.test(language);
  const tooMuch = blocks.length > mostBlocks || blocks.some(({ text }) => text.length > longestBlock);
  if (tooMuch) return unprovable(blocks, 'It is too long to be proven. Propose less at once.');
  const twice = blocks.find(({ path }, at) => path !== null && blocks.findIndex((other) => other.path === path) !== at);

  const files = blocks.filter((block) => block.path !== null && block.language !== 'sql');
  if (files.length > 0) {
    const result = await proveFiles(entry, files, signal);
    files.forEach((block, at) => proofs.set(block, result.proofs[at] ?? failed('It could not be proven.')));
    if (result.files.length > 0)
      offers.push({ kind: 'files', label: labelOf(result.files.length), files: result.files });
  }
  for (const block of blocks.filter((each) => each.language === 'sql')) {
    if (!block.closed) {
      proofs.set(block, failed('It is not complete: the answer broke off.'));
      continue;
    }
    const proof = await proveSql(block.text, entry.project.schema, entry.project.dialect, signal);
    proofs.set(block, plain(proof));
    if (proof.applicable) offers.push(...(await sqlOffers(entry, block, proof)));
  }
  for (const block of blocks.filter((each) => each.path === null && isCode(each)))
    proofs.set(block, await proveSample(entry, block));
  for (const block of blocks)
    if (!proofs.has(block)) proofs.set(block, { status: 'shown', checks: [], problems: [], notes: [] });

  const all = blocks.map((block) =>
    block.path !== null && block.path === twice?.path
      ? failed(`${block.path} is there twice. Give each file once.`)
      : (proofs.get(block) ?? failed('It could not be proven.')),
  );
  // What builds on something that failed is not proven by itself.
  return { proofs: all, offers: all.some(({ status }) => status === 'failed') ? [] : offers };
}

/** Where nothing can be looked at, nothing is proven. */
export function unprovable(blocks: readonly Block[], reason: string): Judgement {
  return { proofs: blocks.map(() => failed(reason)), offers: [] };
}

function failed(problem: string): BlockProof {
  return { status: 'failed', checks: [], problems: [problem], notes: [] };
}

function plain({ status, checks, problems, notes }: BlockProof): BlockProof {
  return { status, checks, problems, notes };
}

function labelOf(count: number): string {
  return count === 1 ? 'Apply to 1 File' : `Apply to ${count} Files`;
}

/** As edits of the entities, from which everything else follows; where no writer can make them, as a document of its own. */
async function sqlOffers(entry: FolderProject, { text }: Block, proof: SqlProof): Promise<readonly Offer[]> {
  const files = proof.whole ? await entityEdits(entry, proof.changes) : null;
  if (files !== null) return [{ kind: 'files', label: 'Apply to the Entities', files }];
  return proof.executed ? [{ kind: 'sql', label: 'Open as SQL', text }] : [];
}

/** Code that names no file can be applied to none: it is read, and its names are checked. */
async function proveSample(entry: FolderProject, block: Block): Promise<BlockProof> {
  const folder = entry.project.root === '' ? '' : `${entry.project.root}/`;
  const path = `${folder}data-engineer-sample.${block.language === 'javascript' ? 'js' : block.language === 'tsx' ? 'tsx' : 'ts'}`;
  const preview = await entry.folder.preview([{ path, text: block.text }]);
  const after = preview?.snapshot.projects.find(({ root }) => root === entry.project.root);
  if (!preview || !after) return failed('The project could not be read with it.');
  const facts = after.schema.code.files.find(({ file }) => file === path);
  const problems = [
    ...(block.closed ? [] : ['It is not complete: the answer broke off.']),
    ...(preview.broken.length === 0
      ? []
      : [
          `It does not parse by itself (line ${preview.broken[0]?.line ?? 1}). Give the whole file, with its path behind the fence.`,
        ]),
    ...reachProblems('It', block.text),
    ...(facts ? queryProblems(facts, after.schema.tables) : []),
  ].map((problem) => problem.replaceAll(path, 'It'));
  return problems.length > 0
    ? { status: 'failed', checks: [], problems, notes: [] }
    : { status: 'proven', checks: ['syntax', 'names of entities and columns'], problems: [], notes: [] };
}
