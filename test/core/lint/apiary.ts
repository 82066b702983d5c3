/** A project of EF Core that cases of rules share. */
export const csproj = {
  'Apiary.csproj':
    '<Project><ItemGroup><PackageReference Include="Microsoft.EntityFrameworkCore.SqlServer" /></ItemGroup></Project>',
};

/** Hives of EF Core with what a class and its configuration add. */
export const apiary = (hive: string, configuration: string): Record<string, string> => ({
  ...csproj,
  'Apiary.cs': `using System.Collections.Generic;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Apiary;

public class HiveId { public System.Guid Value { get; } }
public class Place { public string Town { get; } }
public class Frame { public int Number { get; } }

public class Hive
{
    public HiveId Id { get; private set; }
${hive}
}

public class Lease
{
    public int Id { get; private set; }
    private HiveId _hiveId;
}

internal class HiveConfiguration : IEntityTypeConfiguration<Hive>
{
    public void Configure(EntityTypeBuilder<Hive> builder)
    {
        builder.HasKey(hive => hive.Id);
${configuration}
    }
}

internal class LeaseConfiguration : IEntityTypeConfiguration<Lease>
{
    public void Configure(EntityTypeBuilder<Lease> builder)
    {
        builder.Property<HiveId>("_hiveId").HasColumnName("HiveId");
        builder.HasOne<Hive>().WithOne().HasForeignKey(nameof(Lease), "_hiveId");
    }
}

public class ApiaryContext : DbContext
{
    public DbSet<Hive> Hives { get; set; }
    public DbSet<Lease> Leases { get; set; }

    protected override void OnModelCreating(ModelBuilder model) =>
        model.ApplyConfigurationsFromAssembly(GetType().Assembly);
}
`,
});
