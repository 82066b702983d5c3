import assert from 'node:assert/strict';
import { djangoReader } from '../../../../src/core/readers/django/reader.ts';
import type { Table } from '../../../../src/core/schema/model.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { loadPython, readPython } from '../../../support/readPython.ts';
import type { PythonFiles, PythonResult } from '../../../support/readPython.ts';

describe('Django reader', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadPython();
  });

  const read = (files: PythonFiles): PythonResult => readPython(djangoReader, files, syntax, { dialect: 'postgresql' });
  const models = (text: string): readonly Table[] =>
    read([['shop/models.py', `from django.db import models\n${text}`]]).tables;
  const named = (tables: readonly Table[], name: string): Table => {
    const table = tables.find((each) => each.name === name);
    assert.ok(table, `${name} is not among ${tables.map((each) => each.name).join(', ')}`);
    return table;
  };

  it('names tables after the application, wherever that is told', () => {
    const model = 'from django.db import models\nclass Order(models.Model):\n    pass\n';
    const name = (...files: PythonFiles): string => read([['a/b/models.py', model], ...files]).tables[0]?.name ?? '';
    assert.equal(name(), 'b_order');
    assert.equal(
      name([
        'a/b/apps.py',
        'from django.apps import AppConfig\nclass B(AppConfig):\n    name = "a.b"\n    label = "shop"\n',
      ]),
      'shop_order',
    );
    assert.equal(name(['settings.py', 'INSTALLED_APPS = ["a"]\n'], ['a/__init__.py', '']), 'a_order');
    assert.equal(read([['shop/models/orders/order.py', model]]).tables[0]?.name, 'shop_order');
  });

  it('takes the type of a field from what it says itself, not from how its name ends', () => {
    const tables = models(`
class StreetAddressField(models.Field):
    def db_type(self, connection):
        return 'cidr'

class Device(models.Model):
    street = StreetAddressField(null=True)
`);
    const { columns, foreignKeys } = named(tables, 'shop_device');
    assert.equal(columns.find(({ name }) => name === 'street')?.rawType, 'cidr');
    assert.deepEqual(foreignKeys, []);
  });

  it('reads the elements of arrays from the constructors of their fields', () => {
    const tables = models(`
from django.contrib.postgres.fields import ArrayField

class PathField(ArrayField):
    def __init__(self, **kwargs):
        kwargs['base_field'] = models.CharField(max_length=40, help_text="(a) path")
        super().__init__(**kwargs)

class ScoresField(ArrayField):
    def __init__(self, size=None, **kwargs):
        super().__init__(models.DecimalField(max_digits=(5), decimal_places=2), size=size, **kwargs)

class WordsField(ArrayField):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, base_field=models.TextField(), **kwargs)

class MadeField(ArrayField):
    def __init__(self, **kwargs):
        super().__init__(make_element(), **kwargs)

class Route(models.Model):
    path = PathField()
    scores = ScoresField(null=True)
    words = WordsField()
    numbers = WordsField(base_field=models.IntegerField())
    made = MadeField()
`);
    assert.deepEqual(
      named(tables, 'shop_route')
        .columns.slice(1)
        .map(({ name, type, rawType, length, precision, array }) => [name, type, rawType, length ?? precision, array]),
      [
        ['path', 'string', 'varchar', 40, true],
        ['scores', 'decimal', 'numeric', 5, true],
        ['words', 'text', 'text', null, true],
        ['numbers', 'int32', 'integer', null, true],
        ['made', 'unknown', 'unknown', null, true],
      ],
    );
  });

  it('tells both sides of relations, and what goes with a deleted row', () => {
    const tables = models(`
class Customer(models.Model):
    pass

class Order(models.Model):
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="orders")
    parent = models.ForeignKey("self", models.SET_NULL, null=True)
    tags = models.ManyToManyField("Tag")

class Tag(models.Model):
    pass
`);
    const shown = ({ relations }: Table): readonly string[] =>
      relations.map(({ property, kind, target, inverse, owner, cascade }) =>
        [property, kind, target, inverse, owner ? 'owner' : '', ...cascade].join(' ').trim(),
      );
    assert.deepEqual(shown(named(tables, 'shop_order')), [
      'customer many-to-one shop_customer orders owner',
      'parent many-to-one shop_order order_set owner',
      'tags many-to-many shop_tag order_set owner',
      'order_set one-to-many shop_order parent',
    ]);
    assert.deepEqual(shown(named(tables, 'shop_customer')), ['orders one-to-many shop_order customer  remove']);
    assert.equal(named(tables, 'shop_order_tags').kind, 'join-table');
  });

  it('keeps the roles of columns, defaults of the database, and predicates of indexes', () => {
    const table = named(
      models(`
from django.db.models import Q
from django.db.models.functions import Now

class Order(models.Model):
    made = models.DateTimeField(auto_now_add=True)
    seen = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=5, default="new")
    level = models.IntegerField(db_default=3)
    since = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["state"], name="live", condition=Q(deleted_at__isnull=True) & ~Q(state="old"))]
`),
      'shop_order',
    );
    assert.deepEqual(
      table.columns.map(({ name, role, default: initial }) => [name, role, initial]),
      [
        ['id', null, null],
        ['made', 'created-at', null],
        ['seen', 'updated-at', null],
        ['deleted_at', 'deleted-at', null],
        ['state', null, null],
        ['level', null, '3'],
        ['since', null, 'STATEMENT_TIMESTAMP()'],
      ],
    );
    assert.match(table.indexes[0]?.where ?? '', /^deleted_at IS NULL AND NOT /);
  });

  it('knows the abstract models of packages, and says what it does not know', () => {
    const { tables, problems } = read([
      [
        'shop/models.py',
        `from django.db import models
from model_utils.models import TimeStampedModel
from somewhere.models import AbstractThing
from other.fields import OddField, FancyCharField

class Order(TimeStampedModel):
    odd = OddField()
    fancy = FancyCharField(max_length=9)

class Thing(AbstractThing):
    name = models.CharField(max_length=3)
    owner = models.ForeignKey(unknown_thing(), models.CASCADE)
`,
      ],
    ]);
    assert.deepEqual(
      named(tables, 'shop_order').columns.map(({ name, type, length }) => [name, type, length]),
      [
        ['id', 'int32', null],
        ['created', 'datetime-tz', null],
        ['modified', 'datetime-tz', null],
        ['odd', 'unknown', null],
        ['fancy', 'string', 9],
      ],
    );
    assert.deepEqual(
      problems.map(({ code, severity, at }) => [code, severity, at?.line]),
      [
        ['unknown-field-type', 'information', 7],
        ['unknown-field-type', 'information', 8],
        ['unresolved-base', 'information', 10],
        ['unresolved-entity', 'information', 12],
      ],
    );
  });

  it('takes neither forms nor serializers for models', () => {
    assert.deepEqual(
      models(`
from django import forms
from rest_framework import serializers

class OrderForm(forms.ModelForm):
    name = forms.CharField(max_length=3)

class OrderSerializer(serializers.ModelSerializer):
    name = serializers.CharField()

class Manager(models.Manager):
    pass
`),
      [],
    );
  });

  it('links a second time what did not change without doing it anew', () => {
    const files: PythonFiles = [
      ['shop/models.py', 'from django.db import models\nclass Order(models.Model):\n    pass\n'],
    ];
    assert.deepEqual(read(files).tables, read(files).tables);
  });
});
