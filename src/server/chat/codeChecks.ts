/** What a proposed source file must not do, told from its text and its facts. Each check yields sentences for people and for the model. */
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import type { FileFacts, PathUse, Query } from '../../core/schema/code.ts';
import { readStatement } from '../../core/readers/shared/sql/statement.ts';
import type { Table } from '../../core/schema/model.ts';

const sourceFile = /\.(?:[cm]?tsx?|[cm]?jsx?)$/u;
/** Run by tools, not part of the application: `jest.config.ts`, `.eslintrc.js`, `gulpfile.ts`. */
const toolFile = /(?:^|\/)(?:[\w.-]+\.config|\.[\w-]+rc|gulpfile|gruntfile|jest\.setup|webpack[\w.-]*)\.\w+$/iu;

/** Why nothing is written to that path; null = it may be. */
export function pathProblem(path: string): string | null {
  const parts = path.split('/');
  if (path.startsWith('/') || /^[a-z]:/iu.test(path) || parts.includes('..') || parts.includes(''))
    return `${path} does not lie in the project: paths are relative to its root.`;
  if (parts.some((part) => part.startsWith('.') || /^(?:node_modules|dist|build|out|coverage)$/iu.test(part)))
    return `${path} is not where sources are written.`;
  if (!sourceFile.test(path) || toolFile.test(path))
    return `${path} is no source file of the application; only those are proposed.`;
  return null;
}

