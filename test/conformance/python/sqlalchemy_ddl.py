"""The DDL that SQLAlchemy writes for the tables of a folder: `sqlalchemy_ddl.py FOLDER DIALECT`, as JSON on standard output.

Every module of FOLDER is imported; all that its MetaData objects hold is created. DIALECT is `sqlite` or `postgres`; no connection is made.
"""

import gc
import importlib
import json
import os
import sys

folder, dialect = sys.argv[1:3]
sys.path.insert(0, folder)
sys.dont_write_bytecode = True

import sqlalchemy
from sqlalchemy import MetaData, create_mock_engine
from sqlalchemy.orm import configure_mappers

for name in sorted(os.listdir(folder)):
    if name.endswith(".py"):
        importlib.import_module(name[:-3])
    elif os.path.isfile(os.path.join(folder, name, "__init__.py")):
        importlib.import_module(name)
configure_mappers()

statements = []
engine = create_mock_engine(
    "postgresql+psycopg2://" if dialect == "postgres" else "sqlite://",
    lambda sql, *args, **kwargs: statements.append(str(sql.compile(dialect=engine.dialect)).strip()),
)


def own(metadata):
    # SQLAlchemy describes the catalogues of its engines in the same way.
    return metadata.tables and not any(table.schema in ("pg_catalog", "information_schema", "INFORMATION_SCHEMA", "sys") for table in metadata.tables.values())


collections = [each for each in gc.get_objects() if isinstance(each, MetaData) and own(each)]
schemas = sorted({table.schema for each in collections for table in each.tables.values() if table.schema})
for schema in schemas:
    statements.append(f'CREATE SCHEMA "{schema}"' if dialect == "postgres" else f"ATTACH ':memory:' AS \"{schema}\"")
for each in sorted(collections, key=lambda each: sorted(each.tables)[0]):
    each.create_all(engine, checkfirst=False)
print(json.dumps({"sqlalchemy": sqlalchemy.__version__, "sql": ";\n".join(statements) + ";"}))
