# at: museum/models.py
# rules: missing-foreign-key-index, redundant-index, narrow-primary-key, lossy-column-type, soft-delete-unique, nullable-unique-column, unprotected-sensitive-column, numbered-columns
import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q, UniqueConstraint
from django.db.models.functions import Lower


class Wing(models.Model):
    # bad soft-delete-unique: a closed wing keeps its letter
    letter = models.CharField(max_length=1, unique=True)  # expect soft-delete-unique
    slug = models.SlugField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # trap soft-delete-unique: open ones only
            UniqueConstraint(fields=["slug"], condition=Q(deleted_at__isnull=True), name="wing_slug"),
            # bad soft-delete-unique: the pair stays taken as well
            UniqueConstraint(fields=["letter", "slug"], name="wing_letter_slug"),  # expect soft-delete-unique
        ]


class Room(models.Model):
    # trap missing-foreign-key-index: Django indexes foreign keys by itself
    wing = models.ForeignKey(Wing, on_delete=models.CASCADE)
    # bad missing-foreign-key-index: switched off
    guard = models.ForeignKey("Guard", on_delete=models.SET_NULL, null=True, db_index=False)  # expect missing-foreign-key-index
    # trap missing-foreign-key-index: switched off, for the unique pair leads with it
    floor = models.ForeignKey("Floor", on_delete=models.CASCADE, db_index=False)
    number = models.PositiveSmallIntegerField()
    # trap redundant-index: its own index is no prefix of the pair
    name = models.CharField(max_length=80, db_index=True)
    # bad numbered-columns: a list of cameras
    camera1 = models.CharField(max_length=20, blank=True)  # expect numbered-columns
    camera2 = models.CharField(max_length=20, blank=True)
    camera3 = models.CharField(max_length=20, blank=True)
    # trap numbered-columns: a version in the name
    geojson2008 = models.TextField(blank=True)

    class Meta:
        unique_together = [("floor", "number")]
        indexes = [
            # bad redundant-index: unique_together has made it
            models.Index(fields=["floor"], name="room_floor"),  # expect redundant-index
            # trap redundant-index: upper case is another index
            models.Index(Lower("name"), name="room_name_lower"),
        ]


class Floor(models.Model):
    level = models.SmallIntegerField(unique=True)
    # bad redundant-index: the one below begins with it
    plan = models.CharField(max_length=40, db_index=True)  # expect redundant-index
    scale = models.FloatField()
    # trap redundant-index: only some rows are in the longer one
    drawn_by = models.CharField(max_length=40, db_index=True)

    class Meta:
        indexes = [
            models.Index(fields=["plan", "scale"]),
            models.Index(fields=["drawn_by", "scale"], condition=Q(scale__gt=100), name="floor_large"),
        ]


class Guard(AbstractUser):
    # bad missing-foreign-key-index: it is asked for by nobody
    chief = models.ForeignKey("self", on_delete=models.PROTECT, null=True, db_index=False)  # expect missing-foreign-key-index
    # bad unprotected-sensitive-column: health data
    diagnosis = models.TextField(blank=True)  # expect unprotected-sensitive-column
    # trap unprotected-sensitive-column: how a picture is treated
    varnish_treatment = models.CharField(max_length=40)


class Exhibit(models.Model):
    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4)
    # trap lossy-column-type: centimetres
    height = models.FloatField()
    # bad lossy-column-type: an amount of money
    insured_amount = models.FloatField()  # expect lossy-column-type
    # trap lossy-column-type: exact
    price = models.DecimalField(max_digits=12, decimal_places=2)
    room = models.ForeignKey(Room, null=True, on_delete=models.SET_NULL)
    shelf = models.CharField(max_length=10, null=True)
    accession = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            # bad nullable-unique-column: any number of exhibits of one accession without a room
            UniqueConstraint(fields=["room", "accession"], name="exhibit_place"),  # expect nullable-unique-column
            # trap nullable-unique-column: NULLs are alike
            UniqueConstraint(fields=["shelf", "year"], name="exhibit_shelf_year", nulls_distinct=False),
            # trap nullable-unique-column: both are required
            UniqueConstraint(fields=["accession", "year"], name="exhibit_accession"),
        ]


class Ticket(models.Model):
    # trap narrow-primary-key: BigAutoField is 64 bits, whatever the settings say
    id = models.BigAutoField(primary_key=True)
    sold_at = models.DateTimeField(auto_now_add=True)
    # bad unprotected-sensitive-column: who pays by card
    card_number = models.CharField(max_length=19)  # expect unprotected-sensitive-column
    # trap unprotected-sensitive-column: four digits are on the receipt
    card_last4 = models.CharField(max_length=4)
    # bad lossy-column-type: cents get lost
    total_price = models.FloatField()  # expect lossy-column-type


class VisitEvent(models.Model):
    # bad narrow-primary-key: the old default, kept by hand
    id = models.AutoField(primary_key=True)  # expect narrow-primary-key
    ticket = models.ForeignKey(Ticket, on_delete=models.DO_NOTHING, db_constraint=False)
    at = models.DateTimeField()


class MailMessage(models.Model):
    # bad narrow-primary-key: 32 bits for all mail
    number = models.AutoField(primary_key=True)  # expect narrow-primary-key
    sent_at = models.DateTimeField()


class Tour(models.Model):
    # bad numbered-columns: stops of a tour
    stop_1 = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")  # expect numbered-columns
    stop_2 = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")
    stop_3 = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")
    # trap numbered-columns: two lines of an address
    address1 = models.CharField(max_length=80)
    address2 = models.CharField(max_length=80, blank=True)
    # trap soft-delete-unique: tours are deleted for good
    code = models.CharField(max_length=8, unique=True)


class Season(models.Model):
    # trap narrow-primary-key: one a year
    id = models.SmallAutoField(primary_key=True)
    guide = models.ForeignKey(Guard, null=True, on_delete=models.SET_NULL)
    theme = models.CharField(max_length=80)

    # bad nullable-unique-column: the older way to say it
    class Meta:  # expect nullable-unique-column
        unique_together = ("guide", "theme")
