// rules: unindexed-filter, range-before-equality, redundant-index, multiple-collection-loads, costly-association, paginated-collection-join
using System;
using System.Collections.Generic;
using System.Linq;
using FluentNHibernate.Mapping;
using NHibernate;
using NHibernate.Linq;

namespace Harbour;

public class Dock
{
    public virtual long Id { get; set; }
    public virtual string Label { get; set; } = "";
    public virtual string Batch { get; set; } = "";
    public virtual string Number { get; set; } = "";
    public virtual bool Flooded { get; set; }
    public virtual string Quay { get; set; } = "";
    public virtual IList<Repair> Repairs { get; set; } = new List<Repair>();
    public virtual IList<Crane> Cranes { get; set; } = new List<Crane>();
}

public class Repair
{
    public virtual long Id { get; set; }
    public virtual Dock Dock { get; set; } = null!;
    public virtual string Yard { get; set; } = "";
    public virtual string Foreman { get; set; } = "";
    public virtual DateTime BegunOn { get; set; }
    public virtual DateTime EndsOn { get; set; }
    public virtual RepairBill? Bill { get; set; }
}

public class RepairBill
{
    public virtual long Id { get; set; }
    public virtual Repair Repair { get; set; } = null!;
    public virtual decimal Total { get; set; }
}

// bad redundant-index: the index of the pair begins with the maker
public class Crane // expect redundant-index
{
    public virtual long Id { get; set; }
    public virtual Dock Dock { get; set; } = null!;
    public virtual string Maker { get; set; } = "";
    public virtual string Model { get; set; } = "";
}

// bad redundant-index: the key of the number is an index already
public class Winch // expect redundant-index
{
    public virtual long Id { get; set; }
    public virtual string Number { get; set; } = "";
}

// trap redundant-index: neither begins with the other
public class Rope
{
    public virtual long Id { get; set; }
    public virtual string Fibre { get; set; } = "";
    public virtual string Colour { get; set; } = "";
}

public class Pilot
{
    public virtual long Id { get; set; }
    public virtual string Name { get; set; } = "";
    public virtual IList<Dock> Docks { get; set; } = new List<Dock>();
    public virtual IList<Ship> Ships { get; set; } = new List<Ship>();
    public virtual ISet<Berth> Berths { get; set; } = new HashSet<Berth>();
    public virtual IList<Owner> Owners { get; set; } = new List<Owner>();
}

public class PilotMap : ClassMap<Pilot>
{
    public PilotMap()
    {
        Table("pilots");
        Id(x => x.Id).GeneratedBy.Identity();
        Map(x => x.Name).Not.Nullable();
        // bad costly-association: one dock less writes all others again
        HasManyToMany(x => x.Docks).Table("pilot_docks").ParentKeyColumn("pilot_id").ChildKeyColumn("dock_id"); // expect costly-association
        // bad costly-association: a bag, in words
        HasManyToMany(x => x.Ships).Table("pilot_ships").ParentKeyColumn("pilot_id").ChildKeyColumn("ship_id").AsBag(); // expect costly-association
        // trap costly-association: of a set one row goes
        HasManyToMany(x => x.Berths).Table("pilot_berths").ParentKeyColumn("pilot_id").ChildKeyColumn("berth_id").AsSet();
        // trap costly-association: positions say which is which
        HasManyToMany(x => x.Owners).Table("pilot_owners").ParentKeyColumn("pilot_id").ChildKeyColumn("owner_id").AsList(index => index.Column("place"));
    }
}

public class DockMap : ClassMap<Dock>
{
    public DockMap()
    {
        Table("docks");
        Id(x => x.Id).GeneratedBy.Identity();
        // bad unindexed-filter: the office looks for it
        Map(x => x.Label).Not.Nullable(); // expect unindexed-filter
        // bad unindexed-filter: an update searches by it
        Map(x => x.Batch).Not.Nullable(); // expect unindexed-filter
        // trap unindexed-filter: unique
        Map(x => x.Number).Unique().Not.Nullable();
        // trap unindexed-filter: yes or no
        Map(x => x.Flooded).Not.Nullable();
        // trap unindexed-filter: it has an index
        Map(x => x.Quay).Index("ix_docks_quay").Not.Nullable();
        HasMany(x => x.Repairs).KeyColumn("dock_id").Inverse();
        HasMany(x => x.Cranes).KeyColumn("dock_id").Inverse();
    }
}

public class RepairMap : ClassMap<Repair>
{
    public RepairMap()
    {
        Table("repairs");
        Id(x => x.Id).GeneratedBy.Identity();
        References(x => x.Dock).Column("dock_id").Index("ix_repairs_dock").Not.Nullable();
        // The index begins with the day.
        Map(x => x.BegunOn).Index("ix_repairs_begun_yard").Not.Nullable();
        Map(x => x.Yard).Index("ix_repairs_begun_yard").Not.Nullable();
        // This one with what is equal.
        Map(x => x.Foreman).Index("ix_repairs_foreman_ends").Not.Nullable();
        Map(x => x.EndsOn).Index("ix_repairs_foreman_ends").Not.Nullable();
    }
}

