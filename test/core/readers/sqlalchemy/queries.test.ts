import assert from 'node:assert/strict';
import { sqlalchemyReader } from '../../../../src/core/readers/sqlalchemy/reader.ts';
import type { FileFacts, Query } from '../../../../src/core/schema/code.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { loadPython, readPython } from '../../../support/readPython.ts';

const models = `
from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship
Base = declarative_base()
class User(Base):
    __tablename__ = 'users'
    id = Column(Integer, primary_key=True)
    email = Column('email_address', String)
    orders = relationship('Order', back_populates='user')
class Order(Base):
    __tablename__ = 'orders'
    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey('users.id'))
    total = Column(Integer)
    user = relationship(User, back_populates='orders')
users = User.__table__
`;

describe('SQLAlchemy queries', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadPython();
  });

  function facts(code: string): FileFacts {
    const text = `from app.models import User, Order\nfrom sqlalchemy import select, update, text, or_, func\nfrom sqlalchemy.orm import joinedload, selectinload\n${code}`;
    const { files } = readPython(
      sqlalchemyReader,
      [
        ['app/models.py', models],
        ['app/service.py', text],
      ],
      syntax,
    );
    return files.find(({ file }) => file === 'app/service.py')!;
  }

  const shown = (query: Query): string =>
    [
      `${query.operation} ${query.rows} ${query.table ?? '?'}`,
      ...query.filters.map(
        ({ path, comparison, target, orGroup, wrapped }) =>
          `${path} ${comparison}${target ? ` = ${target.table}.${target.columns.join()}` : ''}${orGroup > 0 ? ` or${orGroup}` : ''}${wrapped ? ' wrapped' : ''}`,
      ),
      ...query.sorts.map(({ path, direction }) => `${path} ${direction}`),
      ...query.joins.map(({ path, kind }) => `${kind} join ${path}`),
      ...(query.loads.length > 0 ? [`loads ${query.loads.map(({ path }) => path).join()} ${query.loading ?? ''}`] : []),
      ...(query.writes.length > 0 ? [`writes ${query.writes.map(({ path }) => path).join()}`] : []),
      ...(query.limit ? [`limit ${query.limit.value ?? '?'}`] : []),
      ...(query.complete ? [] : ['incomplete']),
    ].join('; ');
  const read = (code: string): readonly string[] => facts(code).queries.map(shown);

  it('reads session.query with what it filters, sorts, joins and loads', () => {
    assert.deepEqual(
      read(`def f(session, ids, q):
    return (
        session.query(User)
        .options(joinedload(User.orders), selectinload(User.orders))
        .join(Order, Order.user_id == User.id)
        .filter(User.email == q, Order.total > 3, User.id.in_(ids), or_(User.email.ilike('%x'), User.email == None))
        .order_by(User.email.desc())
        .limit(10)
        .all()
    )
`),
      [
        'select many users; email eq = users.email_address; Order.total range = orders.total; id in = users.id; ' +
          'email contains = users.email_address or1 wrapped; email is-null = users.email_address or2; email desc; inner join Order; loads orders,orders join; limit 10',
      ],
    );
  });

  it('reads select, update and delete where they are executed, through variables too', () => {
    assert.deepEqual(
      read(`async def f(session, q):
    stmt = select(User).where(User.email == q)
    if q:
        stmt = stmt.order_by(User.id)
    result = await session.execute(stmt)
    n = await session.scalar(select(func.count()).select_from(Order))
    one = (await session.scalars(select(Order.total).where(func.lower(User.email) == q))).first()
    await session.execute(update(Order).where(Order.id == 1).values(total=2))
    await session.execute(users.select())
    return await session.get(User, 3)
`),
      [
        'select many users; email eq = users.email_address; id asc',
        'count one orders',
        'select one orders; User.email eq = users.email_address wrapped',
        'update none orders; id eq = orders.id; writes total',
        'select one users; id eq = users.id',
      ],
    );
  });

  it('reads Model.query and what stands in loops', () => {
    const { queries, loops } = facts(`def f(ids):
    for id in ids:
        user = User.query.filter_by(email=id).first()
    for user in User.query.filter(User.id > 1):
        print(user.orders)
    query = User.query
    query = query.filter(*conditions)
    return query.count()
`);
    assert.deepEqual(queries.map(shown), [
      'select one users; email eq = users.email_address',
      'select many users; id range = users.id',
      'count one users; incomplete',
    ]);
    assert.deepEqual(
      queries.map(({ loop, result }) => [loop, result]),
      [
        [0, 'user'],
        [null, null],
        [null, null],
      ],
    );
    assert.equal(loops.length, 2);
  });

  it('reads SQL as text and tells what is put into it', () => {
    const { queries } = facts(`def f(session, name, conn):
    session.execute(text(f"SELECT * FROM users WHERE email_address = '{name}'"))
    sql = "DELETE FROM orders WHERE id = :id"
    conn.execute(text(sql), {"id": 1})
    cache.get(Thing, 1)
    parser.execute(name)
`);
    assert.deepEqual(
      queries.map(({ operation, table, sql }) => [
        operation,
        table,
        sql?.interpolations.map(({ text, position }) => `${text} ${position}`),
      ]),
      [
        ['select', 'users', ['name value']],
        ['delete', 'orders', []],
      ],
    );
  });

  it('reads settings of connections without keeping the password', () => {
    const { dataSources } =
      facts(`engine = create_engine("postgresql+psycopg2://app:secret@db/shop?sslmode=require", pool_size=20, pool_timeout=5)
Base.metadata.create_all(engine)
`);
    assert.deepEqual(
      dataSources.map(({ dialect, poolSize, timeoutMs, passwordInFile, tls, synchronize }) => [
        dialect,
        poolSize,
        timeoutMs,
        passwordInFile,
        tls,
        synchronize,
      ]),
      [['postgresql', 20, 5000, true, true, true]],
    );
    assert.ok(!JSON.stringify(dataSources).includes('secret'));
  });
});
