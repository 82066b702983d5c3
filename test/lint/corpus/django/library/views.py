# rules: query-in-loop, lazy-relation-in-loop, repeated-query
from functools import lru_cache
from html import escape
from datetime import timedelta

from django.db.models import Q

from ..model.models import Article, Author, Note
from .helpers import escape as known


# trap query-in-loop: a function of Python's that the project has a namesake of
def lines(articles):
    return [escape(article.title) for article in articles]


# bad query-in-loop: the project's own
def known_lines(titles):
    return [known(title) for title in titles]  # expect query-in-loop


# trap query-in-loop: sets that are put together are asked once
def of_all(names):
    found = Article.objects.none()
    for name in names:
        found |= Article.objects.filter(title=name)
    parts = []
    for name in names:
        parts.append(Article.objects.filter(title__startswith=name))
    return found.union(*parts)


def with_notes(text):
    notes = Note.objects.filter(text=text)
    return Q(pk__in=notes.values("article"))


# trap query-in-loop: each round adds a condition, no query
def conditions(texts):
    query = Q()
    for text in texts:
        query |= with_notes(text)
    return Article.objects.filter(query)


# bad query-in-loop: here each set is counted
def counts(names):
    sizes = []
    for name in names:
        sizes.append(Article.objects.filter(title=name).count())  # expect query-in-loop
    return sizes


# trap query-in-loop: the round that finds it is the last
def first_known(titles):
    for title in titles:
        if title.startswith("On "):
            article = Article.objects.get(title=title)
            return article.author.name
    return None


# trap query-in-loop: and so is the one that gives up
def checked(names):
    for name in names:
        if not name:
            raise ValueError(Author.objects.filter(name="").count())
        if name == "?":
            unknown = Author.objects.filter(name="?").count()
            print(unknown)
            break
    return names


# bad query-in-loop: what is caught within the round goes on with the next
def forgiving(names):
    for name in names:
        try:
            author = Author.objects.get(name=name)  # expect query-in-loop
            return author
        except Author.DoesNotExist:
            pass


# bad query-in-loop: some rounds go on
def until(names):
    for name in names:
        if name:
            author = Author.objects.filter(name=name).first()  # expect query-in-loop
            if author is None:
                continue
            return author


@lru_cache
def author_called(name):
    return Author.objects.get(name=name)


# trap query-in-loop: asked once for each name, and remembered
def remembered(names):
    return [author_called(name) for name in names]


# trap repeated-query: two spans of time
def busy(author, now):
    week = Article.objects.filter(author=author, title__gt=now - timedelta(days=7))
    print(week)
    month = Article.objects.filter(author=author, title__gt=now - timedelta(days=30))
    print(month)


# trap repeated-query: two lists of one form
def chosen(form):
    shown = Article.objects.filter(pk__in=form.getlist("shown"))
    print(shown)
    hidden = Article.objects.filter(pk__in=form.getlist("hidden"))
    print(hidden)


# bad repeated-query: the same span
def again(author, now):
    week = Article.objects.filter(author=author, title__gt=now - timedelta(days=7))
    print(week)
    same = Article.objects.filter(author=author, title__gt=now - timedelta(days=7))  # expect repeated-query
    print(same)


# bad lazy-relation-in-loop: Django asks for the one author again with each row
def of_author(author):
    for article in Article.objects.filter(author=author):
        print(article.author.name)  # expect lazy-relation-in-loop


# trap query-in-loop: each of the names is one of what is gone through
def filtered(meta):
    articles = Article.objects.all()
    for name, value in meta.items():
        if name == "author":
            author = Author.objects.get(name=value)
            articles = articles.filter(author=author)
        elif name == "from":
            first = Article.objects.get(title=value)
            articles = articles.filter(pk__gte=first.pk)
    return articles


# bad query-in-loop: many rows are of one kind
def of_kind(rows):
    for row in rows:
        if row.kind == "author":
            print(Author.objects.get(name=row.name))  # expect query-in-loop
