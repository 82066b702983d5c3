/** Whether a file can hold anything TypeORM, or a mapping that needs it, going by path and text alone. */
import { isEcmaScript, languageOf } from '../../syntax/syntax.ts';
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
  if (!isEcmaScript(path)) return null;
  if (typeorm.test(text)) return 'typeorm';
  if (languageOf(path) !== 'typescript' || /\.d\.[mc]?ts$/i.test(path)) return null;
  if (mayHoldFacts(text)) return 'code';
  return declarations.test(text) ? 'declarations' : null;
}

/**
 * A decorator may stand for one of TypeORM's, whatever it is called, and then the class is an entity. Those in comments count
 * where a line does not begin with the comment.
 */
function mayDecorate(text: string): boolean {
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    if (!/[A-Za-z_$]/.test(text.charAt(at + 1)) || !/^$|[\s;{}(),/]/.test(text.charAt(at - 1))) continue;
    const before = text.slice(text.lastIndexOf('\n', at) + 1, at).trimStart();
    if (!/^(?:\*(?!\/|.*\*\/)|\/\*(?!.*\*\/)|\/\/)/.test(before)) return true;
  }
  return false;
}

/** Without these a file that declares things is of use to those alone that import from it. */
export function mayHoldEntities(path: string, text: string): boolean {
  return relevanceOf(path, text) === 'typeorm' || text.includes('EntitySchema') || mayDecorate(text);
}

export function detect(path: string, text: string): boolean {
  return relevanceOf(path, text) !== null;
}
