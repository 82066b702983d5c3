/** Settings of each `new Sequelize(…)`, of `SequelizeModule.forRoot({…})`, and of configurations by environment. */
import type { DataSource } from '../../schema/code.ts';
import type { SourceFile } from '../reader.ts';
import { dialectOfUrl, urlWithPassword } from '../shared/connectionUrl.ts';
import { outlineOf } from '../shared/typescript/outline.ts';
import { scopeOf } from '../shared/typescript/scope.ts';
import type { Scope } from '../shared/typescript/scope.ts';
import { pathOf, stringValue, Syn, unwrap } from '../shared/typescript/syn.ts';
import { emptyFacts } from '../shared/emptyFacts.ts';
import { entriesOf } from './entries.ts';
import { dialectOf } from './instances.ts';

export function readDataSources(file: SourceFile): readonly DataSource[] {
  if (!/\bnew\s+[\w.]*Sequelize\w*\s*\(|SequelizeModule|\bdialect\s*:/.test(file.text)) return [];
  const outline = outlineOf(file.parsed());
  const scope = scopeOf(outline, emptyFacts(file.path), file.lines);
  const syncs = syncsOf(file.text);
  const found: DataSource[] = [];
  for (const call of outline.calls) {
    const callee = call.callee.replace(/^new\s+/, '').trim();
    const made = call.constructs && /(?:^|\.)Sequelize(?:TypeScript)?$/.test(callee);
    if (!made && !/(?:^|\.)SequelizeModule\.forRoot(?:Async)?$/.test(callee)) continue;
    const args = new Syn(call.node).kids.findLast(({ type }) => type === 'arguments')?.kids ?? [];
    const name = /([\w$]+)\s*(?::[^=;{}()\n]*)?=\s*(?:new\s+)?$/.exec(
      file.text.slice(Math.max(0, call.start - 120), call.start),
    )?.[1];
    found.push(settingsOf(args, call.start, call.end, scope, syncOf(name, syncs)));
  }
  if (found.length > 0 || !/(?:^|\/)(?:config|database|db|sequelize)[^/]*(?:\/[^/]*)?\.[cm]?[jt]s$/i.test(file.path))
    return found;
  // `module.exports = { development: { dialect: 'postgres', … } }`
  for (const match of file.text.matchAll(/\bdialect\s*:/g)) {
    let node = file.parsed().tree.descendantForIndex(match.index, match.index + 1);
    while (node.type !== 'object' && node.parent) node = node.parent;
    if (node.type === 'object') found.push(settingsOf([new Syn(node)], node.startIndex, node.endIndex, scope, null));
  }
  return found;
}

interface Sync {
  /** What is synchronised: a connection, or a model. */
  readonly name: string;
  readonly options: string;
}

/** Calls that nothing but the environment switches are left out. */
function syncsOf(text: string): readonly Sync[] {
  return [...text.matchAll(/(?<![\w$])([\w$]+)\s*\.sync\(\s*(\{[^}]*\})?/g)].flatMap((match) => {
    const line = text.slice(text.lastIndexOf('\n', match.index) + 1, match.index);
    const before = text.slice(Math.max(0, match.index - 160), match.index);
    const isChosen = /\bif\s*\([^;{}]*(?:env|ENV)[^;{}]*\)\s*\{?[^;{}]*$/.test(before) || /&&|\?/.test(line);
    return isChosen ? [] : [{ name: match[1] ?? '', options: match[2] ?? '' }];
  });
}

/** The call on the connection of that name; where no call names a connection of the file, any may be meant. */
function syncOf(name: string | undefined, syncs: readonly Sync[]): Sync | null {
  return syncs.find((sync) => sync.name === name) ?? (name === undefined ? (syncs[0] ?? null) : null);
}

function settingsOf(args: readonly Syn[], start: number, end: number, scope: Scope, sync: Sync | null): DataSource {
  const values = new Map<string, Syn>();
  const texts: (string | undefined)[] = [];
  const read = (node: Syn, prefix: string, depth: number): void => {
    if (depth > 4) return;
    const literal = scope.literal(node);
    if (literal.type !== 'object') return;
    for (const { key, value } of entriesOf(literal, scope).list) {
      values.set(prefix + key, value);
      read(value, `${prefix}${key}.`, depth + 1);
    }
  };
  for (const [index, node] of args.entries()) {
    const text = stringValue(scope.literal(node), scope.text);
    // `new Sequelize(database, user, password, options)`
    if (text !== null) texts[index] = text;
    read(node, '', 0);
  }
  const textAt = (...keys: readonly string[]): string | null => {
    for (const key of keys) {
      const node = values.get(key);
      const text = node ? stringValue(scope.literal(node), scope.text) : null;
      if (text !== null) return text;
    }
    return null;
  };
  const flagAt = (key: string): boolean | null => {
    const node = values.get(key);
    const inner = node ? unwrap(scope.literal(node)) : undefined;
    return inner?.type === 'true' ? true : inner?.type === 'false' ? false : null;
  };
  const numberAt = (...keys: readonly string[]): number | null => {
    for (const key of keys) {
      const node = values.get(key);
      const text = node ? scope.text.slice(node.start, node.end).replaceAll('_', '') : '';
      if (/^\d+$/.test(text)) return Number(text);
    }
    return null;
  };
  const url = texts.find((text) => text !== undefined && /^[a-z0-9+]+:\/\//i.test(text)) ?? textAt('url', 'uri');
  const stated = values.get('dialect');
  const dialect = textAt('dialect') ?? (stated ? pathOf(stated, scope.text) : null);
  const password = (args.length > 2 ? texts[2] : undefined) ?? textAt('password');
  const ssl = values.get('dialectOptions.ssl') ?? values.get('ssl');
  const sslText = ssl ? scope.text.slice(ssl.start, ssl.end) : '';
  const migrates = flagAt('synchronize');
  const forces = sync !== null && /\bforce\s*:\s*true/.test(sync.options);
  return {
    dialect: dialectOf(dialect) ?? dialectOfUrl(url),
    synchronize: migrates ?? (sync ? true : null),
    // Without `alter` it makes what is missing, and nothing else. What is no literal, the environment decides on.
    ...(sync && migrates === null && !/\balter\s*:\s*(?:true|\{)/.test(sync.options)
      ? { onlyCreates: true as const }
      : {}),
    migrationsRun: null,
    dropSchema: forces ? true : null,
    tls:
      ssl === undefined
        ? null
        : sslText === 'false'
          ? false
          : sslText === 'true' || sslText.startsWith('{')
            ? true
            : null,
    poolSize: numberAt('pool.max'),
    timeoutMs: numberAt(
      'dialectOptions.statement_timeout',
      'dialectOptions.requestTimeout',
      'dialectOptions.connectTimeout',
      'dialectOptions.connectionTimeoutMillis',
      'dialectOptions.options.requestTimeout',
      'pool.acquire',
    ),
    passwordInFile: (password !== null && password !== '') || urlWithPassword(url),
    namingStrategy: null,
    entityPrefix: null,
    namespace: textAt('schema'),
    entities: [],
    migrations: [],
    at: scope.lines.range(start, end),
  };
}
