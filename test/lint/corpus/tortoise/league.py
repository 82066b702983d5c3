# rules: unindexed-filter, range-before-equality, unsearchable-filter, lazy-relation-in-loop, query-in-loop, write-in-loop, filter-in-memory, repeated-query, unfiltered-write, sql-injection, unordered-pagination
from datetime import datetime

from fastapi import APIRouter
from tortoise import connections, fields
from tortoise.functions import Count
from tortoise.models import Model
from tortoise.transactions import in_transaction

from model.models import Club, Match, Player

router = APIRouter()


class Booking(Model):
    id = fields.IntField(primary_key=True)
    player = fields.ForeignKeyField("models.Player", related_name="bookings", db_index=True)
    # bad unindexed-filter: the desk looks for it
    code = fields.CharField(max_length=12)  # expect unindexed-filter
    # bad unindexed-filter: an update searches by it
    voucher = fields.CharField(max_length=20, null=True)  # expect unindexed-filter
    # trap unindexed-filter: unique
    receipt = fields.CharField(max_length=20, unique=True)
    # trap unindexed-filter: yes or no
    paid = fields.BooleanField(default=False)
    court = fields.CharField(max_length=20)
    starts_at = fields.DatetimeField()
    # trap unindexed-filter: it has an index
    coach = fields.CharField(max_length=40, db_index=True)

    class Meta:
        table = "booking"
        indexes = [("starts_at", "court")]


class Fee(Model):
    id = fields.IntField(primary_key=True)
    player = fields.ForeignKeyField("models.Player", related_name="fees", db_index=True)
    euros = fields.DecimalField(max_digits=8, decimal_places=2)
    due_on = fields.DateField()

    class Meta:
        table = "fee"
        indexes = [("player", "due_on")]


@router.get("/bookings/{code}")
async def booking(code: str):
    return await Booking.get_or_none(code=code)


async def redeem(voucher: str):
    await Booking.filter(voucher=voucher).update(paid=True)


async def receipt(number: str):
    return await Booking.get(receipt=number)


async def unpaid():
    return await Booking.filter(paid=False)


async def coached_by(coach: str):
    return await Booking.filter(coach=coach)


# bad range-before-equality: the moment stands first in the index
async def from_now_on(court: str, now: datetime):
    return await Booking.filter(court=court, starts_at__gte=now)  # expect range-before-equality


# bad range-before-equality: between two moments
async def within(court: str, first: datetime, last: datetime):
    return await Booking.filter(starts_at__range=(first, last)).filter(court=court).count()  # expect range-before-equality


# trap range-before-equality: the player stands first
async def owed(player_id: int, day):
    return await Fee.filter(player_id=player_id, due_on__lt=day)


# trap range-before-equality: a range alone
async def started(now: datetime):
    return await Booking.filter(starts_at__lte=now)


# bad unsearchable-filter: anywhere in the name of the coach
async def search(term: str):
    return await Booking.filter(coach__icontains=term)  # expect unsearchable-filter


# bad unsearchable-filter: at its end
async def ending(term: str):
    return await Booking.filter(coach__endswith=term)  # expect unsearchable-filter


# trap unsearchable-filter: at its beginning
async def beginning(term: str):
    return await Booking.filter(coach__startswith=term)


# trap unsearchable-filter: the player narrows it
async def of_player(player_id: int, term: str):
    return await Booking.filter(player_id=player_id, coach__contains=term)


# bad lazy-relation-in-loop: awaited for each player
async def addresses():
    lines = []
    for player in await Player.filter(active=True):
        club = await player.club  # expect lazy-relation-in-loop
        lines.append(f"{player.name}, {club.town}")
    return lines


# bad lazy-relation-in-loop: the members of each club
async def sizes():
    found = {}
    for club in await Club.all():
        members = await club.members  # expect lazy-relation-in-loop
        found[club.name] = len(members)
    return found


# trap lazy-relation-in-loop: joined
async def full_addresses():
    lines = []
    for player in await Player.filter(active=True).select_related("club"):
        lines.append(f"{player.name}, {player.club.town}")
    return lines


# trap lazy-relation-in-loop: prefetched
async def full_sizes():
    return {club.name: len(club.members) for club in await Club.all().prefetch_related("members")}


# trap lazy-relation-in-loop: the key is in the row
async def club_keys():
    return [player.club_id for player in await Player.all()]


# bad query-in-loop: a statement for each code
async def by_codes(codes: list[str]):
    found = []
    for code in codes:
        found.append(await Booking.get(receipt=code))  # expect query-in-loop
    return found


