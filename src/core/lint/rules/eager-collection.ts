import type { Relation, Table } from '../../schema/model.ts';
import type { Report, RuleExample, TableRule, TableContext } from '../rule.ts';
import { onTable } from '../tableRules.ts';

const example = (note: string, eager: string): RuleExample => ({
  files: {
    'order.entity.ts': `import { Entity, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import { OrderLine } from './order-line.entity';

@Entity('orders')
export class Order {
  @PrimaryGeneratedColumn()
  id: number;

  @OneToMany(() => OrderLine, (line) => line.order${eager})
  lines: OrderLine[];
}
`,
    'order-line.entity.ts': `import { Entity, Index, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { Order } from './order.entity';

@Entity('order_lines')
export class OrderLine {
  @PrimaryGeneratedColumn()
  id: number;

  @Index()
  @ManyToOne(() => Order, (order) => order.lines)
  order: Order;
}
`,
  },
  dialect: 'postgresql',
  note,
});

export const eagerCollection: TableRule = {
  id: 'eager-collection',
  code: 'NP004',
  severity: 'warning',
  on: 'table',
  docs: {
    what: 'Reports a relation to many that is loaded with every row, and chains of eager relations that pull in table after table.',
    why:
      'Every query of the entity joins it, lists and look-ups that need none of it too. Several eager collections multiply each other’s rows. ' +
      'Query builders ignore the setting, so the same entity arrives with the collection or without.',
    fix: 'Take the eager loading off the relation and ask for it where it is needed: `relations: { lines: true }`.',
    bad: [example('Every order comes with all of its lines.', ', { eager: true }')],
    good: [example('The lines are loaded where a query asks for them.', '')],
    references: [
      { title: 'TypeORM: eager and lazy relations', url: 'https://typeorm.io/docs/relations/eager-and-lazy-relations' },
      {
        title: 'Hibernate: fetching strategies',
        url: 'https://docs.jboss.org/hibernate/orm/current/userguide/html_single/Hibernate_User_Guide.html#fetching',
      },
    ],
  },
  check: onTable((table, context) =>
    table.relations.flatMap((relation): readonly Report[] => {
      // What is owned is never read otherwise.
      if (relation.fetch !== 'eager' || relation.owned === true || isTranslation(relation)) return [];
      const chain = chainFrom(table, relation, context);
      const toMany = isToMany(relation);
      // A single eager relation to one row is one join; it is a chain that grows unnoticed. It is told where it has become long:
      // what leads there is mended with it.
      if (!toMany && chain.length !== longChain) return [];
      const label = chain.map(({ property }) => property).join('.');
      return [
        {
          message: toMany
            ? `Every ${table.entity ?? table.name} is read with all of its ${relation.property} (eager)`
            : `Every ${table.entity ?? table.name} is read with ${label} (eager): ${chain.length} tables are joined each time`,
          at: relation.at,
          table: table.name,
          severity: toMany ? 'warning' : 'info',
          evidence: chain.map(({ property, target, at }) => ({ message: `${property} loads ${target} eagerly.`, at })),
          fixes: [],
        },
      ];
    }),
  ),
};

const longChain = 3;

function isToMany({ kind }: Relation): boolean {
  return kind === 'one-to-many' || kind === 'many-to-many';
}

/** There are as many as there are languages, and every reader needs one of them. */
function isTranslation({ target }: Relation): boolean {
  return /translations?$|_i18n$|locali[sz]ations?$/iu.test(target);
}

/** The longest way along eager relations to one row, each table once: the way back is there already, and collections are told by themselves. */
function chainFrom(
  table: Table,
  relation: Relation,
  context: TableContext,
  seen: readonly Table[] = [],
): readonly Relation[] {
  const target = context.table(relation.target, relation.targetNamespace);
  if (!target) return [relation];
  if (target === table || seen.includes(target)) return seen.length === 0 ? [relation] : [];
  let longest: readonly Relation[] = [];
  for (const next of target.relations) {
    if (next.fetch !== 'eager' || isToMany(next)) continue;
    const chain = chainFrom(target, next, context, [...seen, table, target]);
    if (chain.length > longest.length) longest = chain;
  }
  return [relation, ...longest];
}
