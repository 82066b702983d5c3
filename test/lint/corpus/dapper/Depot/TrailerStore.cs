using System.Collections.Generic;
using System.Data;
using System.Threading.Tasks;
using Dapper;

namespace Depots;

public record Trailer(long Id, string Plate, string? SealNumber, string Chassis, bool Sealed);

public class TrailerStore(IDbConnection db)
{
    public Task<Trailer?> ArrivedAsync(string plate) =>
        db.QueryFirstOrDefaultAsync<Trailer>("select id, plate, seal_number, chassis, sealed from trailers where plate = @plate", new { plate });

    public Task<int> BreakSealAsync(string sealNumber) =>
        db.ExecuteAsync("update trailers set sealed = false where seal_number = @sealNumber", new { sealNumber });

    public Task<Trailer?> ByChassisAsync(string chassis) =>
        db.QuerySingleOrDefaultAsync<Trailer>("select id, plate, seal_number, chassis, sealed from trailers where chassis = @chassis", new { chassis });

    public Task<IEnumerable<Trailer>> SealedAsync() =>
        db.QueryAsync<Trailer>("select id, plate, seal_number, chassis, sealed from trailers where sealed = true");

    public Task<IEnumerable<Trailer>> InYardAsync(string yard) =>
        db.QueryAsync<Trailer>("select id, plate, seal_number, chassis, sealed from trailers where yard_code = @yard order by bay", new { yard });
}
