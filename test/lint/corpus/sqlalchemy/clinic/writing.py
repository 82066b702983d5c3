# rules: write-in-loop, unfiltered-write, unsearchable-filter, range-before-equality, sql-injection, wasteful-sql, code-enforced-uniqueness, remote-call-in-transaction
from datetime import datetime

import requests
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from .models import Animal, Invoice, Keeper, Visit


# bad write-in-loop: a statement per animal
def move(session: Session, ids: list[int], keeper_id: int) -> None:
    for animal_id in ids:
        session.execute(update(Animal).where(Animal.id == animal_id).values(keeper_id=keeper_id))  # expect write-in-loop


# bad write-in-loop: a statement per keeper, the legacy way
def close(session: Session) -> None:
    for keeper in session.query(Keeper).all():
        session.query(Invoice).filter(Invoice.keeper_id == keeper.id).update({"state": "closed"})  # expect write-in-loop


# trap write-in-loop: the unit of work writes them together
def close_all(session: Session) -> None:
    for invoice in session.scalars(select(Invoice).where(Invoice.keeper_id == 7)):
        invoice.state = "closed"
    session.commit()


# trap write-in-loop: added, and flushed at once
def bill(session: Session, keepers: list[int]) -> None:
    for keeper_id in keepers:
        session.add(Invoice(keeper_id=keeper_id, state="open"))
    session.commit()


# trap write-in-loop: a list of rows goes in one call
def bill_at_once(session: Session, keepers: list[int]) -> None:
    session.execute(insert(Invoice), [{"keeper_id": keeper_id, "state": "open"} for keeper_id in keepers])


# bad unfiltered-write: everybody's
def end_season(session: Session) -> None:
    session.execute(delete(Visit))  # expect unfiltered-write


# bad unfiltered-write: every row has a new state
def open_invoices(session: Session) -> None:
    session.query(Invoice).update({"state": "open"})  # expect unfiltered-write


# trap unfiltered-write: those of one animal
def forget(session: Session, animal_id: int) -> None:
    session.execute(delete(Visit).where(Visit.animal_id == animal_id))


# trap unfiltered-write: those of one keeper, the legacy way
def pay(session: Session, keeper_id: int) -> None:
    session.query(Invoice).filter_by(keeper_id=keeper_id).update({"state": "paid"})


def by_reference(session: Session, reference: str) -> Visit | None:
    return session.scalars(select(Visit).where(Visit.reference == reference)).first()


def by_chip(session: Session, chip: str) -> Animal | None:
    return session.query(Animal).filter_by(chip=chip).one_or_none()


def by_mail(session: Session, mail: str) -> Keeper | None:
    return session.scalars(select(Keeper).where(Keeper.mail == mail)).first()


def checked(session: Session, animal_id: int, chip: str) -> Animal | None:
    return session.query(Animal).filter(Animal.id == animal_id, Animal.chip == chip).one_or_none()


# bad unsearchable-filter: the beginning is unknown
def search(session: Session, term: str) -> list[Keeper]:
    return list(session.scalars(select(Keeper).where(Keeper.name.ilike(f"%{term}%"))))  # expect unsearchable-filter


# bad unsearchable-filter: a function around the column
def by_mail_anyhow(session: Session, mail: str) -> Keeper | None:
    return session.query(Keeper).filter(func.lower(Keeper.mail) == mail.lower()).first()  # expect unsearchable-filter


# trap unsearchable-filter: the beginning is known
def beginning(session: Session, term: str) -> list[Keeper]:
    return list(session.scalars(select(Keeper).where(Keeper.mail.startswith(term))))


# trap unsearchable-filter: the function is around the value
def lowered(session: Session, mail: str) -> Keeper | None:
    return session.scalars(select(Keeper).where(Keeper.mail == func.lower(mail))).first()


# bad range-before-equality: the index has the time in front of the room
def in_room(session: Session, room: str, since: datetime) -> list[Visit]:
    statement = select(Visit).where(Visit.room == room, Visit.begins_at >= since)
    return list(session.scalars(statement))  # expect range-before-equality


# bad range-before-equality: the legacy way
def in_room_between(session: Session, room: str, since: datetime, until: datetime) -> list[Visit]:
    return session.query(Visit).filter(Visit.room == room).filter(Visit.begins_at.between(since, until)).all()  # expect range-before-equality


# trap range-before-equality: this index has the vet first
def due(session: Session, vet: str, until: datetime) -> list[Visit]:
    return list(session.scalars(select(Visit).where(Visit.vet == vet, Visit.due_at < until)))


