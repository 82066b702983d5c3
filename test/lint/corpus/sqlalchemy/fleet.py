# rules: missing-foreign-key-index, redundant-index, narrow-primary-key, missing-primary-key, lossy-column-type, soft-delete-unique, nullable-unique-column, unprotected-sensitive-column
from __future__ import annotations

import uuid
from datetime import datetime
from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Numeric,
    String,
    Table,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Depot(Base):
    __tablename__ = "depots"

    id: Mapped[int] = mapped_column(primary_key=True)
    # bad soft-delete-unique: a closed depot keeps its code
    code: Mapped[str] = mapped_column(String(10), unique=True)  # expect soft-delete-unique
    # bad soft-delete-unique: nor does a gate
    gate: Mapped[str] = mapped_column(String(4))
    city: Mapped[str]
    deleted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    __table_args__ = (
        Index("ux_depots_gate", "gate", unique=True),  # expect soft-delete-unique
        # trap soft-delete-unique: only where it is open
        Index("ux_depots_city", "city", unique=True, postgresql_where=text("deleted_at IS NULL")),
    )


class Vehicle(Base):
    __tablename__ = "vehicles"

    id: Mapped[int] = mapped_column(primary_key=True)
    # bad missing-foreign-key-index: SQLAlchemy makes none
    depot_id: Mapped[int] = mapped_column(ForeignKey("depots.id"))  # expect missing-foreign-key-index
    # trap missing-foreign-key-index: asked for
    lessor_id: Mapped[int | None] = mapped_column(ForeignKey("lessors.id"), index=True)
    # trap missing-foreign-key-index: unique has an index
    tracker_id: Mapped[int | None] = mapped_column(ForeignKey("trackers.id"), unique=True)
    # bad missing-foreign-key-index: the second column of an index
    model_id: Mapped[int] = mapped_column(ForeignKey("models.id"))  # expect missing-foreign-key-index
    plate: Mapped[str] = mapped_column(String(12))
    # bad lossy-column-type: money as a binary fraction
    price: Mapped[float]  # expect lossy-column-type
    # trap lossy-column-type: metres are measured
    length: Mapped[float]
    # trap lossy-column-type: exact
    residual_amount: Mapped[Decimal] = mapped_column(Numeric(12, 2))

    __table_args__ = (Index("ix_vehicles_plate_model", "plate", "model_id"),)


class Model(Base):
    __tablename__ = "models"

    id: Mapped[int] = mapped_column(primary_key=True)
    maker: Mapped[str]
    # bad redundant-index: the constraint below begins with it
    name: Mapped[str] = mapped_column(index=True)  # expect redundant-index
    # trap redundant-index: the second of the constraint
    year: Mapped[int] = mapped_column(index=True)

    __table_args__ = (
        UniqueConstraint("name", "year"),
        # bad redundant-index: twice the same
        Index("ix_maker", "maker"),
        Index("ix_maker_2", "maker"),  # expect redundant-index
        # trap redundant-index: an expression is another index
        Index("ix_maker_lower", func.lower("maker")),
    )


class Lessor(Base):
    __tablename__ = "lessors"

    id: Mapped[int] = mapped_column(primary_key=True)
    country: Mapped[str | None]
    register_number: Mapped[str]
    # bad unprotected-sensitive-column: every card in the clear
    card_number: Mapped[str] = mapped_column(String(19))  # expect unprotected-sensitive-column
    # trap unprotected-sensitive-column: the token of the provider
    card_token: Mapped[str]

    # bad nullable-unique-column: NULL equals nothing
    __table_args__ = (UniqueConstraint("country", "register_number"),)  # expect nullable-unique-column


class Driver(Base):
    __tablename__ = "drivers"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    licence: Mapped[str]
    issued_by: Mapped[str] = mapped_column(nullable=False)
    # bad unprotected-sensitive-column: health data
    diagnosis: Mapped[str | None]  # expect unprotected-sensitive-column
    # trap unprotected-sensitive-column: a treatment of the contract's
    contract_treatment: Mapped[str | None]

    # trap nullable-unique-column: both have a value
    __table_args__ = (UniqueConstraint("licence", "issued_by"),)


