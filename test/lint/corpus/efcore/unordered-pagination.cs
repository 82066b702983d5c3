using System.Collections.Generic;
using System.Linq;
using Microsoft.EntityFrameworkCore;

namespace Library;

public class BookPages
{
    private readonly LibraryContext db;

    public BookPages(LibraryContext db)
    {
        this.db = db;
    }

    // bad: no order
    public List<Book> Page(int page)
    {
        return db.Books.Where(book => book.Printed).Skip(page * 20).Take(20).ToList(); // expect
    }

    // bad: they are printed or not
    public List<Book> ByPrint(int page)
    {
        return db.Books.OrderBy(book => book.Printed).Skip(page * 20).Take(20).ToList(); // expect
    }

    // trap: the key decides
    public List<Book> Ordered(int page)
    {
        return db.Books.OrderBy(book => book.Title).ThenBy(book => book.Id).Skip(page * 20).Take(20).ToList();
    }

    // trap: something else sorts
    public List<Book> Handed(int page, string sort)
    {
        var query = db.Books.Where(book => book.Printed);
        query = Sorted(query, sort);
        return query.Skip(page * 20).Take(20).ToList();
    }

    private static IQueryable<Book> Sorted(IQueryable<Book> query, string sort)
    {
        return sort == "title" ? query.OrderBy(book => book.Title) : query.OrderBy(book => book.Id);
    }
}
