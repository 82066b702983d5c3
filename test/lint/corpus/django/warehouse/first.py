# at: stock/migrations/0001_initial.py
# rules: destructive-migration
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Shelf",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("label", models.CharField(max_length=20)),
                ("row", models.IntegerField(null=True)),
                ("bay", models.IntegerField(null=True)),
                ("code", models.CharField(max_length=20, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=80)),
                ("sku", models.CharField(max_length=20)),
                ("number", models.IntegerField()),
                ("state", models.CharField(max_length=20)),
                ("note", models.TextField(null=True)),
            ],
        ),
        migrations.CreateModel(name="Old", fields=[("id", models.BigAutoField(primary_key=True, serialize=False))]),
        migrations.AddIndex("article", models.Index(fields=["title"], name="article_old")),
        # trap destructive-migration: made in the same migration
        migrations.RemoveField("shelf", "row"),
    ]
