"""What Django itself makes of the migrations of a project on SQLite: `django_migrate.py FOLDER`, as JSON on standard output.

FOLDER holds `settings.py`. The migrations are run; the statements of the catalogue are told. `outside` names tables of apps that do not lie in FOLDER.
"""

import json
import os
import sys

folder = sys.argv[1]
sys.path.insert(0, folder)
sys.dont_write_bytecode = True
os.environ["DJANGO_SETTINGS_MODULE"] = "settings"

from django.conf import settings

settings.DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}

import django

django.setup()

from django.apps import apps
from django.core.management import call_command
from django.db import connection

call_command("migrate", verbosity=0, interactive=False)
call_command("makemigrations", check=True, dry_run=True, verbosity=0)

here = os.path.realpath(folder)
outside = ["django_migrations"]
for config in apps.get_app_configs():
    if not os.path.realpath(config.path).startswith(here):
        outside += [model._meta.db_table for model in config.get_models(include_auto_created=True)]
with connection.cursor() as cursor:
    cursor.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, name")
    statements = [row[0] for row in cursor.fetchall()]

print(json.dumps({"version": django.get_version(), "outside": outside, "statements": statements}))
