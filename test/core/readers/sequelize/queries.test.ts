import assert from 'node:assert/strict';
import { mongooseReader } from '../../../../src/core/readers/mongoose/reader.ts';
import { sequelizeReader } from '../../../../src/core/readers/sequelize/reader.ts';
import { typeormReader } from '../../../../src/core/readers/typeorm/reader.ts';
import type { Query } from '../../../../src/core/schema/code.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { readTexts } from '../../../support/readTexts.ts';
import { loadSyntax } from '../typeorm/read.ts';

const models = `
const { Sequelize, DataTypes } = require('sequelize');
const sequelize = new Sequelize('postgres://app:secret@db.example.com/shop', { pool: { max: 20 }, define: { underscored: true } });
const User = sequelize.define('User', { email: { type: DataTypes.STRING, unique: true }, createdOn: DataTypes.DATE });
const Order = sequelize.define('Order', { status: DataTypes.STRING, total: DataTypes.INTEGER }, { paranoid: true });
const Line = sequelize.define('Line', { sku: DataTypes.STRING });
User.hasMany(Order, { as: 'orders', foreignKey: 'buyerId' });
Order.belongsTo(User, { as: 'buyer', foreignKey: 'buyerId' });
Order.hasMany(Line);
module.exports = { sequelize, User, Order, Line };
`;

