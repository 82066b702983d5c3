/** Connection settings that a file states. Values taken from the environment or a service are not stated: they are null. */
import type { DataSource } from '../../schema/code.ts';
import { wordsOf } from '../../schema/words.ts';
import type { TreeNode } from '../../syntax/treeNode.ts';
import type { SourceFile } from '../reader.ts';
import { outlineOf } from '../shared/typescript/outline.ts';
import { objectParts, stringValue, Syn, unwrap } from '../shared/typescript/syn.ts';
import type { ObjectParts } from '../shared/typescript/syn.ts';
import { dialectOfUrl, urlWithPassword } from '../shared/connectionUrl.ts';
import { dialectOfType } from './connectionText.ts';
import { readJsonDataSources } from './jsonDataSources.ts';

const hint =
  /\bnew\s+DataSource\b|TypeOrmModule|createConnections?\b|DataSourceOptions|ConnectionOptions|TypeOrmOptionsFactory|TypeOrmModuleOptions|typeOrmOptions|ormconfig/;
const configFile = /(?:^|\/)ormconfig(?:\.[\w-]+)?\.(?:[cm]?[jt]s|json)$/;

/** Cheap look at path and text: can the file state connection settings? */
export function mayHoldDataSources(path: string, text: string): boolean {
  return configFile.test(path) || hint.test(text);
}

/** Settings of every connection of the file: `new DataSource({…})`, `TypeOrmModule.forRoot({…})`, `ormconfig.json`… */
export function readDataSources(file: SourceFile): readonly DataSource[] {
  if (!mayHoldDataSources(file.path, file.text)) return [];
  if (/\.json$/i.test(file.path)) return readJsonDataSources(file);
  if (file.language === null) return [];
  const outline = outlineOf(file.parsed());
  const { text } = file;
  const found = new Map<number, Syn>();
  const add = (node: Syn | undefined): void => {
    if (!node) return;
    const value = resolve(node, file, 0);
    if (value?.type === 'array') for (const kid of value.kids) add(kid);
    else if (value?.type === 'object' && looksLikeOptions(value, file)) found.set(value.start, value);
  };

  for (const call of outline.calls) {
    const callee = call.callee.trim();
    if (
      /^(?:new\s+)?(?:typeorm\.)?DataSource$/.test(callee)
        ? call.constructs
        : /(?:^|\.)(?:TypeOrmModule\.forRoot|createConnections?|createTestingConnections?)$/.test(callee)
    )
      for (const node of argumentsOf(call.node)) add(node);
    else if (/(?:^|\.)TypeOrmModule\.forRootAsync$/.test(callee)) {
      const options = argumentsOf(call.node)[0];
      const factory =
        options?.type === 'object'
          ? objectParts(options, text).properties.find(({ key }) => key === 'useFactory')
          : undefined;
      if (factory) for (const value of returnedObjects(factory.value)) add(value);
    }
  }
  // Classes that make the options: `class TypeOrmConfigService implements TypeOrmOptionsFactory`.
  for (const span of outline.functions) {
    const owner = span.class === null ? undefined : outline.classes[span.class];
    const factory =
      owner?.implements.some((name) => /^TypeOrmOptionsFactory\b/.test(name)) === true &&
      span.name === 'createTypeOrmOptions';
    const typed =
      /^(?:Promise<)?(?:TypeOrmModuleOptions|DataSourceOptions|ConnectionOptions|PostgresConnectionOptions|MysqlConnectionOptions)\b/.test(
        span.returnType ?? '',
      );
    if (!factory && !typed) continue;
    const node = outline.root.descendantForIndex(span.start, span.end - 1);
    for (const value of returnedObjects(new Syn(node))) add(value);
  }
  for (const value of typedConstants(file)) add(value);
  if (configFile.test(file.path)) for (const value of exported(file)) add(value);
  // What another connection of the file spreads in is told with that one.
  const parts = new Set([...found.values()].flatMap((object) => spreadsOf(object, file).map(({ start }) => start)));
  return [...found.values()]
    .filter(({ start }) => !parts.has(start))
    .sort((a, b) => a.start - b.start)
    .map((object) => {
      const read = readOptions(object, file);
      return isOfDevelopment(object, text) ? { ...read, synchronize: null, dropSchema: null, local: true } : read;
    });
}

