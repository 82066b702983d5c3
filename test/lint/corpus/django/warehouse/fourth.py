# at: stock/migrations/0004_sql.py
# rules: irreversible-migration, destructive-migration
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("stock", "0003_online")]
    operations = [
        # bad irreversible-migration: SQL without its opposite
        # bad destructive-migration: a column, in words
        migrations.RunSQL("ALTER TABLE stock_shelf DROP COLUMN code"),  # expect irreversible-migration, destructive-migration
        # trap destructive-migration: an index holds no values
        # trap irreversible-migration: the way back is stated
        migrations.RunSQL("DROP INDEX article_code", reverse_sql="CREATE INDEX article_code ON stock_article (code)"),
    ]