describe('queries of Sequelize', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax();
  });

  function queriesOf(code: string): readonly Query[] {
    const texts = new Map([
      ['models.js', models],
      [
        'service.js',
        `const { Op, QueryTypes } = require('sequelize');\nconst { sequelize, User, Order, Line } = require('./models');\n${code}`,
      ],
    ]);
    const { files } = readTexts(sequelizeReader, texts, syntax).link({ dialect: 'postgresql' });
    return files.find(({ file }) => file === 'service.js')?.queries ?? [];
  }

  const filters = (query: Query | undefined): readonly string[] =>
    (query?.filters ?? []).map(
      ({ path, comparison, orGroup, target }) =>
        `${path} ${comparison}${orGroup > 0 ? ` or${orGroup}` : ''} → ${target ? `${target.table}.${target.columns.join('+')}` : '?'}`,
    );

  it('reads finders with operators, includes, order and page', () => {
    const [query] = queriesOf(`async function list(q, ids) {
      const orders = await Order.findAll({
        where: { status: 'open', total: { [Op.gte]: 5 }, buyerId: ids, [Op.or]: [{ createdAt: null }, { status: { [Op.like]: 'a%' } }], '$buyer.email$': q },
        include: [{ model: User, as: 'buyer', where: { email: { [Op.iLike]: '%x' } } }, Line],
        order: [['createdAt', 'DESC'], 'total'], limit: 20, offset: 40, attributes: ['id', 'status'], paranoid: false,
      });
      return orders;
    }`);
    assert.deepEqual(
      [
        query?.operation,
        query?.api,
        query?.entity,
        query?.table,
        query?.rows,
        query?.result,
        query?.awaited,
        query?.withDeleted,
      ],
      ['select', 'findAll', 'Order', 'orders', 'many', 'orders', true, true],
    );
    assert.deepEqual(filters(query), [
      'status eq → orders.status',
      'total range → orders.total',
      'buyerId in → orders.buyer_id',
      'createdAt is-null or1 → orders.created_at',
      'status prefix or2 → orders.status',
      'buyer.email eq → users.email',
      'buyer.email contains → users.email',
    ]);
    assert.deepEqual(
      query?.loads.map(({ path }) => path),
      ['buyer', 'Lines'],
    );
    assert.deepEqual(
      query.sorts.map(({ path, direction, target }) => [path, direction, target?.columns]),
      [
        ['createdAt', 'desc', ['created_at']],
        ['total', 'asc', ['total']],
      ],
    );
    assert.deepEqual([query.limit?.value, query.offset?.value, query.selects], [20, 40, ['id', 'status']]);
  });

  it('knows that rows are sorted where the order is chosen while the program runs', () => {
    const [chosen, random] = queriesOf(`async function list(sort, direction) {
      await Order.findAll({ order: [[sort, direction]], limit: 20, offset: 40 });
      await Order.findAll({ order: [Sequelize.fn('random')], limit: 20, offset: 40 });
    }`);
    const sorts = (query: typeof chosen) => query?.sorts.map(({ path, direction }) => [path, direction]);
    assert.deepEqual([sorts(chosen), sorts(random)], [[['', 'unknown']], [['', 'unknown']]]);
  });

  it('knows writes, rows and what stands in a transaction', () => {
    const [created, updated, saved, removed] = queriesOf(`async function run(id) {
      await sequelize.transaction({ isolationLevel: Transaction.ISOLATION_LEVELS.SERIALIZABLE }, async (t) => {
        const user = await User.create({ email: 'a', createdOn: new Date() }, { transaction: t });
        await Order.update({ status: 'paid' }, { where: { id }, transaction: t });
        user.email = 'b';
        await user.save();
      });
      await Line.destroy({ where: { sku: null } });
    }`);
    assert.deepEqual(
      created?.writes.map(({ target }) => target?.columns),
      [['email'], ['created_on']],
    );
    assert.deepEqual([created.operation, created.transaction, created.inTransactionClient], ['insert', 0, true]);
    assert.deepEqual(
      [updated?.operation, updated?.table, filters(updated)],
      ['update', 'orders', ['id eq → orders.id']],
    );
    assert.deepEqual(
      [saved?.api, saved?.entity, saved?.operation, saved?.inTransactionClient],
      ['save', 'User', 'update', false],
    );
    assert.deepEqual(
      [removed?.operation, removed?.transaction, filters(removed)],
      ['delete', null, ['sku is-null → lines.sku']],
    );
  });

  it('sees associations loaded in a loop, and raw SQL with what is put into it', () => {
    const [load, raw] = queriesOf(`async function run(q) {
      for (const order of await list()) {
        const buyer = await order.getBuyer();
      }
      return sequelize.query(\`SELECT * FROM orders WHERE status = '\${q}' ORDER BY total\`, { type: QueryTypes.SELECT });
    }`);
    assert.deepEqual(
      [load?.operation, load?.api, load?.table, load?.loop, load?.rows],
      ['load', 'getBuyer', 'users', 0, 'one'],
    );
    assert.deepEqual(
      [raw?.operation, raw?.table, raw?.sql?.interpolations.map(({ position }) => position), filters(raw)],
      ['select', 'orders', ['value'], ['status eq → orders.status']],
    );
  });

  it('knows the rows that a loop goes over', () => {
    const queries = queriesOf(`async function run() {
      const users = await User.findAll();
      for (const user of users) await user.update({ email: 'x' });
    }`);
    assert.deepEqual(
      queries.map(({ api, table, loop }) => [api, table, loop]),
      [
        ['findAll', 'users', null],
        ['update', 'users', 0],
      ],
    );
  });

  it('follows the ways that models are handed on', () => {
    const texts = new Map([
      [
        'models/user.js',
        `module.exports = (sequelize, DataTypes) => sequelize.define('account', { name: DataTypes.STRING });`,
      ],
      ['models/index.js', `const db = {}; db.users = require('./user')(sequelize, Sequelize); module.exports = db;`],
      [
        'controller.js',
        `const db = require('./models');\nconst User = db.users;\nexports.list = () => User.findAll({ where: { name: 'x' } });`,
      ],
      [
        'users.service.ts',
        `import { InjectModel } from '@nestjs/sequelize'; import { Model } from 'sequelize';
         export class Users { constructor(@InjectModel(Account) private users: typeof Account) {}
         async one(id: number) { return this.users.findByPk(id); } }`,
      ],
    ]);
    const { files, tables } = readTexts(sequelizeReader, texts, syntax).link();
    assert.deepEqual(
      tables.map(({ name }) => name),
      ['accounts'],
    );
    assert.deepEqual(
      files.flatMap(({ file, queries }) => queries.map(({ api, table }) => [file, api, table])),
      [
        ['controller.js', 'findAll', 'accounts'],
        ['users.service.ts', 'findByPk', 'accounts'],
      ],
    );
  });

  it('reads the settings of a connection', () => {
    const [source] =
      readTexts(sequelizeReader, new Map([['models.js', models]]), syntax).fragments[0]?.facts.dataSources ?? [];
    assert.deepEqual(
      [source?.dialect, source?.poolSize, source?.passwordInFile, source?.synchronize],
      ['postgresql', 20, true, null],
    );
  });

  it('leaves the classes of other libraries alone, and they its own', () => {
    const decorated = `import { Column, ForeignKey, Index, Model, Table, Unique } from 'sequelize-typescript';
      @Table({ tableName: 'things' }) export class Thing extends Model { @Unique @Column name: string; @Index @ForeignKey(() => Thing) @Column parentId: number; }`;
    const entity = `import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
      @Entity('orders') export class Order { @PrimaryGeneratedColumn() id: number; @Index() @Column() name: string; }`;
    const document = `import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
      @Schema() export class Cat { @Prop({ index: true }) name: string; } export const CatSchema = SchemaFactory.createForClass(Cat);`;
    const texts = new Map([
      ['thing.ts', decorated],
      ['order.ts', entity],
      ['cat.ts', document],
    ]);
    const namesOf = (tables: readonly { readonly name: string }[]): readonly string[] => tables.map(({ name }) => name);
    const linked = [sequelizeReader, typeormReader, mongooseReader].map((reader) =>
      readTexts(reader as typeof sequelizeReader, texts, syntax).link(),
    );
    assert.deepEqual(
      linked.map(({ tables }) => namesOf(tables)),
      [['things'], ['orders'], ['cats']],
    );
    assert.deepEqual(
      linked.flatMap(({ problems }) => problems),
      [],
    );
  });

  it('says what it cannot read', () => {
    const texts = new Map([
      [
        'model.js',
        `const { Sequelize, DataTypes } = require('sequelize');
         const sequelize = new Sequelize(url);
         const A = sequelize.define('a', { x: { type: pick() }, ...more });
         const B = sequelize.define('b', attributesOf('b'));
         A.belongsTo(Nowhere);`,
      ],
    ]);
    const { tables, problems } = readTexts(sequelizeReader, texts, syntax).link();
    assert.deepEqual(
      tables.map(({ name, columns }) => [name, columns.map((column) => column.name)]),
      [['as', ['id', 'x', 'createdAt', 'updatedAt']]],
    );
    assert.deepEqual(
      problems.map(({ code, at, severity }) => [code, at?.line, severity]),
      [
        ['unresolved-option', 3, 'information'],
        ['unresolved-option', 3, 'information'],
        ['unresolved-entity', 4, 'information'],
        ['unresolved-entity', 5, 'information'],
      ],
    );
  });
});
