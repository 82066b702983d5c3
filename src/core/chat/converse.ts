/**
 * One turn: the model's answer is streamed up to its first block; from there on everything is held back until the blocks have
 * passed their proofs. What did not pass goes back to the model, at most twice, and is then told as it is.
 */
import type { Block } from './block.ts';
import type { NameAnswer, NameUse } from './names.ts';
import type { PromptMessage } from './prompt.ts';
import { createSplitter, harmless } from './split.ts';
import type { AnswerPart } from './split.ts';
import type { SourceRange } from '../schema/source.ts';

/** What became of a block. */
export interface BlockProof {
  /** `shown`: it proposes nothing (output, a diagram). */
  readonly status: 'proven' | 'failed' | 'shown';
  /** What was looked at, in words for people: `syntax`, `ran on PostgreSQL 18`. */
  readonly checks: readonly string[];
  /** Why it failed, worded for people and for the model. */
  readonly problems: readonly string[];
  /** What applying it entails. */
  readonly notes: readonly string[];
}

export interface ProvenBlock {
  readonly block: Block;
  readonly proof: BlockProof;
}

export interface Talk {
  /** Streams the answer. Rejects where the model fails. */
  readonly send: (messages: readonly PromptMessage[]) => AsyncIterable<string>;
  /** All blocks of one answer together: they may build on each other. One proof per block. */
  readonly prove: (blocks: readonly Block[]) => Promise<readonly BlockProof[]>;
  readonly names: (uses: readonly NameUse[], blocks: readonly Block[]) => Promise<readonly NameAnswer[]>;
  readonly out: TalkOutput;
}

export interface TalkOutput {
  /** Markdown that is safe to render. */
  text(markdown: string): void;
  anchor(name: string, at: SourceRange): void;
  block(proven: ProvenBlock): void;
  retrying(attempt: number, problems: readonly string[]): void;
}

export interface Outcome {
  /** The last answer as the model gave it. */
  readonly answer: string;
  readonly blocks: readonly ProvenBlock[];
  /** True where every block that proposes something was proven: only then may any be applied. */
  readonly applicable: boolean;
  /** How often the model was asked. */
  readonly attempts: number;
  /** What the answer names and the workspace does not have. */
  readonly unknownNames: readonly string[];
}

const mostRetries = 2;

export async function converse(messages: readonly PromptMessage[], talk: Talk): Promise<Outcome> {
  const unknown = new Set<string>();
  let asked = messages;
  for (let attempt = 1; ; attempt++) {
    const { answer, held } = await listen(asked, talk, attempt === 1, unknown);
    const blocks = held.flatMap((part) => (part.kind === 'block' ? [part.block] : []));
    const proofs = blocks.length === 0 ? [] : await talk.prove(blocks);
    const proven = blocks.map((block, at): ProvenBlock => ({ block, proof: proofs[at] ?? unproven }));
    const failed = proven.filter(({ proof }) => proof.status === 'failed');
    if (failed.length > 0 && attempt <= mostRetries) {
      talk.out.retrying(
        attempt,
        failed.flatMap(({ proof }) => proof.problems),
      );
      asked = [...asked, { role: 'assistant', text: answer }, { role: 'user', text: feedback(failed) }];
      continue;
    }
    let at = 0;
    const waiting: AnswerPart[] = [];
    for (const part of held)
      if (part.kind === 'block') {
        await tell(waiting.splice(0), blocks, talk, unknown);
        const next = proven[at++];
        if (next) talk.out.block(next);
      } else waiting.push(part);
    await tell(waiting, blocks, talk, unknown);
    return { answer, blocks: proven, applicable: failed.length === 0, attempts: attempt, unknownNames: [...unknown] };
  }
}

/** A proof that did not come back is none. */
const unproven: BlockProof = { status: 'failed', checks: [], problems: ['It could not be proven.'], notes: [] };

async function listen(
  messages: readonly PromptMessage[],
  talk: Talk,
  live: boolean,
  unknown: Set<string>,
): Promise<{ readonly answer: string; readonly held: readonly AnswerPart[] }> {
  const splitter = createSplitter();
  const held: AnswerPart[] = [];
  let answer = '';
  const take = async (parts: readonly AnswerPart[]): Promise<void> => {
    for (const part of parts) if (part.kind === 'block' || held.length > 0 || !live) held.push(part);
    if (!live) return;
    const [firstHeld] = held;
    const end = firstHeld === undefined ? parts.length : parts.indexOf(firstHeld);
    if (end > 0) await tell(parts.slice(0, end), [], talk, unknown);
  };
  for await (const chunk of talk.send(messages)) {
    answer += chunk;
    await take(splitter.push(chunk));
  }
  await take(splitter.end());
  return { answer, held };
}

/** Prose with its names as anchors. */
async function tell(
  parts: readonly AnswerPart[],
  blocks: readonly Block[],
  { names, out }: Talk,
  unknown: Set<string>,
): Promise<void> {
  const uses = parts.flatMap((part, at): NameUse[] =>
    part.kind === 'code' ? [{ text: part.text, before: lastWord(parts[at - 1]), after: firstWord(parts[at + 1]) }] : [],
  );
  const answers = uses.length === 0 ? [] : await names(uses, blocks);
  let next = 0;
  for (const part of parts) {
    if (part.kind === 'text') out.text(harmless(part.text));
    if (part.kind !== 'code') continue;
    const answer = answers[next++];
    if (answer?.at) out.anchor(part.text, answer.at);
    else out.text(inlineCode(part.text));
    if (answer?.problem != null) unknown.add(answer.problem);
  }
}

function inlineCode(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

function lastWord(part: AnswerPart | undefined): string {
  return part?.kind === 'text' ? (/([\p{L}\p{N}]+)\W*$/u.exec(part.text)?.[1] ?? '') : '';
}

function firstWord(part: AnswerPart | undefined): string {
  return part?.kind === 'text' ? (/^\W{0,2}([\p{L}\p{N}]+)/u.exec(part.text)?.[1] ?? '') : '';
}

function feedback(failed: readonly ProvenBlock[]): string {
  const lines = failed.map(({ block, proof }) => {
    const name = block.path ?? (block.language === '' ? 'a block' : `a ${block.language} block`);
    return `- ${name}: ${proof.problems.join(' ')}`;
  });
  return [
    'The proposal was checked and did not pass:',
    ...lines,
    'Answer again from the start, with every block complete and corrected. If it cannot be done, say so, without a block.',
  ].join('\n');
}
