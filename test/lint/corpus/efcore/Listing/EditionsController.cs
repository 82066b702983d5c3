// at: Press/EditionsController.cs
// rules: unbounded-list
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Press;

[ApiController]
[Route("editions")]
public class EditionsController : ControllerBase
{
    private readonly PressContext _db;

    public EditionsController(PressContext db) => _db = db;

    // bad: all that was ever printed
    [HttpGet] // expect
    public async Task<List<Edition>> List() => await _db.Editions.OrderBy(edition => edition.Title).ToListAsync();

    // bad: and what is gone of it
    [HttpGet("sold-out")] // expect
    public async Task<ActionResult<List<Edition>>> SoldOut()
    {
        var editions = await _db.Editions.Where(edition => edition.SoldOut).ToListAsync();
        return Ok(editions);
    }

    // trap: a page
    [HttpGet("newest")]
    public async Task<List<Edition>> Newest() =>
        await _db.Editions.OrderByDescending(edition => edition.PrintedAt).Take(50).ToListAsync();

    // trap: of one edition
    [HttpGet("{id}/copies")]
    public async Task<List<Copy>> Copies(long id) => await _db.Copies.Where(copy => copy.EditionId == id).ToListAsync();

    // trap: one of them
    [HttpGet("{id}")]
    public async Task<Edition?> Find(long id) => await _db.Editions.FirstOrDefaultAsync(edition => edition.Id == id);

    // trap: to choose from, in a form about one
    [HttpGet("{number}/edit")]
    public async Task<EditionForm> Edit(string number) =>
        new EditionForm(number, await _db.Editions.OrderBy(edition => edition.Title).ToListAsync());

    // trap: beside the one that is asked for
    [HttpGet("proof")]
    public async Task<EditionForm> Proof(long id) =>
        new EditionForm($"{id}", await _db.Editions.OrderBy(edition => edition.Title).ToListAsync());

    // trap: a helper that only prepares what is shown
    [HttpGet("start")]
    public async Task<StartPage> Start()
    {
        var page = new StartPage();
        await Prepare(page);
        return page;
    }

    private async Task Prepare(StartPage page)
    {
        var editions = await _db.Editions.OrderBy(edition => edition.Title).ToListAsync();
        page.Words = editions.Count;
    }
}
