// rules: unindexed-filter, range-before-equality, unsearchable-filter, query-in-loop, write-in-loop, multiple-collection-loads, filter-in-memory, repeated-query, unfiltered-write, code-enforced-uniqueness, unordered-pagination
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Library.Lending;

public class Reader
{
    public long Id { get; set; }
    // bad unindexed-filter: a page of the website looks for it
    public string CardNo { get; set; } = ""; // expect unindexed-filter
    // trap unindexed-filter: the context has an index
    public string Email { get; set; } = "";
    // bad unindexed-filter: whether it is taken is asked too
    public string Nick { get; set; } = ""; // expect unindexed-filter
    // trap unindexed-filter: an index of those that are there
    public string Badge { get; set; } = "";
    public bool IsDeleted { get; set; }
    // trap unindexed-filter: an inverted index serves whichever of its columns
    public string Phone { get; set; } = "";
    // trap unindexed-filter: true or false
    public bool Blocked { get; set; }
    public List<Loan> Loans { get; set; } = new();
    public List<Fine> Fines { get; set; } = new();
}

public class Loan
{
    public long Id { get; set; }
    public long ReaderId { get; set; }
    public Reader Reader { get; set; } = null!;
    public DateTime DueAt { get; set; }
    public string Branch { get; set; } = "";
    // bad unindexed-filter: ExecuteUpdate looks for it too
    public string Shelf { get; set; } = ""; // expect unindexed-filter
    public bool Returned { get; set; }
}

public class Fine
{
    public long Id { get; set; }
    public long ReaderId { get; set; }
    public Reader Reader { get; set; } = null!;
    public decimal Cents { get; set; }
}

public class LendingContext : DbContext
{
    public DbSet<Reader> Readers => Set<Reader>();
    public DbSet<Loan> Loans => Set<Loan>();
    public DbSet<Fine> Fines => Set<Fine>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        builder.Entity<Reader>().HasIndex(r => r.Email).IsUnique();
        builder.Entity<Reader>().HasIndex(r => r.Badge).IsUnique().HasFilter("\"IsDeleted\" = FALSE");
        builder.Entity<Reader>().HasIndex(r => new { r.Blocked, r.Phone }).HasMethod("GIN");
        builder.Entity<Loan>().HasIndex(l => new { l.DueAt, l.Branch });
    }
}

/** What is printed, and no tables. */
public class PrintingContext
{
    public List<Reader> Readers { get; } = new();
}

public class LendingService
{
    private readonly LendingContext _db;

    public LendingService(LendingContext db)
    {
        _db = db;
    }

    public Task<Reader?> ByPhone(string phone) => _db.Readers.FirstOrDefaultAsync(r => r.Phone == phone);

    public Task<Reader?> ByCard(string cardNo) => _db.Readers.FirstOrDefaultAsync(r => r.CardNo == cardNo);

    // bad query-in-loop: by index
    public async Task<int> Lent(IReadOnlyList<Reader> readers)
    {
        var lent = 0;
        for (var i = 0; i < readers.Count; i++)
        {
            var reader = readers[i];
            lent += await _db.Loans.CountAsync(l => l.ReaderId == reader.Id); // expect query-in-loop
        }
        return lent;
    }