/** `const devConfig: DataSourceOptions = {…}`, `test: {…}`: another one is there for where data matters. */
function isOfDevelopment({ start }: Syn, text: string): boolean {
  const before = text.slice(Math.max(0, start - 120), start);
  const name = /(\w+)\s*(?::\s*[\w.<>]+\s*=|[=:])\s*(?:new\s+DataSource\(\s*)?$/u.exec(before)?.[1] ?? '';
  return wordsOf(name).some((word) => /^(?:dev|develop|development|test|tests|testing|e2e|local)$/u.test(word));
}

function argumentsOf(node: ConstructorParameters<typeof Syn>[0]): readonly Syn[] {
  return new Syn(node).kids.findLast(({ type }) => type === 'arguments')?.kids ?? [];
}

/** Objects that a function returns: by its expression, or by `return` statements of its own. */
function returnedObjects(node: Syn): Syn[] {
  const body = node.kids.at(-1);
  if (!body) return [];
  if (body.type !== 'statement_block') return [unwrap(body)];
  const found: Syn[] = [];
  const visit = (part: Syn, depth: number): void => {
    if (part.type === 'return_statement') {
      if (part.kids[0]) found.push(unwrap(part.kids[0]));
      return;
    }
    if (depth < 8 && !part.type.includes('function')) for (const kid of part.kids) visit(kid, depth + 1);
  };
  visit(body, 0);
  return found;
}

const typedConstant =
  /(?:const|let|var)\s+[\w$]+\s*:\s*(?:Partial<|Readonly<)?(?:DataSourceOptions|ConnectionOptions|TypeOrmModuleOptions|PostgresConnectionOptions|MysqlConnectionOptions|DataSourceOptions\s*&[^=]*)>?(?:\[\])?\s*=\s*/g;
const satisfied = /\}\s*(?:satisfies|as)\s+(?:DataSourceOptions|ConnectionOptions|TypeOrmModuleOptions)\b/g;

/** `export const options: DataSourceOptions = {…}`, `{…} satisfies DataSourceOptions`. */
function typedConstants(file: SourceFile): Syn[] {
  const { text } = file;
  const root = file.parsed().tree;
  const found: Syn[] = [];
  for (const match of text.matchAll(typedConstant)) {
    const node = expressionAt(file, match.index + match[0].length);
    if (node) found.push(unwrap(node));
  }
  for (const match of text.matchAll(satisfied)) {
    let node: TreeNode | null = root.descendantForIndex(match.index, match.index + 1);
    while (node && node.type !== 'object') node = node.parent;
    if (node) found.push(new Syn(node));
  }
  return found;
}

