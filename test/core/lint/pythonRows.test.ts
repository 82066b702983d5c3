/** Where rows of Python go: into functions, methods and properties of their models, and serializers of Django REST framework. */
import assert from 'node:assert/strict';
import { lintProject } from '../../../src/core/lint/engine.ts';
import { lazyRelationInLoop } from '../../../src/core/lint/rules/lazy-relation-in-loop.ts';
import { analyzeFiles } from '../../support/analyze.ts';
import { linesOf } from '../../support/linesOf.ts';

const models = `from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Keeper(models.Model):
    name = models.CharField(max_length=50)
    mentor = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="pupils")


class Hive(models.Model):
    keeper = models.ForeignKey(Keeper, on_delete=models.CASCADE, related_name="hives")
    place = models.CharField(max_length=50)

    @property
    def label(self):
        return f"{self.place} of {self.keeper.name}"

    def weigh(self):
        return sum(frame.weight for frame in self.frames.all())

    def move(self, place):
        self.place = f"{place}, {self.keeper.name}"
        self.save()


class Frame(models.Model):
    hive = models.ForeignKey(Hive, on_delete=models.CASCADE, related_name="frames")
    maker = models.ForeignKey(Keeper, on_delete=models.CASCADE, related_name="+")
    weight = models.IntegerField()
`;

const serializers = `from rest_framework import serializers
from .models import Frame, Hive, Keeper


class KeeperSerializer(serializers.ModelSerializer):
    class Meta:
        model = Keeper
        fields = ["name"]


class FrameSerializer(serializers.ModelSerializer):
    maker = KeeperSerializer(read_only=True)

    class Meta:
        model = Frame
        fields = ["weight", "maker"]


class HiveSerializer(serializers.ModelSerializer):
    keeper = KeeperSerializer(read_only=True)
    mentor = serializers.CharField(source="keeper.mentor.name")
    frames = FrameSerializer(many=True)
    heavy = serializers.SerializerMethodField()

    def get_heavy(self, obj):
        return Frame.objects.filter(hive=obj, weight__gt=9).count()

    class Meta:
        model = Hive
        fields = ["place", "keeper", "mentor", "frames", "heavy"]


class LabelSerializer(serializers.ModelSerializer):
    class Meta:
        model = Hive
        fields = ["place", "label"]


class PlaceSerializer(serializers.ModelSerializer):
    class Meta:
        model = Hive
        fields = ["place", "keeper"]
`;

const project = (path: string, code: string): Record<string, string> => ({
  'requirements.txt': 'django==5.2\ndjangorestframework==3.16\npsycopg==3.2\n',
  'apiary/__init__.py': '',
  'apiary/models.py': models,
  'apiary/serializers.py': serializers,
  [path]: code,
});

const view = (body: string): Record<string, string> =>
  project(
    'apiary/views.py',
    `from rest_framework import generics, viewsets
from rest_framework.response import Response
from .models import Hive
from .serializers import HiveSerializer, LabelSerializer, PlaceSerializer

${body}`,
  );

const inLoop = (body: string): Record<string, string> =>
  project('apiary/services.py', `from . import wording\nfrom .models import Frame, Hive\n\n${body}`);

