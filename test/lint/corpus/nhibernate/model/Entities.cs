using System;
using System.Collections.Generic;

namespace Harbour;

public class Ship
{
    public virtual long Id { get; set; }
    public virtual string Name { get; set; } = "";
    public virtual string CallSign { get; set; } = "";
    public virtual string Flag { get; set; } = "";
    public virtual Owner Owner { get; set; } = null!;
    public virtual IList<Call> Calls { get; set; } = new List<Call>();
    public virtual IList<Crew> Crews { get; set; } = new List<Crew>();
}

public class Owner
{
    public virtual long Id { get; set; }
    public virtual string Name { get; set; } = "";
    public virtual string Country { get; set; } = "";
    public virtual IList<Ship> Ships { get; set; } = new List<Ship>();
}

public class Call
{
    public virtual long Id { get; set; }
    public virtual Ship Ship { get; set; } = null!;
    public virtual Berth Berth { get; set; } = null!;
    public virtual string Reference { get; set; } = "";
    public virtual DateTime Arrived { get; set; }
    public virtual decimal Dues { get; set; }
}

public class Berth
{
    public virtual int Id { get; set; }
    public virtual string Code { get; set; } = "";
}

public class Crew
{
    public virtual long Id { get; set; }
    public virtual Ship Ship { get; set; } = null!;
    public virtual string Name { get; set; } = "";
}
