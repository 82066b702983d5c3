// rules: range-before-equality, unsearchable-filter, query-in-loop, write-in-loop, filter-in-memory, repeated-query, unfiltered-write, wasteful-sql, sql-injection, unordered-pagination
using System;
using System.Collections.Generic;
using System.Data;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Dapper;
using Npgsql;

namespace Depots;

public record Parcel(long Id, string Barcode, string State, int WeightGrams, string Recipient, long DepotId, long? DriverId);
public record Depot(long Id, string Code, string Name, string Town);
public record Scan(long Id, long ParcelId, string Place, DateTime ScannedAt);
public record Driver(long Id, string Login, string FullName, long DepotId);

public class ParcelRepository
{
    private readonly string _connectionString;

    public ParcelRepository(string connectionString) => _connectionString = connectionString;

    private IDbConnection Open() => new NpgsqlConnection(_connectionString);

    // trap wasteful-sql: what is used is named
    public async Task<Parcel?> GetAsync(long id)
    {
        using var connection = Open();
        return await connection.QuerySingleOrDefaultAsync<Parcel>(
            "SELECT id, barcode, state, weight_grams, recipient, depot_id, driver_id FROM parcels WHERE id = @id", new { id });
    }

    // bad wasteful-sql: a record of three columns is filled from all of them
    public async Task<IEnumerable<(long Id, string Town)>> TownsAsync()
    {
        using var connection = Open();
        return await connection.QueryAsync<(long, string)>("SELECT * FROM depots"); // expect wasteful-sql
    }

    // bad wasteful-sql: sorts the table for one row
    public async Task<Driver> DrawDriverAsync(long depotId)
    {
        using var connection = Open();
        return await connection.QueryFirstAsync<Driver>(
            "SELECT id, login, full_name, depot_id FROM drivers WHERE depot_id = @depotId ORDER BY random() LIMIT 1", new { depotId }); // expect wasteful-sql
    }

    // trap wasteful-sql: counting reads no columns
    public async Task<int> CountAsync(long depotId)
    {
        using var connection = Open();
        return await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM parcels WHERE depot_id = @depotId", new { depotId });
    }

    // bad query-in-loop: a statement for each parcel
    public async Task<Dictionary<long, List<Scan>>> ScansOfDepotAsync(long depotId)
    {
        using var connection = Open();
        var parcels = await connection.QueryAsync<Parcel>("SELECT id, barcode, state FROM parcels WHERE depot_id = @depotId", new { depotId });
        var scans = new Dictionary<long, List<Scan>>();
        foreach (var parcel in parcels)
        {
            var found = await connection.QueryAsync<Scan>( // expect query-in-loop
                "SELECT id, parcel_id, place, scanned_at FROM scans WHERE parcel_id = @Id", new { parcel.Id });
            scans[parcel.Id] = found.ToList();
        }
        return scans;
    }

    // bad query-in-loop: all at once, and yet one for each
    public async Task<Driver[]> DriversOfAsync(IEnumerable<Parcel> parcels)
    {
        return await Task.WhenAll(parcels.Select(async parcel =>
        {
            using var connection = Open();
            return await connection.QuerySingleAsync<Driver>("SELECT id, login, full_name, depot_id FROM drivers WHERE id = @DriverId", new { parcel.DriverId }); // expect query-in-loop
        }));
    }

    // trap query-in-loop: one statement for all of them
    public async Task<ILookup<long, Scan>> ScansAsync(IReadOnlyCollection<Parcel> parcels)
    {
        using var connection = Open();
        var ids = parcels.Select(parcel => parcel.Id).ToArray();
        var scans = await connection.QueryAsync<Scan>("SELECT id, parcel_id, place, scanned_at FROM scans WHERE parcel_id = ANY(@ids)", new { ids });
        return scans.ToLookup(scan => scan.ParcelId);
    }

    // trap query-in-loop: two results of one round trip
    public async Task<(Parcel, List<Scan>)> WithScansAsync(long id)
    {
        using var connection = Open();
        using var results = await connection.QueryMultipleAsync(
            "SELECT id, barcode, state FROM parcels WHERE id = @id; SELECT id, place, scanned_at FROM scans WHERE parcel_id = @id", new { id });
        return (await results.ReadSingleAsync<Parcel>(), (await results.ReadAsync<Scan>()).ToList());
    }

