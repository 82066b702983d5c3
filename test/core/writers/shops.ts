/** The same little shop in every ORM that entities are edited of: customers, coupons that stand alone, orders. */

export interface Shop {
  readonly orm: string;
  readonly note: string;
  readonly files: Readonly<Record<string, string>>;
  readonly orders: string;
  readonly customers: string;
  /** Refers to nothing, and nothing to it. */
  readonly coupons: string;
  /** Columns of orders: a text, a decimal, a nullable text, the key of the relation. */
  readonly status: string;
  readonly total: string;
  readonly remark: string;
  readonly key: string;
  readonly relation: string;
  readonly payer: string;
  readonly paid: string;
  readonly coupon: string;
  readonly couponOrders: string;
  /** Kinds of edits that are refused, by what is said. */
  readonly refused?: Readonly<Record<string, RegExp>>;
}

const camel = {
  ...{ orders: 'orders', customers: 'customers', coupons: 'coupons', status: 'status', total: 'total' },
  ...{ remark: 'remark', key: 'customer_id', relation: 'customer', payer: 'payer', paid: 'paidOrders' },
  ...{ coupon: 'coupon', couponOrders: 'orders' },
};
const snake = { ...camel, paid: 'paid_orders' };

const typeorm: Shop = {
  ...camel,
  orm: 'typeorm',
  note: 'decorated classes',
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
const typeormTabs: Shop = {
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

const prisma: Shop = {
  ...camel,
  orm: 'prisma',
  note: 'a schema',
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

const django: Shop = {
  ...snake,
  orm: 'django',
  note: 'models',
  ...{ orders: 'shop_order', customers: 'shop_customer', coupons: 'shop_coupon' },
  files: {
    'shop/models.py': `from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=100)


class Coupon(models.Model):
    code = models.CharField(max_length=20, unique=True)


class Order(models.Model):
    """What a customer buys."""

    # Shown to the customer.
    status = models.CharField(
        max_length=20,
    )
    total = models.DecimalField(max_digits=10, decimal_places=2)
    remark = models.TextField(null=True, blank=True)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="orders")

    class Meta:
        ordering = ["-total", "status"]
        indexes = [
            models.Index(fields=["status", "total"]),
            models.Index(fields=["remark"]),
        ]

    def __str__(self):
        return self.status
`,
  },
};

const sqlalchemy: Shop = {
  ...snake,
  orm: 'sqlalchemy',
  note: 'mapped columns',
  files: {
    'shop/models.py': `from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Numeric, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    orders: Mapped[list["Order"]] = relationship(back_populates="customer")


class Coupon(Base):
    __tablename__ = "coupons"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]


class Order(Base):
    __tablename__ = "orders"
    __table_args__ = (Index("ix_orders_status_total", "status", "total"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # Shown to the customer.
    status: Mapped[str] = mapped_column(String(20))
    total: Mapped[Decimal] = mapped_column(Numeric(10, 2))
    remark: Mapped[str | None]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    customer: Mapped[Customer] = relationship(back_populates="orders")

    def describe(self) -> str:
        return self.status
`,
  },
};

const sqlalchemyColumns: Shop = {
  ...snake,
  orm: 'sqlalchemy',
  note: 'plain columns',
  files: {
    'models.py': `from sqlalchemy import Column, ForeignKey, Integer, Numeric, String, Text
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Customer(Base):
    __tablename__ = 'customers'

    id = Column(Integer, primary_key=True)
    name = Column(String(100), nullable=False)
    orders = relationship('Order', back_populates='customer')


class Coupon(Base):
    __tablename__ = 'coupons'

    id = Column(Integer, primary_key=True)
    code = Column(String(20), unique=True)


class Order(Base):
    __tablename__ = 'orders'

    id = Column(Integer, primary_key=True)
    status = Column(String(20), nullable=False, index=True)
    total = Column(Numeric(10, 2), nullable=False)
    remark = Column(Text)
    customer_id = Column(Integer, ForeignKey('customers.id'), nullable=False)
    customer = relationship('Customer', back_populates='orders')
`,
  },
};

const jpa: Shop = {
  ...camel,
  orm: 'jpa',
  note: 'annotated fields with accessors',
  files: {
    'src/shop/Customer.java': `package shop;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;

@Entity
@Table(name = "customers")
public class Customer {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String name;

    @OneToMany(mappedBy = "customer")
    private List<Order> orders = new ArrayList<>();
}
`,
    'src/shop/Coupon.java': `package shop;

import jakarta.persistence.*;

@Entity
@Table(name = "coupons")
public class Coupon {
    @Id
    private Long id;

    @Column(unique = true)
    private String code;
}
`,
    'src/shop/Order.java': `package shop;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.math.BigDecimal;

@Entity
@Table(name = "orders", indexes = {@Index(columnList = "status, total"), @Index(columnList = "remark")})
public class Order {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    /** Shown to the customer. */
    @Column(nullable = false, length = 20)
    private String status;

    @Column(nullable = false, precision = 10, scale = 2)
    private BigDecimal total;

    private String remark;

    @ManyToOne(optional = false)
    @JoinColumn(name = "customer_id", nullable = false)
    private Customer customer;

    public String getStatus() {
        return status;
    }

    public void setStatus(String status) {
        this.status = status;
    }

    public BigDecimal getTotal() {
        return total;
    }

    public void setTotal(BigDecimal total) {
        this.total = total;
    }

    public String getRemark() {
        return remark;
    }

    public Customer getCustomer() {
        return customer;
    }
}
`,
  },
};

const efcore: Shop = {
  orm: 'efcore',
  note: 'properties with attributes',
  ...{ orders: 'Orders', customers: 'Customers', coupons: 'Coupons', status: 'Status', total: 'Total' },
  ...{ remark: 'Remark', key: 'CustomerId', relation: 'Customer', payer: 'Payer', paid: 'PaidOrders' },
  ...{ coupon: 'Coupon', couponOrders: 'Orders' },
  refused: { addTable: /EF Core: this is not written/, deleteTable: /EF Core: this is not written/ },
  files: {
    'ShopContext.cs': `using Microsoft.EntityFrameworkCore;

namespace Shop;

public class ShopContext : DbContext
{
    public DbSet<Order> Orders { get; set; }
    public DbSet<Customer> Customers { get; set; }
    public DbSet<Coupon> Coupons { get; set; }
}
`,
    'Shop.csproj':
      '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><Nullable>enable</Nullable></PropertyGroup></Project>\n',
    'Customer.cs': `using System.Collections.Generic;

namespace Shop;

public class Customer
{
    public int Id { get; set; }
    public string Name { get; set; } = null!;
    public ICollection<Order> Orders { get; set; } = new List<Order>();
}
`,
    'Coupon.cs': `namespace Shop;

public class Coupon
{
    public int Id { get; set; }
    public string Code { get; set; } = null!;
}
`,
    'Order.cs': `using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Shop;

[Index(nameof(Status), nameof(Total))]
public class Order
{
    public int Id { get; set; }

    /// <summary>Shown to the customer.</summary>
    [MaxLength(20)]
    public string Status { get; set; } = null!;

    [Column(TypeName = "decimal(10,2)")]
    public decimal Total { get; set; }

    public string? Remark { get; set; }

    public int CustomerId { get; set; }

    public Customer Customer { get; set; } = null!;

    public string Describe()
    {
        return Status;
    }
}
`,
  },
};

const notYet = /Sequelize: this is not written/;
const sequelize: Shop = {
  ...camel,
  orm: 'sequelize',
  note: 'define',
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

export const shops: readonly Shop[] = [
  ...[typeorm, typeormTabs, prisma, django, sqlalchemy, sqlalchemyColumns, jpa, efcore, sequelize],
];
