# rules: missing-foreign-key-index, redundant-index, narrow-primary-key, lossy-column-type, soft-delete-unique, nullable-unique-column
from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


# bad nullable-unique-column: a plot without a lane
# bad soft-delete-unique: a plot of an abandoned garden
class Garden(Model):  # expect nullable-unique-column, soft-delete-unique
    # trap narrow-primary-key: few
    id = fields.IntField(primary_key=True)
    # bad soft-delete-unique: an abandoned garden keeps its slug
    slug = fields.CharField(max_length=40, unique=True)  # expect soft-delete-unique
    plot = fields.CharField(max_length=10)
    lane = fields.CharField(max_length=10, null=True)
    deleted_at = fields.DatetimeField(null=True)

    class Meta:
        unique_together = (("plot", "lane"),)


class Bed(Model):
    id = fields.UUIDField(primary_key=True)
    # bad missing-foreign-key-index: Tortoise makes none
    garden = fields.ForeignKeyField("models.Garden", related_name="beds")  # expect missing-foreign-key-index
    # trap missing-foreign-key-index: asked for
    keeper = fields.ForeignKeyField("models.Keeper", related_name="beds", null=True, db_index=True)
    # trap missing-foreign-key-index: one to one is unique
    sign = fields.OneToOneField("models.Sign", related_name="bed", null=True)
    # bad missing-foreign-key-index: nullable or not
    previous = fields.ForeignKeyField("models.Keeper", related_name="former", null=True)  # expect missing-foreign-key-index
    # bad lossy-column-type: rent as a float
    rent_amount = fields.FloatField()  # expect lossy-column-type
    # trap lossy-column-type: square metres
    area = fields.FloatField()
    # trap lossy-column-type: exact
    deposit = fields.DecimalField(max_digits=8, decimal_places=2)


# bad nullable-unique-column: a year without a badge
class Keeper(Model):  # expect nullable-unique-column
    id = fields.BigIntField(primary_key=True)
    # bad redundant-index: the index of the class begins with it
    family = fields.CharField(max_length=60, db_index=True)  # expect redundant-index
    # trap redundant-index: second there
    given = fields.CharField(max_length=60, db_index=True)
    # trap soft-delete-unique: keepers are deleted for good
    email = fields.CharField(max_length=120, unique=True)
    # bad lossy-column-type: what is paid
    fee = fields.FloatField(null=True)  # expect lossy-column-type
    badge = fields.CharField(max_length=10, null=True)
    year = fields.IntField()

    class Meta:
        indexes = (("family", "given"),)
        unique_together = ("badge", "year")


class Sign(Model):
    id = fields.IntField(primary_key=True)
    # bad redundant-index: the pair is unique
    colour = fields.CharField(max_length=20, db_index=True)  # expect redundant-index
    text = fields.CharField(max_length=80)

    class Meta:
        # trap nullable-unique-column: all required
        # trap redundant-index: a unique one stays
        unique_together = (("colour", "text"),)


class WateringEvent(Model):
    # bad narrow-primary-key: IntField is 32 bits
    id = fields.IntField(primary_key=True)  # expect narrow-primary-key
    at = fields.DatetimeField(auto_now_add=True)


class Message(Model):
    # bad narrow-primary-key: the older name of the option
    id = fields.IntField(pk=True)  # expect narrow-primary-key
    sent_at = fields.DatetimeField()


class GateLog(Model):
    # trap narrow-primary-key: 64 bits
    id = fields.BigIntField(primary_key=True)
    at = fields.DatetimeField()
    # trap soft-delete-unique: not a table of deleted rows
    # trap nullable-unique-column: alone
    serial = fields.CharField(max_length=20, null=True, unique=True)
