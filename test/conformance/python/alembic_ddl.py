"""What Alembic itself makes of the revisions in FOLDER: `alembic_ddl.py FOLDER DIALECT`, as JSON on standard output.

For PostgreSQL the SQL that it would send (offline mode); on SQLite the revisions are run, and the statements of its catalogue are told.
"""

import io
import json
import sys

sys.dont_write_bytecode = True
folder, dialect = sys.argv[1:3]

import alembic
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

if dialect == "postgresql":
    # batch_alter_table asks the database only where it has to make a table anew.
    output = io.StringIO()
    config = Config(output_buffer=output)
    config.set_main_option("script_location", folder)
    command.upgrade(config, "head", sql=True)
    statements = [output.getvalue()]
else:
    engine = create_engine("sqlite://")
    config = Config(stdout=io.StringIO())
    config.set_main_option("script_location", folder)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        rows = connection.execute(
            text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC, name")
        )
        statements = [row[0] for row in rows]

print(json.dumps({"version": alembic.__version__, "statements": statements}))