# trap range-before-equality: one condition has no order
def since(session: Session, begin: datetime) -> list[Visit]:
    return list(session.scalars(select(Visit).where(Visit.begins_at >= begin)))


# bad sql-injection: the name is part of the statement
def injected(session: Session, name: str):
    return session.execute(text(f"SELECT id FROM keepers WHERE name = '{name}'")).all()  # expect sql-injection


# bad sql-injection: put in by format
def formatted(session: Session, town: str):
    statement = "SELECT count(id) FROM keepers WHERE town = '{}'".format(town)  # expect sql-injection
    return session.execute(text(statement)).scalar_one()


# trap sql-injection: bound
def bound(session: Session, name: str):
    return session.execute(text("SELECT id FROM keepers WHERE name = :name"), {"name": name}).all()


# trap sql-injection: bound to the text
def bound_to_text(session: Session, name: str):
    return session.execute(text("SELECT id FROM keepers WHERE name = :name").bindparams(name=name)).all()


# trap sql-injection: a choice between two constants
def sorted_by(session: Session, newest: bool):
    order = "id DESC" if newest else "id"
    return session.execute(text(f"SELECT id FROM keepers ORDER BY {order} LIMIT 100")).all()


# bad wasteful-sql: every column for two of them
def everything(session: Session):
    return session.execute(text("SELECT * FROM visits WHERE animal_id = 1")).all()  # expect wasteful-sql


# bad wasteful-sql: a number for every row
def anyone(session: Session):
    return session.execute(text("SELECT id, name FROM keepers ORDER BY random() LIMIT 1")).first()  # expect wasteful-sql


# trap wasteful-sql: counting rows is no reading of columns
def counted(session: Session):
    return session.execute(text("SELECT count(*) FROM visits")).scalar_one()


# trap wasteful-sql: the columns are named
def named(session: Session):
    return session.execute(text("SELECT id, room FROM visits WHERE animal_id = 1")).all()


# bad code-enforced-uniqueness: two may ask at the same time
def register(session: Session, chip: str, keeper_id: int) -> None:
    if session.scalars(select(Animal).where(Animal.chip == chip)).first() is not None:  # expect code-enforced-uniqueness
        raise ValueError("There is such an animal already.")
    session.add(Animal(chip=chip, keeper_id=keeper_id, name=""))
    session.commit()


# bad code-enforced-uniqueness: the legacy way, with the row in a variable
def book(session: Session, reference: str, animal_id: int) -> None:
    if session.query(Visit).filter_by(reference=reference).count() > 0:  # expect code-enforced-uniqueness
        raise ValueError("There is such a visit already.")
    visit = Visit(reference=reference, animal_id=animal_id)
    session.add(visit)


# trap code-enforced-uniqueness: the children of a row, any number of which is right
def add_animal(session: Session, keeper_id: int) -> None:
    if session.scalars(select(Animal).where(Animal.keeper_id == keeper_id)).first() is None:
        print("the first one")
    session.add(Animal(keeper_id=keeper_id, name="", chip=""))


# trap code-enforced-uniqueness: the key of what is to be changed
def rename(session: Session, animal_id: int, name: str) -> None:
    if session.get(Animal, animal_id) is None:
        raise ValueError("There is no such animal.")
    session.execute(update(Animal).where(Animal.id == animal_id).values(name=name))
    session.commit()


# bad remote-call-in-transaction: rows stay locked until the bank has answered
def charge(session: Session, invoice_id: int) -> None:
    with session.begin():
        session.execute(update(Invoice).where(Invoice.id == invoice_id).values(state="charging"))
        requests.post("https://bank.example/charges", json={"invoice": invoice_id}, timeout=10)  # expect remote-call-in-transaction


# trap remote-call-in-transaction: asked first
def charge_first(session: Session, invoice_id: int) -> None:
    requests.post("https://bank.example/charges", json={"invoice": invoice_id}, timeout=10)
    with session.begin():
        session.execute(update(Invoice).where(Invoice.id == invoice_id).values(state="charged"))


# bad remote-call-in-transaction: the block of a transaction that is nested
def refund(session: Session, invoice_id: int) -> None:
    with session.begin_nested():
        session.execute(update(Invoice).where(Invoice.id == invoice_id).values(state="refunding"))
        requests.post("https://bank.example/refunds", json={"invoice": invoice_id}, timeout=10)  # expect remote-call-in-transaction


# trap remote-call-in-transaction: it is over when the bank is asked
def refund_last(session: Session, invoice_id: int) -> None:
    with session.begin():
        session.execute(update(Invoice).where(Invoice.id == invoice_id).values(state="refunding"))
    requests.post("https://bank.example/refunds", json={"invoice": invoice_id}, timeout=10)