public class RepairBillMap : ClassMap<RepairBill>
{
    public RepairBillMap()
    {
        Table("repair_bills");
        Id(x => x.Id).GeneratedBy.Identity();
        References(x => x.Repair).Column("repair_id").Unique().Not.Nullable();
        Map(x => x.Total).Precision(12).Scale(2).Not.Nullable();
    }
}

public class CraneMap : ClassMap<Crane>
{
    public CraneMap()
    {
        Table("cranes");
        Id(x => x.Id).GeneratedBy.Identity();
        References(x => x.Dock).Column("dock_id").Index("ix_cranes_dock").Not.Nullable();
        Map(x => x.Maker).Index("ix_cranes_maker, ix_cranes_maker_model").Not.Nullable();
        // trap redundant-index: no other begins with the model
        Map(x => x.Model).Index("ix_cranes_maker_model, ix_cranes_model").Not.Nullable();
    }
}

public class WinchMap : ClassMap<Winch>
{
    public WinchMap()
    {
        Table("winches");
        Id(x => x.Id).GeneratedBy.Identity();
        Map(x => x.Number).Unique().Index("ix_winches_number").Not.Nullable();
    }
}

public class RopeMap : ClassMap<Rope>
{
    public RopeMap()
    {
        Table("ropes");
        Id(x => x.Id).GeneratedBy.Identity();
        Map(x => x.Fibre).Index("ix_ropes_fibre_colour").Not.Nullable();
        Map(x => x.Colour).Index("ix_ropes_fibre_colour, ix_ropes_colour").Not.Nullable();
    }
}

public class YardService
{
    private readonly ISession _session;

    public YardService(ISession session) => _session = session;

    public Dock? Labelled(string label) => _session.Query<Dock>().FirstOrDefault(dock => dock.Label == label);

    public int Drain(string batch) =>
        _session.CreateQuery("update Dock set Flooded = false where Batch = :batch").SetParameter("batch", batch).ExecuteUpdate();

    public Dock? Numbered(string number) => _session.Query<Dock>().SingleOrDefault(dock => dock.Number == number);

    public IList<Dock> Flooded() => _session.Query<Dock>().Where(dock => dock.Flooded).ToList();

    public IList<Dock> At(string quay) => _session.Query<Dock>().Where(dock => dock.Quay == quay).ToList();

    // bad range-before-equality: the day comes first in the index
    public IList<Repair> BegunSince(string yard, DateTime from) =>
        _session.Query<Repair>().Where(repair => repair.Yard == yard && repair.BegunOn >= from).ToList(); // expect range-before-equality

    // bad range-before-equality: by HQL
    public IList<Repair> Begun(string yard, DateTime from, DateTime to) =>
        _session
            .CreateQuery("from Repair r where r.BegunOn between :from and :to and r.Yard = :yard") // expect range-before-equality
            .SetParameter("from", from)
            .SetParameter("to", to)
            .SetParameter("yard", yard)
            .List<Repair>();

    // trap range-before-equality: what is equal comes first
    public IList<Repair> EndingBefore(string foreman, DateTime day) =>
        _session.Query<Repair>().Where(repair => repair.Foreman == foreman && repair.EndsOn < day).ToList();

    // trap range-before-equality: one day
    public IList<Repair> BegunOn(string yard, DateTime day) =>
        _session.Query<Repair>().Where(repair => repair.Yard == yard && repair.BegunOn == day).ToList();

    // bad multiple-collection-loads: each repair with each crane
    public IList<Dock> Whole() =>
        _session.Query<Dock>().FetchMany(dock => dock.Repairs).FetchMany(dock => dock.Cranes).ToList(); // expect multiple-collection-loads

    // bad multiple-collection-loads: by HQL
    public IList<Dock> WholeByWords() =>
        _session.CreateQuery("select distinct d from Dock d left join fetch d.Repairs left join fetch d.Cranes").List<Dock>(); // expect multiple-collection-loads

    // trap multiple-collection-loads: one of them
    public IList<Dock> WithRepairs() => _session.Query<Dock>().FetchMany(dock => dock.Repairs).ToList();

    // trap multiple-collection-loads: one row belongs to each
    public IList<Repair> WithDock() => _session.Query<Repair>().Fetch(repair => repair.Dock).ToList();

    // bad paginated-collection-join: twenty rows of the join are not twenty docks
    public IList<Dock> Page(int at) =>
        _session.Query<Dock>().FetchMany(dock => dock.Repairs).OrderBy(dock => dock.Id).Skip(at * 20).Take(20).ToList(); // expect paginated-collection-join

    // bad paginated-collection-join: by HQL
    public IList<Dock> PageByWords(int at) =>
        _session
            .CreateQuery("select distinct d from Dock d left join fetch d.Repairs order by d.Id")
            .SetFirstResult(at * 20)
            .SetMaxResults(20) // expect paginated-collection-join
            .List<Dock>();

    // trap paginated-collection-join: the dock of each repair
    public IList<Repair> PageOfRepairs(int at) =>
        _session.Query<Repair>().Fetch(repair => repair.Dock).OrderBy(repair => repair.Id).Skip(at * 20).Take(20).ToList();

    // trap paginated-collection-join: a page of plain rows
    public IList<Dock> PlainPage(int at) =>
        _session.Query<Dock>().OrderBy(dock => dock.Id).Skip(at * 20).Take(20).ToList();
}
