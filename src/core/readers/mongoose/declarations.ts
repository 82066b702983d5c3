/** What one file says about schemas and models: the calls that make them, and the names that these use. */
import type { SourceFile } from '../reader.ts';
import { readCallSites } from '../shared/typescript/callSites.ts';
import type { Declarations } from '../shared/typescript/declarations.ts';
import { readImports } from '../shared/typescript/imports.ts';
import { outlineOf } from '../shared/typescript/outline.ts';
import type { CallSpan } from '../shared/typescript/outline.ts';
import { readDeclarations } from '../shared/typescript/readDeclarations.ts';
import type { Mappings, Repository } from './model.ts';

const makers = new Set([
  'model',
  'discriminator',
  'createForClass',
  'buildSchema',
  'forFeature',
  'forFeatureAsync',
  'getModelForClass',
  'addModelToTypegoose',
  'getDiscriminatorModelForClass',
  'pluralize',
]);
/** What projects call their own functions that register a model; whether they do, linking tells. */
const helpers = /^(?:add|build|compile|create|define|ensure|find|get|load|make|register)\w*Model$/;
const onSchemas = new Set(['index', 'add', 'virtual', 'set', 'path', 'remove']);

function isWanted({ constructs, method, callee }: CallSpan): boolean {
  if (constructs) return method.endsWith('Schema');
  if (makers.has(method) || helpers.test(method)) return true;
  // Most of these words are methods of anything; a schema is called one.
  return onSchemas.has(method) && /[sS]chema\w*\s*\.\s*\w+\s*$/.test(callee);
}

export function readMappings(file: SourceFile, hasCalls: boolean): Mappings {
  const declarations = withRequires(readDeclarations(file), file);
  if (!hasCalls) return { declarations, calls: [], scopes: [], repositories: [] };
  return { declarations, ...readCallSites(file, isWanted), repositories: repositoriesOf(file) };
}

/** `const { UserSchema } = require('./user')` binds names as an import does. */
function withRequires(declarations: Declarations, file: SourceFile): Declarations {
  if (!file.text.includes('require(')) return declarations;
  const known = new Set(declarations.imports.map(({ local }) => local));
  const added = readImports(outlineOf(file.parsed())).filter(
    ({ local, imported }) => imported !== '*' && !known.has(local),
  );
  return added.length === 0 ? declarations : { ...declarations, imports: [...declarations.imports, ...added] };
}

function repositoriesOf(file: SourceFile): readonly Repository[] {
  if (!/\bsuper\(\s*[A-Z]/.test(file.text)) return [];
  return outlineOf(file.parsed()).classes.flatMap(({ name, bodyStart, end, extends: base }) => {
    const model = base === null ? undefined : /\bsuper\(\s*([A-Z][\w$]*)\b/.exec(file.text.slice(bodyStart, end))?.[1];
    return model === undefined || name === '' ? [] : [{ name, model }];
  });
}
