/** Still more of what real projects showed to look like a fault and be none: each beside one that is, in words of its own. */
import assert from 'node:assert/strict';
import { linesOf } from '../../support/linesOf.ts';
import { apiary } from './apiary.ts';

describe('Rules on what further real projects show', () => {
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

  all(value: number) {
    return this.hives.find({ where: { ${column}: value } });
  }
}
`,
    });
    assert.deepEqual(await linesOf('unindexed-filter', hives('is_deleted')), []);
    assert.deepEqual(await linesOf('unindexed-filter', hives('number')), ['hive.entity.ts:6']);
  });
});
