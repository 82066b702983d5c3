import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { cutsOf, mutated, mutationCount } from '../../../support/brokenTexts.ts';
import { seeded } from '../../../support/random.ts';
import { loadCSharp, readEfCore, sourcesIn } from './read.ts';

const fixtures = fileURLToPath(new URL('../../../conformance/fixtures/efcore', import.meta.url));
const service = `using Microsoft.EntityFrameworkCore;
public class Service(BloggingContext db) {
  [HttpGet("blogs/{id}")]
  public async Task<List<Blog>> Run(string url, int[] ids) {
    var query = db.Blogs.Include(b => b.Posts).ThenInclude(p => p.Author).Where(b => b.Url == url || ids.Contains(b.BlogId));
    foreach (var blog in await query.OrderBy(b => b.Url).ToListAsync()) {
      await db.Database.ExecuteSqlRawAsync($"UPDATE x SET a = '{blog.Url}' WHERE id = {0}", blog.BlogId);
      foreach (var post in from p in db.Set<Post>() where p.BlogId == blog.BlogId orderby p.Title select p) post.Title += "!";
    }
    await db.SaveChangesAsync();
    return await query.Skip(1).Take(2).ToListAsync();
  }
}`;

describe('EF Core reader on broken input', function () {
  this.timeout(1_800_000);
  let syntax: Syntax;
  before(async () => {
    syntax = await loadCSharp();
  });

  const texts = readdirSync(fixtures)
    .sort()
    .flatMap((name) => Object.entries(sourcesIn(join(fixtures, name))));
  const blogging = texts.find(([name]) => name === 'Blogging.cs')?.[1] ?? '';

  /** Milliseconds that no file of this size may take, however broken. */
  function read(files: Readonly<Record<string, string>>): number {
    const started = performance.now();
    const { tables, files: facts } = readEfCore(files, syntax);
    assert.ok(performance.now() - started < 5000, JSON.stringify(files).slice(0, 400));
    for (const { name, at, columns } of tables)
      assert.ok(
        name !== '' && at.line > 0 && columns.every((column) => column.name !== ''),
        JSON.stringify(files).slice(0, 6000),
      );
    return tables.length + facts.flatMap(({ queries }) => queries).length;
  }

  it('reads and links every fixture cut at every token', () => {
    let cuts = 0;
    let found = 0;
    for (const [name, text] of texts.filter(([path]) => path !== 'Animals.cs' && path !== 'Library.cs'))
      for (const cut of cutsOf(text)) {
        found += read({ [name]: cut });
        cuts++;
      }
    for (const cut of cutsOf(service)) {
      found += read({ 'Blogging.cs': blogging, 'Service.cs': cut });
      cuts++;
    }
    assert.ok(cuts > 1000 && found > cuts, `${cuts} cuts, ${found} found`);
    console.log(`      ${cuts} cuts`);
  });

  it('reads and links seeded mutations', () => {
    const random = seeded(5);
    const sources = [...texts, ['Service.cs', service] as const];
    let found = 0;
    for (let count = 0; count < mutationCount; count++) {
      const [name, text] = sources[count % sources.length]!;
      found += read({ [name]: mutated(text, random, 1 + random.below(4)) });
    }
    assert.ok(found > mutationCount, `${found} found`);
    console.log(`      ${mutationCount} mutations, ${found} tables and queries read`);
  });

  it('is bounded on deep nesting, endless configuration and classes that extend themselves', () => {
    const head =
      'public class Db : DbContext { public DbSet<A> As { get; set; } protected override void OnModelCreating(ModelBuilder b) { ';
    const entity =
      'public class A : B { public int Id { get; set; } public A Self { get; set; } } public class B : A { }';
    read({ 'a.cs': `${head}Again(b); } void Again(ModelBuilder b) { Again(b); Again(b); } } ${entity}` });
    read({ 'a.cs': `${head}b${'.Entity<A>()'.repeat(3000)}; } } ${entity}` });
    read({ 'a.cs': `${head}b.Entity<A>(${'e => '.repeat(2000)}1); } } ${entity}` });
    read({ 'a.cs': `${head}var x = ${'('.repeat(3000)}1${')'.repeat(3000)}; } } ${entity}` });
  });
});
