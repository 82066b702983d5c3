# at: registry/models.py
from datetime import date

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Parcel(Base):
    __tablename__ = "parcels"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    surveyed_on: Mapped[date]
    sold: Mapped[bool]
    deeds: Mapped[list["Deed"]] = relationship(back_populates="parcel")


class Deed(Base):
    __tablename__ = "deeds"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcels.id", ondelete="CASCADE"), index=True)

    parcel: Mapped[Parcel] = relationship(back_populates="deeds")
