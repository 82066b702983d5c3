from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=120)

    @cache_decorator(60)
    def kept_count(self):
        return Article.objects.filter(author=self).count()

    def count(self):
        return Article.objects.filter(author=self).count()


class Article(models.Model):
    title = models.CharField(max_length=200)
    published = models.BooleanField(default=False)
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="articles")


class Note(models.Model):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    editor = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="+")
