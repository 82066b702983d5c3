# rules: lazy-relation-in-loop
from django.db import models
from rest_framework import serializers, viewsets


class Painter(models.Model):
    name = models.CharField(max_length=50)


class Painting(models.Model):
    painter = models.ForeignKey(Painter, on_delete=models.CASCADE, related_name="paintings_of")
    title = models.CharField(max_length=50)


class PainterSerializer(serializers.ModelSerializer):
    class Meta:
        model = Painter
        fields = ("id", "name")


class FullSerializer(serializers.ModelSerializer):
    painter = PainterSerializer()

    class Meta:
        model = Painting
        fields = ("id", "title", "painter")


class BriefSerializer(serializers.ModelSerializer):
    class Meta:
        model = Painting
        fields = ("id", "title")


# bad lazy-relation-in-loop: lists are shown with the painters
class ByNameView(viewsets.ModelViewSet):
    queryset = Painting.objects.all()  # expect lazy-relation-in-loop

    def get_serializer_class(self):
        return {"list": FullSerializer, "create": BriefSerializer}.get(self.action, BriefSerializer)


# bad lazy-relation-in-loop: so they are here
class ByConditionView(viewsets.ModelViewSet):
    def get_serializer_class(self):
        """Which one it is."""
        if self.action in ("list", "retrieve"):
            return FullSerializer
        return BriefSerializer

    def get_queryset(self):
        return Painting.objects.filter(title__startswith="A")  # expect lazy-relation-in-loop


# trap lazy-relation-in-loop: lists are shown briefly, whatever else is stated
class BriefListView(viewsets.ModelViewSet):
    queryset = Painting.objects.all()
    serializer_class = FullSerializer

    def get_serializer_class(self):
        if self.action == "list":
            return BriefSerializer
        return super().get_serializer_class()


# trap lazy-relation-in-loop: which one it is, nobody can tell
class ChosenView(viewsets.ModelViewSet):
    queryset = Painting.objects.all()
    serializer_class = FullSerializer

    def get_serializer_class(self):
        if self.request.query_params.get("brief"):
            return BriefSerializer
        return FullSerializer


# trap lazy-relation-in-loop: another condition comes first
class GuestView(viewsets.ModelViewSet):
    queryset = Painting.objects.all()

    def get_serializer_class(self):
        if self.request.user.is_anonymous:
            return BriefSerializer
        if self.action == "list":
            return FullSerializer
        return BriefSerializer


# trap lazy-relation-in-loop: the painters come with the rows
class LoadedView(viewsets.ModelViewSet):
    queryset = Painting.objects.select_related("painter")

    def get_serializer_class(self):
        if self.action == "list":
            return FullSerializer
        return BriefSerializer