    // trap query-in-loop: page by page until there is none
    public async Task ArchiveAsync(Func<IReadOnlyList<Scan>, Task> write)
    {
        using var connection = Open();
        long last = 0;
        while (true)
        {
            var page = (await connection.QueryAsync<Scan>(
                "SELECT id, parcel_id, place, scanned_at FROM scans WHERE id > @last ORDER BY id LIMIT 1000", new { last })).ToList();
            if (page.Count == 0) break;
            await write(page);
            last = page[^1].Id;
        }
    }

    // bad write-in-loop: a round trip per scan
    public async Task AddScansAsync(IEnumerable<Scan> scans)
    {
        using var connection = Open();
        foreach (var scan in scans)
        {
            await connection.ExecuteAsync( // expect write-in-loop
                "INSERT INTO scans (parcel_id, place, scanned_at) VALUES (@ParcelId, @Place, @ScannedAt)", scan);
        }
    }

    // bad write-in-loop: each is told apart from the others
    public async Task AssignAsync(long driverId, IEnumerable<long> parcelIds)
    {
        using var connection = Open();
        connection.Open();
        using var transaction = connection.BeginTransaction();
        foreach (var id in parcelIds)
        {
            await connection.ExecuteAsync("UPDATE parcels SET driver_id = @driverId WHERE id = @id", new { driverId, id }, transaction); // expect write-in-loop
        }
        transaction.Commit();
    }

    // trap write-in-loop: one statement for all keys
    public async Task AssignAllAsync(long driverId, long[] parcelIds)
    {
        using var connection = Open();
        await connection.ExecuteAsync("UPDATE parcels SET driver_id = @driverId WHERE id = ANY(@parcelIds)", new { driverId, parcelIds });
    }

