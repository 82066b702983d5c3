import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { sqlalchemyReader } from '../../../../src/core/readers/sqlalchemy/reader.ts';
import type { Table } from '../../../../src/core/schema/model.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { loadPython, readPython } from '../../../support/readPython.ts';
import type { PythonFiles, PythonResult } from '../../../support/readPython.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../../conformance/fixtures/${name}`, import.meta.url), 'utf8');

describe('SQLAlchemy tables', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadPython();
  });

  const read = (files: PythonFiles): PythonResult =>
    readPython(sqlalchemyReader, files, syntax, { dialect: 'postgresql' });
  const one = (files: PythonFiles, name: string): Table => {
    const found = read(files).tables.find((table) => table.name === name);
    assert.ok(found, `${name} is read`);
    return found;
  };
  const relations = ({ relations: all }: Table): readonly string[] =>
    all.map(({ property, kind, target, inverse, owner, joinTable, fetch }) =>
      [property, kind, target, inverse ?? '-', owner ? 'owner' : '', joinTable ?? '', fetch]
        .join(' ')
        .replace(/ +/g, ' '),
    );

  it('tells relations with their direction, inverse and loading', () => {
    const shop: PythonFiles = [['models.py', fixture('domain/sqlalchemy/models.py')]];
    assert.deepEqual(relations(one(shop, 'categories')), [
      'parent many-to-one categories children owner lazy',
      'children one-to-many categories parent lazy',
      'products one-to-many products category lazy',
    ]);
    assert.deepEqual(relations(one(shop, 'products')), [
      'category many-to-one categories products owner lazy',
      'tags many-to-many tags products owner product_tags lazy',
    ]);
    assert.deepEqual(relations(one(shop, 'payments')), ['order one-to-one orders payment owner lazy']);
    assert.deepEqual(relations(one(shop, 'customers')).slice(0, 2), [
      'address one-to-one addresses customer lazy',
      'orders one-to-many orders customer lazy',
    ]);
  });

  it('computes names as the project does: patterns, comprehensions, characters', () => {
    const models = (body: string): PythonFiles => [
      [
        'app/models.py',
        [
          'import re',
          'from sqlalchemy import Column, ForeignKey, Integer',
          'from sqlalchemy.orm import declarative_base, declared_attr',
          'def table_name(name):',
          ...body.split('\n').map((line) => `    ${line}`),
          'class Named:',
          '    @declared_attr',
          '    def __tablename__(self):',
          '        return table_name(self.__name__)',
          'Base = declarative_base(cls=Named)',
          'class OrderItem(Base):',
          '    id = Column(Integer, primary_key=True)',
          'class Return(Base):',
          '    id = Column(Integer, primary_key=True)',
          "    item_id = Column(Integer, ForeignKey('order_item.id'))",
        ].join('\n'),
      ],
    ];
    for (const body of [
      'parts = re.split("(?=[A-Z])", name)\nreturn "_".join([part.lower() for part in parts if part])',
      'return "_".join(part.lower() for part in re.findall(r"[A-Z][a-z]*", name))',
      'return "".join(["_" + each.lower() if each.isupper() else each for each in name]).lstrip("_")',
    ]) {
      const { tables, problems } = read(models(body));
      assert.deepEqual(
        tables.map(({ name }) => name),
        ['order_item', 'return'],
        body,
      );
      assert.deepEqual(problems, []);
    }
  });

  it('gives the columns of an abstract concrete base to the tables below it', () => {
    const { tables, problems } = read([
      [
        'app/models.py',
        'from sqlalchemy.ext.declarative import AbstractConcreteBase\nfrom sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column\n' +
          'class Base(DeclarativeBase):\n    pass\nclass Note(AbstractConcreteBase, Base):\n    text: Mapped[str]\n' +
          "class OrderNote(Note):\n    __tablename__ = 'order_notes'\n    __mapper_args__ = {'concrete': True}\n    id: Mapped[int] = mapped_column(primary_key=True)\n",
      ],
    ]);
    assert.deepEqual(
      tables.map(({ name, columns }) => [name, columns.map((column) => column.name).sort()]),
      [['order_notes', ['id', 'text']]],
    );
    assert.deepEqual(problems, []);
  });

  it('reads mapped classes as SQLAlchemy 2 does: own columns first, enumerations of the map, computed properties', () => {
    const { tables, enums } = read([
      [
        'app/models.py',
        `import enum
from sqlalchemy import Enum, Index, func, literal_column
from sqlalchemy.orm import DeclarativeBase, Mapped, column_property, declared_attr, mapped_column
class Base(DeclarativeBase):
    type_annotation_map = {enum.Enum: Enum(enum.Enum, values_callable=lambda x: [e.value for e in x])}
class Keyed:
    id: Mapped[int] = mapped_column(primary_key=True)
    rank: Mapped[int] = mapped_column(sort_order=-1)
class State(enum.StrEnum):
    Open = 'open'
    DoneForGood = 'done-for-good'
class Vote(Keyed, Base):
    __tablename__ = 'votes'
    __table_args__ = (Index('votes_newest', 'user_id', literal_column('post_id DESC')),)
    @declared_attr
    def note(cls) -> Mapped[str]:
        return mapped_column()
    user_id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[State] = mapped_column(server_default=State.Open)
    title: Mapped[str] = column_property(func.lower('x'))
`,
      ],
    ]);
    const [votes] = tables;
    assert.deepEqual(
      votes?.columns.map(({ name }) => name),
      ['rank', 'user_id', 'post_id', 'state', 'note', 'id'],
    );
    assert.deepEqual(votes.primaryKey, ['user_id', 'post_id', 'id']);
    assert.equal(votes.columns.find(({ name }) => name === 'state')?.default, "'open'");
    assert.deepEqual(votes.indexes[0]?.columns, ['user_id', 'post_id']);
    assert.deepEqual(votes.indexes[0].orders, ['asc', 'desc']);
    assert.deepEqual(
      enums.map(({ values }) => values),
      [['open', 'done-for-good']],
    );
  });

  it('takes no table from the stand-ins that a revision declares, wherever it lies', () => {
    const { tables } = read([
      [
        'app/models.py',
        'from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column\nclass Base(DeclarativeBase):\n    pass\n' +
          "class User(Base):\n    __tablename__ = 'users'\n    id: Mapped[int] = mapped_column(primary_key=True)\n    name: Mapped[str]\n",
      ],
      [
        'app/versions/0002_names.py',
        "from alembic import op\nimport sqlalchemy as sa\nfrom sqlalchemy.orm import declarative_base\nrevision = '0002'\ndown_revision = None\n" +
          "Base = declarative_base()\nclass Old(Base):\n    __tablename__ = 'old_users'\n    id = sa.Column(sa.Integer, primary_key=True)\n" +
          "def upgrade():\n    op.drop_table('old_users')\n",
      ],
    ]);
    assert.deepEqual(
      tables.map(({ name }) => name),
      ['users'],
    );
  });

  it('adds what backref gives to the other side', () => {
    const flask: PythonFiles = [['flask_models.py', fixture('sqlalchemy/flask_models.py')]];
    assert.deepEqual(relations(one(flask, 'blog')), [
      'readers many-to-many blog_reader blogs subscriptions explicit',
      'owner many-to-one blog_reader own_blogs owner lazy',
    ]);
    assert.equal(one(flask, 'subscriptions').kind, 'join-table');
    const { inheritance, columns } = one(flask, 'blog');
    assert.deepEqual(inheritance, {
      strategy: 'single-table',
      parent: null,
      discriminatorColumn: 'kind',
      children: [
        { entity: 'Blog', value: null },
        { entity: 'VideoBlog', value: 'video' },
      ],
    });
    assert.equal(columns.find(({ name }) => name === 'kind')?.role, 'discriminator');
  });

  it('names by the convention, and keeps what is stated', () => {
    const classic: PythonFiles = [['classic.py', fixture('sqlalchemy/classic.py')]];
    const documents = one(classic, 'documents');
    assert.equal(documents.namespace, 'archive');
    assert.equal(documents.primaryKeyName, 'pk_documents');
    assert.deepEqual(
      documents.uniques.map(({ name }) => name),
      ['documents_title_lang'],
    );
    assert.deepEqual(
      documents.checks.map(({ name, expression }) => [name, expression]),
      [['ck_documents_title', 'length(title) > 0']],
    );
    assert.deepEqual(
      documents.indexes.map(({ name, columns, where, expression, method, orders }) => [
        name,
        columns.join(),
        where,
        expression,
        method,
        orders.join(),
      ]),
      [
        ['ix_archive_documents_owner_id', 'owner_id', null, null, null, ''],
        ['documents_lower_title', '', null, "lower('title')", null, ''],
        ['documents_recent', 'created_at,title', null, null, null, 'desc,asc'],
        ['documents_live', 'lang', "title <> ''", null, null, ''],
        ['ix_archive_documents_body', 'body', null, null, 'hash', ''],
      ],
    );
  });

  it('maps classes to tables that stand in other files', () => {
    const files: PythonFiles = [
      ['shop/__init__.py', ''],
      [
        'shop/db.py',
        'from sqlalchemy import MetaData\nfrom sqlalchemy.orm import registry\nmeta = MetaData(schema="s")\nreg = registry(metadata=meta)\n',
      ],
      [
        'shop/tables.py',
        'import sqlalchemy as sa\nfrom .db import meta\norders = sa.Table("orders", meta, sa.Column("id", sa.BigInteger, primary_key=True))\n',
      ],
      ['shop/domain.py', 'class Order:\n    pass\n'],
      [
        'shop/orm.py',
        'from shop import tables, domain\nfrom shop.db import reg\ndef start():\n    reg.map_imperatively(domain.Order, tables.orders)\n',
      ],
    ];
    const orders = one(files, 'orders');
    assert.deepEqual(
      [orders.namespace, orders.entity, orders.columns[0]?.type, orders.columns[0]?.property],
      ['s', 'Order', 'int64', 'id'],
    );
  });

  it('tells what it cannot know', () => {
    const { tables, problems } = read([
      [
        'm.py',
        'from sqlalchemy import Table, Column, Integer, MetaData\nm = MetaData()\nfor n in names:\n    pass\nt = Table(name_of(3), m, Column("id", Integer))\n',
      ],
    ]);
    assert.deepEqual(tables, []);
    assert.deepEqual(
      problems.map(({ code, at }) => [code, at?.line]),
      [['dynamic-table-name', 5]],
    );
  });

  it('leaves classes of other libraries alone', () => {
    const { tables } = read([
      ['peewee_models.py', 'from peewee import Model, CharField\nclass A(Model):\n    name = CharField()\n'],
      ['django_models.py', 'from django.db import models\nclass B(models.Model):\n    name = models.CharField()\n'],
      ['schemas.py', 'from pydantic import BaseModel\nclass C(BaseModel):\n    name: str\n'],
    ]);
    assert.deepEqual(tables, []);
  });
});
