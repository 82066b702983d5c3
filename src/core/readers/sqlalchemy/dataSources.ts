/** Settings of connections: `create_engine(…)`, `SQLALCHEMY_DATABASE_URI`, `create_all()`. A value that is not stated literally is null. */
import type { DataSource } from '../../schema/code.ts';
import type { Dialect } from '../../schema/model.ts';
import type { TreeNode } from '../../syntax/treeNode.ts';
import type { SourceFile } from '../reader.ts';
import { dialectOfUrl, isLocal, urlWithPassword } from '../shared/connectionUrl.ts';
import type { PyExpression } from '../shared/python/declarations.ts';
import { readExpression } from '../shared/python/expressions.ts';
import { nodesOfType } from '../shared/python/nodes.ts';
import { pythonOutline, textOf } from '../shared/python/outline.ts';
import { named } from './steps.ts';

const engines = /(?:^|\.)(?:create_engine|create_async_engine|engine_from_config|async_engine_from_config)$/;
const setting = /SQLALCHEMY_DATABASE_UR[IL]|^(?:DATABASE_UR[IL]|DB_UR[IL]|SQLALCHEMY_UR[IL])$/i;

export function readDataSources(file: SourceFile): readonly DataSource[] {
  if (!/create_(?:async_)?engine|engine_from_config|DATABASE_UR[IL]|DB_UR[IL]/i.test(file.text)) return [];
  const outline = pythonOutline(file.parsed());
  const runs = (name: string, isOnStart: (name: string | null) => boolean): boolean =>
    file.text.includes(`.${name}(`) &&
    outline.calls.some(
      ({ node, callee, function: own }) =>
        (textOf(callee, file.text) ?? '').endsWith(`.${name}`) &&
        !isConditional(node) &&
        isOnStart(own === null ? null : (outline.functions[own]?.name ?? '')),
    );
  const creates = runs('create_all', (name) => name === null || !/drop|reset|clear|test/i.test(name)) ? true : null;
  // Dropping all is for a command, unless the program does so itself when it begins.
  const drops = runs('drop_all', (name) => name === null || /start|lifespan|init|setup|create_app|^main$/i.test(name))
    ? true
    : null;
  const make = (node: TreeNode, url: string | null, args: ReadonlyMap<string, PyExpression>): DataSource => {
    const number = (name: string): number | null => {
      const value = args.get(name);
      return value?.kind === 'number' ? value.value : null;
    };
    const given = args.get('connect_args');
    const seconds = number('pool_timeout') ?? timeoutOf(given, url);
    const size = number('pool_size');
    const overflow = number('max_overflow');
    return {
      dialect: dialectOf(url),
      synchronize: creates,
      // Tables that are there stay as they are (sqlalchemy.MetaData.create_all, `checkfirst`).
      ...(creates === true ? { onlyCreates: true as const } : {}),
      migrationsRun: null,
      dropSchema: drops,
      tls: tlsOf(url) ?? tlsGiven(given),
      // It grows by what it may overflow before anybody waits.
      poolSize: size === null ? null : size + Math.max(0, overflow ?? 0),
      timeoutMs: seconds === null ? null : seconds * 1000,
      passwordInFile: urlWithPassword(url),
      ...(isLocal(url) ? { local: true as const } : {}),
      namingStrategy: null,
      entityPrefix: null,
      namespace: null,
      entities: [],
      migrations: [],
      at: file.lines.range(node.startIndex, node.endIndex),
    };
  };
  const assignments = nodesOfType(outline.root, 'assignment').flatMap(
    (node): readonly { readonly name: string; readonly url: string; readonly node: TreeNode }[] => {
      const left = node.childForFieldName('left');
      const right = node.childForFieldName('right');
      const url = right ? urlOf(readExpression(right, file)) : null;
      return left && url !== null ? [{ name: textOf(left, file.text) ?? '', url, node }] : [];
    },
  );
  const made = outline.calls.flatMap(({ node, callee }): DataSource[] => {
    if (!engines.test(textOf(callee, file.text) ?? '')) return [];
    const call = readExpression(node, file);
    if (call.kind !== 'call') return [];
    const first = (named(call.arguments, 'url') ?? call.arguments[0])?.value;
    const url =
      first?.kind === 'name'
        ? (assignments.find(({ name }) => name === first.name)?.url ?? null)
        : first
          ? urlOf(first)
          : null;
    return [
      make(
        node,
        url,
        new Map(call.arguments.flatMap(({ name, value }) => (name === null ? [] : [[name, value] as const]))),
      ),
    ];
  });
  const stated = assignments
    .filter(({ name }) => setting.test(name.replace(/^.*\.|["'\]]/g, '').replace(/^.*\[/, '')))
    .filter(({ url }) => dialectOf(url) !== null)
    .map(({ node, url }) => make(node, url, new Map()));
  return made.some(({ dialect }) => dialect !== null) ? made : [...made, ...stated];
}

/** An option or a command asks for it. */
function isConditional(node: TreeNode): boolean {
  for (let at = node.parent; at !== null; at = at.parent) {
    if (at.type === 'if_statement') return true;
    if (at.type === 'function_definition') return false;
  }
  return false;
}

/** A literal, the default of `os.getenv('X', '…')`, the literal beginning of an f-string. */
function urlOf(value: PyExpression): string | null {
  if (value.kind === 'string') return /^[a-z0-9+]+:\/\//i.test(value.value) ? value.value : null;
  if (value.kind === 'format') {
    const text = value.parts.map((part) => (typeof part === 'string' ? part : '${}')).join('');
    return /^[a-z0-9+]+:\/\//i.test(text) ? text : null;
  }
  if (value.kind === 'binary') return urlOf(value.left) ?? urlOf(value.right);
  if (value.kind === 'call')
    return value.arguments.map((argument) => urlOf(argument.value)).find((each) => each !== null) ?? null;
  return null;
}

/** `postgresql+psycopg2://`: the engine stands before the driver. */
function dialectOf(url: string | null): Dialect | null {
  const scheme = /^([a-z0-9]+)/i.exec(url ?? '')?.[1]?.toLowerCase() ?? '';
  return scheme === 'oracle' ? 'oracle' : dialectOfUrl(`${scheme}:`);
}

function tlsOf(url: string | null): boolean | null {
  const mode = /[?&]ssl(?:mode)?=([\w-]+)/i.exec(url ?? '')?.[1];
  return mode === undefined ? null : !/^(?:disable|allow|prefer|false|0)$/i.test(mode);
}

/** An entry of `connect_args={…}`. */
function argument(given: PyExpression | undefined, name: RegExp): PyExpression | undefined {
  return given?.kind === 'dict'
    ? given.entries.find(({ key }) => key?.kind === 'string' && name.test(key.value))?.value
    : undefined;
}

function tlsGiven(given: PyExpression | undefined): boolean | null {
  const mode = argument(given, /^ssl(?:mode)?$/);
  if (mode?.kind === 'string') return !/^(?:disable|allow|prefer)$/i.test(mode.value);
  if (mode?.kind === 'constant') return mode.value === true;
  return mode === undefined ? null : true;
}

/** In seconds, as drivers take it in the address or in `connect_args`. */
function timeoutOf(given: PyExpression | undefined, url: string | null): number | null {
  const stated = argument(given, /^(?:connect_timeout|timeout|command_timeout|login_timeout)$/);
  if (stated?.kind === 'number') return stated.value;
  const inUrl = /[?&](?:connect_timeout|timeout)=(\d+)/.exec(url ?? '')?.[1];
  return inUrl === undefined ? null : Number(inUrl);
}
