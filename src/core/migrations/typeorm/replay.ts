/**
 * TypeORM migration files → the schema they build, in the order TypeORM runs them. SQL strings and calls of the `QueryRunner` are followed; what cannot be
 * told without running the code is a problem that names its place.
 */
import type { Comparable } from '../../diff/diff.ts';
import { childrenOf } from '../../readers/shared/typescript/nodes.ts';
import { readValue } from '../../readers/shared/typescript/readValues.ts';
import type { SourceFile } from '../../readers/reader.ts';
import type { Dialect } from '../../schema/model.ts';
import type { Problem } from '../../schema/source.ts';
import { readStatements } from '../../syntax/sql/readStatements.ts';
import { applyOperations, emptySchema } from '../shared/replay.ts';
import { findTable } from '../shared/replayState.ts';
import { readApiCall } from './api.ts';
import { evaluate, isRecord, unknown } from './evaluate.ts';
import type { Plain } from './evaluate.ts';

type Node = Parameters<typeof readValue>[0];

export interface MigrationClass {
  /** As TypeORM lists it in its table of migrations: `AddOrders1712345678901`. */
  readonly name: string;
  /** Milliseconds since 1970: the last 13 digits of the name. */
  readonly timestamp: number;
  readonly file: SourceFile;
}

interface Found extends MigrationClass {
  readonly up: Node;
  /** Name of the query runner in `up`. */
  readonly runner: string;
  readonly constants: ReadonlyMap<string, Plain>;
}

export interface MigrationReplay {
  readonly schema: Comparable;
  /** In the order they ran. */
  readonly migrations: readonly MigrationClass[];
  readonly problems: readonly Problem[];
}

