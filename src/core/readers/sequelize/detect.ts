/** Whether a file can hold anything of Sequelize, or what a model of it may name, going by path and text alone. */
import { isEcmaScript, languageOf } from '../../syntax/syntax.ts';
import { leavesFacts } from '../shared/typescript/facts.ts';

/** The library by name, or what nothing else is called. */
const sequelize =
  /\bsequelize\b|@sequelize\/core|\bsequelize-typescript\b|\b(?:belongsToMany|findByPk|findAndCountAll|bulkCreate)\b|\bDataTypes?\.[A-Z]{3,}/i;
/** `models.User.findOne(…)`, `const { User } = require('../models')`: only linking tells whether these are Sequelize's. */
const byModels =
  /\b[A-Z]\w*\.(?:findAll|findOne|findOrCreate|upsert|destroy)\s*\(|\bmodels?['"/.]|\bdb\.[\w$]+\.|\bapp\.model\b|\bctx\.model\b|\b(?:belongsTo|hasMany|hasOne)\s*\(/;
const queried =
  /\.(?:findAll|findOne|findOrCreate|create|update|destroy|upsert|count|max|min|sum|increment|decrement|scope)\s*\(/;
/** What a model elsewhere may name: enums, constants, shared attributes, base classes, and files that pass names on. */
const declarations =
  /\benum\s+\w|\bexport\s+(?:default\s+)?(?:abstract\s+)?class\s|\bexport\s+const\s+\w+\s*(?::[^=\n]+)?=\s*(?:['"`[{(]|Object\.freeze)|\bexport\s+default\s*[{[]|\bexport\s*(?:\*|\{[^}]*\})\s*from\b|\bmodule\.exports\s*=|(?:^|\n)exports\.\w+\s*=/;

export type Relevance = 'sequelize' | 'queries' | 'code' | 'declarations';

/** `detect`, `part` and `read` ask about the same file one after the other, and the answer costs a search of its whole text. */
let asked: { readonly path: string; readonly text: string; readonly relevance: Relevance | null } | null = null;

export function relevanceOf(path: string, text: string): Relevance | null {
  if (asked?.text !== text || asked.path !== path) asked = { path, text, relevance: judge(path, text) };
  return asked.relevance;
}

function judge(path: string, text: string): Relevance | null {
  if (!isEcmaScript(path) || /\.d\.[mc]?ts$/i.test(path)) return null;
  if (sequelize.test(text)) return 'sequelize';
  if (byModels.test(text) && queried.test(text)) return 'queries';
  // Of TypeScript the reader of TypeORM tells functions and endpoints; of plain JavaScript nobody else does.
  if (languageOf(path) === 'javascript' && leavesFacts(path, text)) return 'code';
  return declarations.test(text) ? 'declarations' : null;
}

export function detect(path: string, text: string): boolean {
  return relevanceOf(path, text) !== null;
}
