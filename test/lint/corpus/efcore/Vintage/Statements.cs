// rules: sql-injection, unindexed-filter
using System.Collections.Generic;
using System.Data.Entity;

namespace Vintage.Statements
{
    public class Crate
    {
        public int Id { get; set; }
        // bad unindexed-filter: statements look for it
        public string Label { get; set; } // expect unindexed-filter
    }

    public class CellarContext : DbContext
    {
        public DbSet<Crate> Crates { get; set; }
    }

    public class CrateLabels
    {
        private const string Labels = @"SELECT c.[Label] FROM Crates c WHERE c.[Label] LIKE '{0}%'
    {1}";

        private readonly CellarContext db = new CellarContext();

        // bad sql-injection: the value is put into the text before EF 6 sees it
        public IEnumerable<string> Beginning(string start)
        {
            var more = string.Empty;
            return db.Database.SqlQuery<string>(string.Format(Labels, start, more)); // expect sql-injection
        }

        // bad sql-injection: to EF 6 this is a text like any other
        public IEnumerable<string> Same(string label)
        {
            return db.Database.SqlQuery<string>($"SELECT c.Label FROM Crates c WHERE c.Label = '{label}'"); // expect sql-injection
        }

        // bad sql-injection: one text behind another
        public IEnumerable<string> Put(string label)
        {
            return db.Database.SqlQuery<string>("SELECT c.Label FROM Crates c WHERE c.Label = '" + label + "'"); // expect sql-injection
        }

        // trap sql-injection: the placeholders are EF's
        public IEnumerable<string> Bound(string label)
        {
            return db.Database.SqlQuery<string>("SELECT c.Label FROM Crates c WHERE c.Label = {0}", label);
        }

        // trap sql-injection: a number
        public IEnumerable<string> One(int id)
        {
            return db.Database.SqlQuery<string>(string.Format("SELECT c.Label FROM Crates c WHERE c.Id = {0}", id));
        }
    }
}
