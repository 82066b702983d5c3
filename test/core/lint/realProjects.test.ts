/** More of what real projects showed to look like a fault and be none: each beside one that is, in words of its own. */
import assert from 'node:assert/strict';
import { linesOf } from '../../support/linesOf.ts';

const csproj = {
  'Apiary.csproj':
    '<Project><ItemGroup><PackageReference Include="Microsoft.EntityFrameworkCore.SqlServer" /></ItemGroup></Project>',
};

const apiary = (hive: string, configuration: string): Record<string, string> => ({
  ...csproj,
  'Apiary.cs': `using System.Collections.Generic;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Apiary;

public class HiveId { public System.Guid Value { get; } }
public class Place { public string Town { get; } }
public class Frame { public int Number { get; } }

public class Hive
{
    public HiveId Id { get; private set; }
${hive}
}

public class Lease
{
    public int Id { get; private set; }
    private HiveId _hiveId;
}

internal class HiveConfiguration : IEntityTypeConfiguration<Hive>
{
    public void Configure(EntityTypeBuilder<Hive> builder)
    {
        builder.HasKey(hive => hive.Id);
${configuration}
    }
}

internal class LeaseConfiguration : IEntityTypeConfiguration<Lease>
{
    public void Configure(EntityTypeBuilder<Lease> builder)
    {
        builder.Property<HiveId>("_hiveId").HasColumnName("HiveId");
        builder.HasOne<Hive>().WithOne().HasForeignKey(nameof(Lease), "_hiveId");
    }
}

public class ApiaryContext : DbContext
{
    public DbSet<Hive> Hives { get; set; }
    public DbSet<Lease> Leases { get; set; }

    protected override void OnModelCreating(ModelBuilder model) =>
        model.ApplyConfigurationsFromAssembly(GetType().Assembly);
}
`,
});

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

  it('asks once for what it gives back from within a loop', async () => {
    const python = (body: string): Record<string, string> => ({
      'requirements.txt': 'django\n',
      'apiary/models.py': `from django.db import models


class Hive(models.Model):
    name = models.CharField(max_length=20)


class Visit(models.Model):
    hive = models.ForeignKey(Hive, on_delete=models.CASCADE)
`,
      'apiary/views.py': `from .models import Hive, Visit


def visits(request, hive):
    return Visit.objects.filter(hive=hive).first()


def named(request, name):
    for hive in Hive.objects.all():
        if hive.name == name:
            ${body}
    return None
`,
    });
    assert.deepEqual(await linesOf('query-in-loop', python('return visits(request, hive)')), []);
    assert.deepEqual(await linesOf('query-in-loop', python('return Visit.objects.filter(hive=hive).first()')), []);
    assert.deepEqual(await linesOf('query-in-loop', python('print(visits(request, hive))')), ['apiary/views.py:11']);

    const csharp = (statement: string): Record<string, string> => ({
      ...apiary('    public string Name { get; set; }', ''),
      'Search.cs': `using System.Collections.Generic;
using System.Linq;

namespace Apiary;

public class Search
{
    private readonly ApiaryContext db;

    public Lease Named(string name)
    {
        foreach (var hive in db.Hives.ToList())
        {
            if (hive.Name == name) ${statement}
        }
        return null;
    }
}
`,
    });
    const lease = 'db.Leases.First(lease => lease.Id == hive.Name.Length)';
    assert.deepEqual(await linesOf('query-in-loop', csharp(`return ${lease};`), 'mssql'), []);
    assert.deepEqual(await linesOf('query-in-loop', csharp(`Keep(${lease});`), 'mssql'), ['Search.cs:14']);

    const java = (statement: string): Record<string, string> => ({
      'pom.xml':
        '<project><dependencies><dependency><artifactId>spring-boot-starter-data-jpa</artifactId></dependency></dependencies></project>',
      'src/Hive.java': `import jakarta.persistence.*;

@Entity
public class Hive {
  @Id private Long id;
  private String name;
}
`,
      'src/HiveRepository.java': `import org.springframework.data.jpa.repository.JpaRepository;

public interface HiveRepository extends JpaRepository<Hive, Long> {
  Hive findByName(String name);
}
`,
      'src/Search.java': `import java.util.List;

public class Search {
  private final HiveRepository hives;

  public Hive other(String name) {
    for (Hive hive : hives.findAll()) {
      if (hive.getName().startsWith(name)) ${statement}
    }
    return null;
  }
}
`,
    });
    assert.deepEqual(await linesOf('query-in-loop', java('return hives.findByName(hive.getName());')), []);
    assert.deepEqual(await linesOf('query-in-loop', java('keep(hives.findByName(hive.getName()));')), [
      'src/Search.java:8',
    ]);

    const typescript = (statement: string): Record<string, string> => ({
      'hive.entity.ts': `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('hives')
export class Hive {
  @PrimaryGeneratedColumn() id: number;
  @Column() name: string;
}
`,
      'search.ts': `import { Repository } from 'typeorm';
import { Hive } from './hive.entity';

export class Search {
  constructor(private readonly hives: Repository<Hive>) {}

  async other(name: string) {
    for (const hive of await this.hives.find()) if (hive.name === name) ${statement}
  }
}
`,
    });
    const found = 'this.hives.findOneBy({ id: hive.id + 1 })';
    assert.deepEqual(await linesOf('query-in-loop', typescript(`return ${found};`)), []);
    assert.deepEqual(await linesOf('query-in-loop', typescript(`keep(await ${found});`)), ['search.ts:8']);
  });

  it('asks for something else each time where the query goes on with a variable of the round', async () => {
    const project = (before: string, within: string): Record<string, string> => ({
      ...apiary('    public string Name { get; set; }', ''),
      'Counts.cs': `using System.Collections.Generic;
using System.Linq;

namespace Apiary;

public class Counts
{
    private readonly ApiaryContext db;

    public void Tell(List<int> keys)
    {
${before}
        foreach (var key in keys)
        {
${within}
        }
    }
}
`,
    });
    const ofKey = '            var found = Of(key);\n            Show(found.Where(lease => lease.Id > 3).Count());';
    assert.deepEqual(await linesOf('repeated-query', project('', ofKey), 'mssql'), []);
    assert.deepEqual(
      await linesOf(
        'repeated-query',
        project('', '            Show(db.Leases.Where(lease => lease.Id > 3).Count());'),
        'mssql',
      ),
      ['Counts.cs:15'],
    );
  });

  it('sees what fills a column before it is required, by a statement of SQLAlchemy or below a comment', async () => {
    const alembic = (fill: string): Record<string, string> => ({
      'requirements.txt': 'sqlalchemy\nalembic\n',
      'apiary/models.py': `from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Hive(Base):
    __tablename__ = "hives"
    id: Mapped[int] = mapped_column(primary_key=True)
    empty: Mapped[bool]
`,
      'migrations/versions/0a1b2c3d4e5f_empty.py': `import sqlalchemy as sa
from alembic import op

revision = "0a1b2c3d4e5f"
down_revision = None


def upgrade():
    with op.batch_alter_table("hives") as batch_op:
        batch_op.add_column(sa.Column("empty", sa.Boolean(), nullable=True))
        hives = sa.sql.table("hives", sa.sql.column("empty"))
        ${fill}
        batch_op.alter_column("empty", existing_type=sa.Boolean(), nullable=False)


def downgrade():
    op.drop_column("hives", "empty")
`,
    });
    const rule = 'unfilled-required-column';
    assert.deepEqual(await linesOf(rule, alembic('batch_op.execute(hives.update().values(empty=False))')), []);
    assert.deepEqual(await linesOf(rule, alembic('print(hives)')), ['migrations/versions/0a1b2c3d4e5f_empty.py:13']);
    const prisma = (fill: string): Record<string, string> => ({
      'prisma/schema.prisma':
        'datasource db {\n  provider = "postgresql"\n  url = env("URL")\n}\n\nmodel Hive {\n  id Int @id\n  kind String\n}\n',
      'prisma/migrations/1_a/migration.sql': 'CREATE TABLE "Hive" ("id" INT PRIMARY KEY, "kind" TEXT);\n',
      'prisma/migrations/2_b/migration.sql': `${fill}\nALTER TABLE "Hive" ALTER COLUMN "kind" SET NOT NULL;\n`,
    });
    assert.deepEqual(
      await linesOf(rule, prisma('-- Backfill\nUPDATE "Hive" SET "kind" = \'wood\' WHERE "id" > 3;')),
      [],
    );
    assert.deepEqual(await linesOf(rule, prisma('-- Backfill later')), ['prisma/migrations/2_b/migration.sql:2']);
  });

  it('knows the indexes of a script whose names are written otherwise', async () => {
    const project = (index: string): Record<string, string> => ({
      'pom.xml':
        '<project><dependencies><dependency><artifactId>spring-boot-starter-data-jpa</artifactId></dependency></dependencies></project>',
      'src/main/java/BeeHive.java': `import jakarta.persistence.*;

@Entity
@Table(name = "BeeHive")
public class BeeHive {
  @Id private Long id;
  @Column(name = "TownName") private String townName;
}
`,
      'src/main/java/BeeHiveRepository.java': `import org.springframework.data.jpa.repository.JpaRepository;

public interface BeeHiveRepository extends JpaRepository<BeeHive, Long> {
  BeeHive findByTownName(String townName);
}
`,
      'sql/hives.sql': `CREATE TABLE BeeHive (Id bigint PRIMARY KEY, TownName varchar(20)${index});\n`,
    });
    assert.deepEqual(await linesOf('unindexed-filter', project(', KEY IX_Town (TownName)'), 'mysql'), []);
    assert.deepEqual(await linesOf('unindexed-filter', project(''), 'mysql'), ['src/main/java/BeeHive.java:7']);
  });

  it('takes the rows of one row, flags kept as numbers, and what people give a title for what they are', async () => {
    const django = (rows: string): Record<string, string> => ({
      'requirements.txt': 'django\n',
      'apiary/models.py': `from django.db import models


class Hive(models.Model):
    name = models.CharField(max_length=20)


class Visit(models.Model):
    hive = models.ForeignKey(Hive, on_delete=models.CASCADE, related_name="visits")
    kind = models.CharField(max_length=20)
`,
      'apiary/views.py': `from .models import Hive, Visit


def opened(request, key):
    hive = Hive.objects.get(pk=key)
    return [visit.kind for visit in ${rows} if visit.kind == "opened"]
`,
    });
    assert.deepEqual(await linesOf('filter-in-memory', django('hive.visits.all()')), []);
    assert.deepEqual(await linesOf('filter-in-memory', django('Visit.objects.all()')), ['apiary/views.py:6']);

    const event = (column: string): Record<string, string> => ({
      'event.entity.ts': `import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('events')
export class HiveEvent {
  @PrimaryGeneratedColumn() id: number;
  @CreateDateColumn() made: Date;
  @Column() ${column}: string;
}
`,
    });
    assert.deepEqual(await linesOf('narrow-primary-key', event('slug')), []);
    assert.deepEqual(await linesOf('narrow-primary-key', event('text')), ['event.entity.ts:5']);

    const hives = (column: string): Record<string, string> => ({
      'hive.entity.ts': `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('hives')
export class Hive {
  @PrimaryGeneratedColumn() id: number;
  @Column({ type: 'int' }) ${column}: number;
}
`,
      'hives.service.ts': `import { Repository } from 'typeorm';
import { Hive } from './hive.entity';

export class HivesService {
  constructor(private readonly hives: Repository<Hive>) {}

  all() {
    return this.hives.find({ where: { ${column}: 0 } });
  }
}
`,
    });
    assert.deepEqual(await linesOf('unindexed-filter', hives('is_deleted')), []);
    assert.deepEqual(await linesOf('unindexed-filter', hives('number')), ['hive.entity.ts:6']);
  });
});
