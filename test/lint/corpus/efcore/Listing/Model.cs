// at: Press/Model.cs
using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore;

namespace Press;

public class Edition
{
    public long Id { get; set; }
    public string Title { get; set; } = "";
    public bool SoldOut { get; set; }
    public DateTime PrintedAt { get; set; }
    public List<Copy> Copies { get; set; } = new();
}

public class Copy
{
    public long Id { get; set; }
    public long EditionId { get; set; }
    public Edition Edition { get; set; } = null!;
    public int Number { get; set; }
}

public class PressContext : DbContext
{
    public PressContext(DbContextOptions<PressContext> options) : base(options) { }

    public DbSet<Edition> Editions => Set<Edition>();
    public DbSet<Copy> Copies => Set<Copy>();
}
