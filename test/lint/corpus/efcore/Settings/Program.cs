// at: src/Api/Program.cs
// rules: schema-auto-sync, oversized-pool, unencrypted-connection, password-in-source, missing-timeout
using Library;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = WebApplication.CreateBuilder(args);

// trap password-in-source, unencrypted-connection, oversized-pool: the configuration knows it
builder.Services.AddDbContext<LibraryContext>(options =>
    options.UseNpgsql(builder.Configuration.GetConnectionString("Library"), npgsql => npgsql.CommandTimeout(15)));

// bad password-in-source: whoever reads the code has it
// bad unencrypted-connection: told to speak in the clear
// bad missing-timeout: none, where the driver has one of its own
builder.Services.AddDbContext<ReportContext>(options =>
    options.UseNpgsql("Host=reports.example.com;Database=reports;Username=reports;Password=s3cret-s3cret;SSL Mode=Disable;Command Timeout=0")); // expect password-in-source, unencrypted-connection, missing-timeout

// bad oversized-pool: more than the server gives
// trap missing-timeout, unencrypted-connection, password-in-source: it is said how long to wait, and that TLS is needed
builder.Services.AddDbContext<ArchiveContext>(options =>
    options.UseNpgsql("Host=archive.example.com;Database=archive;Username=archive;SSL Mode=Require;Maximum Pool Size=400;Timeout=5;Command Timeout=20")); // expect oversized-pool

// bad password-in-source: the fourth of them
// bad oversized-pool: for one of several instances
// bad unencrypted-connection: without TLS
builder.Services.AddDbContext<MailContext>(options =>
    options.UseNpgsql("Server=mail.example.com;Port=5432;Database=mail;User Id=mail;Password=Tr0ub4dor-3;SslMode=Disable;MaxPoolSize=300;CommandTimeout=30")); // expect password-in-source, unencrypted-connection, oversized-pool

// bad missing-timeout: it waits for as long as it takes
// trap oversized-pool: what a few cores can work on
builder.Services.AddDbContext<BatchContext>(options =>
    options.UseNpgsql(builder.Configuration.GetConnectionString("Batch") + ";Maximum Pool Size=20", npgsql => npgsql.CommandTimeout(0))); // expect missing-timeout

// trap missing-timeout: the driver gives up after half a minute
builder.Services.AddDbContext<PrintContext>(options => options.UseNpgsql(builder.Configuration.GetConnectionString("Print")));

var app = builder.Build();

using (var scope = app.Services.CreateScope())
{
    // trap schema-auto-sync: a comment alone
    // app.Services.GetRequiredService<LibraryContext>().Database.EnsureCreated(); does not see the migrations

    // bad schema-auto-sync: made without migrations, so that none can change it later
    scope.ServiceProvider.GetRequiredService<LibraryContext>().Database.EnsureCreated(); // expect schema-auto-sync

    // bad schema-auto-sync: what was there is gone
    scope.ServiceProvider.GetRequiredService<ArchiveContext>().Database.EnsureDeleted(); // expect schema-auto-sync

    // trap schema-auto-sync: on the machine of a developer
    if (app.Environment.IsDevelopment())
    {
        scope.ServiceProvider.GetRequiredService<MailContext>().Database.EnsureCreated();
    }

    // trap schema-auto-sync: there too, if he has asked for it
    if (app.Environment.IsDevelopment() && settings?.Recreate == true)
    {
        foreach (var tenant in settings.Tenants)
        {
            await tenant.Context.Database.EnsureDeletedAsync();
        }
    }

    // trap schema-auto-sync: the engine of tests has no migrations
    if (reports.Database.IsSqlite())
        await reports.Database.EnsureCreatedAsync();

    // bad schema-auto-sync: everywhere but there
    if (!app.Environment.IsDevelopment())
    {
        scope.ServiceProvider.GetRequiredService<PrintContext>().Database.EnsureCreated(); // expect schema-auto-sync
    }

    // trap schema-auto-sync: what migrations say
    scope.ServiceProvider.GetRequiredService<ReportContext>().Database.Migrate();
}

app.Run();

public class ReportContext : DbContext { public ReportContext(DbContextOptions<ReportContext> options) : base(options) { } }
public class ArchiveContext : DbContext { public ArchiveContext(DbContextOptions<ArchiveContext> options) : base(options) { } }
public class BatchContext : DbContext { public BatchContext(DbContextOptions<BatchContext> options) : base(options) { } }
public class PrintContext : DbContext { public PrintContext(DbContextOptions<PrintContext> options) : base(options) { } }
public class MailContext : DbContext { public MailContext(DbContextOptions<MailContext> options) : base(options) { } }

public class DemoData
{
    private readonly ArchiveContext _archive;

    public DemoData(ArchiveContext archive) => _archive = archive;

    // trap schema-auto-sync: the program calls it where it asks for the environment first
    public async Task InitialiseAsync()
    {
        try
        {
            await _archive.Database.EnsureDeletedAsync();
            await _archive.Database.EnsureCreatedAsync();
        }
        catch (Exception failure)
        {
            Console.WriteLine(failure);
        }
    }

    // trap schema-auto-sync: when somebody asks for it
    public async Task Renew()
    {
        await _archive.Database.EnsureDeletedAsync();
        await _archive.Database.EnsureCreatedAsync();
    }
}
