/** The example projects of `npm run generate:verify`, and how each is built, started and tested. */
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineName, TestDatabase } from './databases.ts';
import type { Seed } from './httpChecks/world.ts';
import type { Resource } from './resource.ts';
import { greenhouse } from './resources/greenhouse.ts';
import { bareShop, shop } from './resources/shop.ts';

export interface ExampleProject {
  readonly name: string;
  /** Folder of test/workspaces. */
  readonly workspace: string;
  /** Changes the fresh copy before anything is generated. */
  readonly prepare: (folder: string) => void;
  readonly engines: readonly EngineName[];
  /** Database schemas beside `public` that must be there. */
  readonly schemas: readonly string[];
  /** Programs of node_modules/.bin with their parameters. */
  readonly build: readonly string[];
  readonly createSchema: readonly string[] | null;
  readonly start: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly secret: string;
  readonly roles: readonly string[];
  readonly resources: readonly Resource[];
  readonly seeds: (database: TestDatabase) => Readonly<Record<string, Seed>>;
  readonly test: readonly string[];
  /** Where the generated tests look for their database. */
  readonly testEnvironment: (environment: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;
  /** Packages that the notes tell the user to install. */
  readonly added: Readonly<Record<string, string>>;
  /** Entities whose layers cannot all be new, because something of that name is there. */
  readonly occupied: readonly string[];
}

const supertest = { supertest: '^7.1.4', '@types/supertest': '^6.0.3' };
const secret = 'only-for-this-run-of-the-tests-and-long-enough';

const shopProject = {
  workspace: 'shop',
  engines: ['pglite', 'postgresql'],
  schemas: ['audit'],
  build: ['nest', 'build'],
  createSchema: null,
  start: 'dist/main.js',
  environment: { JWT_SECRET: secret },
  secret,
  roles: ['catalogue', 'warehouse', 'support', 'accounting', 'management', 'privacy', 'admin'],
  seeds: (database: TestDatabase) => ({
    Customer: async (n: number) => {
      const rows = await database.query(
        `INSERT INTO customers (email, password_hash, first_name, last_name) VALUES ('c${n}@example.org', 'x', 'Ada', 'Example') RETURNING id`,
      );
      return { id: String(rows[0]?.id) };
    },
  }),
  test: ['jest', '--ci', '--runInBand', '--forceExit'],
  testEnvironment: ({ DATABASE_URL = '' }: Readonly<Record<string, string>>) => ({ TEST_DATABASE_URL: DATABASE_URL }),
  // The instructions of the shop say Testcontainers; with a database at hand none is started.
  added: { ...supertest, '@testcontainers/postgresql': '^11.5.1' },
} as const;

export const exampleProjects: readonly ExampleProject[] = [
  {
    ...shopProject,
    name: 'shop',
    prepare: () => undefined,
    resources: shop,
    occupied: ['Product', 'Category', 'Customer', 'Order', 'Payment', 'Coupon', 'Review', 'Cart'],
  },
  { ...shopProject, name: 'bare shop', prepare: leaveEntities, resources: bareShop, occupied: [] },
  {
    name: 'greenhouse',
    workspace: 'greenhouse',
    prepare: () => undefined,
    engines: ['sqlite', 'pglite', 'postgresql'],
    schemas: [],
    build: ['tsc', '-p', 'tsconfig.json'],
    createSchema: ['typeorm', 'schema:sync', '-d', 'dist/src/dataSource.js'],
    start: 'dist/src/server.js',
    environment: { TOKEN_SECRET: secret },
    secret,
    roles: ['viewer', 'operator', 'administrator'],
    resources: greenhouse,
    seeds: () => ({}),
    test: ['mocha'],
    testEnvironment: (environment) => ({ ...environment, TEST_DATABASE_URL: environment.DATABASE_URL ?? '' }),
    added: supertest,
    occupied: ['Measurement'],
  },
];

/** Of the shop: the entities, modules and common code, without services, controllers and DTOs, as a project looks on its first day. */
function leaveEntities(folder: string): void {
  const files = readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts'));
  const isRemoved = (file: string) =>
    /\.(?:service|controller)\.ts$|\/dto\//u.test(file) && !file.startsWith('common/');
  for (const file of files.filter(isRemoved)) rmSync(join(folder, 'src', file));
  for (const file of files.filter((each) => each.endsWith('.module.ts'))) {
    const path = join(folder, 'src', file);
    let text = readFileSync(path, 'utf8');
    for (const [line, name = ''] of text.matchAll(
      /^import \{ (\w+) \} from '\.\/[\w.-]+\.(?:service|controller)';\n/gmu,
    ))
      text = text.replace(line, '').replaceAll(new RegExp(`\\b${name}\\b,?\\s*`, 'gu'), '');
    writeFileSync(path, text.replaceAll(/^ *(?:controllers|providers|exports): \[\s*\],\n/gmu, ''));
  }
}
