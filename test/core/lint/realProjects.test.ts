/** More of what real projects showed to look like a fault and be none: each beside one that is, in words of its own. */
import assert from 'node:assert/strict';
import { linesOf } from '../../support/linesOf.ts';
import { apiary, csproj } from './apiary.ts';

describe('Rules on what real projects show', () => {
  it('knows the key that an owned object shares with its owner, whatever its type', async () => {
    const owned = apiary('    private Place _place;', '        builder.OwnsOne<Place>("_place");');
    assert.deepEqual(await linesOf('missing-foreign-key-index', owned, 'mssql'), []);
    assert.deepEqual(await linesOf('missing-primary-key', owned, 'mssql'), []);
  });

  it('takes what is owned for a part of its owner, and not for a list that is loaded too often', async () => {
    const list = '    private readonly List<Frame> _frames = new();';
    const owned = apiary(list, '        builder.OwnsMany<Frame>("_frames");');
    assert.deepEqual(await linesOf('eager-collection', owned, 'mssql'), []);
    const included = apiary(
      '    public List<Comb> Combs { get; } = new();',
      '        builder.Navigation(hive => hive.Combs).AutoInclude();',
    );
    included['Comb.cs'] = 'namespace Apiary;\n\npublic class Comb\n{\n    public int Id { get; set; }\n}\n';
    assert.deepEqual(await linesOf('eager-collection', included, 'mssql'), ['Apiary.cs:14']);
  });

  it('counts the indexes of migrations of Peewee', async () => {
    const project = (body: string): Record<string, string> => ({
      'requirements.txt': 'peewee\n',
      'apiary/models.py': `from peewee import CharField, DateTimeField, Model


class Visit(Model):
    keeper = CharField()
    began = DateTimeField()
`,
      'apiary/report.py': `from peewee import fn
from apiary.models import Visit


def since(moment, keeper):
    return list(Visit.select().where(Visit.began > moment)) + list(Visit.select().where(Visit.keeper == keeper))
`,
      'migrations/001_visits.py': `import peewee as pw


def migrate(migrator, database, fake=False, **kwargs):
${body}


def rollback(migrator, database, fake=False, **kwargs):
    migrator.sql('CREATE INDEX "back" ON "visit" ("keeper")')
`,
    });
    const both = `    migrator.sql('CREATE INDEX "visit_began" ON "visit" ("began" DESC)')
    migrator.add_index("visit", "keeper")`;
    assert.deepEqual(await linesOf('unindexed-filter', project(both), 'sqlite'), []);
    assert.deepEqual(await linesOf('unindexed-filter', project('    pass'), 'sqlite'), [
      'apiary/models.py:5',
      'apiary/models.py:6',
    ]);
    const dropped = `${both}\n    migrator.sql("DROP INDEX visit_began")`;
    assert.deepEqual(await linesOf('unindexed-filter', project(dropped), 'sqlite'), ['apiary/models.py:6']);
  });

  it('answers for one row of an aggregate, and for rows that are read to be removed, as no list', async () => {
    const project = (method: string, body: string): Record<string, string> => ({
      'requirements.txt': 'peewee\nfastapi\n',
      'apiary/models.py': `from peewee import CharField, Model


class Swarm(Model):
    keeper = CharField()
`,
      'apiary/routes.py': `from fastapi import APIRouter
from peewee import fn
from apiary.models import Swarm

router = APIRouter()


@router.${method}("/swarms/{keeper}")
def swarms(keeper: str):
${body}
`,
    });
    const places = (body: string, method = 'get'): Promise<readonly string[]> =>
      linesOf('unbounded-list', project(method, body), 'sqlite');
    const where = 'where(Swarm.keeper == keeper)';
    assert.deepEqual(await places(`    return Swarm.select(fn.MAX(Swarm.id)).${where}.scalar()`), []);
    assert.deepEqual(await places(`    return list(Swarm.select(Swarm.id).${where})`), ['apiary/routes.py:8']);
    assert.deepEqual(
      await places(`    for swarm in Swarm.select().${where}:
        print(swarm.id)
    Swarm.delete().${where}.execute()`),
      [],
    );
  });

  it('takes the rows of a related manager for those of one row', async () => {
    const project = (call: string): Record<string, string> => ({
      'requirements.txt': 'django\n',
      'apiary/models.py': `from django.db import models


class Hive(models.Model):
    name = models.CharField(max_length=20)


class Visit(models.Model):
    hive = models.ForeignKey(Hive, on_delete=models.CASCADE)
    open = models.BooleanField(default=True)
`,
      'apiary/views.py': `from .models import Hive, Visit


def settle(request, key):
    hive = Hive.objects.get(pk=key)
    ${call}
`,
    });
    assert.deepEqual(await linesOf('unfiltered-write', project('hive.visit_set.update(open=False)')), []);
    assert.deepEqual(await linesOf('unfiltered-write', project('Visit.objects.update(open=False)')), [
      'apiary/views.py:6',
    ]);
  });

  it('leaves the data of old migrations alone', async () => {
    const names = ['0001_hives', '0002_a', '0003_b', '0004_c', '0005_d', '0006_e'];
    const project: Record<string, string> = {
      'requirements.txt': 'django\n',
      'apiary/__init__.py': '',
      'apiary/models.py':
        'from django.db import models\n\n\nclass Hive(models.Model):\n    name = models.CharField(max_length=20)\n',
      'apiary/migrations/__init__.py': '',
      'apiary/migrations/0001_hives.py': `from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Hive",
            fields=[("id", models.AutoField(primary_key=True)), ("name", models.CharField(max_length=20))],
        ),
    ]
`,
    };
    names.slice(1).forEach((name, at) => {
      project[`apiary/migrations/${name}.py`] = `from django.db import migrations
from apiary.models import Hive


def fill(apps, schema_editor):
    for hive in Hive.objects.all():
        hive.name = hive.name.strip()
        hive.save()


class Migration(migrations.Migration):
    dependencies = [("apiary", "${names[at] ?? ''}")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
`;
    });
    assert.deepEqual(
      await linesOf('write-in-loop', project),
      names.slice(1).map((name) => `apiary/migrations/${name}.py:8`),
    );
    const longer = {
      ...project,
      'apiary/migrations/0007_f.py': `from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("apiary", "0006_e")]
    operations = []
`,
    };
    assert.deepEqual(
      await linesOf('write-in-loop', longer),
      names.slice(2).map((name) => `apiary/migrations/${name}.py:8`),
    );
  });

  it('asks nothing of settings that hold on the machine of a developer alone', async () => {
    const settings = (path: string, host: string): Record<string, string> => ({
      ...csproj,
      [path]: `{ "ConnectionStrings": { "Apiary": "Server=${host};Database=a;Encrypt=False;Max Pool Size=900" } }`,
    });
    for (const rule of ['unencrypted-connection']) {
      assert.equal((await linesOf(rule, settings('appsettings.json', 'db.example.com'), 'mssql')).length, 1);
      assert.deepEqual(await linesOf(rule, settings('appsettings.Development.json', 'db.example.com'), 'mssql'), []);
      assert.deepEqual(await linesOf(rule, settings('appsettings.json', 'localhost'), 'mssql'), []);
    }
  });

  it('goes through what the settings list without calling it rows', async () => {
    const project = (iterable: string): Record<string, string> => ({
      'requirements.txt': 'peewee\n',
      'apiary/models.py':
        'from peewee import CharField, Model\n\n\nclass Reading(Model):\n    scale = CharField(index=True)\n',
      'apiary/scales.py': `from peewee import fn
from apiary.models import Reading


class Scales:
    def __init__(self, config, given):
        self.config = config
        self.given = given

    def counts(self):
        return {scale: Reading.select().where(Reading.scale == scale).count() for scale in ${iterable}}
`,
    });
    assert.deepEqual(await linesOf('query-in-loop', project('self.config.scales.keys()'), 'sqlite'), []);
    assert.deepEqual(await linesOf('query-in-loop', project('self.given.keys()'), 'sqlite'), ['apiary/scales.py:11']);
  });

  it('takes a lengthened text for no rewritten table', async () => {
    const migration = (type: string): Record<string, string> => ({
      'prisma/schema.prisma':
        'datasource db {\n  provider = "postgresql"\n  url = env("URL")\n}\n\nmodel hive {\n  id Int @id\n  name String\n}\n',
      'prisma/migrations/1_a/migration.sql': 'CREATE TABLE "hive" ("id" INT PRIMARY KEY, "name" VARCHAR(20));\n',
      'prisma/migrations/2_b/migration.sql': `ALTER TABLE "hive" ALTER COLUMN "name" SET DATA TYPE ${type};\n`,
    });
    assert.deepEqual(await linesOf('rewriting-migration', migration('VARCHAR(40)')), []);
    assert.deepEqual(await linesOf('rewriting-migration', migration('JSONB')), [
      'prisma/migrations/2_b/migration.sql:1',
    ]);
  });

  it('takes one row from anywhere for no page', async () => {
    const project = (take: string): Record<string, string> => ({
      ...apiary('    public string Name { get; set; }', ''),
      'Draw.cs': `using System.Linq;

namespace Apiary;

public class Draw
{
    private readonly ApiaryContext db;

    public Hive[] Any(int at) => db.Hives.Skip(at).Take(${take}).ToArray();
}
`,
    });
    assert.deepEqual(await linesOf('unordered-pagination', project('1'), 'mssql'), []);
    assert.deepEqual(await linesOf('unordered-pagination', project('20'), 'mssql'), ['Draw.cs:9']);
  });
});