    // trap write-in-loop: COPY streams the rows
    public async Task CopyScansAsync(IEnumerable<Scan> scans)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync();
        await using var writer = await connection.BeginBinaryImportAsync("COPY scans (parcel_id, place, scanned_at) FROM STDIN (FORMAT BINARY)");
        foreach (var scan in scans)
        {
            await writer.StartRowAsync();
            await writer.WriteAsync(scan.ParcelId);
            await writer.WriteAsync(scan.Place);
            await writer.WriteAsync(scan.ScannedAt);
        }
        await writer.CompleteAsync();
    }

    // bad filter-in-memory: all drivers for those of a depot
    public IEnumerable<Driver> DriversOf(long depotId)
    {
        using var connection = Open();
        return connection.Query<Driver>("SELECT id, login, full_name, depot_id FROM drivers").Where(driver => driver.DepotId == depotId).ToList(); // expect filter-in-memory
    }

    // bad filter-in-memory: and for one of them
    public async Task<Driver?> ByLoginAsync(string login)
    {
        using var connection = Open();
        return (await connection.QueryAsync<Driver>("SELECT id, login, full_name, depot_id FROM drivers")).FirstOrDefault(driver => driver.Login == login); // expect filter-in-memory
    }

    // trap filter-in-memory: the statement has chosen already
    public IEnumerable<Driver> NamesakesOf(long depotId, Driver other)
    {
        using var connection = Open();
        return connection.Query<Driver>("SELECT id, login, full_name, depot_id FROM drivers WHERE depot_id = @depotId", new { depotId })
            .Where(driver => Soundex(driver.FullName) == Soundex(other.FullName)).ToList();
    }

    // trap filter-in-memory: every row is used
    public async Task<Dictionary<string, Driver>> ByLoginsAsync()
    {
        using var connection = Open();
        return (await connection.QueryAsync<Driver>("SELECT id, login, full_name, depot_id FROM drivers")).ToDictionary(driver => driver.Login);
    }

    // bad repeated-query: the depot does not change from line to line
    public async Task<string> LabelsAsync(string code, IEnumerable<Parcel> parcels)
    {
        using var connection = Open();
        var labels = new StringBuilder();
        foreach (var parcel in parcels)
        {
            var name = await connection.QuerySingleAsync<string>("SELECT name FROM depots WHERE code = @code", new { code }); // expect repeated-query
            labels.AppendLine($"{name}: {parcel.Barcode}");
        }
        return labels.ToString();
    }

    // bad repeated-query: asked twice
    public async Task<string> SenderAsync(string code)
    {
        using var connection = Open();
        var depot = await connection.QuerySingleAsync<Depot>("SELECT id, code, name, town FROM depots WHERE code = @code", new { code });
        var line = $"{depot.Name}, {depot.Town}";
        var sender = await connection.QuerySingleAsync<Depot>("SELECT id, code, name, town FROM depots WHERE code = @code", new { code }); // expect repeated-query
        return sender.Code + line;
    }

    // trap repeated-query: it is another one after the update
    public async Task<(string, string)> MoveAsync(long id, string town)
    {
        using var connection = Open();
        var before = await connection.QuerySingleAsync<string>("SELECT town FROM depots WHERE id = @id", new { id });
        await connection.ExecuteAsync("UPDATE depots SET town = @town WHERE id = @id", new { id, town });
        var after = await connection.QuerySingleAsync<string>("SELECT town FROM depots WHERE id = @id", new { id });
        return (before, after);
    }

    // trap repeated-query: of two depots
    public async Task<(string, string)> BetweenAsync(long from, long to)
    {
        using var connection = Open();
        var first = await connection.QuerySingleAsync<string>("SELECT town FROM depots WHERE id = @id", new { id = from });
        var second = await connection.QuerySingleAsync<string>("SELECT town FROM depots WHERE id = @id", new { id = to });
        return (first, second);
    }

    // bad unfiltered-write: whatever the state was
    public async Task ReleaseAsync()
    {
        using var connection = Open();
        await connection.ExecuteAsync("UPDATE parcels SET driver_id = NULL"); // expect unfiltered-write
    }

    // bad unfiltered-write: every scan
    public int Forget()
    {
        using var connection = Open();
        return connection.Execute("DELETE FROM scans"); // expect unfiltered-write
    }

    // trap unfiltered-write: those that are old
    public int ForgetBefore(DateTime day)
    {
        using var connection = Open();
        return connection.Execute("DELETE FROM scans WHERE scanned_at < @day", new { day });
    }

    // trap unfiltered-write: the condition is on another line
    public async Task<int> ReturnAsync(string barcode)
    {
        const string sql = """
            UPDATE parcels
               SET state = 'returned',
                   driver_id = NULL
             WHERE barcode = @barcode
            """;
        using var connection = Open();
        return await connection.ExecuteAsync(sql, new { barcode });
    }

    // bad sql-injection: the name becomes part of the statement
    public async Task<IEnumerable<Driver>> FindDriversAsync(string name)
    {
        using var connection = Open();
        return await connection.QueryAsync<Driver>($"SELECT id, login, full_name, depot_id FROM drivers WHERE full_name = '{name}'"); // expect sql-injection
    }

    // bad sql-injection: the caller says what to sort by
    public async Task<IEnumerable<Parcel>> ListAsync(long depotId, string orderBy)
    {
        using var connection = Open();
        var sql = "SELECT id, barcode, state FROM parcels WHERE depot_id = @depotId ORDER BY " + orderBy; // expect sql-injection
        return await connection.QueryAsync<Parcel>(sql, new { depotId });
    }

    // trap sql-injection: a parameter
    public async Task<IEnumerable<Driver>> NamedAsync(string name)
    {
        using var connection = Open();
        return await connection.QueryAsync<Driver>("SELECT id, login, full_name, depot_id FROM drivers WHERE full_name = @name", new { name });
    }

    // trap sql-injection: one of two words
    public async Task<IEnumerable<Parcel>> SortedAsync(long depotId, bool descending)
    {
        using var connection = Open();
        return await connection.QueryAsync<Parcel>(
            $"SELECT id, barcode, state FROM parcels WHERE depot_id = @depotId ORDER BY due_at {(descending ? "DESC" : "ASC")}, id", new { depotId });
    }

    // bad unordered-pagination: any fifty
    public async Task<IEnumerable<Parcel>> PageAsync(long depotId, int offset)
    {
        using var connection = Open();
        return await connection.QueryAsync<Parcel>(
            "SELECT id, barcode, state FROM parcels WHERE depot_id = @depotId LIMIT 50 OFFSET @offset", new { depotId, offset }); // expect unordered-pagination
    }

    // bad unordered-pagination: many are in one state
    public async Task<IEnumerable<Parcel>> ByStateAsync(int offset)
    {
        using var connection = Open();
        return await connection.QueryAsync<Parcel>(
            "SELECT id, barcode, weight_grams FROM parcels ORDER BY state LIMIT 20 OFFSET @offset", new { offset }); // expect unordered-pagination
    }

    // trap unordered-pagination: the key tells equals apart
    public async Task<IEnumerable<Parcel>> HeaviestPageAsync(int offset)
    {
        using var connection = Open();
        return await connection.QueryAsync<Parcel>(
            "SELECT id, barcode, weight_grams FROM parcels ORDER BY weight_grams DESC, id LIMIT 20 OFFSET @offset", new { offset });
    }

    // trap unordered-pagination: no two have the same
    public async Task<IEnumerable<Parcel>> ByBarcodeAsync(int offset)
    {
        using var connection = Open();
        return await connection.QueryAsync<Parcel>("SELECT id, barcode, state FROM parcels ORDER BY barcode LIMIT 20 OFFSET @offset", new { offset });
    }

    // bad unsearchable-filter: anywhere in it
    public async Task<IEnumerable<Driver>> SearchAsync(string term)
    {
        using var connection = Open();
        return await connection.QueryAsync<Driver>(
            "SELECT id, login, full_name, depot_id FROM drivers WHERE full_name ILIKE '%' || @term || '%'", new { term }); // expect unsearchable-filter
    }

    // bad unsearchable-filter: a function around the column
    public async Task<Driver?> LoginAsync(string login)
    {
        using var connection = Open();
        return await connection.QueryFirstOrDefaultAsync<Driver>(
            "SELECT id, login, full_name, depot_id FROM drivers WHERE lower(login) = @login", new { login = login.ToLowerInvariant() }); // expect unsearchable-filter
    }

    // trap unsearchable-filter: the depot narrows it
    public async Task<IEnumerable<Driver>> SearchInAsync(long depotId, string term)
    {
        using var connection = Open();
        return await connection.QueryAsync<Driver>(
            "SELECT id, login, full_name, depot_id FROM drivers WHERE depot_id = @depotId AND full_name LIKE @pattern", new { depotId, pattern = $"%{term}%" });
    }

    // trap unsearchable-filter: the function is around the parameter
    public async Task<Driver?> LoginLowerAsync(string login)
    {
        using var connection = Open();
        return await connection.QueryFirstOrDefaultAsync<Driver>(
            "SELECT id, login, full_name, depot_id FROM drivers WHERE login = lower(@login)", new { login });
    }

    // bad range-before-equality: the index has the moment in front
    public async Task<IEnumerable<Parcel>> AcceptedAsync(string route, DateTime since)
    {
        using var connection = Open();
        return await connection.QueryAsync<Parcel>( // expect range-before-equality
            "SELECT id, barcode, state FROM parcels WHERE route_code = @route AND accepted_at >= @since", new { route, since });
    }

    // bad range-before-equality: a span of time
    public async Task<int> CountAcceptedAsync(string route, DateTime from, DateTime to)
    {
        using var connection = Open();
        return await connection.ExecuteScalarAsync<int>( // expect range-before-equality
            "SELECT count(*) FROM parcels WHERE accepted_at BETWEEN @from AND @to AND route_code = @route", new { route, from, to });
    }

    // trap range-before-equality: the driver stands first
    public async Task<IEnumerable<Parcel>> DueAsync(long driverId, DateTime until)
    {
        using var connection = Open();
        return await connection.QueryAsync<Parcel>(
            "SELECT id, barcode, state FROM parcels WHERE driver_id = @driverId AND due_at < @until", new { driverId, until });
    }

    // trap range-before-equality: nothing is equal to something
    public async Task<IEnumerable<Parcel>> AllSinceAsync(DateTime since)
    {
        using var connection = Open();
        return await connection.QueryAsync<Parcel>("SELECT id, barcode, state FROM parcels WHERE accepted_at >= @since", new { since });
    }

    private static string Soundex(string name) => name[..1];
}
