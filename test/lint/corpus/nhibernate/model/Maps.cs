using FluentNHibernate.Mapping;

namespace Harbour;

public class ShipMap : ClassMap<Ship>
{
    public ShipMap()
    {
        Table("ships");
        Id(x => x.Id).GeneratedBy.Identity();
        Map(x => x.Name).Not.Nullable();
        Map(x => x.CallSign).Unique().Not.Nullable();
        Map(x => x.Flag).Not.Nullable();
        References(x => x.Owner).Column("owner_id").Index("ix_ships_owner").Not.Nullable();
        HasMany(x => x.Calls).KeyColumn("ship_id").Inverse();
        HasMany(x => x.Crews).KeyColumn("ship_id").Inverse();
    }
}

public class OwnerMap : ClassMap<Owner>
{
    public OwnerMap()
    {
        Table("owners");
        Id(x => x.Id).GeneratedBy.Identity();
        Map(x => x.Name).Not.Nullable();
        Map(x => x.Country).Not.Nullable();
        HasMany(x => x.Ships).KeyColumn("owner_id").Inverse();
    }
}

public class CallMap : ClassMap<Call>
{
    public CallMap()
    {
        Table("calls");
        Id(x => x.Id).GeneratedBy.Identity();
        References(x => x.Ship).Column("ship_id").Index("ix_calls_ship").Not.Nullable();
        References(x => x.Berth).Column("berth_id").Index("ix_calls_berth").Not.Nullable();
        Map(x => x.Reference).Unique().Not.Nullable();
        Map(x => x.Arrived).Index("ix_calls_arrived").Not.Nullable();
        Map(x => x.Dues).Precision(10).Scale(2).Not.Nullable();
    }
}

public class BerthMap : ClassMap<Berth>
{
    public BerthMap()
    {
        Table("berths");
        Id(x => x.Id).GeneratedBy.Identity();
        Map(x => x.Code).Unique().Not.Nullable();
    }
}

public class CrewMap : ClassMap<Crew>
{
    public CrewMap()
    {
        Table("crews");
        Id(x => x.Id).GeneratedBy.Identity();
        References(x => x.Ship).Column("ship_id").Index("ix_crews_ship").Not.Nullable();
        Map(x => x.Name).Not.Nullable();
    }
}
