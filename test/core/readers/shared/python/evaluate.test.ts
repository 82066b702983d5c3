import assert from 'node:assert/strict';
import { externalPath, isCall, isClass, sourceText } from '../../../../../src/core/readers/shared/python/values.ts';
import type { PyClass } from '../../../../../src/core/readers/shared/python/values.ts';
import type { Evaluator } from '../../../../../src/core/readers/shared/python/evaluate.ts';
import type { Syntax } from '../../../../../src/core/syntax/syntax.ts';
import { evaluatorOf, loadPython, moduleOf } from './project.ts';

describe('Python declarations', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadPython();
  });

  const value = async (text: string, name = 'x'): Promise<string> => {
    const evaluator = await evaluatorOf({ 'a.py': text }, syntax);
    const found = evaluator.global('a.py', name);
    return found === undefined ? 'unbound' : sourceText(found);
  };

  function classOf(evaluator: Evaluator, file: string, name: string): PyClass {
    const found = evaluator.global(file, name);
    assert.ok(isClass(found), `${name} of ${file} is a class`);
    return found;
  }

  it('reads literals', async () => {
    assert.equal(await value(`x = 'a\\n\\x41\\u00e9' "b"`), `'a\nAéb'`);
    assert.equal(await value(`x = r'\\d' f'{1}' '{{'`), `'\\d1{{'`);
    assert.equal(await value(`x = """a\n  b"""`), `'a\n  b'`);
    assert.equal(await value(`x = (1_000, -2.5, True, None, 0x10)`), '(1000, -2.5, True, None, 16)');
    assert.equal(await value(`x = {'a': [1, *(2, 3)], **{'b': {4}}}`), `{'a': [1, 2, 3], 'b': {4}}`);
    assert.equal(await value(`x = [u for u in users]`), '[u for u in users]');
  });

  it('computes what names are made of', async () => {
    assert.equal(await value(`p = 'shop'\nx = p + '_' + 'Orders'.lower()`), `'shop_orders'`);
    assert.equal(await value(`x = '%s_%d' % ('a', 3)`), `'a_3'`);
    assert.equal(await value(`x = '{}.{b}'.format('a', b='c')`), `'a.c'`);
    assert.equal(await value(`T = 'o'\nx = f'{T}_id'`), `'o_id'`);
    assert.equal(await value(`import re\nx = re.sub(r'(?<!^)(?=[A-Z])', '_', 'OrderItem').lower()`), `'order_item'`);
    assert.equal(await value(`import re\nx = re.sub('(.)([A-Z][a-z]+)', r'\\1_\\2', 'OrderItem')`), `'Order_Item'`);
    assert.equal(
      await value(`import re\nx = re.sub('(a+)+$', '', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab')`),
      `sub('(a+)+$', '', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab')`,
    );
    assert.equal(await value(`x = 1 if not [] else 2`), '1');
    assert.equal(await value(`x = None or 'b'`), `'b'`);
    assert.equal(await value(`x = x`), '…');
  });

  it('takes what a try binds before what its except does', async () => {
    assert.equal(await value(`try:\n  x = 1\nexcept ImportError:\n  x = 2`), '1');
    assert.equal(await value(`try:\n  import x\nexcept ImportError:\n  x = None`), 'x');
    assert.equal(await value(`if A:\n  x = 1\nelse:\n  x = 2`), '1');
    assert.equal(await value(`if not TYPE_CHECKING:\n  x = 1\nelse:\n  x = 2`), '2');
    assert.equal(await value(`x = 1\nx = 2`), '2');
  });

  it('follows imports, packages, re-exports and stars', async () => {
    const evaluator = await evaluatorOf(
      {
        'src/app/__init__.py': '',
        'src/app/db/__init__.py': 'from .base import Base as Root\nfrom .types import *',
        'src/app/db/base.py': 'from sqlalchemy.orm import declarative_base\nBase = declarative_base()',
        'src/app/db/types.py': 'LENGTH = 40\n_hidden = 1',
        'src/app/models.py':
          'from app import db\nfrom app.db import Root\nimport app.db.types as t\nimport app.db\nfrom .db import base\n' +
          'a = db.Root\nb = t.LENGTH\nc = app.db.types.LENGTH\nd = base.Base\ne = db.LENGTH\nimport sqlalchemy as sa\nf = sa.orm.relationship\n' +
          'from nowhere import thing\nfrom logging import handlers',
        'src/app/logging.py': 'handlers = 1',
      },
      syntax,
    );
    const at = (name: string): string => sourceText(evaluator.global('src/app/models.py', name) ?? 'unbound');
    assert.deepEqual(['a', 'b', 'c', 'd', 'e'].map(at), ['declarative_base()', '40', '40', 'declarative_base()', '40']);
    assert.equal(externalPath(evaluator.global('src/app/models.py', 'f')), 'sqlalchemy.orm.relationship');
    assert.equal(externalPath(evaluator.global('src/app/models.py', 'thing')), 'nowhere.thing');
    assert.equal(externalPath(evaluator.global('src/app/models.py', 'handlers')), 'logging.handlers');
    const root = evaluator.global('src/app/models.py', 'Root');
    assert.ok(isCall(root));
    assert.equal(root.at.file, 'src/app/db/base.py');
    assert.equal(externalPath(root), 'sqlalchemy.orm.declarative_base()');
  });

  it('inherits across files in Python’s order', async () => {
    const evaluator = await evaluatorOf(
      {
        'base.py': `class Root:\n  a = 1\nclass Left(Root):\n  b = 'left'\nclass Right(Root):\n  a = 2\n  b = 'right'\n`,
        'm.py': `from base import Left, Right\nfrom typing import Generic\nfrom x import Model\nclass Both(Left, Right, Model, Generic[int]):\n  c: int\n`,
      },
      syntax,
    );
    const both = classOf(evaluator, 'm.py', 'Both');
    const { classes, foreign } = evaluator.lineage(both);
    assert.deepEqual(
      classes.map(({ name }) => name),
      ['Both', 'Left', 'Right', 'Root'],
    );
    assert.deepEqual(foreign.map(externalPath), ['x.Model', 'typing.Generic']);
    assert.deepEqual(
      ['a', 'b'].map((name) => evaluator.attribute(both, name)),
      [2, 'left'],
    );
  });

  it('runs what computes a name or makes a column', async () => {
    const evaluator = await evaluatorOf(
      {
        'm.py':
          'from sqlalchemy import Column, ForeignKey, Integer\nfrom sqlalchemy.orm import declared_attr\nfrom functools import partial\n' +
          'def fk(target, null=False, **kw):\n  if null is None:\n    return 1\n  return Column(Integer, ForeignKey(target), nullable=null, **kw)\n' +
          'required = partial(Column, nullable=False)\n' +
          'class Base:\n  @declared_attr\n  def __tablename__(cls):\n    name = cls.__name__.lower()\n    return name + "s"\n' +
          '  @classmethod\n  def prefix(cls):\n    return f"{cls.__name__}_"\n' +
          'class Order(Base):\n  user_id = fk("user.id", index=True)\n  n = required(Integer)\nclass Own(Base):\n  __tablename__ = "owned"\nx = Order.prefix()',
      },
      syntax,
    );
    const order = classOf(evaluator, 'm.py', 'Order');
    const members = Object.fromEntries(
      evaluator.membersOf(order).map((member) => [member.name, sourceText(evaluator.memberValue(member))]),
    );
    assert.deepEqual(members, {
      user_id: `Column(Integer, ForeignKey('user.id'), nullable=False, index=True)`,
      n: 'Column(Integer, nullable=False)',
    });
    const name = (cls: PyClass): string =>
      sourceText(evaluator.memberValue(evaluator.member(cls, '__tablename__')!, cls));
    assert.equal(name(order), `'orders'`);
    assert.equal(name(classOf(evaluator, 'm.py', 'Own')), `'owned'`);
    assert.equal(evaluator.global('m.py', 'x'), 'Order_');
  });

  it('knows attributes set after the class, enumerations and constants of classes', async () => {
    const evaluator = await evaluatorOf(
      {
        'e.py': `from enum import Enum\nclass S(str, Enum):\n  NEW = 'new'\n  OLD = 'old'\nclass K:\n  N = 3\n`,
        'm.py': `from e import S, K\nimport e\nclass A:\n  x = 1\n  class Meta:\n    table = 'a'\nA.y = S.NEW.value\ne.K.z = 4\nx = S.NEW\ny = K.N\n`,
      },
      syntax,
    );
    assert.deepEqual(
      evaluator.membersOf(classOf(evaluator, 'm.py', 'A')).map(({ name }) => name),
      ['x', 'Meta', 'y'],
    );
    assert.equal(evaluator.attribute(classOf(evaluator, 'm.py', 'A'), 'y'), 'new');
    assert.equal(evaluator.attribute(classOf(evaluator, 'e.py', 'K'), 'z'), 4);
    assert.equal(sourceText(evaluator.global('m.py', 'x')!), 'S.NEW');
    assert.equal(evaluator.global('m.py', 'y'), 3);
    assert.deepEqual(
      evaluator.classesOf('m.py').map(({ qualifiedName }) => qualifiedName),
      ['A', 'A.Meta'],
    );
  });

  it('reads annotations, those in strings too', async () => {
    const module = await moduleOf(
      `class A:\n  a: Mapped[Optional["list[Order]"]]\n  b: "Mapped[int | None]" = column()\n  c: Annotated[str, Field(max_length=3)]\n  d: Literal["x", "y"]\n`,
      syntax,
    );
    const [cls] = module.statements;
    assert.ok(cls?.kind === 'class');
    const evaluator = await evaluatorOf({ 'm.py': '' }, syntax);
    assert.deepEqual(
      cls.body.map(
        (each) =>
          each.kind === 'assign' &&
          each.annotation &&
          sourceText(evaluator.evaluate(each.annotation, evaluator.fileScope('m.py'))),
      ),
      [
        'Mapped[Optional[list[Order]]]',
        'Mapped[int | None]',
        'Annotated[str, Field(max_length=3)]',
        `Literal['x', 'y']`,
      ],
    );
  });

  it('ends on classes and modules that rest on each other', async () => {
    const evaluator = await evaluatorOf(
      {
        'a.py': 'from b import B\nclass A(B):\n  pass\nx = y\ny = x\ndef f(n):\n  return f(n)\nz = f(1)',
        'b.py': 'from a import *\nfrom a import A, q\nclass B(A):\n  pass\nclass C(C):\n  C = C\n',
      },
      syntax,
    );
    assert.ok(evaluator.lineage(classOf(evaluator, 'a.py', 'A')).classes.length <= 3);
    assert.equal(sourceText(evaluator.global('a.py', 'x')!), '…');
    assert.ok(evaluator.global('a.py', 'z') !== undefined);
    assert.ok(evaluator.lineage(classOf(evaluator, 'b.py', 'C')).classes.length === 1);
    assert.equal(externalPath(evaluator.global('b.py', 'q')), 'a.q');
  });
});
