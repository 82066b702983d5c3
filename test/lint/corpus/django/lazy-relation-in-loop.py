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
