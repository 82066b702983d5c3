/** Cases of migrations that real projects showed to look like a fault and be none, beside ones that are; each in words of its own. */
import assert from 'node:assert/strict';
import { lintProject } from '../../../src/core/lint/engine.ts';
import { findRule } from '../../../src/core/lint/registry.ts';
import { analyzeFiles, switchedOn } from '../../support/analyze.ts';
import { linesOf } from '../../support/linesOf.ts';

const knex = (...statements: readonly string[]): Record<string, string> => ({
  'package.json': '{ "dependencies": { "knex": "3.1.0", "pg": "8.11.0" } }',
  'knexfile.js': "module.exports = { client: 'pg', migrations: { directory: './migrations' } };\n",
  'migrations/20240101000000_hives.js': `exports.up = (knex) => knex.schema.createTable('hive', (table) => {
  table.increments('id');
});
exports.down = (knex) => knex.schema.dropTable('hive');
`,
  'migrations/20240201000000_marks.js': `exports.up = async (knex) => {
${statements.map((each) => `  await ${each};`).join('\n')}
};
exports.down = (knex) => knex.schema.alterTable('hive', (table) => table.dropColumn('mark'));
`,
});
const alter = (call: string): string => `knex.schema.alterTable('hive', (table) => table.${call})`;

describe('Rules on what real migrations show', () => {
  it('tells of columns that one statement changes once, and of no name in another case where none matters', async () => {
    const files = (engine: string): Record<string, string> => ({
      [`db/migration/${engine}/V1__hives.sql`]: 'CREATE TABLE hive (id int PRIMARY KEY, QUEEN int, mark int);\n',
      [`db/migration/${engine}/V2__marks.sql`]:
        'ALTER TABLE hive MODIFY COLUMN QUEEN bigint, MODIFY COLUMN mark bigint;\nALTER TABLE hive CHANGE COLUMN QUEEN queen bigint;\nALTER TABLE hive CHANGE COLUMN mark tag bigint;\n',
    });
    assert.deepEqual(await linesOf('rewriting-migration', files('mysql')), ['db/migration/mysql/V2__marks.sql:1']);
    assert.deepEqual(await linesOf('renaming-migration', files('mysql')), ['db/migration/mysql/V2__marks.sql:3']);
  });

  it('tells once of many types that a migration changes in one table', async () => {
    const files = (...columns: readonly string[]): Record<string, string> => ({
      'db/migration/V1__hives.sql': `CREATE TABLE hive (id int PRIMARY KEY, ${columns.map((name) => `${name} int`).join(', ')});\n`,
      'db/migration/V2__types.sql': columns
        .map((name) => `ALTER TABLE hive ALTER COLUMN ${name} TYPE bigint;\n`)
        .join(''),
    });
    const at = (line: number): string => `db/migration/V2__types.sql:${line}`;
    assert.deepEqual(await linesOf('rewriting-migration', files('a', 'b', 'c')), [at(1), at(2), at(3)]);
    assert.deepEqual(await linesOf('rewriting-migration', files('a', 'b', 'c', 'd')), [at(1)]);
  });

  it('takes folders of releases for one row of migrations', async () => {
    const release = (day: string, text: string): Record<string, string> => ({
      [`db/migration/R${day}/V${day}__x.sql`]: text,
    });
    const files = {
      ...release('2016_01_01', 'CREATE TABLE hive (id int PRIMARY KEY, queen int, mark int, weight int);\n'),
      ...release('2016_02_01', 'ALTER TABLE hive DROP COLUMN queen;\n'),
      ...release('2019_03_01', 'ALTER TABLE hive DROP COLUMN mark;\n'),
    };
    assert.deepEqual(await linesOf('destructive-migration', files), ['db/migration/R2019_03_01/V2019_03_01__x.sql:1']);
  });

  it('knows the columns that a migration has just added', async () => {
    const [added, empty, required, other] = [
      alter("boolean('mark').notNullable().defaultTo(false)"),
      alter("text('mark')"),
      alter("boolean('mark').notNullable().alter()"),
      alter("text('mark').notNullable().alter()"),
    ];
    assert.deepEqual(await linesOf('unfilled-required-column', knex(added, required)), []);
    assert.deepEqual(await linesOf('unfilled-required-column', knex(empty, other)), [
      'migrations/20240201000000_marks.js:3',
    ]);
    assert.deepEqual(await linesOf('rewriting-migration', knex(added, required)), []);
    assert.deepEqual(await linesOf('rewriting-migration', knex(empty, required)), [
      'migrations/20240201000000_marks.js:3',
    ]);
  });

  it('finds no equal rows in a column that is empty', async () => {
    const severities = async (...statements: readonly string[]): Promise<readonly string[]> => {
      const rule = findRule('blocking-unique-constraint');
      assert.ok(rule);
      const project = await analyzeFiles(knex(...statements), 'postgresql');
      return lintProject(project, switchedOn(rule), [rule]).map(({ severity }) => severity);
    };
    const [added, unique] = [alter("text('mark')"), alter("unique('mark')")];
    assert.deepEqual(await severities(added, unique), ['info']);
    assert.deepEqual(await severities(unique), ['warning']);
    assert.deepEqual(await severities(added, 'knex.raw("UPDATE hive SET mark = \'new\'")', unique), ['warning']);
  });

  it('takes files of one moment for one change', async () => {
    const changes = (moment: string): Record<string, string> => {
      const log = (body: string): string =>
        `<databaseChangeLog><changeSet id="1" author="keeper">${body}</changeSet></databaseChangeLog>\n`;
      return {
        'db/20240102030405_hives.xml': log(
          '<createTable tableName="comb"><column name="id" type="bigint"/><column name="hive_id" type="bigint"/></createTable>',
        ),
        [`db/${moment}_keys_of_hives.xml`]: log(
          '<addForeignKeyConstraint baseTableName="comb" baseColumnNames="hive_id" constraintName="fk_hive" referencedTableName="hive" referencedColumnNames="id"/>',
        ),
        'db/master.xml': `<databaseChangeLog><include file="db/20240102030405_hives.xml"/><include file="db/${moment}_keys_of_hives.xml"/></databaseChangeLog>\n`,
      };
    };
    assert.deepEqual(await linesOf('validating-constraint', changes('20240102030405')), []);
    assert.deepEqual(await linesOf('validating-constraint', changes('20240609101112')), [
      'db/20240609101112_keys_of_hives.xml:1',
    ]);
  });

  it('points at the operation that cannot be undone', async () => {
    const operations = (reverse: string): Record<string, string> => ({
      'requirements.txt': 'django\n',
      'manage.py': '',
      'apiary/__init__.py': '',
      'apiary/models.py': `from django.db import models


class Hive(models.Model):
    place = models.CharField(max_length=80)
`,
      'apiary/migrations/__init__.py': '',
      'apiary/migrations/0001_initial.py': `from django.db import migrations, models


def settle(apps, schema_editor):
    apps.get_model("apiary", "Hive").objects.update(place="garden")


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel("Hive", [("id", models.BigAutoField(primary_key=True))]),
        migrations.AddField("hive", "place", models.CharField(max_length=80, default="")),
        migrations.RunPython(settle${reverse}),
    ]
`,
    });
    assert.deepEqual(await linesOf('irreversible-migration', operations('')), ['apiary/migrations/0001_initial.py:14']);
    assert.deepEqual(await linesOf('irreversible-migration', operations(', migrations.RunPython.noop')), []);
  });
});
