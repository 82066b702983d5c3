/** Small projects that the examples of several rules share, so that each example shows only what it is about. */
import type { RuleExample } from './rule.ts';

const entities = {
  'customer.entity.ts': `import { Column, Entity, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import { Order } from './order.entity';

@Entity('customers')
export class Customer {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  name: string;

  @OneToMany(() => Order, (order) => order.customer)
  orders: Order[];

  @OneToMany(() => Order, (order) => order.agent)
  handled: Promise<Order[]>;
}
`,
  'order.entity.ts': `import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { Customer } from './customer.entity';

@Entity('orders')
export class Order {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  status: string;

  @Index()
  @Column({ name: 'customer_id' })
  customerId: number;

  @ManyToOne(() => Customer, (customer) => customer.orders)
  @JoinColumn({ name: 'customer_id' })
  customer: Customer;

  @Index()
  @ManyToOne(() => Customer, (customer) => customer.handled)
  agent: Customer;
}
`,
};

/** A service over customers and their orders with the given methods. */
export function ordersOfCustomers(
  note: string,
  body: string,
  extra: Readonly<Record<string, string>> = {},
): RuleExample {
  const others = Object.keys(extra).map((path) => path.replace(/\.ts$/u, ''));
  const imports = others.map((name) => `import { ${pascal(name)} } from './${name}';\n`).join('');
  const fields = others.map((name) => `    private readonly ${name}: ${pascal(name)},\n`).join('');
  const service = `import { DataSource, In, Repository } from 'typeorm';
import { Customer } from './customer.entity';
import { Order } from './order.entity';
${imports}
export class CustomersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly customers: Repository<Customer>,
    private readonly orders: Repository<Order>,
${fields}  ) {}

${body}
}
`;
  return { files: { 'customers.service.ts': service, ...extra, ...entities }, dialect: 'postgresql', note };
}

function pascal(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** One entity with the given imports of `typeorm` and declaration. */
export function oneEntity(
  note: string,
  imports: string,
  declaration: string,
  dialect: RuleExample['dialect'] = 'postgresql',
): RuleExample {
  return { files: { 'entity.ts': `import { ${imports} } from 'typeorm';\n\n${declaration}\n` }, dialect, note };
}

/** An entity of Java and its Spring Data repository, for examples of services around them. */
export const springOrders: Readonly<Record<string, string>> = {
  'src/main/java/shop/Order.java': `package shop;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;

@Entity
public class Order {
  @Id
  @GeneratedValue
  private Long id;
}
`,
  'src/main/java/shop/OrderRepository.java': `package shop;

import org.springframework.data.jpa.repository.JpaRepository;

public interface OrderRepository extends JpaRepository<Order, Long> {}
`,
};
