# rules: query-in-loop
from ..model.models import Note


def escape(text):
    return Note.objects.filter(text=text).first()