/** Cheap look, without parsing. */
export function mayHoldMigration(text: string): boolean {
  return /\bQueryRunner\b|\bMigrationInterface\b|queryRunner\s*\./.test(text) && /\bup\s*\(/.test(text);
}

/** Files must have their grammars loaded. Never throws. */
export function replayMigrations(files: readonly SourceFile[], dialect: Dialect): MigrationReplay {
  const problems: Problem[] = [];
  const found = files
    .filter((file) => mayHoldMigration(file.text))
    .flatMap((file) => migrationsIn(file, problems))
    .sort((a, b) => a.timestamp - b.timestamp || (a.name < b.name ? -1 : 1));
  let schema = emptySchema;
  for (const migration of found) schema = runUp(migration, schema, dialect, problems);
  return { schema, migrations: found.map(({ name, timestamp, file }) => ({ name, timestamp, file })), problems };
}

function migrationsIn(file: SourceFile, problems: Problem[]): Found[] {
  const { text, lines } = file;
  const context = { text, lines, positions: false };
  const constants = new Map<string, Plain>();
  const found: Found[] = [];
  const visit = (node: Node): void => {
    for (const child of childrenOf(node)) {
      if (child.type === 'export_statement' || child.type === 'program') visit(child);
      else if (child.type === 'lexical_declaration') declare(child, context, constants);
      else if (/class_declaration$|^class$/.test(child.type)) {
        const migration = migrationOf(child, file, constants);
        if (migration === 'unordered') {
          const message = 'This migration has no time of 13 digits at the end of its name, so TypeORM does not run it.';
          problems.push({
            code: 'migration-without-time',
            message,
            severity: 'warning',
            at: lines.range(child.startIndex, child.startIndex + 5),
          });
        } else if (migration) found.push(migration);
      }
    }
  };
  visit(file.parsed().tree);
  return found;
}

function migrationOf(node: Node, file: SourceFile, constants: ReadonlyMap<string, Plain>): Found | 'unordered' | null {
  const { text } = file;
  const slice = (part: Node | null): string => (part ? text.slice(part.startIndex, part.endIndex) : '');
  const body = node.childForFieldName('body');
  if (!body) return null;
  let name = slice(node.childForFieldName('name'));
  let up: Node | null = null;
  for (const member of childrenOf(body)) {
    const key = slice(member.childForFieldName('name') ?? member.childForFieldName('property'));
    if (member.type === 'method_definition' && key === 'up') up = member;
    const value = member.childForFieldName('value');
    if (key === 'name' && value) {
      const given = evaluate(readValue(value, { text, lines: file.lines, positions: false }), constants);
      if (typeof given === 'string') name = given;
    }
  }
  if (!up) return null;
  const timestamp = Number(/\d{13}$/.exec(name)?.[0] ?? Number.NaN);
  if (Number.isNaN(timestamp)) return 'unordered';
  const [parameter] = childrenOf(up.childForFieldName('parameters') ?? up);
  const runner = slice(parameter?.childForFieldName('pattern') ?? parameter ?? null);
  return { name, timestamp, file, up, runner, constants };
}

function declare(node: Node, context: Parameters<typeof readValue>[1], names: Map<string, Plain>): void {
  for (const declarator of childrenOf(node)) {
    const name = declarator.childForFieldName('name');
    const value = declarator.childForFieldName('value');
    if (declarator.type === 'variable_declarator' && name && value)
      names.set(context.text.slice(name.startIndex, name.endIndex), evaluate(readValue(value, context), names));
  }
}

/** A loop over more than this is not unrolled. */
const maxRounds = 500;

function runUp(migration: Found, start: Comparable, dialect: Dialect, problems: Problem[]): Comparable {
  const { file, runner, name } = migration;
  const { text, lines } = file;
  const context = { text, lines, positions: false };
  let schema = start;
  const slice = (node: Node): string => text.slice(node.startIndex, node.endIndex);
  const report = (node: Node, message: string): void => {
    problems.push({
      code: 'migration-not-followed',
      message: `${name}: ${message}`,
      severity: 'warning',
      at: lines.range(node.startIndex, node.endIndex),
    });
  };
  const valueOf = (node: Node, names: Map<string, Plain>): Plain =>
    lookedUp(slice(node), names, schema) ?? evaluate(readValue(node, context), names);

  const apply = (node: Node, operations: Parameters<typeof applyOperations>[1]): void => {
    const result = applyOperations(schema, operations, { dialect, at: lines.range(node.startIndex, node.endIndex) });
    schema = result.schema;
    for (const problem of result.problems) report(node, problem);
  };

  const runSql = (node: Node, sql: Plain): void => {
    if (typeof sql !== 'string') {
      if (/^[`'"\s]*(?:INSERT|UPDATE|DELETE|SELECT|WITH)\b/i.test(slice(node))) return;
      report(node, 'this SQL is put together when it runs, so what it changes is not known.');
      return;
    }
    const script = readStatements(sql, dialect);
    for (const { message } of script.problems) report(node, message);
    apply(
      node,
      script.statements.flatMap(({ operations }) => operations),
    );
  };

  const runCall = (node: Node, names: Map<string, Plain>): void => {
    const callee = node.childForFieldName('function');
    const args = childrenOf(node.childForFieldName('arguments') ?? node).filter(({ type }) => type !== 'comment');
    const path = callee ? slice(callee).replace(/\s+/g, '') : '';
    const [root, ...rest] = path.split('.');
    if (path === 'Promise.all' && args[0]) {
      for (const item of childrenOf(args[0])) runExpression(item, names);
      return;
    }
    if (root !== runner) {
      const passes = args.some((argument) => new RegExp(`\\b${runner}\\b`).test(slice(argument)));
      if (passes) report(node, `what ${path.slice(0, 60)} does with the query runner is not followed.`);
      return;
    }
    const method = rest.at(-1) ?? '';
    const [first] = args;
    if (method === 'query' && first) runSql(first, valueOf(first, names));
    // What hangs on the manager or the connection handles rows.
    else if (rest.length === 1) {
      const read = readApiCall(
        method,
        args.map((argument) => valueOf(argument, names)),
        schema,
        dialect,
      );
      if (typeof read === 'string') report(node, `${method} was left out: ${read}.`);
      else if (read) apply(node, read);
    }
  };

  const runExpression = (node: Node, names: Map<string, Plain>): void => {
    const [inner] = childrenOf(node);
    if (node.type === 'call_expression') runCall(node, names);
    else if (
      inner &&
      /^(?:await_expression|parenthesized_expression|non_null_expression|as_expression)$/.test(node.type)
    )
      runExpression(inner, names);
  };

  const runLoop = (node: Node, names: Map<string, Plain>): void => {
    const [left, right, body] = ['left', 'right', 'body'].map((field) => node.childForFieldName(field));
    const list = right ? valueOf(right, names) : unknown;
    if (!left || !body || !Array.isArray(list) || list.length > maxRounds) {
      if (body && slice(body).includes(runner)) report(node, 'the list of this loop cannot be told from the text.');
      return;
    }
    for (const item of list as readonly Plain[]) {
      const inside = new Map(names);
      bind(left, item, inside);
      runStatement(body, inside);
    }
  };

  const bind = (pattern: Node, value: Plain, names: Map<string, Plain>): void => {
    if (pattern.type === 'identifier') names.set(slice(pattern), value);
    childrenOf(pattern).forEach((part, place) => {
      if (pattern.type === 'array_pattern')
        bind(part, Array.isArray(value) ? (value as readonly Plain[])[place] : unknown, names);
      else if (part.type === 'shorthand_property_identifier_pattern')
        names.set(slice(part), isRecord(value) ? value[slice(part)] : unknown);
    });
  };

  const runIf = (node: Node, names: Map<string, Plain>): void => {
    const [condition, then, otherwise] = ['condition', 'consequence', 'alternative'].map((field) =>
      node.childForFieldName(field),
    );
    const holds = condition ? conditionOf(slice(condition), runner, names, schema, dialect) : null;
    if (holds === null) {
      if (slice(node).includes(runner))
        report(node, 'whether this branch is taken is only known when it runs; it was left out.');
    } else if (holds && then) runStatement(then, names);
    else if (!holds && otherwise) childrenOf(otherwise).forEach((child) => runStatement(child, names));
  };

  const runStatement = (node: Node, names: Map<string, Plain>): void => {
    switch (node.type) {
      case 'statement_block': {
        const inside = new Map(names);
        for (const child of childrenOf(node)) runStatement(child, inside);
        return;
      }
      case 'expression_statement':
      case 'return_statement':
        for (const child of childrenOf(node)) runExpression(child, names);
        return;
      case 'lexical_declaration':
      case 'variable_declaration':
        for (const declarator of childrenOf(node)) {
          const [target, value] = [declarator.childForFieldName('name'), declarator.childForFieldName('value')];
          if (!target || !value) continue;
          names.set(slice(target), valueOf(value, names));
          runExpression(value, names);
        }
        return;
      case 'for_in_statement':
        runLoop(node, names);
        return;
      case 'if_statement':
        runIf(node, names);
        return;
      case 'try_statement': {
        const body = node.childForFieldName('body');
        if (body) runStatement(body, names);
        return;
      }
      case 'for_statement':
      case 'while_statement':
      case 'do_statement':
        if (slice(node).includes(runner)) report(node, 'a loop that counts is not followed.');
        return;
      default:
        return;
    }
  };

  const body = migration.up.childForFieldName('body');
  if (body) runStatement(body, new Map(migration.constants));
  return schema;
}

/**
 * `await queryRunner.getTable('a')` stands for the table's name, and what is found in it for its own:
 * `table.foreignKeys.find((key) => key.columnNames.indexOf('b') !== -1)`.
 */
function lookedUp(source: string, names: ReadonlyMap<string, Plain>, schema: Comparable): Plain | null {
  const table = /^(?:await\s+)?[\w.]+\.getTable\(\s*(['"`])([^'"`]+)\1\s*\)!?$/.exec(source);
  if (table) return table[2] ?? null;
  const find =
    /^(\w+)[!?]?\.(foreignKeys|uniques|indices|checks)\.find\(.*?\.(columnNames|name)\b[^'"`]*(['"`])([^'"`]+)\4/s.exec(
      source,
    );
  const owner = find ? names.get(find[1] ?? '') : undefined;
  if (!find || typeof owner !== 'string') return null;
  const [, , kind, by, , wanted = ''] = find;
  const parts = owner.split('.');
  const holder = findTable(schema, { name: parts.at(-1) ?? '', namespace: parts.at(-2) ?? null });
  if (by === 'name') return wanted;
  const candidates =
    kind === 'foreignKeys' ? holder?.foreignKeys : kind === 'uniques' ? holder?.uniques : holder?.indexes;
  return candidates?.find(({ columns }) => columns.includes(wanted))?.name ?? null;
}

/** What a condition asks of the schema or of the engine; null = something else. */
function conditionOf(
  source: string,
  runner: string,
  names: ReadonlyMap<string, Plain>,
  schema: Comparable,
  dialect: Dialect,
): boolean | null {
  let text = source.trim();
  let isNegated = false;
  for (;;) {
    const inner = /^\(([\s\S]*)\)$/.exec(text)?.[1] ?? /^await\s+([\s\S]*)$/.exec(text)?.[1];
    if (text.startsWith('!') && !text.startsWith('!=')) {
      isNegated = !isNegated;
      text = text.slice(1).trim();
    } else if (inner !== undefined) text = inner.trim();
    else break;
  }
  const known = names.get(text);
  if (typeof known === 'boolean') return known !== isNegated;
  const table = new RegExp(`^${runner}\\.hasTable\\(\\s*['"\`]([^'"\`]+)['"\`]\\s*\\)$`).exec(text);
  if (table) return schema.tables.some(({ name }) => name === table[1]) !== isNegated;
  const column = new RegExp(
    `^${runner}\\.hasColumn\\(\\s*['"\`]([^'"\`]+)['"\`]\\s*,\\s*['"\`]([^'"\`]+)['"\`]\\s*\\)$`,
  ).exec(text);
  if (column) {
    const owner = schema.tables.find(({ name }) => name === column[1]);
    return owner?.columns.some(({ name }) => name === column[2]) === !isNegated;
  }
  const engine = /\.type\s*(===?|!==?)\s*['"](\w+)['"]$/.exec(text);
  if (!engine) return null;
  const engines: Readonly<Record<string, string>> = {
    postgres: 'postgresql',
    'better-sqlite3': 'sqlite',
    sqljs: 'sqlite',
  };
  const is = (engines[engine[2] ?? ''] ?? engine[2]) === dialect;
  return (engine[1]?.startsWith('!') ? !is : is) !== isNegated;
}
