# at: stock/migrations/0003_online.py
# rules: blocking-index-build, concurrent-index-in-transaction, irreversible-migration
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


def fill(apps, schema_editor):
    apps.get_model("stock", "Article").objects.filter(remark=None).update(remark="")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("stock", "0002_tidy")]
    operations = [
        # trap blocking-index-build: without holding anybody up
        # trap concurrent-index-in-transaction: it is none
        AddIndexConcurrently("article", models.Index(fields=["remark"], name="article_remark")),
        # trap concurrent-index-in-transaction: nor is this
        RemoveIndexConcurrently("article", "article_minimum"),
        # bad irreversible-migration: no way back is given
        migrations.RunPython(fill),  # expect irreversible-migration
    ]
