/** The shop in the ORMs of Node.js. */
import { camel } from './shop.ts';
import type { Shop } from './shop.ts';

export const typeorm: Shop = {
  ...camel,
  orm: 'typeorm',
  note: 'decorated classes',
  indexes: [['status', 'total']],
  key: 'customerId',
  files: {
    'src/order.entity.ts': `import { Column, Entity, Index, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import { Customer } from './customer.entity';

@Entity('orders')
@Index(['status', 'total'])
export class Order {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  /** What is told to the customer. */
  @Column({ length: 20 })
  status: string;

  @Column({ type: 'numeric', precision: 10, scale: 2 })
  total: string;

  @Column({ type: 'text', nullable: true })
  remark: string | null;

  @ManyToOne(() => Customer, (customer) => customer.orders, { nullable: false })
  customer: Customer;

  describe(): string {
    return this.status;
  }
}
`,
    'src/customer.entity.ts': `import { Column, Entity, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import { Order } from './order.entity';

@Entity('customers')
export class Customer {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column()
  name: string;

  @OneToMany(() => Order, (order) => order.customer)
  orders: Order[];
}
`,
    'src/coupon.entity.ts': `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('coupons')
export class Coupon {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ unique: true })
  code: string;
}
`,
  },
};

/** Tabs, double quotes, no semicolons, column names of their own, all in one file. */
export const typeormTabs: Shop = {
  ...camel,
  orm: 'typeorm',
  note: 'tabs, double quotes, one file',
  files: {
    'entities.ts': `import { Column, Entity, JoinColumn, ManyToOne, OneToMany, PrimaryGeneratedColumn } from "typeorm"

@Entity({ name: "customers" })
export class Customer {
	@PrimaryGeneratedColumn()
	id!: number

	@OneToMany(() => Order, (order) => order.customer)
	orders!: Order[]
}

@Entity({ name: "coupons" })
export class Coupon {
	@PrimaryGeneratedColumn()
	id!: number

	@Column("varchar", { name: "coupon_code", length: 20 })
	couponCode!: string
}

@Entity({ name: "orders" })
export class Order {
	@PrimaryGeneratedColumn()
	id!: number

	@Column("varchar", {
		name: "status",
		length: 20,
	})
	status!: string

	@Column("numeric", { precision: 10, scale: 2 })
	total!: string

	@Column("text", { nullable: true })
	remark!: string | null

	@ManyToOne(() => Customer, (customer) => customer.orders, { nullable: false, onDelete: "CASCADE" })
	@JoinColumn({ name: "customer_id" })
	customer!: Customer
}
`,
  },
};

export const prisma: Shop = {
  ...camel,
  orm: 'prisma',
  note: 'a schema',
  indexes: [['status', 'total']],
  files: {
    'schema.prisma': `datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

model Customer {
  id     Int     @id @default(autoincrement())
  name   String
  orders Order[]

  @@map("customers")
}

model Coupon {
  id   Int    @id @default(autoincrement())
  code String @unique

  @@map("coupons")
}

/// What a customer buys.
model Order {
  id         Int      @id @default(autoincrement())
  /// Shown to the customer.
  status     String   @db.VarChar(20)
  total      Decimal  @db.Decimal(10, 2)
  remark     String?
  customerId Int      @map("customer_id")
  customer   Customer @relation(fields: [customerId], references: [id])

  @@index([status, total])
  @@map("orders")
}
`,
  },
};

const notYet = /Sequelize: this is not written/;
export const sequelize: Shop = {
  ...camel,
  orm: 'sequelize',
  note: 'define',
  indexes: [['status', 'total'], ['remark']],
  refused: {
    addTable: notYet,
    deleteTable: notYet,
    addRelation: notYet,
    deleteRelation: notYet,
    setNullable: /nullable already/,
  },
  files: {
    'models.js': `const { Sequelize, DataTypes } = require('sequelize');

const sequelize = new Sequelize('postgres://localhost/shop');

const Customer = sequelize.define('Customer', { name: DataTypes.STRING }, { tableName: 'customers' });
const Coupon = sequelize.define('Coupon', { code: DataTypes.STRING }, { tableName: 'coupons' });

const Order = sequelize.define(
  'Order',
  {
    // Shown to the customer.
    status: { type: DataTypes.STRING(20), allowNull: false },
    total: { type: DataTypes.DECIMAL(10, 2), allowNull: false },
    remark: DataTypes.TEXT,
  },
  {
    tableName: 'orders',
    indexes: [{ fields: ['status', 'total'] }, { fields: ['remark'] }],
  },
);

Order.belongsTo(Customer, { foreignKey: 'customer_id', as: 'customer' });
`,
  },
};
