# rules: unindexed-filter, range-before-equality, unsearchable-filter, lazy-relation-in-loop, query-in-loop, write-in-loop, filter-in-memory, repeated-query, unfiltered-write, sql-injection, unordered-pagination, unenforced-relation
from datetime import date, datetime

from peewee import BooleanField, CharField, DateField, DeferredForeignKey, ForeignKeyField, IntegerField, TextField, fn, prefetch

from model.models import BaseModel, Beer, Brewer, Review, db


class Keg(BaseModel):
    beer = ForeignKeyField(Beer, backref="kegs")
    # bad unindexed-filter: every scan looks for it
    barcode = CharField()  # expect unindexed-filter
    # bad unindexed-filter: an update searches by it
    lot = CharField()  # expect unindexed-filter
    # trap unindexed-filter: unique
    serial = CharField(unique=True)
    # trap unindexed-filter: full or not
    full = BooleanField(default=True)
    tapped_on = DateField(null=True)
    # bad unindexed-filter: the one index that has it begins with a day
    cellar = CharField()  # expect unindexed-filter
    litres = IntegerField()

    class Meta:
        indexes = ((("tapped_on", "cellar"), False),)


class Pour(BaseModel):
    keg = ForeignKeyField(Keg, backref="pours")
    millilitres = IntegerField()
    poured_at = DateField(index=True)


class Complaint(BaseModel):
    # bad unenforced-relation: the class comes later, and the constraint never
    refund = DeferredForeignKey("Refund", backref="complaints")  # expect unenforced-relation
    # bad unenforced-relation: nor is this one created with the table
    voucher = DeferredForeignKey("Voucher", null=True)  # expect unenforced-relation
    # trap unenforced-relation: it is a foreign key
    beer = ForeignKeyField(Beer, backref="complaints")
    # trap unenforced-relation: what another company calls it
    ticket_id = CharField(null=True)
    text = TextField()


class Refund(BaseModel):
    complaint = ForeignKeyField(Complaint, backref="refunds")


class Voucher(BaseModel):
    worth = IntegerField()


def scanned(barcode: str) -> Keg | None:
    return Keg.get_or_none(Keg.barcode == barcode)


def recall(lot: str) -> int:
    return Keg.update(full=False).where(Keg.lot == lot).execute()


def by_serial(serial: str) -> Keg:
    return Keg.get(Keg.serial == serial)


def full_kegs():
    return list(Keg.select().where(Keg.full))


# bad range-before-equality: the index begins with the day
def tapped_since(cellar: str, day: date):
    return list(Keg.select().where(Keg.cellar == cellar, Keg.tapped_on >= day))  # expect range-before-equality


# bad range-before-equality: two conditions that are joined by &
def tapped_between(cellar: str, first: date, last: date):
    query = Keg.select().where((Keg.tapped_on.between(first, last)) & (Keg.cellar == cellar))  # expect range-before-equality
    return list(query)


# trap range-before-equality: the beer stands first in the index of its reviews
def reviewed_since(beer: Beer, moment: datetime):
    return list(Review.select().where((Review.beer == beer) & (Review.written_at >= moment)))


# trap range-before-equality: a range alone
def tapped_before(day: date):
    return list(Keg.select().where(Keg.tapped_on < day))


# bad unsearchable-filter: anywhere in the name
def search(term: str):
    return list(Beer.select().where(Beer.name.contains(term)))  # expect unsearchable-filter


# bad unsearchable-filter: a function around the column
def named(name: str):
    return Beer.get_or_none(fn.LOWER(Beer.name) == name.lower())  # expect unsearchable-filter


# trap unsearchable-filter: it begins with it
def starting(prefix: str):
    return list(Beer.select().where(Beer.name.startswith(prefix)))


# trap unsearchable-filter: the brewer narrows it
def search_of(brewer: Brewer, term: str):
    return list(Beer.select().where((Beer.brewer == brewer) & (Beer.name.contains(term))))


# bad lazy-relation-in-loop: the brewer of each beer is read for itself
def menu():
    lines = []
    for beer in Beer.select().where(Beer.bottled == True).order_by(Beer.name):  # noqa: E712
        lines.append(f"{beer.name} ({beer.brewer.name})")  # expect lazy-relation-in-loop
    return lines


# bad lazy-relation-in-loop: joined, and not selected
def cards(town: str):
    beers = Beer.select().join(Brewer).where(Brewer.town == town)
    return [{"beer": beer.name, "by": beer.brewer.name} for beer in beers]  # expect lazy-relation-in-loop


# bad lazy-relation-in-loop: the reviews of each
def stars():
    found = {}
    for beer in Beer.select():
        found[beer.name] = [review.stars for review in beer.reviews]  # expect lazy-relation-in-loop
    return found


# trap lazy-relation-in-loop: selected with the join
def full_menu():
    beers = Beer.select(Beer, Brewer).join(Brewer).order_by(Beer.name)
    return [f"{beer.name} ({beer.brewer.name})" for beer in beers]


# trap lazy-relation-in-loop: some columns of what is joined are enough for its object
def towns():
    beers = Beer.select(Beer.name, Brewer.town).join(Brewer, on=(Beer.brewer == Brewer.id))
    return {beer.name: beer.brewer.town for beer in beers}


# trap lazy-relation-in-loop: the caller says what is joined and selected
def with_owner(owner):
    return {beer.name: beer.brewer.name for beer in Beer.select(Beer, owner).join(owner)}


# trap lazy-relation-in-loop: prefetched
def full_stars():
    found = {}
    for beer in prefetch(Beer.select(), Review.select()):
        found[beer.name] = [review.stars for review in beer.reviews]
    return found


