from .model.models import Article, Note


def published_articles():
    return Article.objects.filter(published=True)


def with_authors():
    return Article.objects.select_related("author").filter(published=True)


# bad: the loop goes through the query set itself
def bylines():
    for article in Article.objects.filter(published=True):
        print(article.author.name)  # expect


# bad: through a function that returns it
def feed():
    lines = []
    for article in published_articles():
        lines.append(f"{article.title} by {article.author.name}")  # expect
    return lines


# bad: in a comprehension over a call
def names():
    return [article.author.name for article in published_articles()]  # expect


# trap: the function loads the authors too
def bylines_at_once():
    for article in with_authors():
        print(article.author.name)


# trap: the key is a column of the row
def author_ids():
    return [article.author_id for article in published_articles()]


# trap: loaded in the head of the loop
def notes():
    for note in Note.objects.select_related("article").all():
        print(note.article.title)


def byline(article):
    return f"{article.title} by {article.author.name}"


# bad: a function that the loop hands the row to reads it
def titles():
    return [byline(article) for article in Article.objects.filter(published=True)]  # expect


# trap: it is loaded for the function
def titles_at_once():
    return [byline(article) for article in Article.objects.select_related("author")]


# trap: the set of rows grows step by step
def grown(only_published):
    articles = Article.objects.all()
    if only_published:
        articles = articles.filter(published=True)
    articles = articles.select_related("author")
    for article in articles:
        print(article.author.name)


# bad: going on from a set of rows loads nothing by itself
def unread():
    articles = Article.objects.filter(published=True)
    for article in articles.order_by("title").iterator():
        print(article.author.name)  # expect


# bad: the relation behind the one that is loaded
def authors_of_notes():
    for note in Note.objects.select_related("article"):
        print(note.article.author.name)  # expect


# trap: which relations are loaded is only known when it runs
def loaded_by_callers(*paths):
    for article in Article.objects.select_related(*paths):
        print(article.author.name)


# trap: some rows of a relation are asked for anew, whatever was loaded
def has_long_notes():
    for article in Article.objects.all():
        print(is_long(article))


def is_long(article):
    return article.notes.filter(text__contains="see also").exists()


# bad: what one call reads is told once
def captions():
    return [caption(note) for note in Note.objects.all()]  # expect


def caption(note):
    return f"{note.article.title} by {note.article.author.name}"


# bad: what one loop reads is told once
def notes_and_articles():
    for note in Note.objects.all():
        print(note.article.title)  # expect
        print(note.article.author.name)
