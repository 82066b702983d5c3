import assert from 'node:assert/strict';
import { lintProject } from '../../../src/core/lint/engine.ts';
import type { Finding } from '../../../src/core/lint/rule.ts';
import { analyzeFiles } from '../../support/analyze.ts';

function entity(relation: string): string {
  return `import { Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';

@Entity('nodes')
export class Node {
  @PrimaryGeneratedColumn()
  id: number;

${relation}
}
`;
}

const relation = `  @ManyToOne(() => Node, { onDelete: 'CASCADE' })
  parent: Node;`;

async function lint(
  source: string,
  settings: object = {},
  severities: Parameters<typeof lintProject>[1] = {},
  path = 'src/node.ts',
): Promise<readonly Finding[]> {
  const config = JSON.stringify({ dialect: 'postgresql', ...settings });
  return lintProject(await analyzeFiles({ [path]: source, '.data-engineer.json': config }, null), severities);
}

const rule = 'missing-foreign-key-index';

describe('lint engine', () => {
  it('gives findings with all that a front end shows', async () => {
    const [finding, ...others] = await lint(entity(relation));
    assert.deepEqual(others, []);
    assert.ok(finding);
    const { evidence, fixes, range, ...rest } = finding;
    assert.deepEqual(rest, {
      rule,
      code: 'IDX001',
      severity: 'warning',
      message: 'Foreign key parentId → nodes(id) has no index: deleting a Node scans nodes (ON DELETE CASCADE)',
      file: 'src/node.ts',
      project: '',
      table: 'nodes',
    });
    assert.ok(range.line >= 8 && range.line <= 9);
    assert.equal(fixes[0]?.title, 'Add an index on nodes(parentId)');
    assert.ok(evidence.length >= 3);
  });

  it('takes severities from the editor, and from the project before it', async () => {
    const severity = async (...given: Parameters<typeof lint>): Promise<string> =>
      (await lint(...given))[0]?.severity ?? 'none';
    assert.equal(await severity(entity(relation), {}, { [rule]: 'error' }), 'error');
    assert.equal(await severity(entity(relation), {}, { IDX001: 'info' }), 'info');
    assert.equal(await severity(entity(relation), {}, { [rule]: 'off' }), 'none');
    assert.equal(await severity(entity(relation), { rules: { [rule]: 'info' } }, { [rule]: 'error' }), 'info');
    assert.equal(await severity(entity(relation), { rules: { [rule]: 'off' } }, { [rule]: 'error' }), 'none');
  });

  it('downgrades findings in tests to information', async () => {
    assert.equal((await lint(entity(relation), {}, {}, 'test/node.ts'))[0]?.severity, 'info');
  });

  it('leaves out what a comment suppresses, by id or code, and nothing else', async () => {
    for (const comment of [rule, 'IDX001', `other-rule, ${rule} -- tiny`, ''])
      assert.deepEqual(await lint(entity(`  // data-engineer-disable-next-line ${comment}\n${relation}`)), [], comment);
    assert.deepEqual(await lint(`// data-engineer-disable ${rule}\n${entity(relation)}`), []);
    assert.equal((await lint(entity(`  // data-engineer-disable-next-line other-rule\n${relation}`))).length, 1);
    assert.equal((await lint(`// data-engineer-disable-next-line\n${entity(relation)}`)).length, 1);
  });

  it('leaves out what the project suppresses, for a table by its name or entity', async () => {
    for (const suppression of [
      { rule },
      { rule: 'IDX001', table: 'nodes' },
      { rule, table: 'Node' },
      { rule: '*', table: 'nodes' },
    ])
      assert.deepEqual(await lint(entity(relation), { suppressions: [suppression] }), [], JSON.stringify(suppression));
    assert.equal((await lint(entity(relation), { suppressions: [{ rule, table: 'others' }] })).length, 1);
  });

  it('sorts by file, line and column, and gives the same every time', async () => {
    const files = {
      'b.ts': entity(relation).replaceAll('nodes', 'b'),
      'a.ts': entity(`${relation}\n${relation.replace('parent', 'root')}`),
    };
    const run = async (): Promise<readonly Finding[]> => lintProject(await analyzeFiles(files, 'postgresql'));
    const first = await run();
    assert.deepEqual(
      first.map(({ file }) => file),
      ['a.ts', 'a.ts', 'b.ts'],
    );
    assert.equal(JSON.stringify(first), JSON.stringify(await run()));
  });

  it('tells once of a migration that is written for each engine in a folder of its own', async () => {
    const migration = (engine: string, text: string): string => `using Microsoft.EntityFrameworkCore.Migrations;

namespace Hives.${engine};

public partial class Weights : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.RenameColumn(name: "Wieght", table: "Hives", newName: "${text}");
    }
}
`;
    const findings = lintProject(
      await analyzeFiles(
        {
          'Hives/Hive.cs':
            'using Microsoft.EntityFrameworkCore;\npublic class Hive { public int Id { get; set; } public int Weight { get; set; } }\npublic class HiveContext : DbContext { public DbSet<Hive> Hives { get; set; } }\n',
          'Hives.Postgres/20250301080000_Weights.cs': migration('Postgres', 'Weight'),
          'Hives.Sqlite/20250301080312_Weights.cs': migration('Sqlite', 'Weight'),
          'Hives.MySql/20250301080200_Weights.cs': migration('MySql', 'Mass'),
        },
        'postgresql',
      ),
    );
    assert.deepEqual(
      findings.filter((each) => each.rule === 'renaming-migration').map(({ file }) => file),
      ['Hives.MySql/20250301080200_Weights.cs', 'Hives.Postgres/20250301080000_Weights.cs'],
    );
  });

  it('tells of each of several migrations of Prisma', async () => {
    const findings = lintProject(
      await analyzeFiles(
        {
          'package.json': '{ "dependencies": { "@prisma/client": "6.0.0" } }',
          'prisma/schema.prisma':
            'datasource db {\n  provider = "postgresql"\n  url = env("URL")\n}\nmodel Hive {\n  id Int @id\n}\n',
          'prisma/migrations/20250101000000_a/migration.sql': 'ALTER TABLE "Hive" DROP COLUMN "queen";\n',
          'prisma/migrations/20250201000000_b/migration.sql': 'ALTER TABLE "Hive" ADD COLUMN "queen" TEXT;\n',
          'prisma/migrations/20250301000000_c/migration.sql': 'ALTER TABLE "Hive" DROP COLUMN "queen";\n',
        },
        'postgresql',
      ),
    );
    assert.deepEqual(
      findings.filter((each) => each.rule === 'destructive-migration').map(({ file }) => file),
      ['prisma/migrations/20250101000000_a/migration.sql', 'prisma/migrations/20250301000000_c/migration.sql'],
    );
  });

  it('tells once of a script that is written for each engine in a file of its own', async () => {
    const script = 'ALTER TABLE hives RENAME COLUMN wieght TO weight;\n';
    const findings = lintProject(
      await analyzeFiles(
        {
          'db/upgrade/1.0-upgrade-1.1-mysql.sql': script,
          'db/upgrade/1.0-upgrade-1.1-pg.sql': script,
          'db/upgrade/1.0-upgrade-1.1-oracle.sql': script,
          'db/init/schema.sql': 'CREATE TABLE hives (id int PRIMARY KEY, weight int);\n',
        },
        'mysql',
      ),
    );
    assert.deepEqual(
      findings.filter((each) => each.rule === 'renaming-migration').map(({ file }) => file),
      ['db/upgrade/1.0-upgrade-1.1-mysql.sql'],
    );
  });
});
