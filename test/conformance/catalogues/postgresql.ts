/** What a PostgreSQL holds after a script, from its own catalogue. PostgreSQL is PGlite: the server itself, in WebAssembly. */
import { PGlite } from '@electric-sql/pglite';
import { citext } from '@electric-sql/pglite/contrib/citext';
import { hstore } from '@electric-sql/pglite/contrib/hstore';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { uuid_ossp } from '@electric-sql/pglite/contrib/uuid_ossp';
import { columnTypeOf } from '../../../src/core/schema/columnTypes.ts';
import { enumText, qualified } from '../described.ts';
import type { Described, DescribedForeignKey, DescribedIndex, DescribedTable } from '../described.ts';

export interface CatalogueColumn {
  readonly table: string;
  readonly name: string;
  /** `timestamp(3) without time zone` */
  readonly format: string;
  readonly default: string | null;
}

export interface PostgresqlCatalogue {
  readonly described: Described;
  readonly columns: readonly CatalogueColumn[];
}

export interface PostgresqlDatabase {
  /** Empties the database, runs the scripts and reads the catalogue. Rejects with the server's own message. */
  read(...scripts: readonly string[]): Promise<PostgresqlCatalogue>;
  close(): Promise<void>;
}

const system = `n.nspname !~ '^(pg_|information_schema)'`;

export async function openPostgresql(): Promise<PostgresqlDatabase> {
  const database = await PGlite.create({ extensions: { citext, hstore, pg_trgm, uuid_ossp } });
  const rows = async <Row>(sql: string): Promise<readonly Row[]> => (await database.query<Row>(sql)).rows;

  async function reset(): Promise<void> {
    // Dumps set the path of the session.
    await database.exec('RESET ALL');
    const schemas = await rows<{ name: string }>(
      `SELECT quote_ident(nspname) AS name FROM pg_namespace n WHERE ${system}`,
    );
    for (const { name } of schemas) await database.exec(`DROP SCHEMA ${name} CASCADE`);
    await database.exec(
      'CREATE SCHEMA public; CREATE EXTENSION IF NOT EXISTS citext; CREATE EXTENSION IF NOT EXISTS hstore; CREATE EXTENSION IF NOT EXISTS pg_trgm; CREATE EXTENSION IF NOT EXISTS "uuid-ossp"',
    );
  }

  return {
    async read(...scripts) {
      await reset();
      for (const script of scripts) await database.exec(script);
      return catalogue(rows);
    },
    close: () => database.close(),
  };
}

type Rows = <Row>(sql: string) => Promise<readonly Row[]>;

interface ColumnRow {
  readonly namespace: string;
  readonly table: string;
  readonly name: string;
  readonly format: string;
  readonly default: string | null;
  readonly nullable: boolean;
  readonly isEnum: boolean;
  readonly isArray: boolean;
}

interface KeyRow {
  readonly namespace: string;
  readonly table: string;
  readonly name: string;
  readonly kind: string;
  readonly columns: readonly string[];
  readonly targetNamespace: string | null;
  readonly target: string | null;
  readonly references: readonly string[] | null;
  readonly onDelete: string;
  readonly onUpdate: string;
}

interface IndexRow {
  readonly namespace: string;
  readonly table: string;
  readonly name: string;
  readonly unique: boolean;
  readonly method: string;
  readonly partial: boolean;
  readonly columns: readonly string[];
  readonly options: readonly number[];
}

const actions: Readonly<Record<string, string>> = {
  a: 'NO ACTION',
  r: 'RESTRICT',
  c: 'CASCADE',
  n: 'SET NULL',
  d: 'SET DEFAULT',
};

const names = (list: string, relation: string): string =>
  `(SELECT array_agg(a.attname::text ORDER BY u.o) FROM unnest(${list}) WITH ORDINALITY AS u(n, o) JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = u.n)`;

