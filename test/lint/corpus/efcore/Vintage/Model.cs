// rules: unindexed-filter
using System.Data.Entity;
using System.Linq;

namespace Cellar;

public class Bottle
{
    public int Id { get; set; }
    // trap unindexed-filter: a migration makes the index
    public string Barcode { get; set; } = "";
    // trap unindexed-filter: SQL in a migration does
    public string Shelf { get; set; } = "";
    // bad unindexed-filter: nothing does
    public string Corked { get; set; } = ""; // expect unindexed-filter
}

public class CellarContext : DbContext
{
    public DbSet<Bottle> Bottles { get; set; }
}

public class CellarService
{
    private readonly CellarContext _db;

    public CellarService(CellarContext db) => _db = db;

    public Bottle ByBarcode(string barcode) => _db.Bottles.FirstOrDefault(b => b.Barcode == barcode);

    public Bottle ByShelf(string shelf) => _db.Bottles.FirstOrDefault(b => b.Shelf == shelf);

    public Bottle ByCork(string cork) => _db.Bottles.FirstOrDefault(b => b.Corked == cork);
}
