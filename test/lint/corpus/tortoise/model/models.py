from tortoise import fields
from tortoise.models import Model


class Club(Model):
    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=80)
    town = fields.CharField(max_length=80)
    members: fields.ReverseRelation["Player"]


class Player(Model):
    id = fields.IntField(primary_key=True)
    email = fields.CharField(max_length=120, unique=True)
    name = fields.CharField(max_length=80)
    active = fields.BooleanField(default=True)
    club = fields.ForeignKeyField("models.Club", related_name="members", db_index=True)


class Match(Model):
    id = fields.IntField(primary_key=True)
    winner = fields.ForeignKeyField("models.Player", related_name="won", db_index=True)
    court = fields.CharField(max_length=20)
    played_at = fields.DatetimeField(db_index=True)
