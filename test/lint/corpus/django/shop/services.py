# at: shop/services.py
# rules: range-before-equality, unsearchable-filter, filter-in-memory, repeated-query, unfiltered-write, wasteful-sql, unordered-pagination, code-enforced-uniqueness, remote-call-in-transaction, lazy-relation-in-loop, query-in-loop, write-in-loop
import requests
from django.core.paginator import Paginator
from django.db import connection, transaction
from django.db.models import Count, Q
from django.db.models.functions import Lower

from .models import Basket, BasketLine, Buyer, Shelf, Voucher


# bad range-before-equality: the index begins with the range
def expiring(kind, until):
    return list(Voucher.objects.filter(expires_at__lt=until, kind=kind))  # expect range-before-equality


# bad range-before-equality: in two calls
def expired(kind, day):
    return Voucher.objects.filter(kind=kind).filter(expires_at__gte=day).count()  # expect range-before-equality


# trap range-before-equality: the foreign key has its own index
def of_buyer(buyer, until):
    return list(Voucher.objects.filter(buyer=buyer, expires_at__lt=until))


# trap range-before-equality: the range alone
def all_expiring(until):
    return list(Voucher.objects.filter(expires_at__lt=until))


# bad unsearchable-filter: a wildcard on both sides
def search(part):
    return list(Buyer.objects.filter(name__icontains=part))  # expect unsearchable-filter


# bad unsearchable-filter: upper() around the column
def by_email(email):
    return Buyer.objects.get(email__iexact=email)  # expect unsearchable-filter


# trap unsearchable-filter: from the beginning
def starting(start):
    return list(Buyer.objects.filter(name__startswith=start))


# trap unsearchable-filter: what it is compared with changes, not the column
def exact(email):
    return Buyer.objects.get(email=email.lower())


# bad filter-in-memory: all buyers for the active ones
def active():
    return [buyer for buyer in Buyer.objects.all() if buyer.active]  # expect filter-in-memory


# bad filter-in-memory: into a set
def inactive():
    return {buyer.pk for buyer in Buyer.objects.all() if not buyer.active}  # expect filter-in-memory


# trap filter-in-memory: the database has the condition
def active_names():
    return [buyer.name for buyer in Buyer.objects.filter(active=True)]


# trap filter-in-memory: only the program knows who is due
def due():
    return [buyer for buyer in Buyer.objects.all() if buyer.next_letter < 3]


# trap filter-in-memory: all of them, in another shape
def labels():
    return [f"{buyer.name} <{buyer.email}>" for buyer in Buyer.objects.all()]


# bad repeated-query: the same buyer for each line
def label(buyer_id, lines):
    found = []
    for line in lines:
        buyer = Buyer.objects.get(pk=buyer_id)  # expect repeated-query
        found.append(f"{buyer.name}: {line}")
    return found


# bad repeated-query: asked twice
def compare(code):
    first = Voucher.objects.get(code=code)
    second = Voucher.objects.get(code=code)  # expect repeated-query
    return first == second


# trap repeated-query: changed in between
def redeem(code):
    before = Voucher.objects.filter(code=code).count()
    Voucher.objects.filter(code=code).update(redeemed=True)
    after = Voucher.objects.filter(code=code).count()
    return before, after


# trap repeated-query: another row each time
def pair(one, other):
    first = Voucher.objects.get(code=one)
    second = Voucher.objects.get(code=other)
    return first, second


# bad unfiltered-write: every voucher
def use_up():
    Voucher.objects.update(redeemed=True)  # expect unfiltered-write


# bad unfiltered-write: raw
def forget_lines():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM shop_basketline")  # expect unfiltered-write


# trap unfiltered-write: a condition
def expire_old(day):
    Voucher.objects.filter(expires_at__lt=day).update(redeemed=True)


# trap unfiltered-write: one object
def drop(voucher):
    voucher.delete()


# bad wasteful-sql: by chance
def draw():
    return Buyer.objects.raw("SELECT id, name FROM shop_buyer ORDER BY random() LIMIT 1")  # expect wasteful-sql


# bad wasteful-sql: columns by their place
def copy():
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO shop_voucher VALUES (1, 'A', 'b')")  # expect wasteful-sql


