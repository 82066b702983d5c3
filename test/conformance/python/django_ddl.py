"""The DDL that Django writes for the models of a project: `django_ddl.py FOLDER DIALECT`, as JSON on standard output.

FOLDER holds `settings.py`. No database is opened: the schema editor collects what it would execute. What the editor defers (indexes,
foreign keys) comes last. Apps that do not lie in FOLDER (users, content types) are created too, for ours refer to their tables; `outside` names these.
"""

import json
import os
import sys

folder, dialect = sys.argv[1:3]
sys.path.insert(0, folder)
sys.dont_write_bytecode = True
os.environ["DJANGO_SETTINGS_MODULE"] = "settings"

import warnings

warnings.simplefilter("ignore")

from django.conf import settings

settings.DATABASES = {"default": {"ENGINE": f"django.db.backends.{dialect}", "NAME": "none"}}

import django

django.setup()

from django.apps import apps
from django.db import connections

connection = connections["default"]

if dialect == "postgresql":
    connection.__dict__["pg_version"] = 170000
    connection.ops.compose_sql = lambda sql, params: (
        sql % tuple(connection.schema_editor().quote_value(each) for each in params) if params else sql
    )

here = os.path.realpath(folder)
apps_by_place = sorted(apps.get_app_configs(), key=lambda config: os.path.realpath(config.path).startswith(here))
editor = connection.SchemaEditorClass(connection, collect_sql=True, atomic=False)
editor.deferred_sql = []
models = []
outside = []
for config in apps_by_place:
    own = os.path.realpath(config.path).startswith(here)
    for model in config.get_models(include_auto_created=True):
        if not own:
            outside.append(model._meta.db_table)
        if model._meta.managed and not model._meta.proxy and not model._meta.swapped and not model._meta.auto_created:
            if own:
                models.append(model._meta.label)
            editor.create_model(model)

statements = [str(each) for each in [*editor.collected_sql, *editor.deferred_sql]]
print(
    json.dumps(
        {
            "django": django.get_version(),
            "models": models,
            "outside": outside,
            "statements": [each if each.endswith(";") else f"{each};" for each in statements],
        }
    )
)