# bad query-in-loop: fetched for each of them
async def with_fees():
    players = await Player.all()
    for player in players:
        await player.fetch_related("fees")  # expect query-in-loop
    return players


# trap query-in-loop: all of them at once
async def by_receipts(codes: list[str]):
    return {booking.receipt: booking for booking in await Booking.filter(receipt__in=codes)}


# trap query-in-loop: counted by the database
async def counts():
    clubs = await Club.annotate(size=Count("members"))
    return [(club.name, club.size) for club in clubs]


# bad write-in-loop: an INSERT for each of them
async def charge(players: list[Player], euros, day):
    for player in players:
        await Fee.create(player=player, euros=euros, due_on=day)  # expect write-in-loop


# bad write-in-loop: an UPDATE for each of them
async def retire(club_id: int):
    for player in await Player.filter(club_id=club_id):
        player.active = False
        await player.save()  # expect write-in-loop


# trap write-in-loop: one statement with many rows
async def charge_all(players: list[Player], euros, day):
    await Fee.bulk_create([Fee(player=player, euros=euros, due_on=day) for player in players])


# trap write-in-loop: changed in memory, written together
async def retire_all(players: list[Player]):
    for player in players:
        player.active = False
    await Player.bulk_update(players, fields=["active"])


# bad filter-in-memory: all players for the active ones
async def active():
    return [player for player in await Player.all() if player.active]  # expect filter-in-memory


# bad filter-in-memory: and for those of a name
async def of_name(name: str):
    return [player.id for player in await Player.all() if player.name == name]  # expect filter-in-memory


# trap filter-in-memory: the statement has chosen
async def active_of(club_id: int):
    return [player for player in await Player.filter(club_id=club_id) if player.active]


# trap filter-in-memory: each is used
async def emails():
    return [player.email for player in await Player.all()]


# bad repeated-query: the player is the same in every round
async def letters(email: str, texts: list[str]):
    found = []
    for text in texts:
        player = await Player.get(email=email)  # expect repeated-query
        found.append(f"{player.name}: {text}")
    return found


# bad repeated-query: asked again
async def greeting(email: str):
    player = await Player.get(email=email)
    name = player.name.title()
    again = await Player.get(email=email)  # expect repeated-query
    return f"{name} ({again.id})"


# trap repeated-query: it has been changed
async def rename(email: str, name: str):
    before = await Player.get(email=email)
    await Player.filter(email=email).update(name=name)
    after = await Player.get(email=email)
    return before.name, after.name


# trap repeated-query: two players
async def pair(one: str, other: str):
    first = await Player.get(email=one)
    second = await Player.get(email=other)
    return first, second


# bad unfiltered-write: every player
async def close_season():
    await Player.filter().update(active=False)  # expect unfiltered-write


# bad unfiltered-write: every booking
async def forget():
    await Booking.filter().delete()  # expect unfiltered-write


# trap unfiltered-write: those of the past
async def forget_before(moment: datetime):
    await Booking.filter(starts_at__lt=moment).delete()


# trap unfiltered-write: the row itself
async def cancel(booking_id: int):
    booking = await Booking.get(id=booking_id)
    await booking.delete()


# bad sql-injection: the town becomes part of the statement
async def clubs_in(town: str):
    connection = connections.get("default")
    return await connection.execute_query_dict(f"SELECT id, name FROM club WHERE town = '{town}'")  # expect sql-injection


# bad sql-injection: put together by +
async def ranking(order: str):
    async with in_transaction() as connection:
        return await connection.execute_query_dict("SELECT id, name FROM player ORDER BY " + order)  # expect sql-injection


# trap sql-injection: a parameter
async def clubs_named(name: str):
    connection = connections.get("default")
    return await connection.execute_query_dict("SELECT id, town FROM club WHERE name = $1", [name])


# trap sql-injection: a parameter of a raw query
async def matches_of(court: str):
    async with in_transaction() as connection:
        return await connection.execute_query_dict("SELECT id FROM match WHERE court = $1 ORDER BY id", [court])


# bad unordered-pagination: any twenty
async def page(at: int):
    return await Player.filter(active=True).offset(at * 20).limit(20)  # expect unordered-pagination


# bad unordered-pagination: many are of one club
async def by_club(at: int):
    return await Player.all().order_by("club_id").offset(at).limit(20)  # expect unordered-pagination


# trap unordered-pagination: the key comes last
async def by_name_and_key(at: int):
    return await Player.all().order_by("name", "id").offset(at).limit(20)


# trap unordered-pagination: no two have one address
async def by_email(at: int):
    return await Player.all().order_by("email").offset(at).limit(20)


async def played(court: str):
    return await Match.filter(court=court, played_at__isnull=False)
