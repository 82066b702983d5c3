import type { Relation, Table } from '../../schema/model.ts';
import type { Report, RuleExample, TableRule } from '../rule.ts';
import { onTable } from '../tableRules.ts';

const jpa = (note: string, relation: string): RuleExample => ({
  files: {
    'pom.xml':
      '<project><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-data-jpa</artifactId></dependency></dependencies></project>',
    'src/main/java/app/Tag.java': `package app;

import jakarta.persistence.*;

@Entity
public class Tag {
  @Id @GeneratedValue private Long id;
}
`,
    'src/main/java/app/Note.java': `package app;

import jakarta.persistence.*;
import java.util.*;

@Entity
public class Note {
  @Id @GeneratedValue private Long id;

  ${relation}
}
`,
  },
  dialect: 'postgresql',
  note,
});

export const costlyAssociation: TableRule = {
  id: 'costly-association',
  code: 'SCH011',
  severity: 'warning',
  on: 'table',
  docs: {
    what: 'Reports associations that cost more statements than they look: many-to-many lists, one-to-many without its other side, and inverse one-to-one that cannot be lazy.',
    why:
      'Of a list without positions Hibernate deletes all rows of the join table and inserts the rest anew when one element is taken out. ' +
      'A one-to-many that the other entity does not know of needs a table in between, or an update of each row after its insert. ' +
      'An inverse one-to-one is looked for with a query per row whatever its fetch type, because the row does not tell whether there is one.',
    fix: 'Make the many-to-many a `Set`; state the one-to-many by a `@ManyToOne` on the other side and `mappedBy` here; give the one-to-one the key of its owner (`@MapsId`) and read it from there, or say `optional = false`.',
    bad: [
      jpa('Taking one tag off writes all others again.', '@ManyToMany private List<Tag> tags = new ArrayList<>();'),
      jpa('A table in between that nobody asked for.', '@OneToMany private List<Tag> tags = new ArrayList<>();'),
    ],
    good: [
      jpa('Of a set one row is deleted.', '@ManyToMany private Set<Tag> tags = new HashSet<>();'),
      jpa('The side that holds the key.', '@ManyToOne(fetch = FetchType.LAZY) private Tag tag;'),
    ],
    references: [
      {
        title: 'Hibernate: bags and unidirectional associations',
        url: 'https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html#associations-one-to-many-unidirectional',
      },
      {
        title: 'Hypersistence Optimizer: mapping issues',
        url: 'https://vladmihalcea.com/hypersistence-optimizer/docs/user-guide/#mapping-issues',
      },
    ],
  },
  check: onTable((table) =>
    table.relations.flatMap((relation): readonly Report[] => {
      const found = costOf(relation, table);
      if (found === null) return [];
      return [
        {
          message: found,
          at: relation.at,
          table: table.name,
          evidence: [
            {
              message: `${relation.property} is ${relation.kind} to ${relation.target}${relation.joinTable === null ? '' : ` through ${relation.joinTable}`}.`,
              at: relation.at,
            },
          ],
          fixes: [],
        },
      ];
    }),
  ),
};

function costOf(
  { kind, property, owner, collection, neverLazy, fetch, joinTable }: Relation,
  table: Table,
): string | null {
  const name = `${table.entity ?? table.name}.${property}`;
  if (kind === 'many-to-many' && collection === 'bag')
    return `${name} is a list without positions: taking one element out deletes and writes all rows of ${joinTable ?? 'the join table'}`;
  if (kind === 'one-to-many' && collection === 'bag' && owner && joinTable !== null)
    return `${name} has no other side, so each element costs a row of ${joinTable}: state it by the other entity and mappedBy`;
  if (neverLazy === true && fetch === 'lazy')
    return `${name} is declared lazy and cannot be: each row costs a query for it`;
  return null;
}
