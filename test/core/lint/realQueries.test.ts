/** Cases of queries that real projects showed to be taken for another thing than they are, beside ones that are; each in words of its own. */
import assert from 'node:assert/strict';
import { lintProject } from '../../../src/core/lint/engine.ts';
import { findRule } from '../../../src/core/lint/registry.ts';
import { analyzeFiles, switchedOn } from '../../support/analyze.ts';
import { linesOf } from '../../support/linesOf.ts';

const drizzle = (body: string): Record<string, string> => ({
  'package.json': '{ "dependencies": { "drizzle-orm": "0.30.0" } }',
  'schema.ts': `import { integer, pgTable, text } from 'drizzle-orm/pg-core';

export const hives = pgTable('hives', { id: integer('id').primaryKey(), place: text('place') });
`,
  'hives.ts': `import { exists, eq } from 'drizzle-orm';
import { hives } from './schema';

export async function found(db, places) {
${body}
}
`,
});

const java = (service: string, annotation: string): Record<string, string> => ({
  'pom.xml':
    '<project><dependencies><dependency><artifactId>spring-orm</artifactId></dependency></dependencies></project>',
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

import org.springframework.transaction.annotation.Transactional;

${annotation}public interface HiveService {
  void settle();
}
`,
  'src/main/java/apiary/HiveServiceImpl.java': `package apiary;

import org.hibernate.Session;
import org.springframework.transaction.annotation.Transactional;

public class HiveServiceImpl implements HiveService {
  private final Session session;

${service}
}
`,
});

describe('Rules on what real queries show', () => {
  it('takes a condition of another query for no query of its own, and each call of a chain for one', async () => {
    const condition = `  const conditions = places.map((place) =>
    exists(db.select().from(hives).where(eq(hives.place, place))),
  );
  return db.select().from(hives).where(conditions[0]);`;
    assert.deepEqual(await linesOf('query-in-loop', drizzle(condition)), []);
    const asked = `  for (const place of places) {
    const known = await db.select().from(hives).where(eq(hives.place, place));
    if (known.length > 0) return known;
  }`;
    assert.deepEqual(await linesOf('query-in-loop', drizzle(asked)), ['hives.ts:6']);
    const removed = `  await db.transaction(async (tx) => {
    for (const place of places) {
      await tx.delete(hives).where(eq(hives.place, place));
    }
  });`;
    assert.deepEqual(await linesOf('write-in-loop', drizzle(removed)), ['hives.ts:7']);
  });

  it('lets rows of entities have all columns', async () => {
    const read = (more: string): Record<string, string> =>
      java(
        `  public Object all() {
    return session.createSQLQuery("select hive.* from hive")${more}.list();
  }`,
        '',
      );
    const file = 'src/main/java/apiary/HiveServiceImpl.java';
    assert.deepEqual(await linesOf('wasteful-sql', read('.addEntity(Hive.class)')), []);
    assert.deepEqual(await linesOf('wasteful-sql', read('')), [`${file}:10`]);
  });

  it('knows that an interface makes all methods transactional', async () => {
    const service = `  public void settle() {
    move();
  }

  @Transactional
  public void move() {
    session.persist(new Hive());
  }`;
    assert.deepEqual(await linesOf('self-invoked-transaction', java(service, '@Transactional\n')), []);
    assert.deepEqual(await linesOf('self-invoked-transaction', java(service, '')), [
      'src/main/java/apiary/HiveServiceImpl.java:10',
    ]);
  });

  it('takes what a choice between two sets of rows leads to for the start of a query', async () => {
    const django = (answer: string): Record<string, string> => ({
      'requirements.txt': 'django\ndjangorestframework\n',
      'apiary/models.py': `from django.db import models


class Hive(models.Model):
    place = models.CharField(max_length=80)
`,
      'apiary/views.py': `from rest_framework.decorators import api_view
from rest_framework.response import Response
from .models import Hive


@api_view(["GET"])
def hives(request):
    found = Hive.objects.all() if request.user.is_staff else Hive.objects.exclude(place="attic")
    return Response(${answer})
`,
    });
    assert.deepEqual(await linesOf('unbounded-list', django('found.count()')), []);
    assert.equal((await linesOf('unbounded-list', django('list(found)'))).length, 1);
  });

  it('leaves a piece of SQL to the helper whose callers all state it, and tells what no parameter can be', async () => {
    const dapper = (given: string): Record<string, string> => ({
      'Apiary.csproj': '<Project><ItemGroup><PackageReference Include="Dapper" /></ItemGroup></Project>',
      'Hives.cs': `using System.Data;
using System.Linq;
using Dapper;

namespace Apiary;

public class Hives
{
    private readonly IDbConnection db;

    public int Places(string chosen) => Counted(${given});

    private int Counted(string list)
    {
        return db.Query<int>($"SELECT {list} FROM hives").Single();
    }
}
`,
    });
    assert.deepEqual(await linesOf('sql-injection', dapper('"COUNT(DISTINCT place)"')), []);
    assert.deepEqual(await linesOf('sql-injection', dapper('chosen')), ['Hives.cs:15']);

    const rule = findRule('sql-injection');
    assert.ok(rule);
    const told = async (statement: string): Promise<readonly (readonly [string, number])[]> => {
      const project = await analyzeFiles(
        {
          'package.json': '{ "dependencies": { "typeorm": "0.3.20" } }',
          'hive.entity.ts': `import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('hives')
export class Hive {
  @PrimaryColumn() id: number;
  @Column() mode: string;
}
`,
          'mode.ts': `import { DataSource } from 'typeorm';

export const set = (source: DataSource, mode: string) => source.query(\`${statement}\`);
`,
        },
        'sqlite',
      );
      return lintProject(project, switchedOn(rule), [rule]).map(({ message, fixes }) => [message, fixes.length]);
    };
    assert.deepEqual(await told('PRAGMA user_version = ${mode}'), [
      ['mode becomes part of the SQL text: choose it from a fixed list', 0],
    ]);
    assert.deepEqual(await told("SELECT id FROM hives WHERE mode = '${mode}'"), [
      ['The value of mode becomes part of the SQL text: bind it as a parameter', 1],
    ]);
  });
});
