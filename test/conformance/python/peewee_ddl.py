"""The DDL that Peewee writes for the models of a module: `peewee_ddl.py FOLDER DIALECT`, as JSON on standard output.

FOLDER holds `models.py`. DIALECT is `sqlite` or `postgres`; no connection is made. Models that have no field and are inherited from are
bases, which nobody makes tables of.
"""

import json
import os
import re
import sys

folder, dialect = sys.argv[1:3]
sys.path.insert(0, folder)
sys.dont_write_bytecode = True

import peewee

database = peewee.PostgresqlDatabase("none") if dialect == "postgres" else peewee.SqliteDatabase(":memory:")

import models as module

here = os.path.realpath(folder)


def subclasses(cls):
    for each in cls.__subclasses__():
        yield each
        yield from subclasses(each)


def own(cls):
    path = getattr(sys.modules.get(cls.__module__), "__file__", "") or ""
    return os.path.realpath(path).startswith(here)


models = [cls for cls in dict.fromkeys(subclasses(peewee.Model)) if own(cls)]
# A base is extended and stands for nothing by itself: it has no field but its key, or is there for its fields alone.
bases = {base for cls in models for base in cls.__bases__ if base in models}
tables = [cls for cls in models if cls not in bases]
for cls in list(tables):
    for field in cls._meta.manytomany.values():
        through = field.through_model
        if through not in tables and not own(through):
            tables.append(through)


def quoted(value):
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, (int, float)) else "'" + str(value).replace("'", "''") + "'"


def inline(query):
    sql, params = query
    parts = re.split(r"%s|\?", sql)
    return parts[0] + "".join(quoted(value) + part for value, part in zip(params or [], parts[1:]))


statements = []
for schema in sorted({cls._meta.schema for cls in tables if cls._meta.schema}):
    statements.append(f'CREATE SCHEMA "{schema}"' if dialect == "postgres" else f"ATTACH ':memory:' AS \"{schema}\"")
for cls in tables:
    cls._meta.set_database(database)
for cls in peewee.sort_models(tables):
    statements.append(inline(cls._schema._create_table(safe=False).query()))
    statements.extend(inline(each.query()) for each in cls._schema._create_indexes(safe=False))
print(json.dumps({"peewee": peewee.__version__, "sql": ";\n".join(statements) + ";"}))
