from peewee import BooleanField, CharField, DateTimeField, DecimalField, ForeignKeyField, IntegerField, Model, PostgresqlDatabase, TextField

db = PostgresqlDatabase("brewery", user="brewery")


class BaseModel(Model):
    class Meta:
        database = db


class Brewer(BaseModel):
    name = CharField()
    email = CharField(unique=True)
    town = CharField()


class Beer(BaseModel):
    name = CharField(index=True)
    style = CharField()
    brewer = ForeignKeyField(Brewer, backref="beers")
    bottled = BooleanField(default=False)
    strength = DecimalField(max_digits=4, decimal_places=2)


class Review(BaseModel):
    beer = ForeignKeyField(Beer, backref="reviews", on_delete="CASCADE")
    text = TextField()
    stars = IntegerField()
    written_at = DateTimeField()

    class Meta:
        indexes = ((("beer", "written_at"), False),)
