/** Django's own result of the same migrations is compared by `npm run conformance`; here stands what it cannot say: PostgreSQL, problems, steps. */
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { diffSchemas } from '../../../../src/core/diff/diff.ts';
import { djangoReader } from '../../../../src/core/readers/django/reader.ts';
import type { Dialect } from '../../../../src/core/schema/model.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { loadPython, pythonFiles, readPython } from '../../../support/readPython.ts';
import type { PythonFiles, PythonResult } from '../../../support/readPython.ts';

const fixtures = fileURLToPath(new URL('../../../conformance/fixtures/django-migrations', import.meta.url));

/** A migration of the application `shop` with its operations. */
function migration(name: string, before: readonly string[], operations: string, more = ''): readonly [string, string] {
  const dependencies = before.map((each) => `("shop", "${each}")`).join(', ');
  return [
    `shop/migrations/${name}.py`,
    `from django.db import migrations, models
from django.contrib.postgres.operations import AddIndexConcurrently


class Migration(migrations.Migration):
    dependencies = [${dependencies}]
${more}    operations = [
${operations}
    ]
`,
  ];
}

const order = `        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.BigAutoField(primary_key=True)),
                ("state", models.CharField(max_length=20, null=True)),
            ],
        ),`;

describe('replay of Django', function () {
  this.timeout(60_000);
  let syntax: Syntax;
  before(async () => {
    syntax = await loadPython();
  });
  const replay = (files: PythonFiles, dialect: Dialect = 'postgresql'): PythonResult =>
    readPython(djangoReader, files, syntax, { dialect, source: 'migrations' });
  const messages = ({ problems }: PythonResult): readonly string[] =>
    problems.map(({ code, message, at }) => `${code} ${at?.line ?? 0}: ${message}`);

  it('builds what the models say', () => {
    const files = pythonFiles(fixtures);
    for (const dialect of ['postgresql', 'sqlite'] as const) {
      const replayed = replay(files, dialect);
      assert.deepEqual(messages(replayed), []);
      const models = readPython(djangoReader, files, syntax, { dialect });
      const changes = diffSchemas(replayed, models).filter(({ kind }) => kind !== 'renameIndex');
      // The table and the index that SQL makes have what SQL says; the models know of neither the index nor who drops it.
      assert.deepEqual(
        changes.map((change) => `${change.kind} ${'index' in change ? (change.index.name ?? '') : ''}`),
        ['dropIndex gift_message'],
        dialect,
      );
    }
  });

  it('keeps state and database apart where a migration does', () => {
    const result = replay([
      migration(
        '0001_initial',
        [],
        `${order}
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL("ALTER TABLE shop_order ADD COLUMN note text")],
            state_operations=[migrations.AddField("order", "note", models.TextField(null=True))],
        ),
        migrations.RunSQL(
            ["CREATE INDEX by_note ON shop_order (note)", ("UPDATE shop_order SET note = %s", ["x"])],
            state_operations=[migrations.AddIndex("order", models.Index(fields=["note"], name="by_note"))],
        ),
        migrations.RenameField("order", "note", "remark"),`,
      ),
    ]);
    assert.deepEqual(messages(result), []);
    const [table] = result.tables;
    assert.deepEqual(
      table?.columns.map(({ name, rawType, nullable }) => [name, rawType, nullable]),
      [
        ['id', 'bigint', false],
        ['state', 'varchar', true],
        ['remark', 'text', true],
      ],
    );
    assert.deepEqual(
      table.indexes.map(({ name, columns }) => [name, columns]),
      [['by_note', ['remark']]],
    );
  });

  it('takes the sequences that SQL renames for no tables', () => {
    const files = [
      migration(
        '0001_initial',
        [],
        `${order}
        migrations.RunSQL("ALTER TABLE shop_order RENAME TO orders; ALTER TABLE IF EXISTS shop_order_id_seq RENAME TO orders_id_seq"),
        migrations.RunSQL("ALTER SEQUENCE orders_id_seq RENAME TO order_ids; ALTER TABLE old_orders RENAME TO older_orders"),`,
      ),
    ];
    const result = replay(files);
    assert.deepEqual(messages(result), [
      'migration-not-followed 16: shop.0001_initial: There is no table old_orders at this point.',
    ]);
    assert.deepEqual(
      result.files.flatMap(({ migration: facts }) => facts?.steps.map(({ kind, table }) => `${kind} ${table}`) ?? []),
      ['create-table shop_order', 'rename-table shop_order', 'rename-table old_orders'],
    );
    assert.match(messages(replay(files, 'mysql')).join(), /There is no table shop_order_id_seq/);
  });

  it('leads join tables to another model, and makes a model of what had no table', () => {
    const { tables, problems } = replay([
      migration(
        '0001_initial',
        [],
        `${order}
        migrations.CreateModel(name="Old", fields=[("id", models.BigAutoField(primary_key=True))]),
        migrations.CreateModel(name="New", fields=[("id", models.BigAutoField(primary_key=True))]),
        migrations.CreateModel(name="Report", fields=[("id", models.AutoField(primary_key=True))], options={"managed": False}),
        migrations.AddField("order", "groups", models.ManyToManyField(to="shop.Old")),`,
      ),
      migration(
        '0002_groups',
        ['0001_initial'],
        `        migrations.AlterField("order", "groups", models.ManyToManyField(to="shop.New")),
        migrations.CreateModel(name="Report", fields=[("id", models.BigAutoField(primary_key=True)), ("name", models.CharField(max_length=9))]),`,
      ),
    ]);
    assert.deepEqual(problems, []);
    assert.deepEqual(tables.map(({ name }) => name).sort(), [
      'shop_new',
      'shop_old',
      'shop_order',
      'shop_order_groups',
      'shop_report',
    ]);
    const join = tables.find(({ name }) => name === 'shop_order_groups');
    assert.deepEqual(
      join?.foreignKeys.map(({ columns, references }) => [columns.join(), references.table]),
      [
        ['order_id', 'shop_order'],
        ['new_id', 'shop_new'],
      ],
    );
  });

  it('leads relations to a proxy to the table that it shares', () => {
    const { tables, problems } = replay([
      migration(
        '0001_initial',
        [],
        `${order}
        migrations.CreateModel(name="OpenOrder", fields=[], options={"proxy": True}, bases=("shop.order",)),
        migrations.CreateModel(name="LateOrder", fields=[], options={"proxy": True}, bases=(Mixin, "shop.openorder")),
        migrations.CreateModel(name="Member", fields=[], options={"proxy": True}, bases=("auth.user", models.Model)),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(primary_key=True)),
                ("order", models.ForeignKey("shop.LateOrder", on_delete=models.CASCADE)),
                ("member", models.ForeignKey("shop.member", on_delete=models.CASCADE)),
                ("others", models.ManyToManyField(to="shop.openorder")),
            ],
        ),
        migrations.RenameModel("Order", "Purchase"),
        migrations.AddField("reminder", "first", models.ForeignKey("shop.openorder", null=True, on_delete=models.CASCADE)),`,
      ),
    ]);
    assert.deepEqual(problems, []);
    const keys = tables.flatMap(({ name, foreignKeys }) =>
      foreignKeys.map(
        ({ columns, references }) => `${name}.${columns.join()} ${references.table}.${references.columns.join()}`,
      ),
    );
    assert.deepEqual(keys.sort(), [
      'shop_reminder.first_id shop_purchase.id',
      'shop_reminder.member_id auth_user.id',
      'shop_reminder.order_id shop_purchase.id',
      'shop_reminder_others.openorder_id shop_purchase.id',
      'shop_reminder_others.reminder_id shop_reminder.id',
    ]);
    const reminder = tables.find(({ name }) => name === 'shop_reminder');
    assert.equal(reminder?.columns.find(({ name }) => name === 'order_id')?.rawType, 'bigint');
  });

  it('tells what cannot be followed', () => {
    const result = replay([
      migration(
        '0001_initial',
        [],
        `${order}
        migrations.AddField("client", "name", models.TextField()),
        migrations.AddField("order", "other", make_field()),
        migrations.RemoveIndex("order", "by_nothing"),
        migrations.RunSQL(statement()),
        CustomOperation("order"),
        migrations.RunSQL("ALTER TABLE nowhere ADD COLUMN a int"),
        migrations.DeleteModel("Order"),`,
      ),
    ]);
    assert.deepEqual(messages(result), [
      'migration-not-followed 15: shop.0001_initial: AddField was left out: there is no model shop.client at this point.',
      'migration-not-followed 17: shop.0001_initial: RemoveIndex was left out: the model Order has nothing called by_nothing at this point.',
      'migration-not-followed 18: shop.0001_initial: this SQL is put together when it runs, so what it changes is not known.',
      "migration-not-followed 19: shop.0001_initial: CustomOperation is none of Django's own operations, so what it does to the database is not known.",
      'migration-not-followed 20: shop.0001_initial: There is no table nowhere at this point.',
    ]);
    assert.deepEqual(result.tables, []);
  });

  it('tells of several last migrations, of what is missing, and of circles', () => {
    const second = '        migrations.AddField("order", "a", models.TextField(null=True)),';
    const third = '        migrations.AddField("order", "b", models.TextField(null=True)),';
    const first = migration('0001_initial', [], order);
    const heads = replay([
      first,
      migration('0002_a', ['0001_initial'], second),
      migration('0002_b', ['0001_initial'], third),
    ]);
    assert.deepEqual(messages(heads), [
      'migration-heads 5: The application shop has several last migrations (0002_a, 0002_b), so Django refuses to migrate: join them by "makemigrations --merge". All of them are shown.',
    ]);
    assert.deepEqual(
      heads.tables[0]?.columns.map(({ name }) => name),
      ['id', 'state', 'a', 'b'],
    );
    const missing = replay([first, migration('0003_c', ['0001_initial', '0002_gone'], second)]);
    assert.match(messages(missing).join(), /^migration-missing 5: This migration rests on shop\.0002_gone/);
    const circle = replay([
      migration('0001_initial', ['0002_b'], order),
      migration('0002_b', ['0001_initial'], second),
    ]);
    assert.match(messages(circle).join(), /migration-circle 5: This migration and shop\.\w+ rest on each other/);
    assert.equal(circle.tables.length, 1);
  });

  it('tells the steps, by what each field was before', () => {
    const result = replay([
      migration('0001_initial', [], order),
      migration(
        '0002_change',
        ['0001_initial'],
        `        migrations.AddField("order", "number", models.IntegerField()),
        migrations.AddField("order", "made", models.DateTimeField(auto_now_add=True, db_index=True)),
        migrations.AlterField("order", "state", models.CharField(max_length=40)),
        migrations.RenameField("order", "state", "status"),
        AddIndexConcurrently("order", models.Index(fields=["status"], name="by_status")),
        migrations.RunPython(forwards),
        migrations.RemoveField("order", "number"),`,
        '    atomic = False\n',
      ),
    ]);
    const facts = result.files.find(({ file }) => file.includes('0002'))?.migration;
    assert.deepEqual([facts?.inTransaction, facts?.reversible], [false, false]);
    assert.deepEqual(
      facts?.steps.map(({ kind, table, columns, to, required, default: initial, online }) =>
        [kind, table, columns.join(), to, required, initial, online].map(String).join(' '),
      ),
      [
        'add-column shop_order number integer true null false',
        'add-column shop_order made timestamp with time zone true now() false',
        'create-index shop_order made null false null false',
        'change-type shop_order state varchar(40) false null true',
        'require-column shop_order state null false null false',
        'rename-column shop_order state status false null false',
        'create-index shop_order status null false null true',
        'write null  null false null false',
        'drop-column shop_order number null false null false',
      ],
    );
  });
});
