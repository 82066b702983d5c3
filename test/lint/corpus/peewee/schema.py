# rules: missing-foreign-key-index, redundant-index, narrow-primary-key, lossy-column-type, soft-delete-unique, nullable-unique-column, missing-primary-key
from peewee import (
    SQL,
    AutoField,
    BigAutoField,
    CharField,
    CompositeKey,
    DateTimeField,
    DecimalField,
    DoubleField,
    FloatField,
    ForeignKeyField,
    Model,
    PostgresqlDatabase,
)

database = PostgresqlDatabase("cinema")


class Base(Model):
    class Meta:
        database = database


# bad nullable-unique-column: a block without a row
# bad soft-delete-unique: the block of a closed hall
class Hall(Base):  # expect nullable-unique-column, soft-delete-unique
    # trap narrow-primary-key: there are few halls
    id = AutoField()
    # bad soft-delete-unique: the name of a closed hall
    name = CharField(unique=True)  # expect soft-delete-unique
    row = CharField(null=True)
    block = CharField()
    deleted_at = DateTimeField(null=True)

    class Meta:
        indexes = ((("block", "row"), True),)


class Film(Base):
    title = CharField()
    # bad redundant-index: the index of the class begins with it
    year = CharField(index=True)  # expect redundant-index
    # trap redundant-index: second there
    country = CharField(index=True)
    # bad lossy-column-type: money
    licence_price = FloatField()  # expect lossy-column-type
    # trap lossy-column-type: minutes
    minutes = FloatField()
    # trap soft-delete-unique: films are deleted for good
    code = CharField(unique=True)

    class Meta:
        indexes = ((("year", "country"), False),)


class Showing(Base):
    # trap missing-foreign-key-index: Peewee indexes foreign keys
    film = ForeignKeyField(Film, backref="showings")
    # bad missing-foreign-key-index: switched off
    hall = ForeignKeyField(Hall, index=False)  # expect missing-foreign-key-index
    # trap missing-foreign-key-index: switched off, for the class has one that begins with it
    cleaner = ForeignKeyField(Hall, index=False, backref="cleanings")
    starts_at = DateTimeField()
    # bad lossy-column-type: doubles as well
    ticket_price = DoubleField()  # expect lossy-column-type
    # trap lossy-column-type: exact
    discount = DecimalField(max_digits=8, decimal_places=2)

    class Meta:
        indexes = (
            (("cleaner", "starts_at"), False),
            # trap nullable-unique-column: all required
            (("film", "starts_at"), True),
        )


class SeatEvent(Base):
    # bad narrow-primary-key: for every click on a seat
    id = AutoField()  # expect narrow-primary-key
    # bad missing-foreign-key-index: nobody asked for the index
    showing = ForeignKeyField(Showing, index=False, on_delete="CASCADE")  # expect missing-foreign-key-index
    at = DateTimeField()


# bad narrow-primary-key: Peewee adds an AutoField of 32 bits
class NewsMessage(Base):  # expect narrow-primary-key
    text = CharField()
    sent_at = DateTimeField()


# bad nullable-unique-column: a number without a till
class TillLog(Base):  # expect nullable-unique-column
    # trap narrow-primary-key: 64 bits
    id = BigAutoField()
    at = DateTimeField()
    till = CharField(null=True)
    number = CharField()

    class Meta:
        indexes = ((("till", "number"), True),)


class Pricing(Base):
    # trap nullable-unique-column: what is unique alone may be missing
    # trap soft-delete-unique: prices end, they are not deleted
    code = CharField(null=True, unique=True)
    # bad redundant-index: unique_together of old names begins with it
    season = CharField(index=True)  # expect redundant-index
    day = CharField()

    class Meta:
        # trap redundant-index: a unique one keeps rows apart
        indexes = ((("season", "day"), True),)


# trap missing-primary-key: two keys together
class FilmHall(Base):
    film = ForeignKeyField(Film)
    hall = ForeignKeyField(Hall)

    class Meta:
        primary_key = CompositeKey("film", "hall")


# bad missing-primary-key: told to have none
class Attendance(Base):  # expect missing-primary-key
    hall_name = CharField()
    counted_at = DateTimeField()

    class Meta:
        primary_key = False


# bad missing-primary-key: a unique column is no key
class Import(Base):  # expect missing-primary-key
    line = CharField(unique=True)

    class Meta:
        primary_key = False


# trap missing-primary-key: Peewee adds one
class Newsletter(Base):
    subject = CharField()
