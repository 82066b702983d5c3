# at: shop/models.py
# rules: unindexed-filter
from django.db import models


class Buyer(models.Model):
    # bad unindexed-filter: by its beginning
    name = models.CharField(max_length=80)  # expect unindexed-filter
    # trap unindexed-filter: unique has an index
    email = models.EmailField(unique=True)
    # bad unindexed-filter: it is looked for before a row is made
    nickname = models.CharField(max_length=40)  # expect unindexed-filter
    # trap unindexed-filter: true or false
    active = models.BooleanField(default=True)


class Basket(models.Model):
    buyer = models.ForeignKey(Buyer, on_delete=models.CASCADE, related_name="baskets")


class BasketLine(models.Model):
    # trap unindexed-filter: Django indexes foreign keys
    basket = models.ForeignKey(Basket, on_delete=models.CASCADE, related_name="lines")
    # bad unindexed-filter: a view searches by it
    sku = models.CharField(max_length=20)  # expect unindexed-filter


class Voucher(models.Model):
    code = models.CharField(max_length=20, unique=True)
    buyer = models.ForeignKey(Buyer, on_delete=models.CASCADE)
    kind = models.CharField(max_length=10)
    expires_at = models.DateTimeField()
    redeemed = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]
        indexes = [models.Index(fields=["expires_at", "kind"])]


class Shelf(models.Model):
    aisle = models.CharField(max_length=20, db_index=True)
    # trap unindexed-filter: what the program lists is shared by many rows
    grade = models.IntegerField()
    # trap unindexed-filter: another condition finds the row
    label = models.CharField(max_length=20)
    # trap unindexed-filter: one of two alternatives
    remark = models.CharField(max_length=20, null=True)
