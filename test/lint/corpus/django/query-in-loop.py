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


# bad: what a variable describes is asked once or several times, and told where it is asked first
def silent_writers():
    for author in Author.objects.all():
        articles = Article.objects.filter(author=author)
        articles = articles.filter(published=True)
        if articles.exists():  # expect
            print(articles.count())


# trap: each round adds a condition to one query
def about_all(words):
    articles = Article.objects.filter(published=True)
    for word in words:
        articles = articles.filter(title__contains=word)
    for article in articles:
        print(article.title)


# bad: one query with another one in it
def without_notes():
    for author in Author.objects.all():
        noted = Note.objects.filter(article__author=author)
        print(Article.objects.filter(author=author).exclude(pk__in=noted.values("article")).count())  # expect


def forget(article_id):
    article = Article.objects.get(pk=article_id)
    article.delete()


# trap: what is given the key of the row reads the row that is there
def forget_drafts():
    for article in Article.objects.filter(published=False):
        forget(article.pk)


# trap: the lines of a file that is taken in
def taken_in(upload):
    reader = csv.DictReader(upload)
    for line in reader:
        print(Author.objects.filter(name=line["author"]).exists())


# bad: what is asked of one table is told once
def report():
    return [
        (
            author.name,
            Article.objects.filter(author=author).count(),  # expect
            Article.objects.filter(author=author, published=True).count(),
            Note.objects.filter(article__author=author).count(),  # expect
        )
        for author in Author.objects.all()
    ]


# trap: what is loaded with rows that another function has chosen
def shown(chosen):
    for article in chosen.prefetch_related("notes"):
        if article.notes.exists():
            print(article.notes.all())


# trap: what is asked for where something has failed
def known(articles, by_key):
    for article in Article.objects.all():
        try:
            print(by_key[article.author_id].name)
        except KeyError:
            print(Author.objects.get(pk=article.author_id).name)


# trap: a tree is walked by a function that calls itself
def walk(note):
    for below in Note.objects.filter(article=note.article):
        walk(below)


# trap: a part of a condition
def searched(words):
    found = Article.objects.filter(published=True)
    for word in words:
        noted = Exists(Note.objects.filter(article=OuterRef("pk"), text__contains=word))
        found = found.filter(Q(title__contains=word) | noted)
    return found


# trap: rows are copied with what belongs to them
def copied(author):
    for article in author.articles.all():
        notes = list(article.notes.filter(text__contains="keep"))
        article.pk = None
        article.save()
        print(notes)


# trap: once for each key
def by_author(entries):
    known = {}
    for entry in entries:
        if entry.author not in known:
            known[entry.author] = Author.objects.filter(name=entry.author).first()
    return known


# trap: what comes from elsewhere is linked to rows that are there
def linked(author, entries):
    for entry in entries:
        article = Article.objects.get(title=entry["title"])
        author.articles.add(article)


# trap: parts of one thing that is sent
def checked(attrs):
    for name in attrs.get("authors", []):
        if not Author.objects.filter(name=name).exists():
            raise ValueError(name)
