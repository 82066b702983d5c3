from .model.models import Article, Author, Note


# bad: a query per row, although the notes were loaded: a condition asks anew
def long_notes():
    found = []
    for article in Article.objects.prefetch_related("notes"):
        found.extend(article.notes.filter(text__contains="see also"))  # expect
    return found


# bad: a look-up per row of a query
def writers():
    for article in Article.objects.filter(published=True):
        writer = Author.objects.get(pk=article.author_id)  # expect
        print(writer.name)


# bad: counting the rows of a relation for each
def sizes():
    return {author.pk: author.articles.count() for author in Author.objects.all()}  # expect


# trap: the relation was loaded with the rows
def texts():
    return {
        article.pk: [note.text for note in article.notes.all()]
        for article in Article.objects.prefetch_related("notes")
    }


# trap: it was loaded through another one
def all_texts():
    for author in Author.objects.prefetch_related("articles__notes"):
        for article in author.articles.all():
            print(article.title)


# trap: a handful
def newest():
    for article in Article.objects.order_by("-pk")[:5]:
        print(article.notes.count())


# trap: an empty set to begin with costs nothing
def drafts(authors):
    found = {}
    for author in Author.objects.all():
        found[author.pk] = Article.objects.none()
    return found


# trap: one query for a batch of keys
def in_batches(batches):
    for batch in batches:
        print(Article.objects.filter(pk__in=batch).count())
