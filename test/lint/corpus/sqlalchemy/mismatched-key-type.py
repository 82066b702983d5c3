from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Account(Base):
    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    handle: Mapped[str] = mapped_column(String(40), unique=True)


class Session(Base):
    __tablename__ = "sessions"

    id = Column(Uuid, primary_key=True)
    # bad: accounts outgrow it
    account_id = Column(Integer, ForeignKey("accounts.id"), nullable=False)  # expect


class Event(Base):
    __tablename__ = "events"

    id = Column(BigInteger, primary_key=True)
    # bad: text for a UUID
    session_id = Column(String(36), ForeignKey("sessions.id"))  # expect
    # trap: no type of its own, so it takes that of what it refers to
    account_id = Column(ForeignKey("accounts.id"))
    # trap: the annotation is wider than the database needs, but the type is stated
    owner_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("accounts.id"))
    # trap: text by another length
    handle = Column(String(60), ForeignKey("accounts.handle"))
