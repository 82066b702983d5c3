# at: stock/migrations/0005_more.py
# rules: unfilled-required-column
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stock", "0004_sql")]
    operations = [
        # bad unfilled-required-column: in words, and without a value for the rows that are there
        migrations.RunSQL("ALTER TABLE stock_article ADD COLUMN unit varchar(8) NOT NULL", reverse_sql="ALTER TABLE stock_article DROP COLUMN unit"),  # expect unfilled-required-column
        # bad unfilled-required-column: made so afterwards, whatever the rows hold
        migrations.AlterField("shelf", "bay", models.IntegerField()),  # expect unfilled-required-column
        # trap unfilled-required-column: Django gives those that are there the value
        migrations.AddField("shelf", "depth", models.IntegerField(default=0)),
        # trap unfilled-required-column: it may be empty
        migrations.AddField("shelf", "remark", models.TextField(null=True)),
    ]
