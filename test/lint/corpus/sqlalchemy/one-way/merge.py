# at: alembic/versions/2024_06_03_c0ffee000003_merge_heads.py
# rules: irreversible-migration
"""Merge two heads"""
revision = "c0ffee000003"
down_revision = ("c0ffee000001", "c0ffee000002")


# trap irreversible-migration: nothing was done
def upgrade():
    pass


def downgrade():
    pass
