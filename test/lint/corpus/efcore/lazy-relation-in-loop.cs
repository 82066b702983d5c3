using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.EntityFrameworkCore;

namespace Library;

public class Catalogue
{
    private readonly LibraryContext db;

    public Catalogue(LibraryContext db)
    {
        this.db = db;
    }

    private List<Book> Printed()
    {
        return db.Books.Where(book => book.Printed).ToList();
    }

    private List<Book> WithAuthors()
    {
        return db.Books.Include(book => book.Author).ToList();
    }

    // bad: the loop goes through the set itself
    public void Spines()
    {
        foreach (var book in db.Books)
        {
            Console.WriteLine(book.Author.Name); // expect
        }
    }

    // bad: through a method that returns a list
    public void Labels()
    {
        foreach (var book in Printed())
        {
            Console.WriteLine(book.Title + book.Author.Name); // expect
        }
    }

    // trap: the method includes them
    public void Cards()
    {
        foreach (var book in WithAuthors())
        {
            Console.WriteLine(book.Author.Name);
        }
    }

    // trap: the key is a column of the row
    public void Keys()
    {
        foreach (var book in Printed())
        {
            Console.WriteLine(book.AuthorId);
        }
    }
}
