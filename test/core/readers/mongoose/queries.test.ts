import assert from 'node:assert/strict';
import { mongooseReader } from '../../../../src/core/readers/mongoose/reader.ts';
import { pluralize } from '../../../../src/core/readers/mongoose/pluralize.ts';
import type { Query } from '../../../../src/core/schema/code.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { readTexts } from '../../../support/readTexts.ts';
import { loadSyntax } from '../typeorm/read.ts';

const models = `
const mongoose = require('mongoose');
const { Schema } = mongoose;
const userSchema = new Schema({ email: { type: String, unique: true }, address: { city: String }, age: Number });
const orderSchema = new Schema({ status: String, total: Number, buyer: { type: Schema.Types.ObjectId, ref: 'User' }, lines: [{ sku: String }] }, { timestamps: true });
module.exports = { User: mongoose.model('User', userSchema), Order: mongoose.model('Order', orderSchema) };
`;

describe('queries of Mongoose', () => {
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax();
  });

  function queriesOf(code: string): readonly Query[] {
    const texts = new Map([
      ['models.js', models],
      ['service.js', `const mongoose = require('mongoose');\nconst { User, Order } = require('./models');\n${code}`],
    ]);
    const { files } = readTexts(mongooseReader, texts, syntax).link({ dialect: 'mongodb' });
    return files.find(({ file }) => file === 'service.js')?.queries ?? [];
  }

  const filters = (query: Query | undefined): readonly string[] =>
    (query?.filters ?? []).map(
      ({ path, comparison, orGroup, target }) =>
        `${path} ${comparison}${orGroup > 0 ? ` or${orGroup}` : ''} → ${target ? target.columns.join('+') : '?'}`,
    );

  it('takes no model of a test, and none that is only called so, for one of the application', () => {
    const texts = new Map([
      [
        'test/ids.js',
        "const mongoose = require('mongoose');\nconst Model = mongoose.model('Probe', new mongoose.Schema({ label: String }));",
      ],
      [
        'gauges.js',
        "const mongoose = require('mongoose');\nconst Model = mongoose.model('Gauge', new mongoose.Schema({ label: String }));\nmodule.exports = Model;",
      ],
      [
        'service.js',
        "const mongoose = require('mongoose');\nmodule.exports = (hub, probe) => { hub.forms.model.find({ label: 1 }); probe.findOne({ label: 2 }); };",
      ],
    ]);
    const { files } = readTexts(mongooseReader, texts, syntax).link({ dialect: 'mongodb' });
    assert.deepEqual(
      files
        .find(({ file }) => file === 'service.js')
        ?.queries.map(({ table }) => table)
        .filter(Boolean),
      [],
    );
  });

  it('follows a schema that is exported by its own name', () => {
    const texts = new Map([
      [
        'note.js',
        "const mongoose = require('mongoose');\nconst NoteSchema = new mongoose.Schema({ text: String });\nexports.Note = mongoose.model('Note', NoteSchema);\nexports.NoteSchema = NoteSchema;",
      ],
      [
        'pad.js',
        "const mongoose = require('mongoose');\nconst { NoteSchema } = require('./note');\nexports.Pad = mongoose.model('Pad', new mongoose.Schema({ notes: [NoteSchema] }));",
      ],
    ]);
    const { tables } = readTexts(mongooseReader, texts, syntax).link({ dialect: 'mongodb' });
    assert.deepEqual(
      tables.map(({ name, columns }) => [name, columns.some((column) => column.name.endsWith('text'))]),
      [
        ['notes', true],
        ['pads', true],
      ],
    );
  });

  it('reads a chain: filter, projection, order, page, populate', () => {
    const [query] = queriesOf(`async function list(q) {
      const orders = await Order.find({ status: 'open', total: { $gte: 5, $lt: 9 }, 'lines.sku': { $in: q }, $or: [{ createdAt: null }, { status: /^a/ }] })
        .select('status total').populate({ path: 'buyer', select: 'email' }).sort('-createdAt status').skip(40).limit(20).lean();
      return orders;
    }`);
    assert.deepEqual(
      [query?.operation, query?.api, query?.entity, query?.table, query?.rows, query?.result, query?.awaited],
      ['select', 'find', 'Order', 'orders', 'many', 'orders', true],
    );
    assert.deepEqual(filters(query), [
      'status eq → status',
      'total range → total',
      'total range → total',
      'lines.sku in → lines.sku',
      'createdAt is-null or1 → createdAt',
      'status prefix or2 → status',
    ]);
    assert.deepEqual([query?.loads.map(({ path }) => path), query?.loading], [['buyer'], 'query']);
    assert.deepEqual(
      query?.sorts.map(({ path, direction }) => [path, direction]),
      [
        ['createdAt', 'desc'],
        ['status', 'asc'],
      ],
    );
    assert.deepEqual([query.limit?.value, query.offset?.value, query.selects], [20, 40, ['status', 'total']]);
  });

  it('knows writes, documents, pipelines and sessions', () => {
    const [updated, saved, made, piped, counted] = queriesOf(`async function run(id) {
      const session = await mongoose.startSession();
      await session.withTransaction(async () => {
        await User.findByIdAndUpdate(id, { $set: { 'address.city': 'x' }, $inc: { age: 1 } }, { session });
      });
      const user = await User.findOne({ email: id });
      user.age = 3;
      await user.save();
      await Order.insertMany([{ status: 'new', buyer: id }]);
      await Order.aggregate([{ $match: { status: 'paid' } }, { $group: { _id: '$buyer' } }, { $lookup: { from: 'users', localField: '_id' } }]);
      return User.countDocuments({ $where: 'this.age > 3' });
    }`).filter(({ api }) => api !== 'findOne');
    assert.deepEqual(
      [updated?.operation, filters(updated), updated?.writes.map(({ path }) => path), updated?.inTransactionClient],
      ['update', ['_id eq → _id'], ['address.city', 'age'], true],
    );
    assert.deepEqual(
      [saved?.api, saved?.entity, saved?.operation, saved?.transaction],
      ['save', 'User', 'update', null],
    );
    assert.deepEqual([made?.operation, made?.writes.map(({ path }) => path)], ['insert', ['status', 'buyer']]);
    assert.deepEqual(
      [piped?.operation, filters(piped), piped?.joins.map(({ path }) => path)],
      ['aggregate', ['status eq → status'], ['users']],
    );
    assert.deepEqual([counted?.operation, counted?.complete, filters(counted)], ['count', false, ['$where other → ?']]);
  });

  it('follows injected models and repositories that hand a model to their base', () => {
    const texts = new Map([
      ['models.js', models],
      [
        'cats.service.ts',
        `import { InjectModel } from '@nestjs/mongoose'; import { Model } from 'mongoose';
         export class Users { constructor(@InjectModel(User.name) private readonly model: Model<UserDocument>) {}
         one(id: string) { return this.model.findById(id).exec(); } }`,
      ],
      [
        'orders.repository.ts',
        `import { Order } from './models'; import { FilterQuery } from 'mongoose';
         export class OrderRepository extends BaseRepository<Order> { constructor() { super(Order, OrderEntity); }
         async open() { return this.find({ status: 'open' }); } }`,
      ],
      ['loop.js', `const list = [1, 2].find((x) => x === 1); module.exports = { model: list };`],
    ]);
    const { files } = readTexts(mongooseReader, texts, syntax).link();
    assert.deepEqual(
      files.flatMap(({ file, queries }) => queries.map(({ api, table }) => [file, api, table])),
      [
        ['cats.service.ts', 'findById', 'users'],
        ['orders.repository.ts', 'find', 'orders'],
      ],
    );
  });

  it('reads the models that a function of the project registers', () => {
    const texts = new Map([
      [
        'src/util.ts',
        `import mongoose from 'mongoose';
export const getOrCreateModel = <T>(modelName: string, schema: any): T => {
  const known = mongoose.modelNames().includes(modelName);
  if (known) return mongoose.model(modelName);
  return mongoose.model<T>(modelName, schema);
};
export function defineModel(schema: any, options: object, title: string) {
  log(title);
  return mongoose.connection.model(title, schema);
}
export function getModel(title: string) {
  return cache[title];
}`,
      ],
      [
        'src/page.ts',
        `import { Schema } from 'mongoose';
import { defineModel, getModel, getOrCreateModel } from './util';
const pageSchema = new Schema({ path: { type: String, unique: true } });
export default getOrCreateModel<PageModel>('Page', pageSchema);
const tagSchema = new Schema({ name: String });
export const Tag = defineModel(tagSchema, {}, 'Tag');
const lostSchema = new Schema({ name: String });
export const Lost = getModel('Lost', lostSchema);`,
      ],
      [
        'src/service.ts',
        `import Page, { Tag } from './page';
export async function pages() {
  await Tag.findOne({ name: 'a' });
  return Page.find({ path: '/a' });
}`,
      ],
    ]);
    const { tables, files, problems } = readTexts(mongooseReader, texts, syntax).link({ dialect: 'mongodb' });
    assert.deepEqual(problems, []);
    assert.deepEqual(
      tables.map(({ name, entity, at }) => [name, entity, at.file, at.line]),
      [
        ['pages', 'Page', 'src/page.ts', 3],
        ['tags', 'Tag', 'src/page.ts', 5],
      ],
    );
    assert.deepEqual(
      files.flatMap(({ queries }) => queries.map(({ api, table }) => [api, table])),
      [
        ['findOne', 'tags'],
        ['find', 'pages'],
      ],
    );
  });

  it('reads the settings of a connection', () => {
    const text = `import mongoose from 'mongoose'; await mongoose.connect('mongodb+srv://app:secret@host/db', { maxPoolSize: 50 });`;
    const [source] =
      readTexts(mongooseReader, new Map([['db.ts', text]]), syntax).fragments[0]?.facts.dataSources ?? [];
    assert.deepEqual(
      [source?.dialect, source?.poolSize, source?.passwordInFile, source?.tls],
      ['mongodb', 50, true, true],
    );
  });

  it('names collections as Mongoose does', async () => {
    const { default: mongoose } = await import('mongoose');
    const original = mongoose.pluralize() ?? ((name: string) => name);
    const names =
      'Person Mouse Status Category Child Human Octopus Bus Hero Tomato Knife Life Leaf Wolf Box Quiz Index Matrix Day Fish News Goose Data2 UserS Media x'.split(
        ' ',
      );
    assert.deepEqual(
      names.map(pluralize),
      names.map((name) => original(name)),
    );
  });

  it('says what it cannot read', () => {
    const text = `const mongoose = require('mongoose');
      const a = new mongoose.Schema({ x: { type: pick() } });
      mongoose.model('A', a);
      mongoose.model('B', make());`;
    const { tables, problems } = readTexts(mongooseReader, new Map([['a.js', text]]), syntax).link();
    assert.deepEqual(
      tables.map(({ name, columns }) => [name, columns.map((column) => column.name)]),
      [['as', ['_id', 'x', '__v']]],
    );
    assert.deepEqual(
      problems.map(({ code, at }) => [code, at?.line]),
      [
        ['unresolved-option', 2],
        ['unresolved-entity', 4],
      ],
    );
  });
});
