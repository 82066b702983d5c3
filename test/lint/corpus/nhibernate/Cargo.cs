// rules: missing-foreign-key-index, narrow-primary-key, lossy-column-type, eager-collection, nullable-unique-column
using System;
using System.Collections.Generic;
using FluentNHibernate.Mapping;
using NHibernate.Mapping.ByCode;
using NHibernate.Mapping.ByCode.Conformist;

namespace Harbour;

// bad nullable-unique-column: not every container is sealed
public class Container // expect nullable-unique-column
{
    public virtual long Id { get; set; }
    public virtual string Number { get; set; } = "";
    public virtual string? Seal { get; set; }
    public virtual Owner Owner { get; set; } = null!;
    public virtual Call Call { get; set; } = null!;
    public virtual Berth? Berth { get; set; }
    public virtual double Freight { get; set; }
    public virtual double Weight { get; set; }
    public virtual float Price { get; set; }
    public virtual decimal Deposit { get; set; }
    public virtual IList<ContainerEvent> Events { get; set; } = new List<ContainerEvent>();
    public virtual IList<ContainerMessage> Messages { get; set; } = new List<ContainerMessage>();
    public virtual ISet<CustomsLog> Logs { get; set; } = new HashSet<CustomsLog>();
}

public class ContainerEvent
{
    public virtual int Id { get; set; }
    public virtual Container Container { get; set; } = null!;
    public virtual DateTime At { get; set; }
}

public class ContainerMessage
{
    public virtual int Id { get; set; }
    public virtual Container Container { get; set; } = null!;
    public virtual DateTime SentAt { get; set; }
}

public class CustomsLog
{
    public virtual long Id { get; set; }
    public virtual Container Container { get; set; } = null!;
    public virtual DateTime At { get; set; }
}

public class ContainerMap : ClassMap<Container>
{
    public ContainerMap()
    {
        Table("containers");
        Id(x => x.Id).GeneratedBy.Identity();
        Map(x => x.Number).Not.Nullable().UniqueKey("uk_number_seal");
        Map(x => x.Seal).UniqueKey("uk_number_seal");
        // bad missing-foreign-key-index: NHibernate makes the constraint only
        References(x => x.Owner).Column("owner_id").Not.Nullable(); // expect missing-foreign-key-index
        // trap missing-foreign-key-index: asked for by name
        References(x => x.Call).Column("call_id").Index("ix_containers_call").Not.Nullable();
        // bad missing-foreign-key-index: nullable or not
        References(x => x.Berth).Column("berth_id"); // expect missing-foreign-key-index
        // trap lossy-column-type: tonnes
        Map(x => x.Weight);
        // bad lossy-column-type: a float of money
        Map(x => x.Price); // expect lossy-column-type
        // trap lossy-column-type: exact
        Map(x => x.Deposit).Precision(10).Scale(2);
        // bad eager-collection: events of years with every container
        HasMany(x => x.Events).KeyColumn("container_id").Inverse().Not.LazyLoad(); // expect eager-collection
        // bad eager-collection: read at once by one more statement
        HasMany(x => x.Messages).KeyColumn("container_id").Inverse().Fetch.Select().Not.LazyLoad(); // expect eager-collection
        // trap eager-collection: lazy by itself
        HasMany(x => x.Logs).KeyColumn("container_id").Inverse();
    }
}

public class ContainerEventMap : ClassMap<ContainerEvent>
{
    public ContainerEventMap()
    {
        Table("container_events");
        // bad narrow-primary-key: an int for every move
        Id(x => x.Id).GeneratedBy.Identity(); // expect narrow-primary-key
        References(x => x.Container).Column("container_id").Index("ix_events_container").Not.Nullable();
        Map(x => x.At).Index("ix_events_at");
    }
}

public class ContainerMessageMap : ClassMapping<ContainerMessage>
{
    public ContainerMessageMap()
    {
        Table("container_messages");
        // bad narrow-primary-key: by code, it is the same
        Id(x => x.Id, m => m.Generator(Generators.Identity)); // expect narrow-primary-key
        // trap missing-foreign-key-index: by code
        ManyToOne(x => x.Container, m =>
        {
            m.Column("container_id");
            m.Index("ix_messages_container");
        });
        Property(x => x.SentAt);
    }
}

public class CustomsLogMap : ClassMap<CustomsLog>
{
    public CustomsLogMap()
    {
        Table("customs_logs");
        // trap narrow-primary-key: a long
        Id(x => x.Id).GeneratedBy.Identity();
        References(x => x.Container).Column("container_id").Index("ix_logs_container").Not.Nullable();
        Map(x => x.At);
    }
}

// bad nullable-unique-column: a rate without a season
public class Tariff // expect nullable-unique-column
{
    // trap narrow-primary-key: a list of a page
    public virtual int Id { get; set; }
    public virtual string Zone { get; set; } = "";
    public virtual string? Season { get; set; }
    public virtual string Kind { get; set; } = "";
    public virtual string Rate { get; set; } = "";
    public virtual double Amount { get; set; }
    public virtual ISet<Fee> Fees { get; set; } = new HashSet<Fee>();
}

public class Fee
{
    public virtual int Id { get; set; }
    public virtual Tariff Tariff { get; set; } = null!;
}

public class TariffMap : ClassMap<Tariff>
{
    public TariffMap()
    {
        Table("tariffs");
        Id(x => x.Id).GeneratedBy.Identity();
        // trap nullable-unique-column: both have a value
        Map(x => x.Zone).Not.Nullable().UniqueKey("uk_zone_kind");
        Map(x => x.Kind).Not.Nullable().UniqueKey("uk_zone_kind");
        Map(x => x.Season).UniqueKey("uk_season_rate");
        // trap nullable-unique-column: a year is always known
        Map(x => x.Rate).Not.Nullable().UniqueKey("uk_season_rate");
        // bad lossy-column-type: an amount of money
        Map(x => x.Amount); // expect lossy-column-type
        // trap eager-collection: a handful, in one more statement per batch, only when asked for
        HasMany(x => x.Fees).KeyColumn("tariff_id").Inverse().BatchSize(20);
    }
}

public class FeeMap : ClassMap<Fee>
{
    public FeeMap()
    {
        Table("fees");
        Id(x => x.Id).GeneratedBy.Identity();
        References(x => x.Tariff).Column("tariff_id").Index("ix_fees_tariff");
    }
}
