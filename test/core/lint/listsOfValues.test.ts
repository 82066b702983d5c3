/** Values that JPA keeps for an entity are written as a whole, so that their table needs no key. */
import assert from 'node:assert/strict';
import { lintProject } from '../../../src/core/lint/engine.ts';
import { missingPrimaryKey } from '../../../src/core/lint/rules/missing-primary-key.ts';
import { analyzeFiles, switchedOn } from '../../support/analyze.ts';

describe('Lists of values of JPA', () => {
  it('have no key of their own, unlike a table of a script', async () => {
    const files = {
      'pom.xml':
        '<project><dependencies><dependency><artifactId>hibernate-core</artifactId></dependency></dependencies></project>',
      'src/main/java/shop/Plan.java': `package shop;

import jakarta.persistence.*;
import java.util.List;

@Entity
public class Plan {
  @Id
  private Long id;

  @ElementCollection
  private List<String> remarks;
}
`,
    };
    const project = await analyzeFiles(files, 'postgresql');
    assert.ok(project.schema.tables.some(({ entity, primaryKey }) => entity === null && primaryKey.length === 0));
    assert.deepEqual(lintProject(project, switchedOn(missingPrimaryKey), [missingPrimaryKey]), []);
    const script = await analyzeFiles(
      { 'schema.sql': 'CREATE TABLE remarks (plan_id bigint, text varchar(80));' },
      'postgresql',
    );
    assert.equal(lintProject(script, switchedOn(missingPrimaryKey), [missingPrimaryKey]).length, 1);
  });
});