describe('Rows that Python hands on', () => {
  it('follows them into properties and methods of the model, and leaves alone those that change rows', async () => {
    const loop = (query: string, use: string) => inLoop(`def report():\n    for hive in ${query}:\n        ${use}\n`);
    const all = 'Hive.objects.all()';
    const at = ['apiary/services.py:6'];
    assert.deepEqual(await linesOf('lazy-relation-in-loop', loop(all, 'print(hive.label)')), at);
    assert.deepEqual(await linesOf('lazy-relation-in-loop', loop(all, 'print(hive.weigh())')), at);
    assert.deepEqual(await linesOf('lazy-relation-in-loop', loop(all, 'hive.move("here")')), []);
    const loaded = 'Hive.objects.select_related("keeper").prefetch_related("frames")';
    assert.deepEqual(await linesOf('lazy-relation-in-loop', loop(loaded, 'print(hive.label, hive.weigh())')), []);
  });

  it('follows what a relation leads to, and functions of modules of the project', async () => {
    const files = (query: string) => ({
      ...inLoop(`def report():\n    return [wording.of(hive.keeper) for hive in ${query}]\n`),
      'apiary/wording.py': 'def of(keeper):\n    return keeper.mentor.name if keeper.mentor else keeper.name\n',
    });
    assert.deepEqual(await linesOf('lazy-relation-in-loop', files('Hive.objects.select_related("keeper")')), [
      'apiary/services.py:5',
    ]);
    assert.deepEqual(
      await linesOf('lazy-relation-in-loop', files('Hive.objects.select_related("keeper__mentor")')),
      [],
    );
    // A module of Python itself that has the name of one of the project.
    const copied = {
      ...inLoop('import copy\n\ndef report():\n    return [copy.copy(hive) for hive in Hive.objects.all()]\n'),
      'apiary/pages/copy.py': 'def copy(hive):\n    return hive.keeper.name\n',
    };
    assert.deepEqual(await linesOf('lazy-relation-in-loop', copied), []);
  });

  it('reads what a method of the class returns, and what a Prefetch loads', async () => {
    const files = (more: string) =>
      inLoop(
        `class Report:\n    def hives(self):\n        return Hive.objects.filter(place="x")${more}\n\n` +
          '    def names(self):\n        return [hive.keeper.name for hive in self.hives()]\n',
      );
    assert.deepEqual(await linesOf('lazy-relation-in-loop', files('')), ['apiary/services.py:9']);
    assert.deepEqual(await linesOf('lazy-relation-in-loop', files('.select_related("keeper")')), []);
    const query = 'Hive.objects.prefetch_related(Prefetch("frames", queryset=Frame.objects.select_related("maker")))';
    const nested = `def report():\n    for hive in ${query}:\n        for frame in hive.frames.all():\n            print(frame.maker.name, frame.hive.place)\n`;
    assert.deepEqual(await linesOf('lazy-relation-in-loop', inLoop(nested)), []);
    assert.deepEqual(
      await linesOf('lazy-relation-in-loop', inLoop(nested.replace('.select_related("maker")', '.all()'))),
      ['apiary/services.py:7'],
    );
  });

  it('tells what lists of serializers read of each row', async () => {
    const set = (query: string, serializer = 'HiveSerializer') =>
      view(`class Hives(viewsets.ModelViewSet):\n    queryset = ${query}\n    serializer_class = ${serializer}\n`);
    const whole = 'Hive.objects.select_related("keeper__mentor").prefetch_related("frames__maker")';
    const at = 'apiary/views.py:7';
    assert.deepEqual(await linesOf('lazy-relation-in-loop', set('Hive.objects.all()')), [at]);
    assert.deepEqual(
      await linesOf('lazy-relation-in-loop', set(whole.replace('frames__maker', 'frames').replace('__mentor', ''))),
      [at],
    );
    assert.deepEqual(await linesOf('lazy-relation-in-loop', set(whole)), []);
    assert.deepEqual(await linesOf('query-in-loop', set(whole)), [at]);
    // A property that the fields name, and a key that costs no query.
    assert.deepEqual(await linesOf('lazy-relation-in-loop', set('Hive.objects.all()', 'LabelSerializer')), [at]);
    assert.deepEqual(await linesOf('lazy-relation-in-loop', set('Hive.objects.all()', 'PlaceSerializer')), []);
    assert.deepEqual(await linesOf('query-in-loop', set('Hive.objects.all()', 'PlaceSerializer')), []);
  });

  it('reads the rows of views from their methods, and of many at once', async () => {
    const method = (load: string) =>
      view(
        'class Hives(generics.ListAPIView):\n    model = Hive\n    serializer_class = LabelSerializer\n\n' +
          `    def get_queryset(self):\n        return super().get_queryset().filter(place="x")${load}\n`,
      );
    assert.deepEqual(await linesOf('lazy-relation-in-loop', method('')), ['apiary/views.py:11']);
    assert.deepEqual(await linesOf('lazy-relation-in-loop', method('.select_related("keeper")')), []);
    const many = (load: string) =>
      view(
        `def answer(request):\n    hives = Hive.objects.filter(place="x")\n${load}    return Response(LabelSerializer(hives, many=True).data)\n`,
      );
    assert.deepEqual(await linesOf('lazy-relation-in-loop', many('')), ['apiary/views.py:8']);
    assert.deepEqual(await linesOf('lazy-relation-in-loop', many('    hives = hives.select_related("keeper")\n')), []);
  });

  it('follows a list of its own that shows the rows of the view as the inherited one does', async () => {
    const listed = (first: string, load = '') =>
      view(
        `class Hives(viewsets.ModelViewSet):\n    queryset = (\n        Hive.objects.filter(place="x")${load}\n    )\n    serializer_class = LabelSerializer\n\n` +
          `    def list(self, request, *args, **kwargs):\n        queryset = ${first}\n        page = self.paginate_queryset(queryset)\n` +
          '        serializer = self.get_serializer(page, many=True)\n        return self.get_paginated_response(serializer.data)\n',
      );
    const own = 'self.filter_queryset(self.queryset)';
    assert.deepEqual(await linesOf('lazy-relation-in-loop', listed(own)), ['apiary/views.py:7']);
    assert.deepEqual(await linesOf('lazy-relation-in-loop', listed(own, '.select_related("keeper")')), []);
    assert.deepEqual(await linesOf('lazy-relation-in-loop', listed(`${own}.select_related("keeper")`)), []);
    assert.deepEqual(await linesOf('lazy-relation-in-loop', listed('Hive.objects.filter(place="y")')), []);
  });

  it('leaves views alone that show one row, answer in their own way, or whose base loads what it finds', async () => {
    const one =
      'class One(generics.RetrieveAPIView):\n    queryset = Hive.objects.all()\n    serializer_class = LabelSerializer\n';
    assert.deepEqual(await linesOf('lazy-relation-in-loop', view(one)), []);
    const own =
      'class Hives(viewsets.ModelViewSet):\n    queryset = Hive.objects.all()\n    serializer_class = LabelSerializer\n\n' +
      '    def list(self, request):\n        return Response(self.queryset.values("place"))\n';
    assert.deepEqual(await linesOf('lazy-relation-in-loop', view(own)), []);
    const chosen =
      'def answer(request):\n    hives = Hive.objects.filter(place="x")\n    return Response(LabelSerializer(hives, many=True, fields=request.fields).data)\n';
    assert.deepEqual(await linesOf('lazy-relation-in-loop', view(chosen)), []);
    const based =
      'class Base(viewsets.ModelViewSet):\n    def get_queryset(self):\n' +
      '        return super().get_queryset().prefetch_related(*paths_of(self))\n\n' +
      'class Hives(Base, viewsets.ModelViewSet):\n    queryset = Hive.objects.all()\n    serializer_class = LabelSerializer\n';
    assert.deepEqual(await linesOf('lazy-relation-in-loop', view(based)), []);
    const further = based.replace(
      'class Hives(Base, ',
      'class Ordered(Base):\n    def get_queryset(self):\n        return super().get_queryset().order_by("place")\n\n' +
        'class Hives(Ordered, ',
    );
    assert.deepEqual(await linesOf('lazy-relation-in-loop', view(further)), []);
  });

  it('knows rows that ask for themselves from those that may have been loaded before', async () => {
    const loop = (rows: string, use: string) =>
      inLoop(
        `def report(name):\n    keeper = Hive.objects.get(place=name).keeper\n    for hive in keeper.hives${rows}:\n        print(${use})\n`,
      );
    const severities = async (files: Record<string, string>) => {
      const found = await analyzeFiles(files, 'postgresql');
      return lintProject(found, {}, [lazyRelationInLoop]).map(({ severity }) => severity);
    };
    assert.deepEqual(await severities(loop('.all()', 'hive.frames')), ['info']);
    assert.deepEqual(await severities(loop('.order_by("place")', 'hive.frames')), ['warning']);
    assert.deepEqual(await severities(loop('.order_by("place")', 'hive.keeper.name')), []);
  });

  it('counts a condition once that several queries go on from', async () => {
    const { length } = await linesOf(
      'unfiltered-write',
      inLoop(
        'def clear():\n    hives = Hive.objects.filter(place="x")\n    hives.update(place="y")\n    hives.delete()\n',
      ),
    );
    assert.equal(length, 0);
  });
});