/** `export default {…}` and `module.exports = {…}`. */
function exported(file: SourceFile): Syn[] {
  const match = /(?:export\s+default|module\.exports\s*=|export\s*=)\s+(?=[[{\w])/.exec(file.text);
  const node = match ? expressionAt(file, match.index + match[0].length) : null;
  return node ? [unwrap(node)] : [];
}

function expressionAt(file: SourceFile, offset: number): Syn | null {
  let node = file.parsed().tree.descendantForIndex(offset, offset + 1);
  for (let parent = node.parent; parent?.startIndex === offset; parent = parent.parent) node = parent;
  return new Syn(node);
}

/** Follows a name to the constant of the same file that it stands for. */
function resolve(node: Syn, file: SourceFile, depth: number): Syn | null {
  const inner = unwrap(node);
  if (inner.type !== 'identifier') return inner;
  if (depth > 4) return null;
  const name = file.text.slice(inner.start, inner.end).replace(/\$/g, '\\$');
  const match = new RegExp(`(?:const|let|var)\\s+${name}(?![\\w$])\\s*(?::[^=;]+)?=\\s*`).exec(file.text);
  const value = match ? expressionAt(file, match.index + match[0].length) : null;
  return value ? resolve(value, file, depth + 1) : null;
}

/** Objects of the file that it spreads in, at any depth. */
function spreadsOf(object: Syn, file: SourceFile, depth = 0): readonly Syn[] {
  return objectParts(object, file.text).spreads.flatMap((spread) => {
    const source = depth < 4 ? resolve(spread, file, 0) : null;
    return source?.type === 'object' ? [source, ...spreadsOf(source, file, depth + 1)] : [];
  });
}

/** All properties, those spread in from constants of the file included; a later one wins. */
function allProperties(object: Syn, file: SourceFile, depth = 0): ReadonlyMap<string, Syn> {
  const values = new Map<string, Syn>();
  const parts: ObjectParts = objectParts(object, file.text);
  for (const spread of parts.spreads) {
    const source = depth < 4 ? resolve(spread, file, 0) : null;
    if (source?.type === 'object')
      for (const [key, value] of allProperties(source, file, depth + 1)) values.set(key, value);
  }
  for (const { key, value } of parts.properties) values.set(key, value);
  return values;
}

const optionKeys = [
  'synchronize',
  'entities',
  'migrations',
  'host',
  'url',
  'database',
  'dropSchema',
  'autoLoadEntities',
  'migrationsRun',
  'namingStrategy',
  'logging',
  'username',
  'replication',
];

function looksLikeOptions(object: Syn, file: SourceFile): boolean {
  const keys = allProperties(object, file);
  return keys.has('type')
    ? keys.size > 1 || configFile.test(file.path)
    : optionKeys.filter((key) => keys.has(key)).length >= 2;
}

function readOptions(object: Syn, file: SourceFile): DataSource {
  const { text } = file;
  const values = allProperties(object, file);
  const nested = (...path: readonly string[]): Syn | undefined => {
    let node: Syn | undefined = object;
    for (const key of path) {
      const inner: Syn | null = node ? resolve(node, file, 0) : null;
      node = inner?.type === 'object' ? allProperties(inner, file).get(key) : undefined;
    }
    return node;
  };
  const bool = (node: Syn | undefined): boolean | null => {
    const inner = node ? resolve(node, file, 0) : null;
    return inner?.type === 'true' ? true : inner?.type === 'false' ? false : null;
  };
  const number = (node: Syn | undefined): number | null => {
    const inner = node ? resolve(node, file, 0) : null;
    const source = inner ? text.slice(inner.start, inner.end).replace(/_/g, '') : '';
    return /^\d+(?:\s*\*\s*\d+)*$/.test(source)
      ? source.split('*').reduce((product, factor) => product * Number(factor), 1)
      : null;
  };
  const string = (node: Syn | undefined): string | null => {
    const inner = node ? resolve(node, file, 0) : null;
    return inner ? stringValue(inner, text) : null;
  };
  const list = (node: Syn | undefined): string[] => {
    const inner = node ? resolve(node, file, 0) : null;
    const kids = inner?.type === 'array' ? inner.kids : inner ? [inner] : [];
    return kids.map((kid) => stringValue(kid, text) ?? text.slice(kid.start, Math.min(kid.end, kid.start + 200)));
  };
  const type = string(values.get('type'));
  const url = string(values.get('url'));
  const strategy = values.get('namingStrategy');
  const timeout = first(
    nested('extra', 'statement_timeout'),
    nested('extra', 'query_timeout'),
    values.get('connectTimeoutMS'),
    values.get('connectTimeout'),
    values.get('acquireTimeout'),
    values.get('requestTimeout'),
    values.get('maxQueryExecutionTime'),
    nested('extra', 'connectionTimeoutMillis'),
  );
  const dialect = type !== null && Object.hasOwn(dialectOfType, type) ? (dialectOfType[type] ?? null) : null;
  return {
    dialect: dialect ?? dialectOfUrl(url),
    synchronize: bool(values.get('synchronize')),
    migrationsRun: bool(values.get('migrationsRun')),
    dropSchema: bool(values.get('dropSchema')),
    tls: tlsOf(first(values.get('ssl'), nested('extra', 'ssl'), nested('options', 'encrypt'), values.get('tls')), file),
    poolSize: number(
      first(
        values.get('poolSize'),
        nested('extra', 'max'),
        nested('extra', 'connectionLimit'),
        values.get('connectionLimit'),
        nested('pool', 'max'),
      ),
    ),
    timeoutMs: number(timeout),
    passwordInFile: literalPassword(values, nested, string),
    namingStrategy: strategyName(strategy ? resolve(strategy, file, 0) : null, strategy, file),
    entityPrefix: string(values.get('entityPrefix')),
    namespace: string(values.get('schema')),
    entities: list(values.get('entities')),
    migrations: list(values.get('migrations')),
    at: file.lines.range(object.start, object.end),
  };
}

function literalPassword(
  values: ReadonlyMap<string, Syn>,
  nested: (...path: readonly string[]) => Syn | undefined,
  string: (node: Syn | undefined) => string | null,
): boolean {
  const password = string(first(values.get('password'), nested('replication', 'master', 'password')));
  const urls = [string(values.get('url')), string(nested('replication', 'master', 'url'))];
  return (password !== null && password !== '') || urls.some(urlWithPassword);
}

function first<T>(...nodes: readonly (T | undefined)[]): T | undefined {
  return nodes.find((node) => node !== undefined);
}

/** True for `true` or an options object, false for `false`; a condition on the environment says nothing. */
function tlsOf(node: Syn | undefined, file: SourceFile): boolean | null {
  const inner = node ? resolve(node, file, 0) : null;
  if (!inner) return null;
  return inner.type === 'true' || inner.type === 'object' ? true : inner.type === 'false' ? false : null;
}

/** `new SnakeNamingStrategy()`, a constant that holds one, or an imported one. */
function strategyName(value: Syn | null, stated: Syn | undefined, file: SourceFile): string | null {
  const text = value
    ? file.text.slice(value.start, value.end)
    : stated
      ? file.text.slice(stated.start, stated.end)
      : '';
  return /^(?:new\s+)?([\w$.]+)/.exec(text)?.[1]?.replace(/^.*\./, '') ?? null;
}
