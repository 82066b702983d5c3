// rules: missing-foreign-key-index, redundant-index, narrow-primary-key, missing-primary-key, lossy-column-type, soft-delete-unique, nullable-unique-column, unprotected-sensitive-column, plaintext-password
using System;
using System.Collections.Generic;
using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Shop;

public class Customer
{
    public long Id { get; set; }

    [MaxLength(200)]
    public string Email { get; set; } = "";

    // bad plaintext-password: no hash fits into it
    [MaxLength(16)]
    public string Password { get; set; } = ""; // expect plaintext-password

    public string? VatNumber { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    public List<Order> Orders { get; } = new();
}

public class Order
{
    public long Id { get; set; }

    // trap missing-foreign-key-index: the convention makes one for every foreign key
    public long CustomerId { get; set; }
    public Customer Customer { get; set; } = null!;

    public string Number { get; set; } = "";

    // bad lossy-column-type: binary fractions
    public double TotalPrice { get; set; } // expect lossy-column-type

    // trap lossy-column-type: decimal is exact
    public decimal Shipping { get; set; }

    // trap lossy-column-type: kilograms are measured
    public double Weight { get; set; }

    public DateTimeOffset PlacedAt { get; set; }

    // trap missing-foreign-key-index: a composite index of the context leads with it, so that the convention leaves it alone
    public long? CourierId { get; set; }
    public Courier? Courier { get; set; }

    public List<OrderLine> Lines { get; } = new();
}

[PrimaryKey(nameof(OrderId), nameof(Position))]
public class OrderLine
{
    // trap missing-foreign-key-index: the primary key begins with it
    public long OrderId { get; set; }
    public Order Order { get; set; } = null!;

    public int Position { get; set; }

    // bad lossy-column-type: money as a float
    public float UnitPrice { get; set; } // expect lossy-column-type
}

public class Courier
{
    // trap narrow-primary-key: there are few of them
    public int Id { get; set; }
    public string Name { get; set; } = "";
}

public class OrderEvent
{
    // bad narrow-primary-key: int is counted up with every change of every order
    public int Id { get; set; } // expect narrow-primary-key
    public string Kind { get; set; } = "";
    public DateTimeOffset At { get; set; }
}

public class StockMovement
{
    // bad narrow-primary-key: stated by an attribute
    [Key]
    [DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public int Number { get; set; } // expect narrow-primary-key
    public int Pieces { get; set; }
    public DateTimeOffset At { get; set; }
}

public class MailLog
{
    // trap narrow-primary-key: long is 64 bits
    public long Id { get; set; }
    public DateTimeOffset SentAt { get; set; }
}

// bad missing-primary-key: a table that is told to have none
[Keyless]
[Table("ImportRows")]
public class ImportRow // expect missing-primary-key
{
    public string Line { get; set; } = "";
    public DateTimeOffset ReadAt { get; set; }
}

// trap missing-primary-key: a view has no key
[Keyless]
public class SalesPerDay
{
    public DateOnly Day { get; set; }
    public decimal Sum { get; set; }
}

// trap missing-primary-key: the class of a library has it
public class Lessee : TenantInfo
{
    public string Plan { get; set; } = "";
}

// trap missing-primary-key: found by its name (class + Id)
public class Warehouse
{
    public Guid WarehouseId { get; set; }
    public string City { get; set; } = "";
}

// bad missing-primary-key: HasNoKey in the context below
public class ScannerDump // expect missing-primary-key
{
    public string Raw { get; set; } = "";
    public DateTimeOffset ScannedAt { get; set; }
}

public class Payment
{
    public long Id { get; set; }

    // bad unprotected-sensitive-column: the whole number
    [MaxLength(19)]
    public string CardNumber { get; set; } = ""; // expect unprotected-sensitive-column

    // bad unprotected-sensitive-column: it may not be stored at all
    [MaxLength(4)]
    public string Cvv { get; set; } = ""; // expect unprotected-sensitive-column

    // trap unprotected-sensitive-column: what the provider gave for it
    public string CardToken { get; set; } = "";

