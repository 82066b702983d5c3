/** What the real Sequelize would create: its models are loaded, `sync` is called, and the statements are kept instead of sent. */
import { Sequelize } from 'sequelize';
import type { Dialect } from '../../../../src/core/schema/model.ts';
import { compileFolder } from '../../../support/compileFolder.ts';

const names = { postgresql: 'postgres', sqlite: 'sqlite', mysql: 'mysql' } as const satisfies Partial<
  Record<Dialect, string>
>;

/** A driver that is there and does nothing. */
const noDriver = { OPEN_READWRITE: 2, OPEN_CREATE: 4 };

/** The statements that `sync` of every instance in the folder sends, as one script. */
export async function syncScript(folder: string, dialect: keyof typeof names): Promise<string> {
  const compiled = compileFolder(folder);
  const instances: Sequelize[] = [];
  Sequelize.addHook('beforeInit', 'oracle', (_config, options) => {
    Object.assign(options, { dialect: names[dialect], logging: false });
    if (dialect === 'sqlite') Object.assign(options, { dialectModule: noDriver });
  });
  Sequelize.addHook('afterInit', 'oracle', (sequelize) => void instances.push(sequelize));
  const statements: string[] = [];
  try {
    for (const file of compiled.files) compiled.load(file);
    for (const sequelize of instances) {
      const schemas = new Set(
        Object.values(sequelize.models).flatMap((model) => (model as { _schema?: string })._schema ?? []),
      );
      for (const schema of schemas)
        if (dialect === 'postgresql') statements.push(`CREATE SCHEMA IF NOT EXISTS "${schema}"`);
      sequelize.query = ((sql: string, options?: { readonly plain?: boolean }) => {
        statements.push(sql);
        // The types of enums are looked up once they are there; nothing else asks for rows of the driver's own.
        if (/\btyptype\b/.test(sql)) return Promise.resolve({ rows: [] });
        return Promise.resolve(options?.plain === true ? null : []);
      }) as unknown as typeof sequelize.query;
      await sequelize.sync();
    }
  } finally {
    Sequelize.removeHook('beforeInit', 'oracle');
    Sequelize.removeHook('afterInit', 'oracle');
    compiled.dispose();
  }
  return statements
    .filter((sql) => /^\s*(?:CREATE|ALTER|COMMENT|DO)\b/i.test(sql))
    .map((sql) => `${sql.replace(/;\s*$/, '')};`)
    .join('\n');
}
