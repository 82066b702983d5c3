using System.Collections.Generic;
using System.Linq;
using Microsoft.EntityFrameworkCore;

namespace Library;

public class BookQueries
{
    private readonly LibraryContext db;

    public BookQueries(LibraryContext db)
    {
        this.db = db;
    }

    // bad: raw text with a value in it
    public List<Book> Titled(string title)
    {
        return db.Books.FromSqlRaw($"SELECT * FROM \"Books\" WHERE \"Title\" = '{title}'").ToList(); // expect
    }

    // bad: put together
    public void Forget(string title)
    {
        db.Database.ExecuteSqlRaw("DELETE FROM \"Books\" WHERE \"Title\" = '" + title + "'"); // expect
    }

    // trap: interpolated values are parameters here
    public List<Book> Bound(string title)
    {
        return db.Books.FromSqlInterpolated($"SELECT * FROM \"Books\" WHERE \"Title\" = {title}").ToList();
    }

    // trap: and here
    public List<Book> BoundToo(string title)
    {
        return db.Books.FromSql($"SELECT * FROM \"Books\" WHERE \"Title\" = {title}").ToList();
    }

    // trap: a number
    public void ForgetOne(int id)
    {
        db.Database.ExecuteSqlRaw($"DELETE FROM \"Books\" WHERE \"Id\" = {id}");
    }
}
