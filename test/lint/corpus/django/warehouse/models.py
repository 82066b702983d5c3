# at: stock/models.py
from django.db import models


class Shelf(models.Model):
    id = models.BigAutoField(primary_key=True)
    label = models.CharField(max_length=20)


class Article(models.Model):
    id = models.BigAutoField(primary_key=True)
    title = models.TextField()
