/** Cases that real projects showed to look like a fault and be none, beside ones that are; each in words of its own. */
import assert from 'node:assert/strict';
import { linesOf } from '../../support/linesOf.ts';

const hives = `using System.Collections.Generic;
using System.Linq;
using Microsoft.EntityFrameworkCore;

namespace Apiary;

public class Hive
{
    public long Id { get; set; }
    public string Place { get; set; } = "";
}

public class ApiaryContext : DbContext
{
    public DbSet<Hive> Hives => Set<Hive>();
}
`;

function keeper(body: string): Record<string, string> {
  return {
    'Apiary.csproj':
      '<Project><ItemGroup><PackageReference Include="Microsoft.EntityFrameworkCore" /></ItemGroup></Project>',
    'Hives.cs': hives,
    'Keeper.cs': `using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace Apiary;

public class Keeper
{
    private readonly ApiaryContext db;

    public async Task Settle(List<string> places)
    {
${body}
    }
}
`,
  };
}

const swarms = `from sqlalchemy import ForeignKey, select, update
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Swarm(Base):
    __tablename__ = "swarms"
    id: Mapped[int] = mapped_column(primary_key=True)
    keeper: Mapped[str]
    size: Mapped[int]
`;

describe('Rules on what real code shows', () => {
  it('takes changes that wait in memory for none, and reports where each is saved', async () => {
    const adds = '        foreach (var place in places)\n            db.Hives.Add(new Hive { Place = place });\n';
    assert.deepEqual(await linesOf('write-in-loop', keeper(`${adds}        await db.SaveChangesAsync();`)), []);
    const saves = `        foreach (var place in places)
        {
            db.Hives.Add(new Hive { Place = place });
            await db.SaveChangesAsync();
        }`;
    assert.deepEqual(await linesOf('write-in-loop', keeper(saves)), ['Keeper.cs:16']);
    assert.deepEqual(await linesOf('query-in-loop', keeper(saves)), []);
  });

  it('takes a member of a variable for a value beside a column', async () => {
    const move = (condition: string): Record<string, string> => ({
      'requirements.txt': 'sqlalchemy\n',
      'swarms.py': `${swarms}

def rename(session, user):
    session.execute(update(Swarm)${condition}.values(keeper="gone"))
`,
    });
    assert.deepEqual(await linesOf('unfiltered-write', move('.where(Swarm.keeper == user.name)')), []);
    assert.deepEqual(await linesOf('unfiltered-write', move('')), ['swarms.py:17']);
  });

  it('takes what a variable sorts by for an order', async () => {
    const page = (order: string): Record<string, string> => ({
      'requirements.txt': 'sqlalchemy\n',
      'swarms.py': `${swarms}

def page(session, order, start):
    return session.execute(select(Swarm)${order}.offset(start).limit(10)).scalars().all()
`,
    });
    assert.deepEqual(await linesOf('unordered-pagination', page('.order_by(order)')), []);
    assert.equal((await linesOf('unordered-pagination', page(''))).length, 1);
  });

  it('lets private methods run in the transaction of their callers', async () => {
    const service = (annotation: string, access: string): Record<string, string> => ({
      'pom.xml': '<project><dependency><artifactId>hibernate-core</artifactId></dependency></project>',
      'src/main/java/apiary/Hive.java': `package apiary;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

@Entity
public class Hive {
  @Id
  private Long id;
}
`,
      'src/main/java/apiary/HiveService.java': `package apiary;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
${annotation}public class HiveService {
  @Transactional
  public void settle() {
    prepare();
  }

  ${access} void prepare() {
    record();
  }

  @Transactional
  public void record() {
  }
}
`,
    });
    assert.deepEqual(await linesOf('self-invoked-transaction', service('@Transactional\n', 'private')), []);
    assert.deepEqual(await linesOf('self-invoked-transaction', service('', 'private')), []);
    assert.equal((await linesOf('self-invoked-transaction', service('', 'public'))).length, 1);
  });

  it('says nothing of all columns where rows become entities', async () => {
    const repository = (query: string): Record<string, string> => ({
      'pom.xml': '<project><dependency><artifactId>spring-data-jpa</artifactId></dependency></project>',
      'src/main/java/apiary/Hive.java': `package apiary;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

@Entity
public class Hive {
  @Id
  private Long id;
  private String place;
}
`,
      'src/main/java/apiary/HiveRepository.java': `package apiary;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

public interface HiveRepository extends JpaRepository<Hive, Long> {
  @Query(nativeQuery = true, value = "${query}")
  List<Hive> of(String place);
}
`,
    });
    assert.deepEqual(await linesOf('wasteful-sql', repository('SELECT * FROM hive h WHERE h.place = ?1')), []);
    assert.equal((await linesOf('wasteful-sql', repository('SELECT * FROM hive ORDER BY random()'))).length, 1);
  });

  it('takes every row for meant where all are named, and rows that are given for these', async () => {
    const django = (line: string): Record<string, string> => ({
      'requirements.txt': 'django\n',
      'apiary/models.py':
        'from django.db import models\n\n\nclass Hive(models.Model):\n    place = models.CharField(max_length=20)\n',
      'apiary/tasks.py': `from .models import Hive\n\n\ndef settle(hives):\n    ${line}\n`,
    });
    assert.deepEqual(await linesOf('unfiltered-write', django("Hive.objects.bulk_update(hives, ['place'])")), []);
    assert.deepEqual(await linesOf('unfiltered-write', django('Hive.objects.all().delete()')), []);
    assert.equal((await linesOf('unfiltered-write', django("Hive.objects.update(place='')"))).length, 1);
  });

  it('searches by the key of a library’s table too, and takes what a list contains for no pattern', async () => {
    const django = (condition: string): Record<string, string> => ({
      'requirements.txt': 'django\n',
      'apiary/models.py': `from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Mark(models.Model):
    kind = models.ForeignKey(ContentType, db_index=False, on_delete=models.CASCADE)
    colours = ArrayField(base_field=models.CharField(max_length=20))
    label = models.CharField(max_length=20)
    target = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["kind", "target"])]
`,
      'apiary/marks.py': `from .models import Mark


def of(kind, keys):
    return list(Mark.objects.filter(${condition}target__in=keys))


def coloured(colour):
    return list(Mark.objects.filter(colours__contains=[colour]))


def labelled(part):
    return list(Mark.objects.filter(label__contains=part))
`,
    });
    assert.deepEqual(await linesOf('unindexed-filter', django('kind=kind, ')), []);
    assert.equal((await linesOf('unindexed-filter', django(''))).length, 1);
    assert.deepEqual(await linesOf('unsearchable-filter', django('kind=kind, ')), ['apiary/marks.py:13']);
  });

  it('compares rows column by column', async () => {
    const page = (condition: string): Record<string, string> => ({
      'swarm.entity.ts': `import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

@Entity('swarms')
@Index(['keeper', 'id'])
export class Swarm {
  @PrimaryGeneratedColumn() id: number;
  @Column() keeper: string;
}
`,
      'page.ts': `import { DataSource } from 'typeorm';

export const page = (source: DataSource, keeper: string, id: number) =>
  source.query('SELECT id FROM swarms WHERE ${condition} ORDER BY keeper, id LIMIT 20', [keeper, id]);
`,
    });
    assert.deepEqual(await linesOf('unsearchable-filter', page('(keeper, id) > ($1, $2)')), []);
    assert.equal((await linesOf('unsearchable-filter', page('lower(keeper) = $1'))).length, 1);
  });

  it('knows what is filled, looked up and taken up', async () => {
    const migration = `using Microsoft.EntityFrameworkCore.Migrations;

public partial class Require : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AlterColumn<string>(name: "Place", table: "Hives", type: "text", nullable: false,
            DEFAULT oldClrType: typeof(string), oldType: "text", oldNullable: true);
    }
}
`;
    const required = (text: string): Record<string, string> => ({
      ...keeper(''),
      'Migrations/20240101000000_Require.cs': migration.replace('DEFAULT', text),
    });
    assert.deepEqual(await linesOf('unfilled-required-column', required('defaultValue: "",')), []);
    assert.equal((await linesOf('unfilled-required-column', required(''))).length, 1);
  });

  it('tells of a relation once per loop, and knows a share from an amount', async () => {
    const django = {
      'requirements.txt': 'django\n',
      'apiary/models.py': `from django.db import models


class Keeper(models.Model):
    name = models.CharField(max_length=80)
    town = models.CharField(max_length=80)


class Hive(models.Model):
    keeper = models.ForeignKey(Keeper, on_delete=models.CASCADE)
`,
      'apiary/views.py': `from .models import Hive


def labels():
    found = []
    for hive in Hive.objects.all():
        found.append(hive.keeper.name)
        found.append(hive.keeper.town)
    return found
`,
    };
    assert.deepEqual(await linesOf('lazy-relation-in-loop', django), ['apiary/views.py:7']);
    const prisma = {
      'schema.prisma': `datasource db {
  provider = "postgresql"
  url      = env("URL")
}

model Hive {
  id    Int   @id
  fee   Float @default(0.05)
  price Float @default(0)
}
`,
    };
    assert.deepEqual(await linesOf('lossy-column-type', prisma), ['schema.prisma:9']);
  });

  it('takes a sub-object lookup and an enumeration for no list of rows', async () => {
    const django = {
      'requirements.txt': 'django\n',
      'apiary/models.py': `from django.db import models


class Kind(models.TextChoices):
    WOOD = "wood"
    STRAW = "straw"


class Hive(models.Model):
    kind = models.CharField(max_length=20)
`,
      'apiary/views.py': `from django.shortcuts import get_object_or_404
from .models import Hive, Kind


def counts():
    return {kind: Hive.objects.filter(kind=kind).count() for kind in Kind}


def known(hives):
    seen = {}
    for hive in hives:
        others = seen.get(hive.kind)
        if others is None:
            others = Hive.objects.filter(kind=hive.kind).first()
            seen[hive.kind] = others
    return seen


def asked(kinds):
    return [Hive.objects.filter(kind=kind).count() for kind in kinds if kind != "straw"]


def found(keys):
    return [Hive.objects.filter(pk=key).first() for key in keys]
`,
    };
    assert.deepEqual(await linesOf('query-in-loop', django), ['apiary/views.py:24']);
  });
});