async function catalogue(rows: Rows): Promise<PostgresqlCatalogue> {
  const columns = await rows<ColumnRow>(
    `SELECT n.nspname AS namespace, c.relname AS table, a.attname AS name,
            CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod)
                 WHEN e.typtype = 'd' THEN format_type(e.typbasetype, e.typtypmod) || '[]'
                 ELSE format_type(a.atttypid, a.atttypmod) END AS format,
            pg_get_expr(d.adbin, d.adrelid) AS default, NOT a.attnotnull AS nullable,
            coalesce(e.typtype, t.typtype) = 'e' AS "isEnum", t.typcategory = 'A' AS "isArray"
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
       LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND ${system} ORDER BY n.nspname, c.relname, a.attnum`,
  );
  const keys = await rows<KeyRow>(
    `SELECT n.nspname AS namespace, c.relname AS table, k.conname AS name, k.contype::text AS kind, ${names('k.conkey', 'k.conrelid')} AS columns,
            fn.nspname AS "targetNamespace", f.relname AS target, ${names('k.confkey', 'k.confrelid')} AS references,
            k.confdeltype::text AS "onDelete", k.confupdtype::text AS "onUpdate"
       FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       LEFT JOIN pg_class f ON f.oid = k.confrelid LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
      WHERE k.contype IN ('p', 'f') AND ${system} ORDER BY k.conname`,
  );
  const indexes = await rows<IndexRow>(
    `SELECT n.nspname AS namespace, c.relname AS table, i.relname AS name, x.indisunique AS unique, m.amname AS method, x.indpred IS NOT NULL AS partial,
            coalesce(${names('x.indkey[0:x.indnkeyatts - 1]', 'x.indrelid')}, '{}') AS columns,
            (SELECT coalesce(array_agg(x.indoption[u.o - 1] ORDER BY u.o), '{}') FROM unnest(x.indkey[0:x.indnkeyatts - 1]) WITH ORDINALITY AS u(n, o) WHERE u.n <> 0) AS options
       FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
       JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_am m ON m.oid = i.relam
      WHERE NOT x.indisprimary AND NOT x.indisexclusion AND ${system} ORDER BY i.relname`,
  );
  const enums = await rows<{ namespace: string; name: string; values: readonly string[] }>(
    `SELECT n.nspname AS namespace, t.typname AS name, array_agg(e.enumlabel::text ORDER BY e.enumsortorder) AS values
       FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid JOIN pg_namespace n ON n.oid = t.typnamespace GROUP BY n.nspname, t.typname`,
  );
  const tables = await rows<{ namespace: string; name: string }>(
    `SELECT n.nspname AS namespace, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND ${system} ORDER BY n.nspname, c.relname`,
  );
  const shown = (name: string, namespace: string): string => qualified(name, namespace === 'public' ? null : namespace);
  const describedTables = tables.map(({ namespace, name }): DescribedTable => {
    const own = <Row extends { readonly namespace: string; readonly table: string }>(
      all: readonly Row[],
    ): readonly Row[] => all.filter((row) => row.namespace === namespace && row.table === name);
    const primary = own(keys).find(({ kind }) => kind === 'p');
    return {
      name: shown(name, namespace),
      columns: own(columns).map((row) => ({ name: row.name, type: classOf(row), nullable: row.nullable })),
      primaryKey: primary?.columns ?? [],
      primaryKeyName: primary?.name ?? null,
      foreignKeys: own(keys)
        .filter(({ kind }) => kind === 'f')
        .map((row): DescribedForeignKey => ({
          name: row.name,
          columns: row.columns,
          table: shown(row.target ?? '', row.targetNamespace ?? 'public'),
          references: row.references ?? [],
          onDelete: actions[row.onDelete] ?? row.onDelete,
          onUpdate: actions[row.onUpdate] ?? row.onUpdate,
        })),
      indexes: own(indexes)
        .filter(({ unique }) => !unique)
        .map(indexOf),
      uniques: own(indexes)
        .filter(({ unique }) => unique)
        .map(indexOf),
    };
  });
  return {
    described: {
      tables: describedTables,
      enums: enums.map(({ name, namespace, values }) => enumText(shown(name, namespace), values)),
    },
    columns: columns.map((row) => ({
      table: shown(row.table, row.namespace),
      name: row.name,
      format: row.format,
      default: row.default,
    })),
  };
}

/** Bit 0 of an index option is DESC. Columns that are only included, and expressions, are not told of. */
function indexOf({ name, columns, method, partial, options }: IndexRow): DescribedIndex {
  return {
    name,
    columns,
    method: method === 'btree' ? null : method,
    partial,
    descending: columns.filter((_, at) => ((options[at] ?? 0) & 1) === 1),
  };
}

function classOf({ format, isEnum, isArray }: ColumnRow): string {
  const plain = format
    .replace(/\[\]$/, '')
    .replace(/\([^)]*\)/, '')
    .replace(/^"|"$/g, '');
  return `${isEnum ? 'enum' : columnTypeOf(plain, 'postgresql')}${isArray ? '[]' : ''}`;
}
