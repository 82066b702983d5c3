// rules: write-in-loop, repeated-query, wasteful-sql
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Rounds
{
    public class Parcel
    {
        public int Id { get; set; }
        public string Label { get; set; }
        public int Kind { get; set; }
        public bool IsOpen { get; set; }
    }

    public class Scan
    {
        public int Id { get; set; }
        public string Label { get; set; }
    }

    public class RoundsContext : DbContext
    {
        public DbSet<Parcel> Parcels { get; set; }
        public DbSet<Scan> Scans { get; set; }
    }

    public class ParcelRounds(RoundsContext db)
    {
        // trap write-in-loop: a thousand rows are sent at a time
        public async Task CloseInBatches()
        {
            var count = 0;
            var parcels = await db.Parcels.Where(p => p.IsOpen).ToListAsync();
            foreach (var parcel in parcels)
            {
                parcel.IsOpen = false;
                count++;
                if (count % 1000 == 0)
                {
                    await db.SaveChangesAsync();
                }
            }
            await db.SaveChangesAsync();
        }

        // bad write-in-loop: each round saves; the two calls come to one statement, so it is told once
        public async Task Record()
        {
            var parcels = await db.Parcels.Where(p => p.IsOpen).ToListAsync();
            foreach (var parcel in parcels)
            {
                switch (parcel.Kind)
                {
                    case 1:
                        await Keep("light " + parcel.Label); // expect write-in-loop
                        break;
                    case 2:
                        await Keep("heavy " + parcel.Label);
                        break;
                }
            }
        }

        private async Task Keep(string label)
        {
            db.Scans.Add(new Scan { Label = label });
            await db.SaveChangesAsync();
        }

        // trap repeated-query: what was found by its key comes from the context's memory
        public async Task<string> Twice(int id)
        {
            var label = (await db.Parcels.FindAsync(id)).Label;
            var parcel = await db.Parcels.FindAsync(id);
            return label + parcel.Kind;
        }

        // trap wasteful-sql: an entity takes all of its columns
        public async Task<List<Parcel>> Sorted(string by, string search)
        {
            IQueryable<Parcel> query;
            if (search != null)
                query = db.Parcels.FromSqlRaw(@"SELECT * FROM Parcels WHERE Label = {0}", search);
            else
            {
                query = db.Parcels
                    .FromSqlRaw("SELECT * FROM Parcels ORDER BY " + by);
            }
            query = query.Where(p => p.IsOpen);
            var total = await query.CountAsync();
            return await query.Skip(20).Take(total).ToListAsync();
        }
    }
}
