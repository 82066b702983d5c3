/** What rules leave alone where nothing tells enough: tables known from queries only, steps whose earlier types are not known. */
import assert from 'node:assert/strict';
import { lintProject } from '../../../src/core/lint/engine.ts';
import type { Rule } from '../../../src/core/lint/rule.ts';
import { missingPrimaryKey } from '../../../src/core/lint/rules/missing-primary-key.ts';
import { renamingMigration } from '../../../src/core/lint/rules/renaming-migration.ts';
import { rewritingMigration } from '../../../src/core/lint/rules/rewriting-migration.ts';
import { schemaAutoSync } from '../../../src/core/lint/rules/schema-auto-sync.ts';
import { unfilledRequiredColumn } from '../../../src/core/lint/rules/unfilled-required-column.ts';
import { unindexedFilter } from '../../../src/core/lint/rules/unindexed-filter.ts';
import { analyzeFiles, switchedOn } from '../../support/analyze.ts';

async function found(files: Readonly<Record<string, string>>, dialect: 'mysql' | 'postgresql' | null, rule: Rule) {
  return lintProject(await analyzeFiles(files, dialect), switchedOn(rule), [rule]).map(({ message }) => message);
}

describe('Rules without evidence', () => {
  it('say nothing of keys and indexes that a mapper does not state', async () => {
    const files = {
      'pom.xml':
        '<project><dependencies><dependency><artifactId>mybatis</artifactId></dependency></dependencies></project>',
      'src/main/resources/JobMapper.xml': `<?xml version="1.0"?>
<!DOCTYPE mapper PUBLIC "-//mybatis.org//DTD Mapper 3.0//EN" "http://mybatis.org/dtd/mybatis-3-mapper.dtd">
<mapper namespace="depot.JobMapper">
  <resultMap id="job" type="depot.Job"><result column="id" property="id"/><result column="name" property="name"/></resultMap>
  <select id="byId" resultMap="job">SELECT id, name FROM jobs WHERE id = #{id}</select>
  <select id="byName" resultMap="job">SELECT id, name FROM jobs WHERE name = #{name}</select>
</mapper>`,
    };
    assert.deepEqual(await found(files, 'postgresql', missingPrimaryKey), []);
    assert.deepEqual(await found(files, 'postgresql', unindexedFilter), []);
  });

  it('take what MySQL states again for unchanged, and know what it fills in', async () => {
    const migration = (sql: string) => ({
      'src/main/resources/db/migration/V1__start.sql': 'CREATE TABLE notes (id bigint PRIMARY KEY);',
      'src/main/resources/db/migration/V2__change.sql': sql,
    });
    const renamed = migration('ALTER TABLE blocks CHANGE size bsize decimal(15, 9) NOT NULL;');
    assert.deepEqual(await found(renamed, 'mysql', rewritingMigration), []);
    assert.equal((await found(renamed, 'mysql', renamingMigration)).length, 1);
    const longer = migration('ALTER TABLE accounts MODIFY external_key varchar(255) NOT NULL;');
    assert.deepEqual(await found(longer, 'mysql', rewritingMigration), []);
    const other = migration('ALTER TABLE accounts MODIFY external_key bigint NOT NULL;');
    assert.equal((await found(other, 'mysql', rewritingMigration)).length, 1);
    const required = migration('ALTER TABLE usages ADD COLUMN tracking_id varchar(128) NOT NULL;');
    assert.deepEqual(await found(required, 'mysql', unfilledRequiredColumn), []);
    assert.equal((await found(required, 'postgresql', unfilledRequiredColumn)).length, 1);
    const moment = migration('ALTER TABLE usages ADD COLUMN tracked_at datetime NOT NULL;');
    assert.equal((await found(moment, 'mysql', unfilledRequiredColumn)).length, 1);
  });

  it('let a database in memory be made by the program', async () => {
    const settings = (url: string) => ({
      'pom.xml':
        '<project><dependencies><dependency><artifactId>hibernate-core</artifactId></dependency></dependencies></project>',
      'src/main/resources/application.properties': `spring.datasource.url=${url}\nspring.jpa.hibernate.ddl-auto=update\n`,
    });
    assert.deepEqual(await found(settings('jdbc:h2:mem:shop'), null, schemaAutoSync), []);
    assert.equal((await found(settings('jdbc:postgresql://db/shop'), null, schemaAutoSync)).length, 1);
  });
});
