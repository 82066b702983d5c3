# at: atlas/services.py
from .models import Kiosk, Sheet


def published_sheets():
    return Sheet.objects.filter(published=True)


def kiosk_of(place: str, password: str):
    return Kiosk.objects.filter(place=place, user_password=password).first()
