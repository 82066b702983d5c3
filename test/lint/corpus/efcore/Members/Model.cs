// at: Club/Model.cs
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Club;

public class ClubMember : IdentityUser<long>
{
    public string Name { get; set; } = "";
}

public class ClubRole : IdentityRole<long>
{
}

public class ClubContext : IdentityDbContext<ClubMember, ClubRole, long>
{
    public ClubContext(DbContextOptions<ClubContext> options) : base(options) { }
}
