/** Language server ↔ host: what answers in chat rest on, what their names mean, and whether what they propose holds. */
import type { Block } from '../core/chat/block.ts';
import type { ChatCommand } from '../core/chat/command.ts';
import type { BlockProof } from '../core/chat/converse.ts';
import type { NameUse } from '../core/chat/names.ts';
import type { Piece } from '../core/chat/piece.ts';
import type { SourceRange } from '../core/schema/source.ts';

export interface GroundParams {
  readonly command: ChatCommand | null;
  readonly question: string;
  /** Earlier questions of the same talk, latest first. */
  readonly earlier: readonly string[];
  /** Null = the one that the question or the attached files point at. */
  readonly project: string | null;
  /** URIs of attached files. */
  readonly files: readonly string[];
}

export interface Grounding {
  readonly project: string;
  readonly label: string;
  /** Without the secrets that stand in the workspace, should it hold one. */
  readonly question: string;
  /** Most important first. */
  readonly pieces: readonly Piece[];
  /** Entities the question is about, best first: what can be generated. */
  readonly entities: readonly string[];
  /** Tables and files the prompt rests on; ranges carry absolute URIs. */
  readonly tables: readonly { readonly name: string; readonly at: SourceRange }[];
}

export interface NamesParams {
  readonly project: string;
  readonly uses: readonly NameUse[];
  readonly blocks: readonly Block[];
}

export interface ProveParams {
  readonly project: string;
  readonly blocks: readonly Block[];
}

/** A file as applying would leave it. */
export interface ProposedFile {
  readonly uri: string;
  /** As the proof saw it; null = there was none. */
  readonly before: string | null;
  readonly text: string;
}

/** What may be applied, once every block of the answer is proven. */
export type Offer =
  | { readonly kind: 'files'; readonly label: string; readonly files: readonly ProposedFile[] }
  /** SQL that ran, for a document of its own. */
  | { readonly kind: 'sql'; readonly label: string; readonly text: string };

export interface ProveResult {
  /** One per block. */
  readonly proofs: readonly BlockProof[];
  /** Empty where a block failed. */
  readonly offers: readonly Offer[];
  /** Names the schema that the proof rests on: another one asks for another proof. */
  readonly basis: string;
}
