# rules: eager-collection, unindexed-filter
from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, DateTime, ForeignKey, Index, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Keeper(Base):
    __tablename__ = "keepers"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    # bad unindexed-filter: searched by statements in words
    name: Mapped[str] = mapped_column(String(120))  # expect unindexed-filter
    # trap unindexed-filter: an index begins with it
    mail: Mapped[str] = mapped_column(String(200), index=True)
    # bad unindexed-filter: four queries ask for a town
    town: Mapped[str]  # expect unindexed-filter
    branch_id: Mapped[int] = mapped_column(ForeignKey("branches.id"), index=True)
    branch: Mapped[Branch] = relationship(back_populates="keepers")
    animals: Mapped[list[Animal]] = relationship(back_populates="keeper")
    invoices: Mapped[list[Invoice]] = relationship(back_populates="keeper")


class Branch(Base):
    __tablename__ = "branches"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    name: Mapped[str]
    # bad eager-collection: joined to whatever reads a branch
    keepers: Mapped[list[Keeper]] = relationship(back_populates="branch", lazy="joined")  # expect eager-collection
    # bad eager-collection: a query of its own for each reading of branches
    rooms: Mapped[list[Room]] = relationship(back_populates="branch", lazy="selectin")  # expect eager-collection
    # trap eager-collection: asked for where it is wanted
    shifts: Mapped[list[Shift]] = relationship(back_populates="branch", lazy="raise")


class Room(Base):
    __tablename__ = "rooms"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    label: Mapped[str]
    branch_id: Mapped[int] = mapped_column(ForeignKey("branches.id"), index=True)
    # trap eager-collection: one row, one join
    branch: Mapped[Branch] = relationship(back_populates="rooms", lazy="joined")


class Shift(Base):
    __tablename__ = "shifts"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    branch_id: Mapped[int] = mapped_column(ForeignKey("branches.id"), index=True)
    begins_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    branch: Mapped[Branch] = relationship(back_populates="shifts")


class Animal(Base):
    __tablename__ = "animals"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    name: Mapped[str]
    # bad unindexed-filter: an animal is found by its chip
    chip: Mapped[str] = mapped_column(String(15))  # expect unindexed-filter
    # trap unindexed-filter: so it does with the key
    keeper_id: Mapped[int] = mapped_column(ForeignKey("keepers.id"), index=True)
    keeper: Mapped[Keeper] = relationship(back_populates="animals")
    visits: Mapped[list[Visit]] = relationship(back_populates="animal")


class Visit(Base):
    __tablename__ = "visits"
    __table_args__ = (Index("ix_visits_begins_room", "begins_at", "room"), Index("ix_visits_vet_due", "vet", "due_at"))

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    animal_id: Mapped[int] = mapped_column(ForeignKey("animals.id"), index=True)
    begins_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    due_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    room: Mapped[str]
    vet: Mapped[str]
    # bad unindexed-filter: nothing begins with it
    reference: Mapped[str]  # expect unindexed-filter
    # bad unindexed-filter: a queue takes the oldest of a state
    state: Mapped[str]  # expect unindexed-filter
    animal: Mapped[Animal] = relationship(back_populates="visits")


class Invoice(Base):
    __tablename__ = "invoices"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    keeper_id: Mapped[int] = mapped_column(ForeignKey("keepers.id"), index=True)
    state: Mapped[str]
    keeper: Mapped[Keeper] = relationship(back_populates="invoices")
