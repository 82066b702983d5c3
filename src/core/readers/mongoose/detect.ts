/** Whether a file can hold anything of Mongoose, or what a schema of it may name, going by path and text alone. */
import { isEcmaScript, languageOf } from '../../syntax/syntax.ts';
import { leavesFacts } from '../shared/typescript/facts.ts';

/** The library by name, or what nothing else is called. */
const mongoose =
  /\bmongoose\b|\btypegoose\b|\b(?:findByIdAnd(?:Update|Delete|Remove)|findOneAnd(?:Update|Delete|Replace|Remove)|countDocuments|estimatedDocumentCount)\b|@InjectModel\b/i;
const byModels =
  /\b[A-Z]\w*\.(?:find|findOne|findById|updateOne|updateMany|deleteOne|deleteMany|insertMany)\s*\(|\bmodels?['"/.]|\b[mM]odel\s*[.:<]|Model\b|['"][^'"\n]*\.(?:model|schema)['"]|\bschemas?['"/]/;
/** Repositories of the project's own that hand a model to their base class; of other libraries' nothing is told here. */
const byRepositories = /\b[A-Z]\w+Repository\b/;
const otherLibraries = /['"](?:typeorm|@nestjs\/typeorm|@mikro-orm\/[^'"]*|sequelize-typescript|@prisma\/client)['"]/;
const queried =
  /\.(?:find|findOne|findById|updateOne|updateMany|deleteOne|deleteMany|insertMany|aggregate|create|save|exists|distinct|bulkWrite|populate|lean|exec)\s*(?:<[^()]*>)?\(/;
/** What a schema elsewhere may name: enums, constants, shared definitions, base classes, and files that pass names on. */
const declarations =
  /\benum\s+\w|\bexport\s+(?:default\s+)?(?:abstract\s+)?class\s|\bexport\s+const\s+\w+\s*(?::[^=\n]+)?=\s*(?:['"`[{(]|Object\.freeze)|\bexport\s+default\s*[{[]|\bexport\s*(?:\*|\{[^}]*\})\s*from\b|\bmodule\.exports\s*=|(?:^|\n)exports\.\w+\s*=/;

export type Relevance = 'mongoose' | 'queries' | 'code' | 'declarations';

/** `detect`, `part` and `read` ask about the same file one after the other, and the answer costs a search of its whole text. */
let asked: { readonly path: string; readonly text: string; readonly relevance: Relevance | null } | null = null;

export function relevanceOf(path: string, text: string): Relevance | null {
  if (asked?.text !== text || asked.path !== path) asked = { path, text, relevance: judge(path, text) };
  return asked.relevance;
}

function judge(path: string, text: string): Relevance | null {
  if (!isEcmaScript(path) || /\.d\.[mc]?ts$/i.test(path)) return null;
  if (mongoose.test(text)) return 'mongoose';
  if (queried.test(text) && (byModels.test(text) || (byRepositories.test(text) && !otherLibraries.test(text))))
    return 'queries';
  // Of TypeScript the reader of TypeORM tells functions and endpoints; of plain JavaScript nobody else does.
  if (languageOf(path) === 'javascript' && leavesFacts(path, text)) return 'code';
  return declarations.test(text) ? 'declarations' : null;
}

export function detect(path: string, text: string): boolean {
  return relevanceOf(path, text) !== null;
}
