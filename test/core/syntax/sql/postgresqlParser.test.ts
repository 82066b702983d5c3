/** PostgreSQL's own parser as a second opinion on what stands in a script. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadModule, parseSync } from 'libpg-query';
import { readStatements } from '../../../../src/core/syntax/sql/readStatements.ts';
import { withoutClient } from '../../../conformance/oracles/sql.ts';

type Node = Readonly<Record<string, unknown>>;

function fixture(name: string): string {
  return withoutClient(
    readFileSync(fileURLToPath(new URL(`../../../conformance/fixtures/${name}.sql`, import.meta.url)), 'utf8'),
  );
}

function list(value: unknown): readonly Node[] {
  return Array.isArray(value) ? (value as readonly Node[]) : [];
}

/** The only member of a node of the parser: `{ CreateStmt: { … } }`. */
function opened(node: Node): readonly [kind: string, body: Node] {
  const [kind = '', body] = Object.entries(node)[0] ?? [];
  return [kind, (body ?? {}) as Node];
}

function relation(value: unknown): string {
  const { schemaname, relname } = (value ?? {}) as { readonly schemaname?: string; readonly relname?: string };
  return schemaname === undefined || schemaname === 'public' ? (relname ?? '') : `${schemaname}.${relname ?? ''}`;
}

/** A line per element of structure, as the server's parser has it. */
function theirs(script: string): string[] {
  return list(parseSync(script).stmts).flatMap(({ stmt }) => {
    const [kind, body] = opened(stmt as Node);
    const temporary = (body.relation as Node | undefined)?.relpersistence === 't';
    switch (kind) {
      case 'CreateStmt': {
        if (temporary) return [];
        const parts = list(body.tableElts).map(opened);
        const isPartition = body.partbound !== undefined;
        const columns = isPartition
          ? []
          : parts.filter(([each]) => each === 'ColumnDef').map(([, column]) => column.colname as string);
        return [`table ${relation(body.relation)} (${columns.join(', ')})`];
      }
      case 'IndexStmt':
        return [
          `index ${(body.idxname as string | undefined) ?? '?'} on ${relation(body.relation)}${body.unique === true ? ' unique' : ''}${body.whereClause === undefined ? '' : ' partial'}`,
        ];
      case 'CreateEnumStmt':
        return [
          `enum ${list(body.vals)
            .map((value) => opened(value)[1].sval as string)
            .join(', ')}`,
        ];
      case 'ViewStmt':
        return [`view ${relation(body.view)}`];
      case 'CreateTableAsStmt':
        return [`view ${relation((body.into as Node).rel)}`];
      case 'AlterTableStmt':
        return list(body.cmds).flatMap((command) => {
          const { subtype, name } = opened(command)[1] as { readonly subtype?: string; readonly name?: string };
          if (subtype === 'AT_AddConstraint') return [`constraint on ${relation(body.relation)}`];
          if (subtype === 'AT_AddColumn') return [`column of ${relation(body.relation)}`];
          return subtype === 'AT_AlterColumnType' ? [`type of ${relation(body.relation)}.${name ?? ''}`] : [];
        });
      default:
        return [];
    }
  });
}

function ours(script: string): string[] {
  // The parser knows nothing of the search path, nor of what stands in the text of a block.
  const plain = script
    .replace(/^SET search_path.*$/gm, (line) => ' '.repeat(line.length))
    .replace(/\bDO \$\$[\s\S]*?\$\$;/g, '');
  const shown = ({ name, namespace }: { readonly name: string; readonly namespace: string | null }): string =>
    namespace === null ? name : `${namespace}.${name}`;
  return readStatements(plain, 'postgresql', { skipsRows: true }).statements.flatMap(({ operations }) =>
    operations.flatMap((operation): string[] => {
      switch (operation.kind) {
        case 'createTable':
          return [`table ${shown(operation.table)} (${operation.columns.map(({ name }) => name).join(', ')})`];
        case 'createIndex': {
          const { name, unique, where } = operation.index;
          return [
            `index ${name ?? '?'} on ${shown(operation.table)}${unique ? ' unique' : ''}${where === null ? '' : ' partial'}`,
          ];
        }
        case 'createEnum':
          return [`enum ${operation.values.join(', ')}`];
        case 'createView':
          return [`view ${shown(operation.table)}`];
        case 'addConstraint':
          return [`constraint on ${shown(operation.table)}`];
        case 'addColumn':
          return [`column of ${shown(operation.table)}`];
        case 'alterColumn':
          return operation.change.type ? [`type of ${shown(operation.table)}.${operation.column}`] : [];
        default:
          return [];
      }
    }),
  );
}

describe('PostgreSQL’s own parser', () => {
  before(() => loadModule());

  for (const name of ['domain/sql/postgresql', 'sql/postgresql-dump', 'sql/postgresql-features']) {
    it(`finds in ${name} what we find`, () => {
      const expected = theirs(fixture(name));
      assert.ok(expected.length > 10);
      assert.deepEqual(ours(fixture(name)), expected);
    });
  }
});
