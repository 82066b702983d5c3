/** What generated workspaces of all languages have in common: their entities, and which refers to which. */
import type { GeneratedFile } from './generateWorkspace.ts';

export interface LanguageWorkspace {
  readonly name: string;
  readonly files: readonly GeneratedFile[];
  /** What a user types, and before which text of which file. */
  readonly typing: { readonly path: string; readonly before: string; readonly text: string };
}

export const perModule = 10;
const nouns = ['Order', 'Customer', 'Product', 'Payment', 'Shipment', 'Invoice', 'Review', 'Coupon', 'Ticket', 'Batch'];

export function nameOf(index: number): string {
  return `${nouns[index % nouns.length] ?? 'Thing'}${index}`;
}

export function moduleOf(index: number): string {
  return `module${Math.floor(index / perModule)}`;
}

/** The entity before it, and one far away. */
export function targetsOf(index: number): readonly number[] {
  return [...new Set([index - 1, Math.floor(index / 3)])].filter((target) => target >= 0 && target !== index);
}

export function indices(entities: number): readonly number[] {
  return Array.from({ length: entities }, (_, index) => index);
}
