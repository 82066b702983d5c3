/** What one file says about models: the calls that declare and relate them, and the names that these use. */
import type { SourceFile } from '../reader.ts';
import { readCallSites } from '../shared/typescript/callSites.ts';
import type { Declarations } from '../shared/typescript/declarations.ts';
import { readImports } from '../shared/typescript/imports.ts';
import { outlineOf } from '../shared/typescript/outline.ts';
import type { CallSpan } from '../shared/typescript/outline.ts';
import { readDeclarations } from '../shared/typescript/readDeclarations.ts';
import { readInstances } from './instances.ts';
import type { Alias, Mappings } from './model.ts';

const methods = new Set(['init', 'define', 'belongsTo', 'hasOne', 'hasMany', 'belongsToMany', 'removeAttribute']);

function isWanted(call: CallSpan, text: string): boolean {
  if (call.constructs || !methods.has(call.method)) return false;
  if (call.method === 'init')
    return /^\s*\{|^\s*[\w$]|^\s*[\w$.]+\(/.test(text.slice(call.argsStart + 1, call.argsStart + 80));
  // `define(['jquery'], …)` of module loaders; a model has a name.
  if (call.method === 'define')
    return (
      call.callee.includes('.') &&
      /^\s*(?:['"`]|[\w$.]+\s*,)/.test(text.slice(call.argsStart + 1, call.argsStart + 200))
    );
  return call.callee.includes('.');
}

export function readMappings(file: SourceFile, hasCalls: boolean): Mappings {
  const declarations = withRequires(readDeclarations(file), file);
  if (!hasCalls) return { declarations, calls: [], scopes: [], aliases: aliasesOf(file.text), instances: [] };
  const { calls, scopes } = readCallSites(file, isWanted);
  return { declarations, calls, scopes, aliases: aliasesOf(file.text), instances: readInstances(file) };
}

/** `const { User } = require('./models')` binds names as an import does. */
function withRequires(declarations: Declarations, file: SourceFile): Declarations {
  if (!file.text.includes('require(')) return declarations;
  const known = new Set(declarations.imports.map(({ local }) => local));
  const added = readImports(outlineOf(file.parsed())).filter(
    ({ local, imported }) => imported !== '*' && !known.has(local),
  );
  return added.length === 0 ? declarations : { ...declarations, imports: [...declarations.imports, ...added] };
}

const handedOn =
  /(?:(?<![\w$])([\w$]+)\s*(?:[=:]|\]\s*=)|\[\s*['"]([\w$]+)['"]\s*\]\s*=)\s*(?:\(?\s*await\s+)?(?:require|import|[\w$.]{0,80}sequelize\.import)\s*\(\s*(?:path\.(?:join|resolve)\(\s*__dirname\s*,\s*)?['"]([^'"\n]+)['"]\s*\)+/gi;

/** `db.users = require('./user')(sequelize, DataTypes)`, `User: require('./user')`, `sequelize.import('./user')`. */
function aliasesOf(text: string): readonly Alias[] {
  if (!/\brequire\s*\(|\.import\s*\(/.test(text)) return [];
  return [...text.matchAll(handedOn)].flatMap((match) => {
    const name = match[1] ?? match[2];
    const module = match[3];
    return name === undefined || module === undefined
      ? []
      : [{ name, module: /^[./]/.test(module) ? module : `./${module}` }];
  });
}