# trap wasteful-sql: counted, not read
def total():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM shop_voucher")
        return cursor.fetchone()


# trap wasteful-sql: the columns are named
def insert(code):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO shop_voucher (code) VALUES (%s)", [code])


# bad unordered-pagination: no order
def page(number):
    return list(Buyer.objects.filter(active=True)[number * 20 : number * 20 + 20])  # expect unordered-pagination


# bad unordered-pagination: it is so or not
def by_activity(number):
    return list(Buyer.objects.order_by("active")[number * 20 : (number + 1) * 20])  # expect unordered-pagination


# trap unordered-pagination: the key is the last
def ordered(number):
    return list(Buyer.objects.order_by("name", "pk")[number * 20 : (number + 1) * 20])


# trap unordered-pagination: the model has an order of its own
def vouchers(number):
    return list(Voucher.objects.all()[number * 20 : (number + 1) * 20])


# bad code-enforced-uniqueness: both requests pass
def register(nickname):
    if Buyer.objects.filter(nickname=nickname).exists():  # expect code-enforced-uniqueness
        raise ValueError("taken")
    return Buyer.objects.create(nickname=nickname)


# bad code-enforced-uniqueness: get_or_create rests on a constraint that is not there
def by_nickname(nickname):
    known = Buyer.objects.filter(nickname=nickname).first()  # expect code-enforced-uniqueness
    if known:
        return known
    return Buyer.objects.create(nickname=nickname)


# trap code-enforced-uniqueness: unique in the model
def issue(code):
    if Voucher.objects.filter(code=code).exists():
        raise ValueError("there")
    return Voucher.objects.create(code=code)


# trap code-enforced-uniqueness: any number of lines
def add(basket):
    if BasketLine.objects.filter(basket=basket).exists():
        return None
    return BasketLine.objects.create(basket=basket)


# bad remote-call-in-transaction: rows stay locked
@transaction.atomic
def pay(basket_id):
    basket = Basket.objects.select_for_update().get(pk=basket_id)
    requests.post("https://pay.example.org", json={"id": basket.pk})  # expect remote-call-in-transaction
    basket.save()


# bad remote-call-in-transaction: in a block
def announce(basket):
    with transaction.atomic():
        basket.save()
        requests.get("https://hooks.example.org")  # expect remote-call-in-transaction


# trap remote-call-in-transaction: after the block
def announce_later(basket):
    with transaction.atomic():
        basket.save()
    requests.get("https://hooks.example.org")


# trap remote-call-in-transaction: none is open
def rate():
    return requests.get("https://rates.example.org").json()


# bad lazy-relation-in-loop: the buyer of each basket is a query, even for its key
def keys():
    return [basket.buyer.pk for basket in Basket.objects.all()]  # expect lazy-relation-in-loop


# trap lazy-relation-in-loop: the column of the row itself
def key_columns():
    return [basket.buyer_id for basket in Basket.objects.all()]


# bad query-in-loop: the first of what was loaded is asked anew
def first_lines():
    for basket in Basket.objects.prefetch_related("lines"):
        print(basket.lines.first())  # expect query-in-loop


# trap query-in-loop: count and exists read what was loaded
def sizes():
    return [basket.lines.count() for basket in Basket.objects.prefetch_related("lines")]


# bad write-in-loop: saved one by one
def deactivate():
    for buyer in Buyer.objects.filter(active=True):
        buyer.active = False
        buyer.save()  # expect write-in-loop


# trap write-in-loop: at once
def deactivate_all():
    buyers = list(Buyer.objects.filter(active=True))
    for buyer in buyers:
        buyer.active = False
    Buyer.objects.bulk_update(buyers, ["active"])


def with_sku(sku):
    return list(BasketLine.objects.filter(sku=sku))


def lines_of(basket):
    return list(BasketLine.objects.filter(basket=basket))


def shelves(aisle, label, remark):
    best = Shelf.objects.filter(grade=Shelf.BEST).exists()
    one = Shelf.objects.get(label=label, aisle=aisle)
    others = Shelf.objects.filter(Q(remark=remark) | Q(remark__isnull=True)).count()
    return best, one, others


# trap unsearchable-filter: the lines of one basket
def in_basket(basket, sku):
    return basket.lines.filter(sku__iexact=sku).exists()
