# rules: query-in-loop, lazy-relation-in-loop, repeated-query, filter-in-memory, multiple-collection-loads, unordered-pagination, paginated-collection-join
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload, subqueryload

from .models import Animal, Branch, Invoice, Keeper, Room, Visit


# bad lazy-relation-in-loop: each animal asks for its keeper
def labels(session: Session) -> list[str]:
    animals = session.scalars(select(Animal)).all()
    return [f"{animal.name} of {animal.keeper.name}" for animal in animals]  # expect lazy-relation-in-loop


# bad lazy-relation-in-loop: the legacy query does the same
def visits_of_town(session: Session, town: str) -> int:
    total = 0
    for keeper in session.query(Keeper).filter(Keeper.town == town):
        total += len(keeper.animals)  # expect lazy-relation-in-loop
    return total


# bad lazy-relation-in-loop: the animals are loaded, what hangs on them is not
def plan(session: Session) -> None:
    keepers = session.scalars(select(Keeper).options(selectinload(Keeper.animals)))
    for keeper in keepers:
        for animal in keeper.animals:
            print(animal.name, len(animal.visits))  # expect lazy-relation-in-loop


# trap lazy-relation-in-loop: loaded by a second query
def loaded(session: Session) -> None:
    for animal in session.scalars(select(Animal).options(selectinload(Animal.keeper))):
        print(animal.keeper.name)


# trap lazy-relation-in-loop: joined, and said to be loaded from there
def joined(session: Session) -> None:
    statement = select(Animal).join(Animal.keeper).options(contains_eager(Animal.keeper)).where(Keeper.town == "Ulm")
    for animal in session.scalars(statement):
        print(animal.keeper.name)


# trap lazy-relation-in-loop: chained options
def deep(session: Session) -> None:
    statement = select(Keeper).options(joinedload(Keeper.animals).selectinload(Animal.visits))
    for keeper in session.scalars(statement).unique():
        for animal in keeper.animals:
            print(len(animal.visits))


# trap lazy-relation-in-loop: the key is a column of the row itself
def keys(session: Session) -> set[int]:
    return {animal.keeper_id for animal in session.scalars(select(Animal))}


# trap lazy-relation-in-loop: joined by the mapping
def rooms(session: Session) -> None:
    for room in session.scalars(select(Room)):
        print(room.label, room.branch.name)


# bad query-in-loop: an identity is looked up, and most of them are not in the session yet
def keepers_of(session: Session) -> list[Keeper | None]:
    found = []
    for animal in session.scalars(select(Animal).where(Animal.chip == "")):
        found.append(session.scalars(select(Keeper).where(Keeper.id == animal.keeper_id)).first())  # expect query-in-loop
    return found


# bad query-in-loop: a count per row
async def sizes(session: AsyncSession) -> dict[int, int]:
    result = {}
    for keeper in (await session.scalars(select(Keeper))).all():
        counted = select(func.count()).select_from(Animal).where(Animal.keeper_id == keeper.id)
        result[keeper.id] = await session.scalar(counted)  # expect query-in-loop
    return result


def last_visit(session: Session, animal_id: int) -> Visit | None:
    return session.query(Visit).filter(Visit.animal_id == animal_id).order_by(Visit.begins_at.desc()).first()


# bad query-in-loop: the query stands in a function
def last_visits(session: Session) -> list[Visit | None]:
    return [last_visit(session, animal.id) for animal in session.query(Animal).all()]  # expect query-in-loop


# trap query-in-loop: one query for all keys
def keepers_at_once(session: Session) -> dict[int, Keeper]:
    animals = session.scalars(select(Animal)).all()
    wanted = {animal.keeper_id for animal in animals}
    return {keeper.id: keeper for keeper in session.scalars(select(Keeper).where(Keeper.id.in_(wanted)))}


# trap query-in-loop: in batches
def in_batches(session: Session, ids: list[int]) -> list[Visit]:
    found: list[Visit] = []
    for start in range(0, len(ids), 500):
        found.extend(session.scalars(select(Visit).where(Visit.id.in_(ids[start : start + 500]))))
    return found


# trap query-in-loop: until nothing is left
def drain(session: Session) -> None:
    while True:
        visits = session.scalars(select(Visit).where(Visit.state == "new").order_by(Visit.id).limit(100)).all()
        if not visits:
            break
        for visit in visits:
            visit.state = "seen"
        session.commit()


# trap query-in-loop: a statement is only built
def statements(keepers: list[Keeper]):
    return [select(Animal).where(Animal.keeper_id == keeper.id) for keeper in keepers]


# bad repeated-query: the same for each of them
def prices(session: Session, names: list[str], branch_id: int) -> list[str]:
    lines = []
    for name in names:
        branch = session.scalars(select(Branch).where(Branch.id == branch_id)).one()  # expect repeated-query
        lines.append(f"{name} {branch.name}")
    return lines


# bad repeated-query: asked a second time
def twice(session: Session, keeper_id: int) -> list[int]:
    unpaid = session.scalars(select(Invoice).where(Invoice.keeper_id == keeper_id)).all()
    print(len(unpaid))
    again = session.scalars(select(Invoice).where(Invoice.keeper_id == keeper_id)).all()  # expect repeated-query
    return [invoice.id for invoice in again]


