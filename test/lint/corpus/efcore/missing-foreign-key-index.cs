using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace Archive;

public class Box
{
    public long Id { get; set; }
    public string Shelf { get; set; } = "";
}

public class Folder
{
    public long Id { get; set; }
    // bad: the context takes away the convention that would make one
    public long BoxId { get; set; }
    public Box Box { get; set; } = null!; // expect
}

public class Sheet
{
    public long Id { get; set; }
    // trap: the context asks for it
    public long FolderId { get; set; }
    public Folder Folder { get; set; } = null!;
    // bad: an index has it in second place
    public long? ScannerId { get; set; }
    public Scanner? Scanner { get; set; } // expect
    public DateTimeOffset ScannedAt { get; set; }
}

public class Scanner
{
    public long Id { get; set; }
}

public class Lid
{
    public long Id { get; set; }
    // trap: one lid per box
    public long BoxId { get; set; }
    public Box Box { get; set; } = null!;
}

public class ArchiveContext : DbContext
{
    public DbSet<Box> Boxes => Set<Box>();
    public DbSet<Folder> Folders => Set<Folder>();
    public DbSet<Sheet> Sheets => Set<Sheet>();
    public DbSet<Scanner> Scanners => Set<Scanner>();
    public DbSet<Lid> Lids => Set<Lid>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Conventions.Remove(typeof(ForeignKeyIndexConvention));
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        builder.Entity<Sheet>().HasIndex(sheet => sheet.FolderId);
        builder.Entity<Sheet>().HasIndex(sheet => new { sheet.ScannedAt, sheet.ScannerId });
        builder.Entity<Lid>().HasIndex(lid => lid.BoxId).IsUnique();
    }
}
