// rules: unsearchable-filter, lazy-relation-in-loop, query-in-loop, write-in-loop, filter-in-memory, repeated-query, unfiltered-write, sql-injection, unordered-pagination
using System;
using System.Collections.Generic;
using System.Linq;
using NHibernate;
using NHibernate.Linq;

namespace Harbour;

public class PortService
{
    private readonly ISession _session;

    public PortService(ISession session) => _session = session;

    // bad unsearchable-filter: anywhere in the name
    public IList<Ship> Search(string term) =>
        _session.Query<Ship>().Where(ship => ship.Name.Contains(term)).ToList(); // expect unsearchable-filter

    // bad unsearchable-filter: a function around the column
    public Ship? ByCallSign(string sign) =>
        _session.Query<Ship>().FirstOrDefault(ship => ship.CallSign.ToLower() == sign); // expect unsearchable-filter

    // trap unsearchable-filter: it begins with it
    public IList<Ship> Beginning(string prefix) =>
        _session.Query<Ship>().Where(ship => ship.CallSign.StartsWith(prefix)).ToList();

    // trap unsearchable-filter: the owner narrows it
    public IList<Ship> SearchOf(Owner owner, string term) =>
        _session.Query<Ship>().Where(ship => ship.Owner == owner && ship.Name.Contains(term)).ToList();

    // bad lazy-relation-in-loop: a proxy of each is asked for its name
    public IList<string> Register()
    {
        var lines = new List<string>();
        foreach (var ship in _session.Query<Ship>().Where(ship => ship.Flag == "MT").ToList())
        {
            lines.Add(ship.Name + ", " + ship.Owner.Name); // expect lazy-relation-in-loop
        }
        return lines;
    }

    // bad lazy-relation-in-loop: the calls of each
    public Dictionary<string, int> CallCounts(string flag)
    {
        var ships = _session.Query<Ship>().Where(ship => ship.Flag == flag).ToList();
        var counts = new Dictionary<string, int>();
        foreach (var ship in ships)
        {
            counts[ship.CallSign] = ship.Calls.Count; // expect lazy-relation-in-loop
        }
        return counts;
    }

    // trap lazy-relation-in-loop: fetched with the query
    public IList<string> FullRegister()
    {
        var lines = new List<string>();
        foreach (var ship in _session.Query<Ship>().Fetch(ship => ship.Owner).ToList())
        {
            lines.Add(ship.Name + ", " + ship.Owner.Name);
        }
        return lines;
    }

    // trap lazy-relation-in-loop: a proxy knows its key
    public IList<long> OwnerKeys()
    {
        var keys = new List<long>();
        foreach (var ship in _session.Query<Ship>().ToList())
        {
            keys.Add(ship.Owner.Id);
        }
        return keys;
    }

    // trap lazy-relation-in-loop: by HQL
    public Dictionary<string, int> FullCallCounts()
    {
        var ships = _session.CreateQuery("select distinct s from Ship s left join fetch s.Calls").List<Ship>();
        return ships.ToDictionary(ship => ship.CallSign, ship => ship.Calls.Count);
    }

    // bad query-in-loop: a statement per call sign
    public IList<Ship> Find(IEnumerable<string> signs)
    {
        var found = new List<Ship>();
        foreach (var sign in signs)
        {
            found.Add(_session.Query<Ship>().Single(ship => ship.CallSign == sign)); // expect query-in-loop
        }
        return found;
    }

    // bad query-in-loop: counted one by one
    public int CountCrew(IList<Ship> ships)
    {
        var sum = 0;
        foreach (var ship in ships)
        {
            sum += _session.QueryOver<Crew>().Where(crew => crew.Ship.Id == ship.Id).RowCount(); // expect query-in-loop
        }
        return sum;
    }

    // trap query-in-loop: all of them at once
    public IList<Ship> FindAll(IList<string> signs) =>
        _session.Query<Ship>().Where(ship => signs.Contains(ship.CallSign)).ToList();

    // trap query-in-loop: Load makes a proxy and asks nothing
    public void Moor(IEnumerable<long> shipIds, Berth berth)
    {
        foreach (var id in shipIds)
        {
            var call = new Call { Ship = _session.Load<Ship>(id), Berth = berth, Arrived = DateTime.UtcNow };
            berthed.Add(call);
        }
    }

    private readonly List<Call> berthed = new();

    // bad write-in-loop: a statement for each
    public void Bill(IDictionary<long, decimal> dues)
    {
        foreach (var (id, amount) in dues)
        {
            _session.CreateQuery("update Call set Dues = :amount where Id = :id").SetParameter("amount", amount).SetParameter("id", id).ExecuteUpdate(); // expect write-in-loop
        }
    }

    // bad write-in-loop: flushed for each
    public void Enlist(IEnumerable<Crew> crews)
    {
        foreach (var crew in crews)
        {
            _session.Save(crew);
            _session.Flush(); // expect write-in-loop
        }
    }

