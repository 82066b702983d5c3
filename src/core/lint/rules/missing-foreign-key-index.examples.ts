import type { RuleExample } from '../rule.ts';

const customer = `import { Entity, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import { Order } from './order.entity';

@Entity('customers')
export class Customer {
  @PrimaryGeneratedColumn()
  id: number;

  @OneToMany(() => Order, (order) => order.customer)
  orders: Order[];
}
`;

/** The order entity with the given imports of `typeorm`, class decorators and decorators of the relation. */
function order(imports: string, onClass: string, onRelation: string): string {
  return `import { ${imports} } from 'typeorm';
import { Customer } from './customer.entity';

@Entity('orders')
${onClass}export class Order {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  status: string;

${onRelation}  @ManyToOne(() => Customer, (customer) => customer.orders, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'customer_id' })
  customer: Customer;
}
`;
}

const plain = 'Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn';
const indexed = 'Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn';

function example(note: string, source: string, dialect: RuleExample['dialect'] = 'postgresql'): RuleExample {
  return { files: { 'order.entity.ts': source, 'customer.entity.ts': customer }, dialect, note };
}

/** A note of Django that can be on anything, with the given options of its model. */
function note(options: string): RuleExample['files'] {
  return {
    'requirements.txt': 'django==5.2\npsycopg==3.2\n',
    'notes/models.py': `from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Note(models.Model):
    target_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    target_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("target_type", "target_id")
    text = models.TextField()
${options}`,
  };
}

export const bad: readonly RuleExample[] = [
  example('Nothing indexes `customer_id`.', order(plain, '', '')),
  example(
    'The index is ordered by `status` first, so `customer_id` alone cannot be searched in it.',
    order(indexed, "@Index(['status', 'customer'])\n", ''),
  ),
  example(
    'A partial index holds only its own rows.',
    order(indexed, "@Index(['customer'], { where: \"status = 'open'\" })\n", ''),
  ),
  {
    files: note(''),
    dialect: 'postgresql',
    note: 'The index of the kind alone finds the notes on all things of that kind.',
  },
];

export const good: readonly RuleExample[] = [
  example('An index on the relation is created on its join column.', order(indexed, '', '  @Index()\n')),
  example('The foreign key leads a longer index.', order(indexed, "@Index(['customer', 'status'])\n", '')),
  example(
    'Only rows are left out that no look-up by the key can ask for.',
    order(indexed, "@Index(['customer'], { where: 'customer_id IS NOT NULL' })\n", ''),
  ),
  example('InnoDB creates the index by itself.', order(plain, '', ''), 'mysql'),
  {
    files: note('\n    class Meta:\n        indexes = [models.Index(fields=["target_type", "target_id"])]\n'),
    dialect: 'postgresql',
    note: 'The notes on one thing are found at once.',
  },
];