# trap repeated-query: something was written in between
def after_writing(session: Session, keeper_id: int) -> int:
    before = session.scalars(select(Invoice).where(Invoice.keeper_id == keeper_id)).all()
    session.add(Invoice(keeper_id=keeper_id, state="open"))
    session.commit()
    after = session.scalars(select(Invoice).where(Invoice.keeper_id == keeper_id)).all()
    return len(after) - len(before)


# trap repeated-query: another key each time
def two(session: Session, one: int, other: int) -> list[Animal]:
    first = session.scalars(select(Animal).where(Animal.keeper_id == one)).all()
    second = session.scalars(select(Animal).where(Animal.keeper_id == other)).all()
    return [*first, *second]


# bad filter-in-memory: all visits, for those of a room
def of_room(session: Session, room: str) -> list[Visit]:
    return [visit for visit in session.scalars(select(Visit)).all() if visit.room == room]  # expect filter-in-memory


# bad filter-in-memory: with the legacy query
def unpaid(session: Session) -> list[Invoice]:
    return [invoice for invoice in session.query(Invoice).all() if invoice.state != "paid"]  # expect filter-in-memory


# trap filter-in-memory: the rest is wanted as well
def overview(session: Session) -> dict[str, list[Invoice]]:
    invoices = session.query(Invoice).all()
    return {"all": invoices, "open": [invoice for invoice in invoices if invoice.state == "open"]}


# trap filter-in-memory: what no query could ask
def plausible(session: Session) -> list[Animal]:
    return [animal for animal in session.scalars(select(Animal)) if is_chip(animal.chip)]


def is_chip(chip: str) -> bool:
    return len(chip) == 15 and sum(int(digit) for digit in chip) % 7 == 0


# bad multiple-collection-loads: animals times invoices
def whole_keepers(session: Session) -> list[Keeper]:
    statement = select(Keeper).options(joinedload(Keeper.animals), joinedload(Keeper.invoices))  # expect multiple-collection-loads
    return list(session.scalars(statement).unique())


# bad multiple-collection-loads: the legacy query
def whole_town(session: Session, town: str) -> list[Keeper]:
    return (
        session.query(Keeper)
        .options(joinedload(Keeper.animals))
        .options(joinedload(Keeper.invoices))  # expect multiple-collection-loads
        .filter(Keeper.town == town)
        .all()
    )


# trap multiple-collection-loads: a query for each
def apart(session: Session) -> list[Keeper]:
    return list(session.scalars(select(Keeper).options(selectinload(Keeper.animals), subqueryload(Keeper.invoices))))


# trap multiple-collection-loads: one collection and one row
def one_of_each(session: Session) -> list[Animal]:
    statement = select(Animal).options(joinedload(Animal.visits), joinedload(Animal.keeper))
    return list(session.scalars(statement).unique())


# bad unordered-pagination: any fifty of them
def page(session: Session, number: int) -> list[Animal]:
    return list(session.scalars(select(Animal).limit(50).offset(50 * number)))  # expect unordered-pagination


# bad unordered-pagination: the legacy query
def page_of_town(session: Session, town: str, start: int) -> list[Keeper]:
    return session.query(Keeper).filter(Keeper.town == town).offset(start).limit(20).all()  # expect unordered-pagination


# trap unordered-pagination: sorted
def sorted_page(session: Session, number: int) -> list[Animal]:
    return list(session.scalars(select(Animal).order_by(Animal.id).limit(50).offset(50 * number)))


# trap unordered-pagination: whether there is one
def any_visit(session: Session, animal_id: int) -> bool:
    return session.scalars(select(Visit).where(Visit.animal_id == animal_id).limit(1)).first() is not None


# bad paginated-collection-join: twenty rows of the join are fewer keepers
def page_with_animals(session: Session) -> list[Keeper]:
    statement = select(Keeper).join(Keeper.animals).options(contains_eager(Keeper.animals)).order_by(Keeper.id)
    return list(session.scalars(statement.limit(20)).unique())  # expect paginated-collection-join


# bad paginated-collection-join: the legacy query
def legacy_page(session: Session, start: int) -> list[Keeper]:
    return (
        session.query(Keeper)
        .join(Keeper.animals)
        .options(contains_eager(Keeper.animals))
        .order_by(Keeper.id)
        .offset(start)
        .limit(20)  # expect paginated-collection-join
        .all()
    )


# trap paginated-collection-join: joinedload is put around a query of the page
def wrapped(session: Session) -> list[Keeper]:
    statement = select(Keeper).options(joinedload(Keeper.animals)).order_by(Keeper.id).limit(20)
    return list(session.scalars(statement).unique())


# trap paginated-collection-join: loaded afterwards
def afterwards(session: Session) -> list[Keeper]:
    return list(session.scalars(select(Keeper).options(selectinload(Keeper.animals)).order_by(Keeper.id).limit(20)))


# bad query-in-loop: `exists()` is a part of the one statement that is asked
def unseen(session: Session) -> list[str]:
    found = []
    for keeper in session.scalars(select(Keeper)):
        if not session.query(session.query(Animal).filter(Animal.keeper_id == keeper.id).exists()).scalar():  # expect query-in-loop
            found.append(keeper.name)
    return found
