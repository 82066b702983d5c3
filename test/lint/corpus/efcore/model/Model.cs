using System.Collections.Generic;
using Microsoft.EntityFrameworkCore;

namespace Library;

public class Author
{
    public int Id { get; set; }
    public string Name { get; set; } = "";
    public virtual ICollection<Book> Books { get; set; } = new List<Book>();
}

public class Book
{
    public int Id { get; set; }
    public string Title { get; set; } = "";
    public bool Printed { get; set; }
    public int AuthorId { get; set; }
    public virtual Author Author { get; set; } = null!;
}

public class LibraryContext : DbContext
{
    public DbSet<Author> Authors => Set<Author>();
    public DbSet<Book> Books => Set<Book>();

    protected override void OnConfiguring(DbContextOptionsBuilder options) =>
        options.UseLazyLoadingProxies().UseNpgsql("Host=localhost");
}
