# at: alembic/versions/2024_06_01_c0ffee000001_split_names.py
# rules: irreversible-migration
"""Split names"""
import sqlalchemy as sa
from alembic import op

revision = "c0ffee000001"
down_revision = None


def upgrade():
    # bad irreversible-migration: nothing takes it back
    op.add_column("people", sa.Column("surname", sa.Text()))  # expect irreversible-migration


def downgrade():
    pass
