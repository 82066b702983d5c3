/** A workspace of EF Core with ASP.NET. */
import { indices, moduleOf, nameOf, targetsOf } from './generatedEntities.ts';
import type { LanguageWorkspace } from './generatedEntities.ts';

export function csharp(entities: number): LanguageWorkspace {
  const folder = (index: number): string => `src/${moduleOf(index)}`;
  return {
    name: 'C# (EF Core, ASP.NET)',
    files: [
      {
        path: 'src/Shop.csproj',
        text: '<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net9.0</TargetFramework><Nullable>enable</Nullable></PropertyGroup><ItemGroup><PackageReference Include="Npgsql.EntityFrameworkCore.PostgreSQL" Version="9.0.0" /></ItemGroup></Project>\n',
      },
      { path: 'src/ShopContext.cs', text: csharpContext(entities) },
      ...indices(entities).flatMap((index) => [
        { path: `${folder(index)}/${nameOf(index)}.cs`, text: csharpEntity(index) },
        ...(index % 2 === 0
          ? [{ path: `${folder(index)}/${nameOf(index)}Service.cs`, text: csharpService(index) }]
          : []),
        { path: `${folder(index)}/${nameOf(index)}Helper.cs`, text: csharpHelper(index) },
      ]),
    ],
    typing: {
      path: `${folder(Math.floor(entities / 2))}/${nameOf(Math.floor(entities / 2))}.cs`,
      before: '    public bool IsActive',
      text: '    [MaxLength(40)]\n    public string? Typed { get; set; }\n\n'.repeat(8),
    },
  };
}

function csharpContext(entities: number): string {
  const sets = indices(entities).map(
    (index) => `    public DbSet<${nameOf(index)}> ${nameOf(index)}s => Set<${nameOf(index)}>();\n`,
  );
  return `using Microsoft.EntityFrameworkCore;

namespace Shop;

public class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
${sets.join('')}
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ShopContext).Assembly);
    }
}
`;
}

function csharpEntity(index: number): string {
  const name = nameOf(index);
  const relations = targetsOf(index).map(
    (target, at) => `    public int Ref${at}Id { get; set; }

    public ${nameOf(target)} Ref${at} { get; set; } = null!;

`,
  );
  return `using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Shop;

public enum ${name}Status { Draft, Active, Closed }

/// <summary>One of the tables of the generated shop.</summary>
[Index(nameof(Name), nameof(Status))]
public class ${name}
{
    public int Id { get; set; }

    [MaxLength(120)]
    public string Name { get; set; } = "";

    public ${name}Status Status { get; set; }

    public decimal Total { get; set; }

    public string? Note { get; set; }

    public DateTime CreatedAt { get; set; }

${relations.join('')}    public bool IsActive => Status == ${name}Status.Active;
}

public class ${name}Configuration : IEntityTypeConfiguration<${name}>
{
    public void Configure(EntityTypeBuilder<${name}> builder)
    {
        builder.ToTable("${name.toLowerCase()}");
        builder.Property(row => row.Total).HasPrecision(12, 2);
        builder.Property(row => row.Status).HasConversion<string>().HasMaxLength(20);
${targetsOf(index)
  .map((_, at) => `        builder.HasOne(row => row.Ref${at}).WithMany().HasForeignKey(row => row.Ref${at}Id);\n`)
  .join('')}    }
}
`;
}

function csharpService(index: number): string {
  const name = nameOf(index);
  return `using Microsoft.EntityFrameworkCore;

namespace Shop;

public class ${name}Service(ShopContext context)
{
    public Task<${name}?> One(int id) => context.${name}s.FirstOrDefaultAsync(row => row.Id == id);

    public Task<List<${name}>> Listed(${name}Status status, int page) =>
        context.${name}s.Where(row => row.Status == status).OrderByDescending(row => row.CreatedAt).Skip(page * 20).Take(20).ToListAsync();

    public async Task<int> Close(int[] ids)
    {
        var rows = await context.${name}s.Where(row => ids.Contains(row.Id)).ToListAsync();
        foreach (var row in rows)
        {
            row.Status = ${name}Status.Closed;
            await context.SaveChangesAsync();
        }
        return rows.Count;
    }
}
`;
}

function csharpHelper(index: number): string {
  const methods = Array.from(
    { length: 12 },
    (_, at) => `    public static double Compute${at}(int[] values, double factor)
    {
        double total = 0;
        foreach (var value in values) total += value * factor + ${at};
        return Math.Round(total * 100) / 100;
    }
`,
  );
  return `namespace Shop;\n\npublic static class ${nameOf(index)}Helper\n{\n${methods.join('\n')}}\n`;
}
