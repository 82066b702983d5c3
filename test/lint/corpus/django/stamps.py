# rules: lazy-relation-in-loop
from django.db import models


class Series(models.Model):
    name = models.CharField(max_length=50)


class Stamp(models.Model):
    series = models.ForeignKey(Series, on_delete=models.CASCADE)
    printed = models.DateField(db_index=True)

    # bad lazy-relation-in-loop: the class that the method is of
    @classmethod
    def newest(cls, day):
        stamps = cls.objects.filter(printed__gte=day).exclude(series__name="")
        if day.year > 2000:
            stamps = stamps.filter(series__name__startswith="A")
        found = {}
        for stamp in stamps:
            known = found.get(stamp.series)  # expect lazy-relation-in-loop
            if not known or known.printed < stamp.printed:
                found[stamp.series] = stamp
        return found

    # trap lazy-relation-in-loop: the series come with the rows
    @classmethod
    def with_series(cls, day):
        stamps = cls.objects.select_related("series").filter(printed__gte=day)
        return {stamp.series: stamp for stamp in stamps}


class Pages:
    objects = []

    # trap lazy-relation-in-loop: no model
    @classmethod
    def of(cls, day):
        pages = cls.objects.filter(day=day)
        return [page.series.name for page in pages]
