# at: registry/reports.py
# rules: schema-auto-sync
import os

from sqlalchemy import create_engine, inspect

# trap schema-auto-sync: revisions make its tables
engine = create_engine(os.environ["REPORTS_URL"], connect_args={"connect_timeout": 5})


def has_tables() -> bool:
    return bool(inspect(engine).get_table_names())
