# at: alembic/versions/2024_05_02_b1c2d3e4f5a6_tidy_stock.py
# rules: destructive-migration, renaming-migration, unfilled-required-column, rewriting-migration, blocking-index-build, concurrent-index-in-transaction, validating-constraint, blocking-unique-constraint, irreversible-migration
"""Tidy the stock"""
import sqlalchemy as sa
from alembic import op

revision = "b1c2d3e4f5a6"
down_revision = "a0b1c2d3e4f5"


def upgrade() -> None:
    # bad destructive-migration: a column with what it holds
    op.drop_column("articles", "note")  # expect destructive-migration
    # bad destructive-migration: a table
    op.drop_table("legacy_articles")  # expect destructive-migration
    # trap destructive-migration: an index holds no values
    op.drop_index("ix_articles_note", table_name="articles")
    # trap destructive-migration: neither does a constraint
    op.drop_constraint("fk_articles_shelf", "articles", type_="foreignkey")

    # bad renaming-migration: what still runs asks for the old name
    op.alter_column("articles", "sku", new_column_name="code")  # expect renaming-migration
    # bad renaming-migration: a table
    op.rename_table("shelfs", "shelves")  # expect renaming-migration
    # trap renaming-migration: another default, the same name
    op.alter_column("articles", "state", server_default="new")
    # trap renaming-migration: nobody asks for an index by its name
    op.execute("ALTER INDEX ix_old RENAME TO ix_new")

    # bad unfilled-required-column: the rows that are there have none
    op.add_column("articles", sa.Column("unit", sa.String(8), nullable=False))  # expect unfilled-required-column
    # bad unfilled-required-column: in a batch
    with op.batch_alter_table("suppliers") as batch_op:
        batch_op.add_column(sa.Column("country", sa.String(2), nullable=False))  # expect unfilled-required-column
    # trap unfilled-required-column: with a value for them
    op.add_column("articles", sa.Column("minimum", sa.Integer(), nullable=False, server_default="0"))
    # trap unfilled-required-column: it may be empty
    op.add_column("articles", sa.Column("remark", sa.Text()))

    # bad rewriting-migration: each row is written anew
    op.alter_column("articles", "id", existing_type=sa.Integer(), type_=sa.BigInteger())  # expect rewriting-migration
    # bad rewriting-migration: a key for each row
    op.add_column(  # expect rewriting-migration
        "articles", sa.Column("token", sa.Uuid(), nullable=False, server_default=sa.text("gen_random_uuid()"))
    )
    # trap rewriting-migration: text has no length to check
    op.alter_column("articles", "title", existing_type=sa.String(80), type_=sa.Text())
    # trap rewriting-migration: one value for all
    op.add_column("articles", sa.Column("listed", sa.Boolean(), nullable=False, server_default=sa.false()))

    # bad blocking-index-build: nobody writes meanwhile
    op.create_index("ix_articles_code", "articles", ["code"])  # expect blocking-index-build
    # bad blocking-index-build: in words
    op.execute("CREATE INDEX ix_articles_state ON articles (state)")  # expect blocking-index-build
    # bad concurrent-index-in-transaction: the migration is a transaction
    op.create_index("ix_articles_unit", "articles", ["unit"], postgresql_concurrently=True)  # expect concurrent-index-in-transaction
    # bad concurrent-index-in-transaction: in words
    op.execute("CREATE INDEX CONCURRENTLY ix_articles_remark ON articles (remark)")  # expect concurrent-index-in-transaction
    # trap blocking-index-build: without holding anybody up
    # trap concurrent-index-in-transaction: outside of it
    with op.get_context().autocommit_block():
        op.create_index("ix_articles_listed", "articles", ["listed"], postgresql_concurrently=True)
    # trap blocking-index-build: on a table without rows
    # trap concurrent-index-in-transaction: an index like any other
    op.create_table("counts", sa.Column("id", sa.BigInteger(), primary_key=True), sa.Column("at", sa.DateTime()))
    op.create_index("ix_counts_at", "counts", ["at"])

    # bad validating-constraint: all rows are looked at under a lock
    op.create_foreign_key("fk_articles_supplier", "articles", "suppliers", ["supplier_id"], ["id"])  # expect validating-constraint
    # bad validating-constraint: a condition
    op.create_check_constraint("ck_articles_minimum", "articles", "minimum >= 0")  # expect validating-constraint
    # trap validating-constraint: later
    op.create_foreign_key(
        "fk_articles_owner", "articles", "owners", ["owner_id"], ["id"], postgresql_not_valid=True
    )
    # trap validating-constraint: there are no rows yet
    op.create_foreign_key("fk_counts_article", "counts", "articles", ["id"], ["id"])

    # bad blocking-unique-constraint: its index is built under the lock
    op.create_unique_constraint("uq_articles_code", "articles", ["code"])  # expect blocking-unique-constraint
    # bad blocking-unique-constraint: in words
    op.execute("ALTER TABLE suppliers ADD CONSTRAINT uq_suppliers_name UNIQUE (name)")  # expect blocking-unique-constraint
    # trap blocking-unique-constraint: of a new table
    op.create_unique_constraint("uq_counts_at", "counts", ["at"])
    # trap blocking-unique-constraint: of an index that is there
    op.execute("ALTER TABLE suppliers ADD CONSTRAINT uq_suppliers_code UNIQUE USING INDEX ux_suppliers_code")


# trap irreversible-migration: it can be taken back
def downgrade() -> None:
    op.drop_table("counts")
    op.add_column("articles", sa.Column("note", sa.Text()))
