# at: atlas/views.py
# rules: unbounded-list
from django.http import JsonResponse
from django.views.decorators.http import require_GET
from rest_framework.decorators import api_view
from rest_framework.response import Response

from .models import Marker, Sheet
from .services import published_sheets


# bad unbounded-list: every sheet there is
@api_view(["GET"])  # expect unbounded-list
def sheets(request):
    rows = Sheet.objects.order_by("number")
    return Response([{"number": row.number, "drawn_on": row.drawn_on} for row in rows])


# bad unbounded-list: those that a function finds
@require_GET  # expect unbounded-list
def published(request):
    return JsonResponse({"sheets": [row.number for row in published_sheets()]})


# trap unbounded-list: fifty at a time
@api_view(["GET"])
def newest(request):
    rows = Sheet.objects.order_by("-drawn_on")[:50]
    return Response([row.number for row in rows])


# trap unbounded-list: of one sheet
@api_view(["GET"])
def markers(request, sheet_id):
    rows = Marker.objects.filter(sheet_id=sheet_id)
    return Response([row.text for row in rows])


# trap unbounded-list: how many there are
@require_GET
def how_many(request):
    return JsonResponse({"sheets": Sheet.objects.filter(published=True).count()})