    // trap write-in-loop: changes wait for the one flush, which sends them in batches
    public void Reflag(Owner owner, string flag)
    {
        using var transaction = _session.BeginTransaction();
        foreach (var ship in _session.Query<Ship>().Where(ship => ship.Owner == owner).ToList())
        {
            ship.Flag = flag;
        }
        transaction.Commit();
    }

    // trap write-in-loop: one statement
    public int ReflagAtOnce(Owner owner, string flag) =>
        _session.Query<Ship>().Where(ship => ship.Owner == owner).Update(ship => new Ship { Flag = flag });

    // bad filter-in-memory: all berths for one
    public Berth? BerthOf(string code) => _session.Query<Berth>().ToList().FirstOrDefault(berth => berth.Code == code); // expect filter-in-memory

    // bad filter-in-memory: all ships for those of a flag
    public List<Ship> OfFlag(string flag) => _session.Query<Ship>().ToList().Where(ship => ship.Flag == flag).ToList(); // expect filter-in-memory

    // trap filter-in-memory: the condition goes to the database
    public List<Ship> OfOwner(Owner owner) => _session.Query<Ship>().Where(ship => ship.Owner == owner).ToList();

    // trap filter-in-memory: each is used
    public List<string> Codes() => _session.Query<Berth>().ToList().Select(berth => berth.Code).ToList();

    // bad repeated-query: the berth is the same in every round
    public IList<string> Notices(string code, IEnumerable<string> texts)
    {
        var notices = new List<string>();
        foreach (var text in texts)
        {
            var berth = _session.Query<Berth>().Single(each => each.Code == code); // expect repeated-query
            notices.Add(berth.Id + ": " + text);
        }
        return notices;
    }

    // bad repeated-query: asked again
    public string Notice(string reference)
    {
        var call = _session.Query<Call>().First(each => each.Reference == reference);
        var arrived = call.Arrived.ToString("O");
        var again = _session.Query<Call>().First(each => each.Reference == reference); // expect repeated-query
        return arrived + again.Dues;
    }

    // trap repeated-query: two berths
    public bool Adjacent(string one, string other)
    {
        var first = _session.Query<Berth>().Single(each => each.Code == one);
        var second = _session.Query<Berth>().Single(each => each.Code == other);
        return Math.Abs(first.Id - second.Id) == 1;
    }

    // trap repeated-query: one or the other
    public Call? Arrival(string reference, bool strict)
    {
        if (strict) return _session.Query<Call>().Single(each => each.Reference == reference);
        return _session.Query<Call>().SingleOrDefault(each => each.Reference == reference);
    }

    // bad unfiltered-write: every call
    public int Waive() => _session.CreateQuery("update Call set Dues = 0").ExecuteUpdate(); // expect unfiltered-write

    // bad unfiltered-write: every crew
    public int Dismiss() => _session.CreateQuery("delete from Crew").ExecuteUpdate(); // expect unfiltered-write

    // trap unfiltered-write: those before a day
    public int WaiveBefore(DateTime day) =>
        _session.CreateQuery("update Call set Dues = 0 where Arrived < :day").SetParameter("day", day).ExecuteUpdate();

    // trap unfiltered-write: of one ship
    public int DismissOf(long shipId) =>
        _session.Query<Crew>().Where(crew => crew.Ship.Id == shipId).Delete();

    // bad sql-injection: the name becomes part of the statement
    public IList<Ship> Named(string name) =>
        _session.CreateSQLQuery("SELECT * FROM ships WHERE name = '" + name + "'").AddEntity(typeof(Ship)).List<Ship>(); // expect sql-injection

    // bad sql-injection: HQL is no better
    public IList<Ship> OfCountry(string country) =>
        _session.CreateQuery($"from Ship s where s.Owner.Country = '{country}'").List<Ship>(); // expect sql-injection

    // trap sql-injection: a parameter
    public IList<Ship> NamedSafely(string name) =>
        _session.CreateSQLQuery("SELECT * FROM ships WHERE name = :name").AddEntity(typeof(Ship)).SetParameter("name", name).List<Ship>();

    // trap sql-injection: a number
    public IList<Ship> Some(int count) =>
        _session.CreateQuery($"from Ship s order by s.Id take {count}").List<Ship>();

    // bad unordered-pagination: any twenty
    public IList<Ship> Page(int at) => _session.Query<Ship>().Skip(at * 20).Take(20).ToList(); // expect unordered-pagination

    // bad unordered-pagination: many bear one flag
    public IList<Ship> ByFlag(int at) => _session.Query<Ship>().OrderBy(ship => ship.Flag).Skip(at).Take(20).ToList(); // expect unordered-pagination

    // trap unordered-pagination: the key comes last
    public IList<Ship> ByFlagAndKey(int at) =>
        _session.Query<Ship>().OrderBy(ship => ship.Flag).ThenBy(ship => ship.Id).Skip(at).Take(20).ToList();

    // trap unordered-pagination: no two have one
    public IList<Ship> BySign(int at) => _session.Query<Ship>().OrderBy(ship => ship.CallSign).Skip(at).Take(20).ToList();
}
