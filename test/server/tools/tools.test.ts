/** Every tool over the example shop and over small workspaces made for one question each. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { schemaJson } from '../../../src/core/report/schemaJson.ts';
import { createEngine } from '../../../src/server/engine.ts';
import type { Analysis } from '../../../src/server/engine.ts';
import { tokensOf } from '../../../src/server/tools/budget.ts';
import { callTool } from '../../../src/server/tools/callTool.ts';
import { tools } from '../../../src/server/tools/registry.ts';
import type { JsonObject, ToolContext } from '../../../src/server/tools/tool.ts';
import { generateWorkspace } from '../../support/generateWorkspace.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const shop = fileURLToPath(new URL('../../workspaces/shop', import.meta.url));
const wasmDirectory = dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm'));

async function analyse(directory: string): Promise<Analysis> {
  const engine = await createEngine({
    directory,
    wasmDirectory,
    cacheDirectory: null,
    exclude: [],
    maxFileSizeKb: 1024,
    rules: {},
  });
  const analysis = await engine.analyze();
  engine.dispose();
  return analysis;
}

async function analyseFiles(files: Readonly<Record<string, string>>): Promise<Analysis> {
  const folder = temporaryFolder(files);
  try {
    return await analyse(folder.path);
  } finally {
    folder.remove();
  }
}

function contextOf(
  { snapshot, findings }: Analysis,
  folder: string | null = null,
  tokenBudget: number | null = null,
): ToolContext {
  return {
    projects: snapshot.projects.map((project) => ({
      project,
      findings: findings.filter((finding) => finding.project === project.root),
      folder,
      origin: null,
    })),
    tokenBudget,
  };
}

interface SchemaAnswer {
  readonly projects: readonly {
    readonly root: string;
    readonly tables: readonly { readonly name: string; columns: readonly { name: string; default: string | null }[] }[];
  }[];
  readonly overview?: readonly { readonly name: string }[];
  readonly cut?: { readonly tables: readonly string[]; readonly columns: readonly string[] };
  readonly notFound?: readonly { readonly name: string; readonly similar: readonly string[] }[];
}

describe('tools', function () {
  this.timeout(60_000);
  let analysis: Analysis;
  let context: ToolContext;
  before(async () => {
    analysis = await analyse(shop);
    context = contextOf(analysis);
  });

  async function call(name: string, input: unknown, within: ToolContext = context): Promise<JsonObject> {
    const answer = await callTool(name, input, within);
    assert.ok(!answer.isError, answer.text);
    return answer.structured ?? {};
  }

  async function schema(input: unknown, within: ToolContext = context): Promise<SchemaAnswer> {
    return (await call('get_schema', input, within)) as unknown as SchemaAnswer;
  }

  async function complaint(name: string, input: unknown): Promise<string> {
    const answer = await callTool(name, input, context);
    assert.ok(answer.isError);
    assert.equal(answer.structured, null);
    return answer.text;
  }

  const namesIn = (answer: SchemaAnswer) =>
    answer.projects.flatMap((project) => project.tables.map(({ name }) => name));

  describe('definitions', () => {
    it('are one file each, all in the registry, sorted', () => {
      const folder = fileURLToPath(new URL('../../../src/server/tools', import.meta.url));
      const files = readdirSync(folder).filter((file) => file.endsWith('Tool.ts') && file !== 'callTool.ts');
      const names = tools.map(({ name }) => name);
      const camel = (name: string) => name.replace(/_(\w)/gu, (_match, letter: string) => letter.toUpperCase());
      assert.deepEqual(
        names.map((name) => `${camel(name)}Tool.ts`),
        files.sort(),
      );
      assert.deepEqual(names, names.toSorted());
      for (const file of files) assert.match(readFileSync(join(folder, file), 'utf8'), /inputSchema/);
    });

    for (const tool of tools)
      it(`${tool.name} has a valid schema, examples that it takes, and words for people and models`, () => {
        assert.match(tool.name, /^[a-z]+(_[a-z]+)+$/);
        const validate = new Ajv({ strict: true }).compile(tool.inputSchema);
        for (const example of tool.inputSchema.examples) assert.ok(validate(example), JSON.stringify(validate.errors));
        assert.ok(tool.description.length > 80 && tool.title.length > 5);
        for (const [name, property] of Object.entries(tool.inputSchema.properties))
          assert.ok(property.description.length > 10, `${tool.name}.${name} is not described`);
      });

    for (const tool of tools.filter(({ name }) => name !== 'explain_rule'))
      it(`${tool.name} says that there is no data model where there is none`, async () => {
        const input = tool.inputSchema.examples[0];
        const answer = await callTool(tool.name, input, { projects: [], tokenBudget: null });
        assert.ok(answer.isError);
        assert.match(answer.text, /No data model was found/);
      });
  });

  describe('wrong input', () => {
    const wrong: readonly (readonly [name: string, input: unknown, expected: RegExp])[] = [
      ['find_tables', {}, /"question" is missing: The question or task.*Example: \{"question":/],
      ['find_tables', null, /"question" is missing/],
      ['find_tables', { question: 7 }, /"question" must be a string, not 7\./],
      ['find_tables', { question: '' }, /"question" must not be empty/],
      ['find_tables', { question: 'x', limit: 'ten' }, /"limit" must be an integer, not the text "ten"\./],
      ['find_tables', { question: 'x', limit: 0 }, /"limit" must be at least 1, not 0\./],
      ['find_tables', { question: 'x', limit: 1e9 }, /"limit" must be at most 100, not 1000000000\./],
      [
        'get_schema',
        { table: 'orders' },
        /There is no parameter "table": it takes tables, neighbours, project, maxTokens\./,
      ],
      ['get_schema', { tables: 'orders' }, /"tables" must be an array, not the text "orders"\./],
      ['get_schema', { tables: [1] }, /"tables\.0" must be a string, not 1\./],
      ['get_schema', { tables: [] }, /"tables" must name at least one/],
      ['get_schema', 'orders', /The input must be an object, not the text "orders"\./],
      ['get_schema', { project: 'nowhere' }, /There is no project "nowhere"\. It is one of "\."/],
      ['get_schema', { tables: ['order_line'] }, /There is no table "order_line"; did you mean "order_lines"/],
      [
        'lint_schema',
        { severity: 'fatal' },
        /"severity" must be one of "error", "warning", "info", not the text "fatal"/,
      ],
      ['lint_schema', { rules: ['no-such'] }, /There is no rule "no-such"\. The rules are .*missing-foreign-key-index/],
      ['explain_rule', { rule: 'XYZ999' }, /There is no rule "XYZ999"/],
      ['drop_tables', {}, /There is no tool "drop_tables"\. The tools are diff_schema, explain_rule, find_tables/],
    ];
    for (const [name, input, expected] of wrong)
      it(`${name} ${JSON.stringify(input)}`, async () => {
        assert.match(await complaint(name, input), expected);
      });

    it('is left as it was given', async () => {
      const input = { question: 'orders' };
      await call('find_tables', input);
      assert.deepEqual(input, { question: 'orders' });
    });
  });

  describe('get_schema', () => {
    it('yields the public JSON of the named tables and of those next to them', async () => {
      const answer = await schema({ tables: ['CartItem'], maxTokens: 20_000 });
      const [first] = answer.projects;
      assert.deepEqual(namesIn(answer).slice(0, 1), ['cart_items']);
      assert.deepEqual(namesIn(answer).toSorted(), ['cart_items', 'carts', 'product_variants']);
      const expected = schemaJson(analysis.snapshot).projects[0]?.tables.find(({ name }) => name === 'cart_items');
      assert.deepEqual(first?.tables[0], JSON.parse(JSON.stringify(expected)));
      assert.equal(answer.cut, undefined);
    });

    it('goes no further than it is told', async () => {
      assert.deepEqual(namesIn(await schema({ tables: ['cart_items'], neighbours: 0 })), ['cart_items']);
      const two = namesIn(await schema({ tables: ['cart_items'], neighbours: 2, maxTokens: 50_000 }));
      assert.ok(two.includes('products') && two.includes('customers'), two.join());
    });

    it('names what is not there beside what is', async () => {
      const answer = await schema({ tables: ['orders', 'order_line'], neighbours: 0 });
      assert.deepEqual(namesIn(answer), ['orders']);
      assert.deepEqual(
        answer.notFound?.map(({ name }) => name),
        ['order_line'],
      );
      assert.ok(answer.notFound[0]?.similar.includes('order_lines'));
    });

    it('keeps its budget, and says what it left out', async () => {
      for (const maxTokens of [200, 500, 1000, 3000]) {
        const { text, structured } = await callTool(
          'get_schema',
          { tables: ['orders'], neighbours: 1, maxTokens },
          context,
        );
        assert.ok(tokensOf(structured ?? {}) <= maxTokens, `${tokensOf(structured ?? {})} tokens for ${maxTokens}`);
        assert.match(text, /"cut":/);
      }
    });

    it('lists the tables where the whole does not fit, and yields the whole where it does', async () => {
      const short = await schema({});
      const tables = analysis.snapshot.projects[0]?.schema.tables.length;
      assert.equal(short.overview?.length, tables);
      assert.ok(tokensOf(await call('get_schema', {})) <= 4000);
      const long = await schema({ maxTokens: 50_000 });
      assert.equal(namesIn(long).length, tables);
    });

    it('takes no more room than the asker has', async () => {
      const { structured } = await callTool('get_schema', { maxTokens: 50_000 }, contextOf(analysis, null, 1500));
      assert.ok(tokensOf(structured ?? {}) <= 1500);
    });

    it('names folders where the window has several', async () => {
      const answer = await schema({ tables: ['orders'], neighbours: 0 }, contextOf(analysis, 'store'));
      assert.equal(answer.projects[0]?.root, 'store');
      assert.match(JSON.stringify(answer), /"file":"store\/src\/orders/);
      const same = await schema({ project: 'store', tables: ['orders'] }, contextOf(analysis, 'store'));
      assert.ok(namesIn(same).includes('orders'));
    });
  });

  it('find_tables yields tables with the reasons, best first', async () => {
    const answer = (await call('find_tables', {
      question: 'what did customers put into their carts?',
      limit: 3,
    })) as unknown as { tables: { name: string; because: string[]; at: { file: string } }[] };
    assert.equal(answer.tables.length, 3);
    assert.ok(answer.tables.some(({ name }) => name === 'carts'));
    assert.ok(answer.tables.every(({ because, at }) => because.length > 0 && at.file.startsWith('src/')));
    const nothing = await call('find_tables', { question: 'xylophone' });
    assert.deepEqual(nothing.tables, []);
    assert.match(JSON.stringify(nothing.note), /No word of the question/);
  });

  it('lint_schema yields the findings, the gravest first, of the tables and rules asked for', async () => {
    interface Answer {
      readonly counts: Readonly<Record<string, number>>;
      readonly findings: readonly { rule: string; table: string; severity: string; fixes: string[] }[];
    }
    const all = (await call('lint_schema', { maxTokens: 50_000 })) as unknown as Answer;
    assert.equal(all.findings.length, analysis.findings.length);
    assert.ok(all.findings.length > 0);
    const { table } = all.findings[0]!;
    const some = (await call('lint_schema', { tables: [table], rules: ['IDX001'] })) as unknown as Answer;
    assert.ok(
      some.findings.every((finding) => finding.table === table && finding.rule === 'missing-foreign-key-index'),
    );
    const order = ['error', 'warning', 'info'];
    const ranks = all.findings.map(({ severity }) => order.indexOf(severity));
    assert.deepEqual(ranks, ranks.toSorted());
    const cut = await call('lint_schema', { maxTokens: 300 });
    assert.match(JSON.stringify(cut.cut), /more findings do not fit/);
  });

  it('explain_rule yields Markdown, and the list without a rule', async () => {
    const { text } = await callTool('explain_rule', { rule: 'sch001' }, context);
    assert.match(text, /^# missing-primary-key \(SCH001\)/);
    assert.match((await callTool('explain_rule', {}, context)).text, /"missing-primary-key"/);
  });

  it('get_profile yields facts with their place, and connections as yes and no', async () => {
    const answer = (await call('get_profile', {})) as unknown as {
      projects: { orms: string[]; facts: { at: { file: string } }[]; dataSources: JsonObject[] }[];
    };
    const [profile] = answer.projects;
    assert.deepEqual(profile?.orms, ['typeorm']);
    assert.ok(profile.facts.every(({ at }) => at.file !== ''));
    for (const source of profile.dataSources)
      for (const [key, value] of Object.entries(source))
        assert.ok(
          key === 'at' || key === 'dialect' || value === null || typeof value === 'boolean',
          `${key}: ${JSON.stringify(value)}`,
        );
  });

  describe('secrets', () => {
    const canary = 'c4n4ry';
    const files = {
      'package.json': '{ "name": "leaky", "dependencies": { "typeorm": "1.0.0", "pg": "8.0.0" } }',
      'AGENTS.md': `# Leaky\n\nWe use TypeORM and PostgreSQL at postgres://admin:${canary}@db.internal/leaky.\n`,
      'src/data-source.ts': `import { DataSource } from 'typeorm';
export default new DataSource({ type: 'postgres', host: 'db', username: 'admin', password: '${canary}', entities: [] });
export const other = new DataSource({ type: 'postgres', url: 'postgres://admin:${canary}@db/leaky' });
`,
      'src/account.entity.ts': `import { Column, Entity, PrimaryGeneratedColumn, ManyToOne } from 'typeorm';
@Entity('accounts')
export class Account {
  @PrimaryGeneratedColumn() id: number;
  @Column({ default: '${canary}' }) password: string;
  @Column({ default: 'Server=db;User=sa;Password=${canary};', comment: 'mysql://root:${canary}@db/x' }) endpoint: string;
  @ManyToOne(() => Account) parent: Account;
}
`,
    };

    it('are in no answer of any tool', async () => {
      const leaky = contextOf(await analyseFiles(files));
      assert.match(JSON.stringify(leaky.projects), new RegExp(canary));
      const inputs: Readonly<Record<string, readonly unknown[]>> = {
        get_schema: [{}, { tables: ['accounts'], maxTokens: 50_000 }],
        find_tables: [{ question: 'account password endpoint' }],
        lint_schema: [{}],
        explain_rule: [{}],
        get_profile: [{}],
      };
      // Those about migrations and code need a folder: migrationTools.test.ts, generate.test.ts.
      const others = tools.map(({ name }) => name).filter((name) => !/^diff_|_migration$|^generate_/.test(name));
      assert.deepEqual(Object.keys(inputs).sort(), others);
      for (const [name, each] of Object.entries(inputs))
        for (const input of each) {
          const answer = await callTool(name, input, leaky);
          assert.ok(!answer.isError, answer.text);
          assert.doesNotMatch(JSON.stringify(answer), new RegExp(canary), name);
        }
    });
  });

  it('stays within its budget on a thousand tables, and answers at once', async () => {
    const files = Object.fromEntries(
      generateWorkspace({ entities: 1000, noise: 0 }).map(({ path, text }) => [path, text]),
    );
    const large = contextOf(await analyseFiles(files));
    for (const [name, input] of [
      ['get_schema', {}],
      ['get_schema', { tables: ['order_0'], neighbours: 3 }],
      ['find_tables', { question: 'status of coupons and invoices', limit: 100 }],
      ['lint_schema', {}],
      ['get_profile', {}],
    ] as const) {
      const start = performance.now();
      const { structured, isError, text } = await callTool(name, input, large);
      assert.ok(!isError, text);
      assert.ok(tokensOf(structured ?? {}) <= 4000, `${name}: ${tokensOf(structured ?? {})} tokens`);
      assert.ok(performance.now() - start < 2000, `${name} took ${performance.now() - start} ms`);
    }
  });
});
