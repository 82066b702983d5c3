/** One small shop per ORM, for fixes: customers, their orders, and what the queries of a test are put into. */
import type { Files } from './prove.ts';

const typeormModel = `import { Column, Entity, Index, ManyToOne, OneToMany, PrimaryGeneratedColumn } from 'typeorm';

@Entity('customers')
export class Customer {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  name: string;

  @OneToMany(() => Order, (order) => order.customer)
  orders: Promise<Order[]>;
}

@Entity('orders')
export class Order {
  @PrimaryGeneratedColumn()
  id: number;

  @Index()
  @Column()
  status: string;

  @Index()
  @Column()
  customerId: number;

  @ManyToOne(() => Customer, (customer) => customer.orders)
  customer: Promise<Customer>;
}
`;

/** The body of methods of a service that has the repositories `customers` and `orders`. */
export function typeorm(body: string): Files {
  return {
    'model.ts': typeormModel,
    'shop.service.ts': `import { DataSource, Repository } from 'typeorm';
import { Customer, Order } from './model';

export class ShopService {
  constructor(
    private readonly customers: Repository<Customer>,
    private readonly orders: Repository<Order>,
    private readonly dataSource: DataSource,
  ) {}

${body}
}
`,
  };
}

export function prisma(body: string): Files {
  return {
    'schema.prisma': `datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

generator client {
  provider = "prisma-client-js"
}

model Customer {
  id     Int     @id @default(autoincrement())
  name   String
  email  String  @unique
  orders Order[]
}

model Order {
  id         Int      @id @default(autoincrement())
  status     String
  customerId Int
  customer   Customer @relation(fields: [customerId], references: [id])

  @@index([customerId])
  @@index([status])
}
`,
    'shop.ts': `import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();

${body}
`,
  };
}

export function sequelize(body: string): Files {
  return {
    'shop.js': `const { Sequelize, DataTypes } = require('sequelize');

const sequelize = new Sequelize('postgres://localhost/shop');

const Order = sequelize.define('Order', {
  status: DataTypes.STRING,
  customerId: DataTypes.INTEGER,
}, { tableName: 'orders', indexes: [{ fields: ['status'] }] });

${body}
`,
  };
}

export function mikroOrm(body: string): Files {
  return {
    'model.ts': `import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/core';

@Entity({ tableName: 'orders' })
export class Order {
  @PrimaryKey()
  id!: number;

  @Index()
  @Property()
  status!: string;
}
`,
    'shop.ts': `import { EntityManager } from '@mikro-orm/postgresql';
import { Order } from './model';

${body}
`,
  };
}

export function mongoose(body: string): Files {
  return {
    'shop.ts': `import { Schema, model } from 'mongoose';

const orderSchema = new Schema({ status: { type: String, index: true }, number: Number });

export const Order = model('Order', orderSchema);

${body}
`,
  };
}

export function drizzle(body: string): Files {
  return {
    'shop.ts': `import { drizzle } from 'drizzle-orm/node-postgres';
import { eq } from 'drizzle-orm';
import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';

export const orders = pgTable('orders', {
  id: integer('id').primaryKey(),
  status: text('status'),
}, (table) => [index('orders_status').on(table.status)]);

const db = drizzle(process.env.DATABASE_URL!);

${body}
`,
  };
}

export function django(body: string): Files {
  return {
    'requirements.txt': 'django\n',
    'shop/__init__.py': '',
    'shop/models.py': `from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=80)
    email = models.EmailField(unique=True)


class Order(models.Model):
    status = models.CharField(max_length=20, db_index=True)
    customer = models.ForeignKey(Customer, related_name="orders", on_delete=models.PROTECT)
`,
    'shop/views.py': `from django.db import connection

from shop.models import Customer, Order


${body}
`,
  };
}

export function sqlalchemy(body: string): Files {
  return {
    'models.py': `from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customers"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    orders: Mapped[list["Order"]] = relationship(back_populates="customer")


class Order(Base):
    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(String(20), index=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    customer: Mapped[Customer] = relationship(back_populates="orders")
`,
    'shop.py': `from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from models import Customer, Order


${body}
`,
  };
}

/** The body of methods of a class that has a context `db`. */
export function efcore(body: string, usings = 'using System.Linq;\nusing Microsoft.EntityFrameworkCore;'): Files {
  return {
    'Shop.csproj': `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net8.0</TargetFramework>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Npgsql.EntityFrameworkCore.PostgreSQL" Version="8.0.0" />
    <PackageReference Include="Microsoft.EntityFrameworkCore.Proxies" Version="8.0.0" />
  </ItemGroup>
</Project>
`,
    'Model.cs': `using System.Collections.Generic;
using Microsoft.EntityFrameworkCore;

namespace Shop;

public class Customer
{
    public int Id { get; set; }
    public string Name { get; set; }
    public virtual List<Order> Orders { get; set; }
}

public class Order
{
    public int Id { get; set; }
    public string Status { get; set; }
    public int CustomerId { get; set; }
    public virtual Customer Customer { get; set; }
}

public class ShopContext : DbContext
{
    public DbSet<Customer> Customers { get; set; }
    public DbSet<Order> Orders { get; set; }

    protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseLazyLoadingProxies().UseNpgsql("Host=db");

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<Order>().HasIndex(order => order.Status);
    }
}
`,
    'Reports.cs': `${usings}

namespace Shop;

public class Reports
{
    private readonly ShopContext db;

    public Reports(ShopContext db) => this.db = db;

${body}
}
`,
  };
}

/** The body of methods of a class that has repositories `orders` and `customers` of Spring Data. */
export function jpa(body: string): Files {
  const entity = (name: string, fields: string): string => `package shop;

import jakarta.persistence.*;

@Entity
@Table(name = "${name.toLowerCase()}s")
public class ${name} {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE)
  private Long id;

${fields}
}
`;
  return {
    'pom.xml':
      '<project><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-data-jpa</artifactId></dependency></dependencies></project>',
    'src/main/java/shop/Customer.java': entity(
      'Customer',
      '  private String name;\n\n  protected Customer() {}\n\n  public Customer(String name) { this.name = name; }',
    ),
    'src/main/java/shop/Order.java': entity(
      'Order',
      '  private String status;\n\n  public void setStatus(String status) { this.status = status; }\n\n  public String getStatus() { return status; }',
    ),
    'src/main/java/shop/Orders.java':
      'package shop;\n\nimport java.util.List;\nimport org.springframework.data.jpa.repository.JpaRepository;\n\npublic interface Orders extends JpaRepository<Order, Long> {\n  List<Order> findByStatus(String status);\n}\n',
    'src/main/java/shop/Customers.java':
      'package shop;\n\nimport org.springframework.data.jpa.repository.JpaRepository;\n\npublic interface Customers extends JpaRepository<Customer, Long> {\n}\n',
    'src/main/java/shop/Shop.java': `package shop;

import org.springframework.stereotype.Service;

@Service
public class Shop {
  private final Orders orders;
  private final Customers customers;

  public Shop(Orders orders, Customers customers) {
    this.orders = orders;
    this.customers = customers;
  }

${body}
}
`,
  };
}
