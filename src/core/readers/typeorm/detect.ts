/** Whether a file can hold anything TypeORM, or a mapping that needs it, going by path and text alone. */
import { languageOf } from '../../syntax/syntax.ts';
import { mayHoldFacts } from '../shared/typescript/facts.ts';

/** Imports, decorators and types that stand for TypeORM or for data access through it. */
const typeorm =
  /\btypeorm\b|@(?:Entity|ViewEntity|ChildEntity|Column|PrimaryColumn|PrimaryGeneratedColumn|ManyToOne|OneToMany|OneToOne|ManyToMany)\b|\bEntitySchema\b|\b(?:Repository|EntityManager|DataSource|QueryBuilder|createQueryBuilder)\b/;
/** What an entity elsewhere may name: enums, base classes, mixins, constants, aliases, and files that only pass names on. */
const declarations =
  /\benum\s+\w|\bexport\s+(?:default\s+)?(?:abstract\s+)?class\s|\bexport\s+(?:const\s+\w+\s*(?::[^=\n]+)?=|type\s+\w+\s*=|function\s)|\bexport\s*(?:\*|\{[^}]*\})\s*from\b/;
export type Relevance = 'typeorm' | 'code' | 'declarations';

/** `detect` and `read` ask about the same file one after the other, and the answer costs a search of its whole text. */
let asked: { readonly path: string; readonly text: string; readonly relevance: Relevance | null } | null = null;

/** Null = nothing to read. Components of a user interface hold entities only where they say so. */
export function relevanceOf(path: string, text: string): Relevance | null {
  if (asked?.text !== text || asked.path !== path) asked = { path, text, relevance: judge(path, text) };
  return asked.relevance;
}

function judge(path: string, text: string): Relevance | null {
  const language = languageOf(path);
  if (language === null) return null;
  if (typeorm.test(text)) return 'typeorm';
  if (language !== 'typescript' || /\.d\.[mc]?ts$/i.test(path)) return null;
  if (mayHoldFacts(text)) return 'code';
  return declarations.test(text) ? 'declarations' : null;
}

export function detect(path: string, text: string): boolean {
  return relevanceOf(path, text) !== null;
}