class Tracker(Base):
    __tablename__ = "trackers"

    # trap narrow-primary-key: one per vehicle
    id: Mapped[int] = mapped_column(primary_key=True)
    imei: Mapped[str] = mapped_column(String(15), unique=True)
    slot: Mapped[str | None]
    bay: Mapped[int]

    # bad nullable-unique-column: no slot is known in some bays
    __table_args__ = (UniqueConstraint("slot", "bay"),)  # expect nullable-unique-column


class PositionEvent(Base):
    __tablename__ = "position_events"

    # bad narrow-primary-key: int is Integer
    id: Mapped[int] = mapped_column(primary_key=True)  # expect narrow-primary-key
    tracker_id: Mapped[int] = mapped_column(ForeignKey("trackers.id"), index=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Message(Base):
    __tablename__ = "driver_messages"

    # bad narrow-primary-key: the older style
    id = Column(Integer, primary_key=True)  # expect narrow-primary-key
    sent_at = Column(DateTime(timezone=True), nullable=False)
    # bad lossy-column-type: the fee of it
    fee = Column(Float)  # expect lossy-column-type


class FuelTransaction(Base):
    __tablename__ = "fuel_transactions"

    # trap narrow-primary-key: 64 bits
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    vehicle_id: Mapped[int]
    trip_number: Mapped[int]
    leg: Mapped[int]

    # bad missing-foreign-key-index: two columns, of which an index has one
    __table_args__ = (
        ForeignKeyConstraint(["trip_number", "leg"], ["legs.trip_number", "legs.leg"]),  # expect missing-foreign-key-index
        Index("ix_fuel_leg", "leg"),
    )


class Leg(Base):
    __tablename__ = "legs"

    trip_number: Mapped[int] = mapped_column(primary_key=True)
    leg: Mapped[int] = mapped_column(primary_key=True)
    # trap nullable-unique-column: a single column may be NULL as often as it likes
    seal: Mapped[str | None] = mapped_column(unique=True)
    # trap soft-delete-unique: a leg is never deleted
    token: Mapped[str] = mapped_column(unique=True)
    driver_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("drivers.id"), index=True)
    driver: Mapped[Driver | None] = relationship()
    depot_code: Mapped[str | None]
    depot: Mapped[Depot | None] = relationship(
        primaryjoin="foreign(Leg.depot_code) == Depot.code", viewonly=True
    )


# trap missing-foreign-key-index: the key begins with the one, the index with the other
vehicle_drivers = Table(
    "vehicle_drivers",
    Base.metadata,
    Column("vehicle_id", ForeignKey("vehicles.id"), primary_key=True),
    Column("driver_id", ForeignKey("drivers.id"), primary_key=True, index=True),
)

# trap missing-primary-key: nothing but the two keys
vehicle_depots = Table(
    "vehicle_depots",
    Base.metadata,
    Column("vehicle_id", ForeignKey("vehicles.id"), index=True),
    Column("depot_id", ForeignKey("depots.id"), index=True),
)

# bad missing-primary-key: Core asks for none
odometer = Table(  # expect missing-primary-key
    "odometer",
    Base.metadata,
    Column("plate", String(12), nullable=False),
    Column("kilometres", Integer, nullable=False),
    Column("read_at", DateTime(timezone=True), nullable=False),
)

# bad missing-primary-key: unique is no key
tolls = Table(  # expect missing-primary-key
    "tolls",
    Base.metadata,
    Column("receipt", String(20), unique=True),
    Column("cents", Integer, nullable=False),
)

# trap missing-primary-key: two columns together
stops = Table(
    "stops",
    Base.metadata,
    Column("trip_number", Integer, primary_key=True),
    Column("place", Integer, primary_key=True),
)
