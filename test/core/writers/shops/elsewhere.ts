/** The shop in the ORMs of Python, Java and .NET. */
import { camel, snake } from './shop.ts';
import type { Shop } from './shop.ts';

export const django: Shop = {
  ...snake,
  orm: 'django',
  note: 'models',
  indexes: [['status', 'total'], ['remark']],
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

export const sqlalchemy: Shop = {
  ...snake,
  orm: 'sqlalchemy',
  note: 'mapped columns',
  indexes: [['status', 'total']],
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

export const sqlalchemyColumns: Shop = {
  ...snake,
  orm: 'sqlalchemy',
  note: 'plain columns',
  indexes: [['status']],
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

export const jpa: Shop = {
  ...camel,
  orm: 'jpa',
  note: 'annotated fields with accessors',
  indexes: [['status', 'total'], ['remark']],
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

export const efcore: Shop = {
  orm: 'efcore',
  note: 'properties with attributes',
  indexes: [['Status', 'Total'], ['Remark']],
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

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Coupon>().Property(coupon => coupon.Code).HasMaxLength(20);
        // Looked up by support.
        modelBuilder.Entity<Order>().HasIndex(order => order.Remark).HasDatabaseName("IX_Remark");
    }
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
