# at: alembic/versions/2024_06_02_c0ffee000002_merge_names.py
# rules: irreversible-migration
"""Merge names"""
import sqlalchemy as sa
from alembic import op

revision = "c0ffee000002"
down_revision = "c0ffee000001"


def upgrade():
    # trap irreversible-migration: it says so itself
    op.add_column("people", sa.Column("full_name", sa.Text()))


def downgrade():
    raise NotImplementedError
