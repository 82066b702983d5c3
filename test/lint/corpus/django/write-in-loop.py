from django.db import transaction

from .model.models import Article, Author, Note


# bad: an insert per row
def remark():
    for article in Article.objects.filter(published=True):
        Note.objects.create(article=article, text="reviewed")  # expect


# bad: an update per row
def publish(author):
    for article in Article.objects.filter(author=author):
        Article.objects.filter(pk=article.pk).update(published=True)  # expect


# trap: all notes of an article at once
def annotate(texts):
    for article in Article.objects.filter(published=True):
        Note.objects.bulk_create([Note(article=article, text=text) for text in texts])


# trap: the tables of the program, not rows
def wipe():
    for model in [Note, Article, Author]:
        model.objects.all().delete()


# trap: each piece that a caller sends is answered with what has become of it
def named(entries):
    found = []
    for entry in entries:
        author, _ = Author.objects.update_or_create(name=entry["name"])
        found.append(author)
    return found


def close(author):
    Note.objects.filter(article__author=author).delete()
    Article.objects.filter(author=author).delete()


# trap: what changes several tables is work of its own on each row
def close_all():
    for author in Author.objects.all():
        close(author)


# trap: each row is used as soon as it is made
def taken_over(article, texts):
    for text in texts:
        article.notes.add(Note.objects.create(article=article, text=text))


# trap: what comes from elsewhere is looked for before it is made
def synchronised(entries):
    for entry in entries:
        if not Author.objects.filter(name=entry.name).exists():
            Author.objects.create(name=entry.name, articles=entry.count)
