/** Folders of migrations as the tools that run SQL keep them: PGlite is sent what each tool would send, in its order, which is stated here by hand. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { linkScripts } from '../../core/readers/sql/read.ts';
import type { PostgresqlDatabase } from '../catalogues/postgresql.ts';
import { describeModel } from '../described.ts';
import type { Case } from '../oracle.ts';

const folders = fileURLToPath(new URL('../fixtures/sql/folders', import.meta.url));

/** What runs, first to last, of each tool's folder; what undoes is left out. */
const runs: Readonly<Record<string, readonly string[]>> = {
  'golang-migrate': ['000001_create_users.up.sql', '000002_create_posts.up.sql', '000010_rename_nick.up.sql'],
  dbmate: ['20240101120000_create_shops.sql', '20240102120000_change_items.sql'],
  goose: ['00001_tasks.sql', '00002_parent.sql'],
  flyway: ['V1__base.sql', 'V2__keys.sql', 'V2_1__notes.sql', 'V10__rename.sql', 'R__totals.sql'],
  numbered: ['1_init.sql', '2_beds.sql', '10_floor.sql', '11_index.sql'],
  prisma: ['20240101000000_init/migration.sql', '20240301000000_tags/migration.sql'],
  rails: ['structure.sql'],
};

/** The half that leads forward, of tools that keep both in one file. */
function forward(text: string): string {
  return (text.split(/^-- (?:migrate:down|\+goose Down)/mu)[0] ?? '').replaceAll('CONCURRENTLY', '');
}

export async function folderCases(database: PostgresqlDatabase): Promise<readonly Case[]> {
  const cases: Case[] = [];
  for (const [tool, order] of Object.entries(runs)) {
    const folder = join(folders, tool);
    const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => path.endsWith('.sql'));
    const texts = new Map(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
    const scripts = order.map((name) => {
      const path = paths.find((each) => each.endsWith(`/${name}`));
      if (path === undefined) throw new Error(`${tool} has no ${name}`);
      return forward(texts.get(path) ?? '');
    });
    const { tables, enums } = linkScripts([...texts], { dialect: 'postgresql' });
    cases.push({
      name: tool,
      kind: 'special',
      source: 'its folder, executed on PGlite in its order',
      expected: (await database.read(...scripts)).described,
      actual: describeModel(tables, enums),
    });
  }
  return cases;
}
