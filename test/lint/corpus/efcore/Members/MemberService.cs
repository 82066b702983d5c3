// at: Club/MemberService.cs
// rules: query-in-loop
using System.Collections.Generic;
using System.Linq;
using System.Threading.Channels;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Club;

public class MemberService
{
    private readonly ClubContext _db;
    private readonly UserManager<ClubMember> _userManager;
    private readonly RoleManager<ClubRole> _roleManager;

    public MemberService(ClubContext db, UserManager<ClubMember> userManager, RoleManager<ClubRole> roleManager)
    {
        _db = db;
        _userManager = userManager;
        _roleManager = roleManager;
    }

    // bad query-in-loop: the roles of each member are a query
    public async Task<Dictionary<string, IList<string>>> Roles()
    {
        var members = await _db.Users.Where(member => member.EmailConfirmed).ToListAsync();
        var roles = new Dictionary<string, IList<string>>();
        foreach (var member in members)
        {
            roles[member.Name] = await _userManager.GetRolesAsync(member); // expect query-in-loop
        }
        return roles;
    }

    // bad query-in-loop: each role is looked for among those of the member
    public async Task<List<string>> RolesOf(ClubMember member)
    {
        var found = new List<string>();
        foreach (var role in await _roleManager.Roles.ToListAsync())
        {
            if (await _userManager.IsInRoleAsync(member, role.Name!)) found.Add(role.Name!); // expect query-in-loop
        }
        return found;
    }

    // trap query-in-loop: one query for the member, and the rest in memory
    public async Task<List<string>> RolesAtOnce(ClubMember member, IReadOnlyList<string> wanted)
    {
        var names = await _userManager.GetRolesAsync(member);
        return wanted.Where(name => names.Contains(name)).ToList();
    }

    // trap query-in-loop: what a manager makes of a name asks nobody
    public List<string> Normalized(IReadOnlyList<string> names)
    {
        var normalized = new List<string>();
        foreach (var name in names)
        {
            normalized.Add(_userManager.NormalizeName(name)!);
        }
        return normalized;
    }

    // trap query-in-loop: messages come one at a time
    public async Task Listen(Channel<string> joined)
    {
        await foreach (var name in joined.Reader.ReadAllAsync())
        {
            var member = await _db.Users.FirstAsync(each => each.UserName == name);
            member.EmailConfirmed = true;
        }
    }

    // trap query-in-loop: a few that somebody has ticked, looked up by the library
    public async Task Remove(int[] ticked)
    {
        foreach (var id in ticked)
        {
            var role = await _roleManager.FindByIdAsync(id.ToString());
            await _roleManager.DeleteAsync(role!);
        }
    }
}