const elided =
  /(?:\/\/|\/\*|\{\/\*)\s*(?:\.{3}|…|(?:the\s+)?(?:rest|remaining|existing|other|previous|unchanged|same)\b[^\n]*\b(?:code|unchanged|same|as before|here|methods?|columns?|properties|fields|imports?|remains?)\b)/iu;

/** A block is the whole file: what it leaves out would be gone. */
export function elisionProblem(path: string, text: string): string | null {
  const line = text.split('\n').findIndex((each) => elided.test(each));
  return line === -1
    ? null
    : `${path} is not complete: line ${line + 1} stands for something that was left out. Give the whole file.`;
}

const outside = new Set([
  'child_process',
  'cluster',
  'dgram',
  'dns',
  'fs',
  'fs/promises',
  'http',
  'http2',
  'https',
  'inspector',
  'module',
  'net',
  'repl',
  'tls',
  'vm',
  'worker_threads',
  'process',
]);
const running =
  /\b(?:eval|execSync|execFile|spawnSync)\s*\(|\bnew\s+Function\s*\(|\bfetch\s*\(|\bXMLHttpRequest\b|\bWebSocket\s*\(|\bnavigator\.sendBeacon\b|\bprocess\s*\.\s*(?:binding|dlopen|kill|mainModule)\b|(?:await|=>?|return|[(,])\s*import\s*\(\s*[^'"`\s]|\brequire\s*\(\s*[^'"`\s]|\b(?:globalThis|global)\s*\[/gu;

export function importedModules(text: string): readonly string[] {
  const plain = withoutComments(text);
  const found = [
    ...plain.matchAll(/\b(?:import|export)\s(?:[^'"`;]*?\sfrom\s*)?['"]([^'"\n]+)['"]/gu),
    ...plain.matchAll(/\b(?:require|import)\s*\(\s*['"`]([^'"`\n]+)['"`]/gu),
  ];
  return [...new Set(found.map((match) => match[1] ?? ''))];
}

/**
 * Starts programs, opens connections, reads files: nothing that code around a data model needs, and what an injected instruction
 * would ask for. What the file does already is its own business.
 */
export function reachProblems(path: string, text: string, before: string | null = null): readonly string[] {
  const known = before === null ? [] : reachOf(before);
  return reachOf(text)
    .filter((each) => !known.includes(each))
    .map(
      (each) =>
        `${path} ${each}: proposals start no programs, open no connections, read no files and run no text as code.`,
    );
}

function reachOf(text: string): readonly string[] {
  const modules = importedModules(text)
    .map((name) => name.replace(/^node:/u, ''))
    .filter((name) => outside.has(name));
  const calls = withoutComments(text).matchAll(running);
  return [
    ...new Set([...modules.map((name) => `imports ${name}`), ...[...calls].map(([call]) => `uses "${call.trim()}"`)]),
  ];
}

/** @param resolve files that a relative or aliased import may mean; [] = none
 *  @param packages names in the manifests */
export function importProblems(
  path: string,
  text: string,
  resolve: (module: string) => readonly string[],
  packages: ReadonlySet<string>,
): readonly string[] {
  return importedModules(text).flatMap((module) => {
    if (resolve(module).length > 0 || isBuiltin(module)) return [];
    if (module.startsWith('.'))
      return [`${path} imports "${module}", and there is no ${posix.join(posix.dirname(path), module)}.`];
    const name = module
      .split('/')
      .slice(0, module.startsWith('@') ? 2 : 1)
      .join('/');
    return packages.has(name) || packages.has(`@types/${name}`)
      ? []
      : [`${path} imports "${module}", which is neither a file of the project nor a package it depends on.`];
  });
}

/** What stands in a file and is missing from its proposed text: classes, their methods, exported functions. */
export function lostMembers(before: string, after: string): readonly string[] {
  const kept = new Set(membersOf(after));
  return membersOf(before).filter((name) => !kept.has(name));
}

const notMethods = new Set([
  'if',
  'for',
  'while',
  'switch',
  'catch',
  'return',
  'function',
  'constructor',
  'super',
  'await',
  'throw',
  'new',
  'typeof',
]);

function membersOf(text: string): readonly string[] {
  const plain = withoutComments(text);
  const declared = [...plain.matchAll(/\b(?:class|interface|enum|function\*?)\s+([A-Za-z_$][\w$]*)/gu)].map(
    (match) => match[1] ?? '',
  );
  const exported = [...plain.matchAll(/\bexport\s+(?:const|let|type)\s+([A-Za-z_$][\w$]*)/gu)].map(
    (match) => match[1] ?? '',
  );
  const methods = [
    ...plain.matchAll(
      /^[ \t]+(?:(?:public|private|protected|static|async|override|get|set)\s+)*([A-Za-z_$][\w$]*)\s*(?:<[^>\n]*>)?\([^\n]*\{[ \t]*$/gmu,
    ),
  ]
    .map((match) => match[1] ?? '')
    .filter((name) => !notMethods.has(name));
  return [...new Set([...declared, ...exported, ...methods])];
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//gu, ' ').replace(/(^|[^:'"`\\])\/\/[^\n]*/gmu, '$1');
}

/** Entities, columns and relations that queries of a file name, and there are none of. */
export function queryProblems(facts: FileFacts, tables: readonly Table[]): readonly string[] {
  return facts.queries.flatMap((query) => [
    ...tableProblem(query, facts.file, tables),
    ...columnProblems(query, facts.file),
    ...sqlProblems(query, facts.file),
  ]);
}

function tableProblem(query: Query, file: string, tables: readonly Table[]): readonly string[] {
  if (query.sql !== null) {
    const statement = readStatement(query.sql.text);
    const named = statement === null ? [] : [statement.table, ...statement.joins.map(({ table }) => table)];
    return named.flatMap((name) =>
      name === null ||
      isCommonTable(name, query.sql?.text ?? '') ||
      tables.some((table) => table.name.toLowerCase() === name.toLowerCase())
        ? []
        : [`${file}:${query.at.line} queries ${name}, and there is no such table.`],
    );
  }
  return query.entity !== null && query.table === null
    ? [`${file}:${query.at.line} queries ${query.entity}, and there is no such entity.`]
    : [];
}

function isCommonTable(name: string, sql: string): boolean {
  return new RegExp(
    `(?:\\bWITH\\b|,)\\s*(?:RECURSIVE\\s+)?"?${name.replace(/[^\w]/gu, '.')}"?\\s*(?:\\([^)]*\\)\\s*)?AS\\b`,
    'iu',
  ).test(sql);
}

/** Of the object form only: in SQL and query builders an alias may stand for anything, but a filter that names the entity's own alias does not. */
function columnProblems(query: Query, file: string): readonly string[] {
  if (query.table === null || query.sql !== null || !query.complete) return [];
  const missing = (uses: readonly PathUse[]): readonly string[] =>
    uses.filter(({ target, path }) => target === undefined && path !== '').map(({ path }) => path);
  const isBuilder = /^(?:getMany|getOne|getCount|getRaw|getExists|execute|stream|create)/iu.test(query.api);
  const names = [...missing(query.filters), ...missing(query.loads), ...(isBuilder ? [] : missing(query.sorts))];
  return [...new Set(names)].map(
    (name) =>
      `${file}:${query.at.line} uses "${name}", and ${query.entity ?? query.table} has no such column or relation.`,
  );
}

function sqlProblems({ sql, at }: Query, file: string): readonly string[] {
  if (sql === null) return [];
  const [first = ''] = /^\s*(\w+)/u.exec(sql.text)?.slice(1) ?? [];
  if (/^(?:DROP|TRUNCATE|ALTER|CREATE|GRANT|REVOKE)$/iu.test(first))
    return [
      `${file}:${at.line} changes the structure of the database from application code (${first.toUpperCase()}); that is done by migrations.`,
    ];
  if (/^(?:UPDATE|DELETE)$/iu.test(first) && !/\bWHERE\b/iu.test(sql.text))
    return [`${file}:${at.line} ${first.toLowerCase()}s every row: there is no WHERE.`];
  return sql.interpolations.length > 0
    ? [`${file}:${at.line} puts values into the text of SQL; bind them as parameters.`]
    : [];
}
