"""The DDL that Tortoise writes for the models of a module: `tortoise_ddl.py FOLDER DIALECT`, as JSON on standard output.

FOLDER holds `models.py`. DIALECT is `sqlite` or `postgres`; for the latter the generator alone is asked, no server is needed.
"""

import asyncio
import json
import sys

folder, dialect = sys.argv[1:3]
sys.path.insert(0, folder)
sys.dont_write_bytecode = True

import tortoise
from tortoise import Tortoise, connections


async def main() -> None:
    await Tortoise.init(db_url="sqlite://:memory:", modules={"models": ["models"]})
    client = connections.get("default")
    if dialect == "postgres":
        from tortoise.backends.base_postgres.schema_generator import BasePostgresSchemaGenerator

        sql = BasePostgresSchemaGenerator(client).get_create_schema_sql(safe=False)
    else:
        sql = client.schema_generator(client).get_create_schema_sql(safe=False)
    print(json.dumps({"tortoise": tortoise.__version__, "sql": sql}))
    await connections.close_all()


asyncio.run(main())
