# at: atlas/models.py
# rules: plaintext-password
from django.db import models


class Cartographer(models.Model):
    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=80)
    email = models.EmailField(unique=True)
    # bad plaintext-password: what signs in is kept as it was typed
    password = models.CharField(max_length=40)  # expect plaintext-password


class Surveyor(models.Model):
    id = models.BigAutoField(primary_key=True)
    badge = models.CharField(max_length=20, unique=True)
    # trap plaintext-password: a hash
    password_hash = models.CharField(max_length=128)
    # trap plaintext-password: a day
    password_changed_on = models.DateField(null=True)


class Kiosk(models.Model):
    id = models.BigAutoField(primary_key=True)
    place = models.CharField(max_length=80)
    # bad plaintext-password: it is compared in a query, so it is no hash with a salt
    user_password = models.CharField(max_length=100)  # expect plaintext-password


class Sheet(models.Model):
    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=20, unique=True)
    drawn_by = models.ForeignKey(Cartographer, on_delete=models.PROTECT, related_name="sheets")
    published = models.BooleanField(default=False)
    drawn_on = models.DateField()


class Marker(models.Model):
    id = models.BigAutoField(primary_key=True)
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="markers")
    text = models.CharField(max_length=200)
