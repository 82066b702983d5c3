import { PGlite } from '@electric-sql/pglite';
import { uuid_ossp } from '@electric-sql/pglite/contrib/uuid_ossp';
import type { ProofDatabase } from './database.ts';

/** Catalogue queries; each gives lines. Columns go by name, because their order is history, not structure. */
const structure: readonly string[] = [
  `SELECT format('table %s.%s', n.nspname, c.relname) || ' ' || coalesce(obj_description(c.oid, 'pg_class'), '') AS line
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^(pg_|information_schema)'`,
  `SELECT format('column %s.%s.%s %s%s%s%s%s%s', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
            CASE WHEN a.attnotnull THEN ' not null' ELSE '' END, coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), ''),
            CASE a.attidentity WHEN '' THEN '' ELSE ' identity ' || a.attidentity::text END,
            CASE a.attgenerated WHEN '' THEN '' ELSE ' generated ' || a.attgenerated::text END, coalesce(' -- ' || col_description(c.oid, a.attnum), '')) AS line
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND n.nspname !~ '^(pg_|information_schema)'`,
  `SELECT format('constraint %s.%s %s %s', n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid)) AS line
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname !~ '^(pg_|information_schema)' AND k.contype <> 'n'`,
  `SELECT 'index ' || indexdef AS line FROM pg_indexes WHERE schemaname !~ '^(pg_|information_schema)'`,
  `SELECT format('enum %s.%s %s', n.nspname, t.typname, string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder)) AS line
     FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid JOIN pg_namespace n ON n.oid = t.typnamespace GROUP BY n.nspname, t.typname`,
];

/** TypeORM creates it before anything else: its default for generated keys is `uuid_generate_v4()`. */
const extension = 'CREATE EXTENSION IF NOT EXISTS "uuid-ossp"';

/** A PostgreSQL in WebAssembly, in this process; about a second to start. */
export async function openPostgresql(): Promise<ProofDatabase> {
  return postgresqlProof(await PGlite.create({ extensions: { uuid_ossp } }));
}

/** One that is open already, and that others may use as well. */
export async function postgresqlProof(database: PGlite): Promise<ProofDatabase> {
  await database.exec(extension);
  const { rows } = await database.query<{ version: string }>(`SELECT current_setting('server_version') AS version`);
  return {
    engine: `PostgreSQL ${rows[0]?.version ?? ''}`.trim(),
    async run(sql) {
      await database.exec(sql);
    },
    async catalogue() {
      const lines: string[] = [];
      for (const query of structure)
        lines.push(...(await database.query<{ line: string }>(query)).rows.map((row) => row.line));
      return lines.sort();
    },
    async rowCounts() {
      const tables = await database.query<{ name: string; quoted: string }>(
        `SELECT schemaname || '.' || tablename AS name, format('%I.%I', schemaname, tablename) AS quoted FROM pg_tables WHERE schemaname !~ '^(pg_|information_schema)'`,
      );
      const counts = new Map<string, number>();
      for (const { name, quoted } of tables.rows) {
        const { rows: found } = await database.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${quoted}`);
        counts.set(name, found[0]?.count ?? 0);
      }
      return counts;
    },
    async reset() {
      const { rows: schemas } = await database.query<{ name: string }>(
        `SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema)'`,
      );
      for (const { name } of schemas) await database.exec(`DROP SCHEMA ${name} CASCADE`);
      await database.exec(`CREATE SCHEMA public; ${extension}`);
    },
    close: () => database.close(),
  };
}
