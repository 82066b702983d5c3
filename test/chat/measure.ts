/** How much of what a question needs gets into its prompt, and how long the prompt is. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ChatCommand } from '../../src/core/chat/command.ts';
import { promptBudgets } from '../../src/core/chat/command.ts';
import { buildPrompt, estimateTokens } from '../../src/core/chat/prompt.ts';
import { instructionsFor } from '../../src/host/chat/prompts/prompt.ts';
import { promptFor } from '../../src/host/chat/prompts/registry.ts';
import type { FolderProject } from '../../src/server/projects.ts';
import { groundingOf } from '../../src/server/chat/ground.ts';
import { openProject } from '../server/chat/shopProject.ts';
import type { OpenedProject } from '../server/chat/shopProject.ts';
import { generateWorkspace } from '../support/generateWorkspace.ts';
import type { Question } from './questions.ts';

export interface Measured {
  readonly question: Question;
  readonly tokens: number;
  readonly budget: number;
  /** Of its tables, those that are not in the prompt. */
  readonly missing: readonly string[];
}

export async function measure(
  entry: FolderProject,
  question: Question,
  command: ChatCommand | null,
): Promise<Measured> {
  const grounding = await groundingOf(
    [entry],
    { command, question: question.text, earlier: [], project: null, files: [] },
    () => Promise.resolve([]),
  );
  const budget = promptBudgets[command ?? 'free'];
  const prompt = await buildPrompt({
    instructions: instructionsFor(promptFor(command)),
    pieces: grounding?.pieces ?? [],
    history: [],
    question: question.text,
    budget,
    count: (text) => Promise.resolve(estimateTokens(text)),
  });
  const shown = new Set(prompt?.kept.flatMap((piece) => (piece.kind === 'table' ? (piece.table ?? []) : [])));
  return {
    question,
    tokens: prompt?.tokens ?? Number.POSITIVE_INFINITY,
    budget,
    missing: question.tables.filter(
      (table) => !shown.has(table) && ![...shown].some((each) => each.endsWith(`.${table}`)),
    ),
  };
}

/** Share of the questions whose tables are all there: 0 … 1. */
export function recall(results: readonly Measured[]): number {
  return results.filter(({ missing }) => missing.length === 0).length / results.length;
}

/** The shop's entities among generated ones, in one project of 1,000 tables. */
export async function openHaystack(entities = 973): Promise<OpenedProject> {
  const shop = fileURLToPath(new URL('../workspaces/shop/', import.meta.url));
  const own = readdirSync(join(shop, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.includes('migrations'))
    .map((path) => [`src/shop/${path.replaceAll('\\', '/')}`, readFileSync(join(shop, 'src', path), 'utf8')] as const);
  const generated = generateWorkspace({ entities, noise: 0 }).map(({ path, text }) => [path, text] as const);
  const files: Readonly<Record<string, string>> = {
    ...Object.fromEntries([...generated, ...own]),
    'tsconfig.json':
      '{ "compilerOptions": { "baseUrl": ".", "paths": { "@common/*": ["src/common/*"], "@shop/*": ["src/shop/*"] } } }',
  };
  return openProject(files, null);
}