    // trap query-in-loop: three times at most
    public async Task<bool> Reachable()
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            if (await _db.Readers.AnyAsync(r => r.Blocked))
                return true;
        }
        return false;
    }

    public Task<Reader?> ByEmail(string email) => _db.Readers.SingleOrDefaultAsync(r => r.Email == email);

    public Task<List<Reader>> Blocked() => _db.Readers.Where(r => r.Blocked).ToListAsync();

    public Task Move(string shelf) =>
        _db.Loans.Where(l => l.Shelf == shelf).ExecuteUpdateAsync(s => s.SetProperty(l => l.Returned, true));

    // bad range-before-equality: the index has the range first
    public Task<List<Loan>> Due(string branch, DateTime until) =>
        _db.Loans.Where(l => l.Branch == branch && l.DueAt < until).ToListAsync(); // expect range-before-equality

    // bad range-before-equality: two conditions in two calls
    public async Task<int> CountDue(string branch, DateTime since)
    {
        return await _db.Loans.Where(l => l.DueAt >= since).Where(l => l.Branch == branch).CountAsync(); // expect range-before-equality
    }

    // trap range-before-equality: a range alone
    public Task<List<Loan>> DueUntil(DateTime until) => _db.Loans.Where(l => l.DueAt < until).ToListAsync();

    // trap range-before-equality: the key's index narrows it
    public Task<List<Loan>> DueOf(long readerId, DateTime until) =>
        _db.Loans.Where(l => l.ReaderId == readerId && l.DueAt < until).ToListAsync();

    // bad unsearchable-filter: lower() around the column
    public Task<Reader?> Named(string email) =>
        _db.Readers.FirstOrDefaultAsync(r => r.Email.ToLower() == email.ToLower()); // expect unsearchable-filter

    // bad unsearchable-filter: a wildcard in front
    public Task<List<Reader>> Search(string part) => _db.Readers.Where(r => r.Email.Contains(part)).ToListAsync(); // expect unsearchable-filter

    // trap unsearchable-filter: a list of the program contains the column
    public Task<List<Reader>> Several(List<string> emails) => _db.Readers.Where(r => emails.Contains(r.Email)).ToListAsync();

    // trap unsearchable-filter: the value alone is changed
    public Task<List<Reader>> Exactly(string email) => _db.Readers.Where(r => r.Email == email.ToLower()).ToListAsync();

    // bad query-in-loop: Find per id
    public async Task<List<Loan>> Load(long[] ids)
    {
        var found = new List<Loan>();
        foreach (var id in ids)
        {
            var loan = await _db.Loans.FirstOrDefaultAsync(l => l.Id == id); // expect query-in-loop
            if (loan != null) found.Add(loan);
        }
        return found;
    }

    // bad query-in-loop: a count per row
    public async Task<Dictionary<long, int>> Counts()
    {
        var counts = new Dictionary<long, int>();
        foreach (var reader in await _db.Readers.ToListAsync())
        {
            counts[reader.Id] = await _db.Loans.CountAsync(l => l.ReaderId == reader.Id); // expect query-in-loop
        }
        return counts;
    }

    // trap query-in-loop: the subquery is part of one statement
    public Task<List<int>> CountsAtOnce() =>
        _db.Readers.Select(r => _db.Loans.Count(l => l.ReaderId == r.Id)).ToListAsync();

    // trap query-in-loop: one query for all
    public Task<List<Loan>> LoadAll(long[] ids) => _db.Loans.Where(l => ids.Contains(l.Id)).ToListAsync();

    // bad write-in-loop: saved in every round
    public async Task Return(List<Loan> loans)
    {
        foreach (var loan in loans)
        {
            loan.Returned = true;
            await _db.SaveChangesAsync(); // expect write-in-loop
        }
    }

    // bad write-in-loop: a statement per row
    public async Task Forget(List<long> ids)
    {
        foreach (var id in ids)
        {
            await _db.Loans.Where(l => l.Id == id).ExecuteDeleteAsync(); // expect write-in-loop
        }
    }

    // trap write-in-loop: one save, which batches
    public async Task ReturnAll(List<Loan> loans)
    {
        foreach (var loan in loans)
        {
            loan.Returned = true;
            _db.Fines.Add(new Fine { ReaderId = loan.ReaderId });
        }
        await _db.SaveChangesAsync();
    }

    // trap write-in-loop: one statement for all
    public Task ForgetAll(List<long> ids) => _db.Loans.Where(l => ids.Contains(l.Id)).ExecuteDeleteAsync();

    // bad multiple-collection-loads: loans times fines
    public Task<List<Reader>> Full() => _db.Readers.Include(r => r.Loans).Include(r => r.Fines).ToListAsync(); // expect multiple-collection-loads

    // bad multiple-collection-loads: of one reader too
    public Task<Reader> One(long id) =>
        _db.Readers.Include(r => r.Fines).Include(r => r.Loans).SingleAsync(r => r.Id == id); // expect multiple-collection-loads

    // trap multiple-collection-loads: a statement per collection
    public Task<List<Reader>> Split() =>
        _db.Readers.Include(r => r.Loans).Include(r => r.Fines).AsSplitQuery().ToListAsync();

    // trap multiple-collection-loads: the reader is one row
    public Task<List<Loan>> WithReader() => _db.Loans.Include(l => l.Reader).ThenInclude(r => r.Fines).ToListAsync();

    // bad filter-in-memory: the list is made before the condition
    public List<Reader> Bad() => _db.Readers.ToList().Where(r => r.Blocked).ToList(); // expect filter-in-memory

    // bad filter-in-memory: AsEnumerable leaves the database
    public Reader? First() => _db.Readers.AsEnumerable().FirstOrDefault(r => r.Nick.Length > 3); // expect filter-in-memory

    // trap filter-in-memory: the condition comes first
    public List<Reader> Good() => _db.Readers.Where(r => r.Blocked).ToList();

    // trap filter-in-memory: all are wanted, in another shape
    public List<string> Emails() => _db.Readers.ToList().Select(r => r.Email).ToList();

    // bad repeated-query: the same reader for every loan
    public async Task<int> Remind(long readerId, List<Loan> loans)
    {
        var sent = 0;
        foreach (var loan in loans)
        {
            var reader = await _db.Readers.FirstAsync(r => r.Id == readerId); // expect repeated-query
            sent += reader.Email.Length + loan.Shelf.Length;
        }
        return sent;
    }

    // bad repeated-query: twice with nothing in between
    public async Task<bool> Same(string email)
    {
        var first = await _db.Readers.FirstAsync(r => r.Email == email);
        var second = await _db.Readers.FirstAsync(r => r.Email == email); // expect repeated-query
        return first == second;
    }

    // trap repeated-query: saved in between
    public async Task<int> Reload(string email)
    {
        var first = await _db.Readers.CountAsync(r => r.Email == email);
        await _db.SaveChangesAsync();
        var second = await _db.Readers.CountAsync(r => r.Email == email);
        return second - first;
    }

    // trap repeated-query: other values
    public async Task<bool> Both(string one, string other)
    {
        var first = await _db.Readers.AnyAsync(r => r.Email == one);
        var second = await _db.Readers.AnyAsync(r => r.Email == other);
        return first && second;
    }

    // trap repeated-query: one or the other
    public async Task<long> Whose(string nick, bool quick)
    {
        if (quick)
        {
            var some = await _db.Readers.FirstOrDefaultAsync(r => r.Nick == nick);
            return some?.Id ?? 0;
        }
        var found = await _db.Readers.FirstOrDefaultAsync(r => r.Nick == nick);
        Console.WriteLine(found?.Badge);
        return found?.Id ?? 0;
    }

    // trap multiple-collection-loads: one of them at a time
    public Task<List<Reader>> With(string what)
    {
        var query = _db.Readers.AsQueryable();
        switch (what)
        {
            case "loans":
                query = query.Include(r => r.Loans);
                break;
            case "fines":
                query = query.Include(r => r.Fines);
                break;
        }
        return query.ToListAsync();
    }

    // trap repeated-query: those before it, and those after it
    public async Task<bool> Neighbours(DateTime due)
    {
        var before = await _db.Loans.Where(l => l.DueAt < due).OrderBy(l => l.Id).FirstOrDefaultAsync();
        var after = await _db.Loans.Where(l => l.DueAt > due).OrderBy(l => l.Id).FirstOrDefaultAsync();
        return before != null && after != null;
    }

    // trap repeated-query: a context of something else
    public void Print(List<Loan> loans, PrintingContext context)
    {
        foreach (var loan in loans)
        {
            foreach (var reader in context.Readers) Console.WriteLine(reader.Nick + loan.Shelf);
        }
    }

    // trap unfiltered-write: the rows joined have the condition
    public Task Pardon(List<string> cards) =>
        _db.Fines
            .Join(_db.Readers, f => f.ReaderId, r => r.Id, (f, r) => new { Fine = f, Reader = r })
            .Where(both => cards.Contains(both.Reader.CardNo))
            .Select(both => both.Fine)
            .ExecuteDeleteAsync();

    // bad unfiltered-write: every fine
    public Task Amnesty() => _db.Fines.ExecuteDeleteAsync(); // expect unfiltered-write

    // bad unfiltered-write: every loan
    public Task Extend() => _db.Loans.ExecuteUpdateAsync(s => s.SetProperty(l => l.Returned, false)); // expect unfiltered-write

    // trap unfiltered-write: whoever made the query has given it conditions
    public Task<int> BlockAsync(IQueryable<Reader> readers)
    {
        return readers.ExecuteUpdateAsync(set => set.SetProperty(reader => reader.Blocked, true));
    }

    // trap unfiltered-write: some of them
    public Task Waive(long readerId) => _db.Fines.Where(f => f.ReaderId == readerId).ExecuteDeleteAsync();

    // trap unfiltered-write: entities that were found
    public void Remove(List<Fine> fines) => _db.Fines.RemoveRange(fines);



    // bad code-enforced-uniqueness: two requests at once both pass
    public async Task Register(string nick)
    {
        if (await _db.Readers.AnyAsync(r => r.Nick == nick)) throw new InvalidOperationException("taken"); // expect code-enforced-uniqueness
        _db.Readers.Add(new Reader { Nick = nick });
        await _db.SaveChangesAsync();
    }

    // bad code-enforced-uniqueness: by the row itself
    public async Task<Reader> Issue(string cardNo)
    {
        var known = await _db.Readers.FirstOrDefaultAsync(r => r.CardNo == cardNo); // expect code-enforced-uniqueness
        if (known != null) return known;
        var reader = new Reader { CardNo = cardNo };
        _db.Readers.Add(reader);
        await _db.SaveChangesAsync();
        return reader;
    }

    // trap code-enforced-uniqueness: an index keeps it unique
    public async Task Enrol(string email)
    {
        if (await _db.Readers.AnyAsync(r => r.Email == email)) throw new InvalidOperationException("known");
        _db.Readers.Add(new Reader { Email = email });
        await _db.SaveChangesAsync();
    }

    // trap code-enforced-uniqueness: a reader may have any number of fines
    public async Task Fine(long readerId)
    {
        if (await _db.Fines.AnyAsync(f => f.ReaderId == readerId)) return;
        _db.Fines.Add(new Fine { ReaderId = readerId });
        await _db.SaveChangesAsync();
    }

    // trap repeated-query: asked once, by the first that lacks it
    public async Task Shelve(List<Loan> loans)
    {
        Reader? fallback = null;
        foreach (var loan in loans)
        {
            if (loan.Branch.Length == 0 && fallback == null)
            {
                fallback = await _db.Readers.FirstOrDefaultAsync(r => r.Blocked);
            }
            Console.WriteLine(fallback?.CardNo);
        }
    }

    // trap query-in-loop: one reader, or none
    public async Task<List<Loan>> LoansOfOne(Option<Reader> maybeReader)
    {
        var found = new List<Loan>();
        foreach (var reader in maybeReader)
        {
            found.AddRange(await _db.Loans.Where(l => l.ReaderId == reader.Id).ToListAsync());
        }
        return found;
    }

    // trap write-in-loop: the first of them, or none
    public async Task Forgive(List<Reader> readers)
    {
        foreach (var reader in readers.HeadOrNone())
        {
            reader.Blocked = false;
            await _db.SaveChangesAsync();
        }
    }

    public async Task<Reader?> ByBadge(string badge) => await _db.Readers.FirstOrDefaultAsync(r => r.Badge == badge);

    // trap write-in-loop: each is sent, and known to be sent before the next one
    public async Task Announce(List<Loan> loans, IMessageBus bus)
    {
        foreach (var loan in loans)
        {
            await bus.PublishAsync(new { loan.Id });
            loan.Returned = true;
            await _db.SaveChangesAsync();
        }
    }

    // trap query-in-loop: branches that the program lists
    public async Task Open()
    {
        foreach (var branch in LendingConstants.MainBranches)
        {
            if (!await _db.Readers.AnyAsync(r => r.CardNo == branch)) Console.WriteLine(branch);
        }
    }

    private async Task<string> Describe(long readerId)
    {
        var reader = await _db.Readers.FirstAsync(r => r.Id == readerId);
        return Describe(reader);
    }

    private string Describe(Reader reader) => reader.Nick + reader.CardNo;

    private string Line(Reader row) => Describe(row);

    private Task<string> Line(long borrower) => Describe(borrower);

    // trap query-in-loop: the method of the name that is given the reader itself
    public async Task<List<string>> Directory()
    {
        var lines = new List<string>();
        foreach (var reader in await _db.Readers.ToListAsync()) lines.Add(Labelled(reader));
        return lines;
    }

    private string Labelled(Reader reader) => Line(reader);

    // bad query-in-loop: the one that looks for it
    public async Task<List<string>> Borrowers()
    {
        var lines = new List<string>();
        foreach (var loan in await _db.Loans.ToListAsync()) lines.Add(await Borrower(loan.ReaderId)); // expect query-in-loop
        return lines;
    }

    private Task<string> Borrower(long reader) => Describe(reader);

    private async Task Close(Loan loan, bool save = true)
    {
        loan.Returned = true;
        if (save)
        {
            await _db.SaveChangesAsync();
        }
    }

    // trap write-in-loop: told not to
    public async Task CloseAll(long readerId)
    {
        foreach (var loan in await _db.Loans.Where(l => l.ReaderId == readerId).ToListAsync())
        {
            await Close(loan, save: false);
        }
        await _db.SaveChangesAsync();
    }

    // bad write-in-loop: each by itself
    public async Task CloseEach(long readerId)
    {
        foreach (var loan in await _db.Loans.Where(l => l.ReaderId == readerId).ToListAsync())
        {
            await Close(loan); // expect write-in-loop
        }
    }
}
