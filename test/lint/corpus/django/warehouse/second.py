# at: stock/migrations/0002_tidy.py
# rules: destructive-migration, renaming-migration, rewriting-migration, blocking-index-build, concurrent-index-in-transaction, validating-constraint, blocking-unique-constraint, irreversible-migration
import uuid

import django.contrib.postgres.operations
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stock", "0001_initial")]
    operations = [
        # bad destructive-migration: a column with what it holds
        migrations.RemoveField(model_name="article", name="note"),  # expect destructive-migration
        # bad destructive-migration: a table
        migrations.DeleteModel(name="Old"),  # expect destructive-migration
        # trap destructive-migration: in Django's mind alone
        migrations.SeparateDatabaseAndState(state_operations=[migrations.RemoveField("article", "state")]),
        # bad renaming-migration: what still runs asks for the old name
        migrations.RenameField(model_name="article", old_name="sku", new_name="code"),  # expect renaming-migration
        # bad renaming-migration: the table of a model
        migrations.AlterModelTable("shelf", "stock_racks"),  # expect renaming-migration
        # bad rewriting-migration: a number of a text
        migrations.AlterField("shelf", "code", models.IntegerField(null=True)),  # expect rewriting-migration
        # bad validating-constraint: of another table
        migrations.AddConstraint(  # expect validating-constraint
            "shelf", models.CheckConstraint(condition=models.Q(("code__gt", 0)), name="shelf_code_positive")
        ),
        # bad concurrent-index-in-transaction: dropping one is no better
        django.contrib.postgres.operations.RemoveIndexConcurrently("article", "article_old"),  # expect concurrent-index-in-transaction
        # trap renaming-migration: the name of an index
        migrations.RenameIndex("article", new_name="article_numbers", old_name="article_number"),
        # trap renaming-migration: only words
        migrations.AlterField("shelf", "label", models.CharField(max_length=20, verbose_name="Label")),
        migrations.AddField("article", "minimum", models.IntegerField(default=0)),
        # trap rewriting-migration: nothing is written into the rows
        migrations.AddField("article", "remark", models.TextField(null=True)),
        # bad rewriting-migration: each row is written anew
        migrations.AlterField("article", "number", models.BigIntegerField()),  # expect rewriting-migration
        # trap rewriting-migration: text has no length to check
        migrations.AlterField("article", "title", models.TextField()),
        # bad blocking-index-build: nobody writes meanwhile
        migrations.AddIndex("article", models.Index(fields=["code"], name="article_code")),  # expect blocking-index-build
        # bad blocking-index-build: the field gets one
        migrations.AlterField("shelf", "code", models.IntegerField(null=True, db_index=True)),  # expect blocking-index-build
        # bad concurrent-index-in-transaction: the migration is a transaction
        django.contrib.postgres.operations.AddIndexConcurrently(  # expect concurrent-index-in-transaction
            "article", models.Index(fields=["minimum"], name="article_minimum")
        ),
        # bad validating-constraint: all rows are looked at under a lock
        migrations.AddConstraint(  # expect validating-constraint
            "article", models.CheckConstraint(condition=models.Q(("minimum__gte", 0)), name="article_minimum_positive")
        ),
        # trap validating-constraint: a new column is empty
        # bad blocking-index-build: its index has an entry for each row all the same
        migrations.AddField(  # expect blocking-index-build
            "article", "shelf", models.ForeignKey("stock.Shelf", django.db.models.deletion.CASCADE, null=True)
        ),
        # bad blocking-unique-constraint: its index is built under the lock
        migrations.AddConstraint(  # expect blocking-unique-constraint
            "article", models.UniqueConstraint(fields=("code",), name="article_code_unique")
        ),
        # bad blocking-unique-constraint: the older way
        migrations.AlterUniqueTogether("shelf", {("label", "code")}),  # expect blocking-unique-constraint
        migrations.CreateModel(
            name="Count",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
        ),
        # trap blocking-index-build: on a table without rows
        migrations.AddIndex("count", models.Index(fields=["at"], name="count_at")),
        # trap blocking-unique-constraint: nor are there any to compare
        migrations.AddConstraint("count", models.UniqueConstraint(fields=("at",), name="count_at_unique")),
        # trap blocking-unique-constraint: of two columns, there are none either
        migrations.AddConstraint("count", models.UniqueConstraint(fields=("id", "at"), name="count_id_at")),
        # trap validating-constraint: nor any to look at
        migrations.AddConstraint("count", models.CheckConstraint(condition=models.Q(("id__gt", 0)), name="count_id")),
        # trap irreversible-migration: the way back is stated
        migrations.RunPython(lambda apps, editor: None, migrations.RunPython.noop),
    ]
