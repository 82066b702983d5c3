# rules: query-in-loop, write-in-loop, lazy-relation-in-loop, repeated-query, code-enforced-uniqueness
import logging

from django.db import models

from .model.models import Article, Author, Note

logger = logging.getLogger(__name__)


class Library(models.Model):
    place = models.CharField(max_length=80)


class Shelf(models.Model):
    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="shelves")
    keeper = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=20)
    visitors = models.ManyToManyField("Guide", related_name="+")

    class Meta:
        unique_together = [("library", "label")]


class Guide(models.Model):
    library = models.OneToOneField(Library, on_delete=models.CASCADE)
    name = models.CharField(max_length=80)


class Pamphlet(models.Model):
    place = models.CharField(max_length=80)

    def delete(self, *args, **kwargs):
        logger.info("%s is withdrawn", self.place)
        return super().delete(*args, **kwargs)


def tell(message):
    for author in Author.objects.filter(name__startswith="admin"):
        print(author.name, message)


def cite(article_id):
    return Article.objects.filter(pk=article_id).first()


def standing(house):
    return Author.objects.filter(name=house).count()


def owner_of(thing):
    if isinstance(thing, Note):
        return thing.article.title
    if isinstance(thing, Article):
        return thing.author.name
    return None


def titled(article, with_author=False, short=True):
    if with_author:
        return f"{article.author.name}: {article.title}"
    if short:
        return article.title
    return None


# trap query-in-loop: only where something has failed
def publish():
    for article in Article.objects.filter(published=False):
        try:
            logger.info(article.title)
        except ValueError as problem:
            tell(str(problem))


# bad query-in-loop: for each row
def publish_loudly():
    for article in Article.objects.filter(published=False):
        tell(article.title)  # expect query-in-loop


# bad query-in-loop: what is not there yet is looked for in each round
# trap write-in-loop: only what is missing is made
# trap code-enforced-uniqueness: nobody says that it is one of a kind
def import_authors(names):
    for name in names:
        try:
            author = Author.objects.get(pk=name)  # expect query-in-loop
        except Author.DoesNotExist:
            author = Author.objects.create(name=name)
        logger.info(author.name)


# bad write-in-loop: each in a statement of its own
def make_authors(names):
    for name in names:
        Author.objects.create(name=name)  # expect write-in-loop


# bad query-in-loop: the function asks for the element
def cited(article_ids):
    return [cite(each) for each in article_ids]  # expect query-in-loop


# trap query-in-loop: nothing says that there are many, and the function asks for something else
def weigh(parts, house):
    return [(part, standing(house)) for part in parts]


# trap query-in-loop: whoever types the command names a few
def handle(options):
    for name in options["names"]:
        print(Author.objects.get(name=name))


# trap query-in-loop: windows hold many rows each
def by_windows(windows):
    for window in windows:
        print(Note.objects.filter(pk__gte=window).count())


# trap lazy-relation-in-loop: a branch for others
# bad lazy-relation-in-loop: and one for these
def owners():
    for article in Article.objects.all():
        print(owner_of(article))  # expect lazy-relation-in-loop


# trap lazy-relation-in-loop: the branch for notes knows their articles
def notes_of():
    for note in Note.objects.select_related("article"):
        print(owner_of(note))


# trap lazy-relation-in-loop: it is not asked for, neither here nor by default
def titles():
    for article in Article.objects.all():
        print(titled(article))
    for article in Article.objects.all():
        print(titled(article, with_author=False))


# bad lazy-relation-in-loop: it is asked for
def long_titles():
    for article in Article.objects.all():
        print(titled(article, with_author=True))  # expect lazy-relation-in-loop


# trap lazy-relation-in-loop: loaded with the row that all of it was reached from
def graph(author_id):
    author = Author.objects.prefetch_related("articles__notes__article").get(pk=author_id)
    for article in author.articles.all():
        for note in article.notes.all():
            print(note.article.title)


# trap repeated-query: what the set begins with is asked by nobody
# trap query-in-loop: nor in each round
def chosen(widgets):
    found = []
    for widget in widgets:
        articles = Article.objects.all()
        articles = widget.narrow(articles)
        found.append(articles)
    return found


# trap code-enforced-uniqueness: found among those of one library, which a key keeps apart
def shelve(library, label):
    shelf = library.shelves.filter(label=label).first()
    if shelf is None:
        shelf = Shelf.objects.create(library=library, label=label)
    return shelf


# bad code-enforced-uniqueness: nothing keeps it apart
def register(name):
    if not Author.objects.filter(name=name).exists():  # expect code-enforced-uniqueness
        Author.objects.create(name=name)


# trap write-in-loop: deleting one does more than that, as its model says
def withdraw(place):
    for pamphlet in Pamphlet.objects.filter(place=place):
        pamphlet.delete()


# bad write-in-loop: deleting one is all there is to it
def burn(place):
    for shelf in Shelf.objects.filter(label=place):
        shelf.delete()  # expect write-in-loop


# trap lazy-relation-in-loop: there is one guide of a library at most
def guided(library):
    return [guide.library.place for guide in Guide.objects.filter(library=library)]


# bad lazy-relation-in-loop: of one name there are several
def guides(name):
    return [guide.library.place for guide in Guide.objects.filter(name=name)]  # expect lazy-relation-in-loop


# trap lazy-relation-in-loop: loaded behind a step of the project's own
def shown(label):
    return [shelf.library.place for shelf in Shelf.objects.filter(label=label).open().select_related("library")]


# trap lazy-relation-in-loop: what a relation leads to is changed, not read
# bad lazy-relation-in-loop: here it is read
def regroup(label):
    for shelf in Shelf.objects.filter(label=label):
        shelf.visitors.remove(1)
    for shelf in Shelf.objects.filter(label=label):
        print(shelf.library.place)  # expect lazy-relation-in-loop


# trap lazy-relation-in-loop: a set that is given gets what it needs where it is gone through
# bad lazy-relation-in-loop: other rows it does not get
def tours(shelves):
    for shelf in shelves.prefetch_related("visitors__library"):
        if guides := shelf.visitors.all():
            for guide in guides:
                print(guide.library.place)
    for shelf in shelves.prefetch_related("library"):
        for guide in shelf.visitors.all():
            print(guide.library.place)  # expect lazy-relation-in-loop


# trap lazy-relation-in-loop: who gives the library may have loaded what is read of it, as a query of the project does
def signposts(library):
    return [shelf.keeper.name for shelf in library.shelves.all()]


def libraries(found):
    return found.prefetch_related("shelves__keeper")


# bad lazy-relation-in-loop: nothing loads that
def leaders(article):
    return [note.editor.name for note in article.notes.all()]  # expect lazy-relation-in-loop


# trap query-in-loop: a cache stands around the method
# bad query-in-loop: none does
def popular():
    for author in Author.objects.filter(name="a"):
        print(author.kept_count(), author.count())  # expect query-in-loop


class Loan(models.Model):
    shelf = models.ForeignKey(Shelf, on_delete=models.CASCADE)
    reader = models.ForeignKey(Author, on_delete=models.CASCADE)


# trap lazy-relation-in-loop: both ends call it the same, and a query loads one through it
# bad lazy-relation-in-loop: nothing loads the other
def borrowers(thing, page):
    loaded = page.get_queryset().prefetch_related("loan_set__reader")
    names = [loan.reader.name for loan in thing.loan_set.all()]
    labels = [loan.shelf.label for loan in thing.loan_set.all()]  # expect lazy-relation-in-loop
    return loaded, names, labels