describe('Rows that SQLAlchemy goes through', () => {
  it('runs the query that a variable was built with', async () => {
    const files = (options: string) => ({
      'requirements.txt': 'sqlalchemy==2.0\npsycopg==3.2\n',
      'models.py':
        'from sqlalchemy import Column, ForeignKey, Integer, String\nfrom sqlalchemy.orm import declarative_base, relationship\n\n' +
        'Base = declarative_base()\n\nclass Keeper(Base):\n    __tablename__ = "keepers"\n    id = Column(Integer, primary_key=True)\n    name = Column(String(50))\n\n' +
        'class Hive(Base):\n    __tablename__ = "hives"\n    id = Column(Integer, primary_key=True)\n    keeper_id = Column(ForeignKey("keepers.id"))\n    keeper = relationship(Keeper)\n',
      'report.py':
        'from sqlalchemy.orm import joinedload\nfrom models import Hive\n\ndef report(session):\n' +
        `    hives = session.query(Hive)\n    hives = hives${options}.order_by(Hive.id)\n    for hive in hives:\n        print(hive.keeper.name)\n`,
    });
    assert.deepEqual(await linesOf('lazy-relation-in-loop', files('')), ['report.py:8']);
    assert.deepEqual(await linesOf('lazy-relation-in-loop', files('.options(joinedload(Hive.keeper))')), []);
  });
});