# trap lazy-relation-in-loop: the key is in the row
def brewer_keys():
    return {beer.name: beer.brewer_id for beer in Beer.select()}


# bad query-in-loop: a statement per serial
def kegs(serials: list[str]) -> list[Keg]:
    found = []
    for serial in serials:
        found.append(Keg.get(Keg.serial == serial))  # expect query-in-loop
    return found


# bad query-in-loop: a count for each beer
def counts():
    return {beer.name: Review.select().where(Review.beer == beer.id).count() for beer in Beer.select()}  # expect query-in-loop


# trap query-in-loop: all of them at once
def kegs_at_once(serials: list[str]) -> dict[str, Keg]:
    return {keg.serial: keg for keg in Keg.select().where(Keg.serial.in_(serials))}


# trap query-in-loop: grouped by the database
def counted():
    rows = Review.select(Review.beer, fn.COUNT(Review.id).alias("n")).group_by(Review.beer)
    return {row.beer_id: row.n for row in rows}


# bad write-in-loop: an INSERT for each pour
def pour_all(keg: Keg, amounts: list[int]):
    for amount in amounts:
        Pour.create(keg=keg, millilitres=amount, poured_at=date.today())  # expect write-in-loop


# bad write-in-loop: saved one after the other
def empty(cellar: str):
    for keg in Keg.select().where(Keg.cellar == cellar, Keg.full):
        keg.full = False
        keg.save()  # expect write-in-loop


# trap write-in-loop: many rows in one statement
def pour_many(keg: Keg, amounts: list[int]):
    rows = [{"keg": keg, "millilitres": amount, "poured_at": date.today()} for amount in amounts]
    with db.atomic():
        Pour.insert_many(rows).execute()


# trap write-in-loop: changed in memory, written together
def relabel(kegs: list[Keg], cellar: str):
    for keg in kegs:
        keg.cellar = cellar
    Keg.bulk_update(kegs, fields=[Keg.cellar], batch_size=100)


# bad filter-in-memory: all beers for the bottled ones
def bottled():
    return [beer for beer in Beer.select() if beer.bottled]  # expect filter-in-memory


# bad filter-in-memory: and for those of a style
def of_style(style: str):
    return {beer.name: beer for beer in Beer.select() if beer.style == style}  # expect filter-in-memory


# trap filter-in-memory: the database has chosen
def strong(brewer: Brewer):
    return [beer for beer in Beer.select().where(Beer.brewer == brewer) if beer.strength > 6]


# trap filter-in-memory: each is used
def names():
    return [beer.name for beer in Beer.select()]


# bad repeated-query: the brewer is the same for every line
def labels(email: str, lines: list[str]) -> list[str]:
    found = []
    for line in lines:
        brewer = Brewer.get(Brewer.email == email)  # expect repeated-query
        found.append(f"{brewer.name}: {line}")
    return found


# bad repeated-query: asked again
def address(email: str) -> str:
    brewer = Brewer.get(Brewer.email == email)
    name = brewer.name.upper()
    again = Brewer.get(Brewer.email == email)  # expect repeated-query
    return f"{name}, {again.town}"


# trap repeated-query: it has been changed
def move(email: str, town: str) -> tuple[str, str]:
    before = Brewer.get(Brewer.email == email)
    Brewer.update(town=town).where(Brewer.email == email).execute()
    after = Brewer.get(Brewer.email == email)
    return before.town, after.town


# trap repeated-query: two brewers
def between(one: str, other: str) -> tuple[str, str]:
    first = Brewer.get(Brewer.email == one)
    second = Brewer.get(Brewer.email == other)
    return first.town, second.town


# bad unfiltered-write: all kegs
def close_down():
    Keg.update(full=False).execute()  # expect unfiltered-write


# bad unfiltered-write: every pour that there was
def forget_pours():
    Pour.delete().execute()  # expect unfiltered-write


# trap unfiltered-write: those of one keg
def forget_pours_of(keg: Keg):
    Pour.delete().where(Pour.keg == keg).execute()


# trap unfiltered-write: one row
def forget(keg_id: int):
    Keg.delete_by_id(keg_id)


# bad sql-injection: the town becomes part of the statement
def brewers_in(town: str):
    return db.execute_sql(f"SELECT id, name FROM brewer WHERE town = '{town}'").fetchall()  # expect sql-injection


# bad sql-injection: put in by %
def beers_of_style(style: str):
    return list(Beer.raw("SELECT id, name FROM beer WHERE style = '%s'" % style))  # expect sql-injection


# trap sql-injection: a parameter
def brewers_named(name: str):
    return db.execute_sql("SELECT id, name FROM brewer WHERE name = %s", (name,)).fetchall()


# trap sql-injection: a parameter of a raw query
def beers_named(name: str):
    return list(Beer.raw("SELECT id, name FROM beer WHERE name = %s", name))


# bad unordered-pagination: any twenty
def page(number: int):
    return list(Beer.select().paginate(number, 20))  # expect unordered-pagination


# bad unordered-pagination: many share a style
def shelf(offset: int):
    return list(Beer.select().order_by(Beer.style).limit(20).offset(offset))  # expect unordered-pagination


# trap unordered-pagination: the key comes last
def page_in_order(number: int):
    return list(Beer.select().order_by(Beer.style, Beer.id).paginate(number, 20))


# trap unordered-pagination: no two share an address
def brewers(offset: int):
    return list(Brewer.select().order_by(Brewer.email).limit(20).offset(offset))
