# at: alembic/versions/2024_06_01_c0ffee000004_drop_pets.py
# rules: irreversible-migration
"""Drop pets"""
import sqlalchemy as sa
from alembic import op

revision = "c0ffee000004"
down_revision = "c0ffee000003"


def upgrade():
    # bad irreversible-migration: words alone take nothing back
    op.add_column("people", sa.Column("pets", sa.Integer()))  # expect irreversible-migration


def downgrade():
    """There is no way back."""