    // trap unprotected-sensitive-column: a brand is on every receipt
    public string CardBrand { get; set; } = "";
}

public class Clerk
{
    public long Id { get; set; }

    // trap plaintext-password: a hash
    [MaxLength(84)]
    public string PasswordHash { get; set; } = "";

    // trap plaintext-password: when it was set
    public DateTimeOffset? PasswordChangedAt { get; set; }


    // bad plaintext-password: twelve characters
    [Column(TypeName = "varchar(12)")]
    public string TerminalPassword { get; set; } = ""; // expect plaintext-password
}

public class ShopContext : DbContext
{
    public DbSet<Customer> Customers => Set<Customer>();
    public DbSet<Order> Orders => Set<Order>();
    public DbSet<OrderLine> OrderLines => Set<OrderLine>();
    public DbSet<Courier> Couriers => Set<Courier>();
    public DbSet<OrderEvent> OrderEvents => Set<OrderEvent>();
    public DbSet<StockMovement> StockMovements => Set<StockMovement>();
    public DbSet<MailLog> MailLogs => Set<MailLog>();
    public DbSet<ImportRow> ImportRows => Set<ImportRow>();
    public DbSet<SalesPerDay> SalesPerDay => Set<SalesPerDay>();
    public DbSet<Lessee> Lessees => Set<Lessee>();
    public DbSet<Warehouse> Warehouses => Set<Warehouse>();
    public DbSet<Payment> Payments => Set<Payment>();
    public DbSet<Clerk> Clerks => Set<Clerk>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        builder.Entity<Customer>(customer =>
        {
            customer.HasQueryFilter(c => c.DeletedAt == null);
            // bad soft-delete-unique: whoever left keeps the address
            customer.HasIndex(c => c.Email).IsUnique(); // expect soft-delete-unique
            // bad soft-delete-unique: two columns are no better
            customer.HasAlternateKey(c => new { c.Email, c.Password }); // expect soft-delete-unique
            // trap soft-delete-unique, nullable-unique-column: live rows only
            customer.HasIndex(c => c.VatNumber).IsUnique().HasFilter("\"DeletedAt\" IS NULL");
        });

        builder.Entity<Order>(order =>
        {
            order.HasIndex(o => new { o.CourierId, o.PlacedAt });
            // bad redundant-index: the next begins with it
            order.HasIndex(o => o.PlacedAt); // expect redundant-index
            order.HasIndex(o => new { o.PlacedAt, o.Number });
            // trap redundant-index, soft-delete-unique: unique, in a table from which nothing is deleted softly
            order.HasIndex(o => o.Number).IsUnique();
            // trap redundant-index: only open orders are in the longer one
            order.HasIndex(o => o.TotalPrice);
            order.HasIndex(o => new { o.TotalPrice, o.Shipping }).HasFilter("\"Shipping\" > 0");
            // bad nullable-unique-column: orders without a courier
            order.HasIndex(o => new { o.CourierId, o.CustomerId, o.PlacedAt }).IsUnique().HasFilter(null); // expect nullable-unique-column
            // trap nullable-unique-column: both are required
            order.HasIndex(o => new { o.CustomerId, o.Number }).IsUnique();
        });

        builder.Entity<Warehouse>(warehouse =>
        {
            warehouse.Property<string?>("Region");
            // bad redundant-index: the unique one begins with it
            warehouse.HasIndex(w => w.City); // expect redundant-index
            // bad nullable-unique-column: a shadow property that can be NULL
            warehouse.HasIndex("City", "Region").IsUnique(); // expect nullable-unique-column
        });

        builder.Entity<MailLog>().HasIndex(m => m.SentAt, "ix_mail_sent");
        builder.Entity<MailLog>().HasIndex(m => m.SentAt, "ix_mail_sent_again"); // expect redundant-index

        builder.Entity<SalesPerDay>().ToView("sales_per_day");
        builder.Entity<ScannerDump>().HasNoKey().ToTable("ScannerDumps");
    }
}
