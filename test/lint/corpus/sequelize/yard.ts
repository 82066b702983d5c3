// rules: unindexed-filter, unsearchable-filter, write-in-loop, filter-in-memory, repeated-query, unfiltered-write, unordered-pagination, code-enforced-uniqueness, outside-of-transaction, remote-call-in-transaction, paginated-collection-join, multiple-collection-loads, wasteful-sql
import axios from 'axios';
import { DataTypes, Model, Op } from 'sequelize';
import { sequelize } from './model/models';

export class Colony extends Model {
  declare id: number;
  declare strong: boolean;
}
Colony.init(
  {
    // bad unindexed-filter: a search of the application
    label: { type: DataTypes.STRING, allowNull: false }, // expect unindexed-filter
    // bad unindexed-filter: an update looks for it
    batch: DataTypes.STRING, // expect unindexed-filter
    // trap unindexed-filter: unique
    tag: { type: DataTypes.STRING, unique: true },
    // trap unindexed-filter: true or false
    strong: DataTypes.BOOLEAN,
    nickname: DataTypes.STRING,
  },
  { sequelize, modelName: 'colony', indexes: [{ fields: ['nickname'] }] },
);

export class Visit extends Model {
  declare id: number;
  declare colonyId: number;
}
Visit.init({ colonyId: DataTypes.INTEGER, note: DataTypes.TEXT }, { sequelize, modelName: 'visit', indexes: [{ fields: ['colonyId'] }] });

export class Swarm extends Model {}
Swarm.init({ colonyId: DataTypes.INTEGER, hived: DataTypes.DATEONLY }, { sequelize, modelName: 'swarm', indexes: [{ fields: ['colonyId'] }] });

Colony.hasMany(Visit, { foreignKey: 'colonyId', as: 'visits' });
Visit.belongsTo(Colony, { foreignKey: 'colonyId', as: 'colony' });
Colony.hasMany(Swarm, { foreignKey: 'colonyId', as: 'swarms' });

export async function labelled(label: string) {
  return Colony.findAll({ where: { label } });
}

export async function strong() {
  return Colony.findAll({ where: { strong: true } });
}

export async function tagged(tag: string) {
  return Colony.findOne({ where: { tag } });
}

export async function settle(batch: string) {
  await Colony.update({ strong: true }, { where: { batch } });
}

// bad unsearchable-filter: a wildcard in front
export async function search(part: string) {
  return Colony.findAll({ where: { nickname: { [Op.iLike]: `%${part}%` } } }); // expect unsearchable-filter
}

// bad unsearchable-filter: an operator for the same
export async function ending(part: string) {
  return Colony.findAll({ where: { nickname: { [Op.endsWith]: part } } }); // expect unsearchable-filter
}

// trap unsearchable-filter: from the beginning
export async function beginning(part: string) {
  return Colony.findAll({ where: { nickname: { [Op.startsWith]: part } } });
}

// trap unsearchable-filter: a pattern with its wildcard behind
export async function like(part: string) {
  return Colony.findAll({ where: { nickname: { [Op.like]: `${part}%` } } });
}

// bad write-in-loop: a row at a time
export async function record(ids: number[]) {
  for (const colonyId of ids) {
    await Visit.create({ colonyId, note: '' }); // expect write-in-loop
  }
}

// bad write-in-loop: saved one by one
export async function strengthen() {
  const colonies = await Colony.findAll();
  for (const colony of colonies) {
    colony.strong = true;
    await colony.save(); // expect write-in-loop
  }
}

// trap write-in-loop: all at once
export async function recordAll(ids: number[]) {
  await Visit.bulkCreate(ids.map((colonyId) => ({ colonyId, note: '' })));
}

// trap write-in-loop: one row
export async function strengthenOne(id: number) {
  const colony = await Colony.findByPk(id);
  await colony?.save();
}

// bad filter-in-memory: in the program
export async function weak() {
  return (await Colony.findAll()).filter((colony) => !colony.strong); // expect filter-in-memory
}

// bad filter-in-memory: the first that fits
export async function first(id: number) {
  return (await Visit.findAll()).find((visit) => visit.colonyId === id); // expect filter-in-memory
}

// trap filter-in-memory: of one colony
export async function ofColony(colonyId: number) {
  return (await Visit.findAll({ where: { colonyId } })).filter((visit) => visit.id > 3);
}

// trap filter-in-memory: in another shape
export async function ids() {
  return (await Colony.findAll()).map(({ id }) => id);
}

// bad repeated-query: for every visit the same colony
export async function describe(colonyId: number, notes: string[]) {
  const found: string[] = [];
  for (const note of notes) {
    const colony = await Colony.findByPk(colonyId); // expect repeated-query
    found.push(`${colony?.id}: ${note}`);
  }
  return found;
}

// bad repeated-query: twice
export async function twice(tag: string) {
  const one = await Colony.findOne({ where: { tag } });
  const other = await Colony.findOne({ where: { tag } }); // expect repeated-query
  return [one, other];
}

// trap repeated-query: changed in between
export async function change(tag: string) {
  const before = await Colony.count({ where: { tag } });
  await Colony.destroy({ where: { tag } });
  const after = await Colony.count({ where: { tag } });
  return before - after;
}

// trap repeated-query: what is found decides
export async function parents(tags: string[]) {
  const found = [];
  for (const tag of tags) found.push(await Colony.count({ where: { tag } }));
  return found;
}

// bad unfiltered-write: no condition at all
export async function forgetVisits() {
  await Visit.destroy({ where: {} }); // expect unfiltered-write
}

// bad unfiltered-write: every colony
export async function weaken() {
  await Colony.update({ strong: false }, { where: {} }); // expect unfiltered-write
}

// trap unfiltered-write: truncate says it
export async function empty() {
  await Visit.destroy({ truncate: true });
}

// trap unfiltered-write: an instance
export async function remove(colony: Colony) {
  await colony.destroy();
}

// bad unordered-pagination: no order
export async function page(offset: number) {
  return Colony.findAll({ limit: 20, offset }); // expect unordered-pagination
}

// bad unordered-pagination: it is so or not
export async function pageByStrength(offset: number) {
  return Colony.findAndCountAll({ limit: 20, offset, order: [['strong', 'ASC']] }); // expect unordered-pagination
}

// trap unordered-pagination: the key is last
export async function ordered(offset: number) {
  return Colony.findAll({ limit: 20, offset, order: [['nickname', 'ASC'], ['id', 'ASC']] });
}

// trap unordered-pagination: the first rows only
export async function some() {
  return Colony.findAll({ limit: 20 });
}

// bad code-enforced-uniqueness: nothing keeps it
export async function name(nickname: string) {
  const known = await Colony.findOne({ where: { nickname } }); // expect code-enforced-uniqueness
  if (known) throw new Error('taken');
  return Colony.create({ nickname });
}

// bad code-enforced-uniqueness: by a count
export async function nameOnce(nickname: string) {
  if ((await Colony.count({ where: { nickname } })) > 0) throw new Error('taken'); // expect code-enforced-uniqueness
  return Colony.create({ nickname });
}

// trap code-enforced-uniqueness: unique
export async function tagOnce(tag: string) {
  if (await Colony.findOne({ where: { tag } })) throw new Error('taken');
  return Colony.create({ tag });
}

// trap code-enforced-uniqueness: any number of visits
export async function visit(colonyId: number) {
  if (await Visit.findOne({ where: { colonyId } })) return null;
  return Visit.create({ colonyId });
}

// bad outside-of-transaction: Sequelize passes a transaction on only where it is told (no CLS)
export async function split(id: number) {
  await sequelize.transaction(async (transaction) => {
    await Colony.update({ strong: false }, { where: { id }, transaction });
    await Swarm.create({ colonyId: id }); // expect outside-of-transaction
  });
}

// bad outside-of-transaction: a read beside it
export async function check(id: number) {
  await sequelize.transaction(async (t) => {
    await Colony.destroy({ where: { id }, transaction: t });
    await Visit.destroy({ where: { colonyId: id } }); // expect outside-of-transaction
  });
}

// trap outside-of-transaction: everything has it
export async function both(id: number) {
  await sequelize.transaction(async (transaction) => {
    await Colony.update({ strong: false }, { where: { id }, transaction });
    await Swarm.create({ colonyId: id }, { transaction });
  });
}

// trap outside-of-transaction: before it
export async function before(id: number) {
  const colony = await Colony.findByPk(id);
  await sequelize.transaction(async (transaction) => {
    await Colony.update({ strong: true }, { where: { id: colony?.id }, transaction });
  });
}

// bad remote-call-in-transaction: waits for another machine
export async function sell(id: number) {
  await sequelize.transaction(async (transaction) => {
    await Colony.destroy({ where: { id }, transaction });
    await axios.post('https://market.example.org/sold', { id }); // expect remote-call-in-transaction
  });
}

// bad remote-call-in-transaction: by fetch
export async function report(id: number) {
  await sequelize.transaction(async (transaction) => {
    await Visit.create({ colonyId: id }, { transaction });
    await fetch('https://office.example.org/visits'); // expect remote-call-in-transaction
  });
}

// trap remote-call-in-transaction: afterwards
export async function sellLater(id: number) {
  await sequelize.transaction((transaction) => Colony.destroy({ where: { id }, transaction }));
  await axios.post('https://market.example.org/sold', { id });
}

// trap remote-call-in-transaction: alone
export async function price() {
  return axios.get('https://market.example.org/price');
}

// bad paginated-collection-join: the limit counts rows of the join
export async function pageWithVisits() {
  return Colony.findAll({ include: [{ model: Visit, as: 'visits' }], limit: 20, subQuery: false, order: [['id', 'ASC']] }); // expect paginated-collection-join
}

// bad paginated-collection-join: with an offset too
export async function secondPage() {
  return Colony.findAll({ include: [{ model: Swarm, as: 'swarms' }], limit: 20, offset: 20, subQuery: false, order: [['id', 'ASC']] }); // expect paginated-collection-join
}

// trap paginated-collection-join: Sequelize limits colonies in a subquery by itself
export async function pageInSubquery() {
  return Colony.findAll({ include: [{ model: Visit, as: 'visits' }], limit: 20, order: [['id', 'ASC']] });
}

// trap paginated-collection-join: one colony per visit
export async function visits() {
  return Visit.findAll({ include: [{ model: Colony, as: 'colony' }], limit: 20, subQuery: false, order: [['id', 'ASC']] });
}

// bad multiple-collection-loads: visits times swarms
export async function full() {
  return Colony.findAll({ include: [{ model: Visit, as: 'visits' }, { model: Swarm, as: 'swarms' }] }); // expect multiple-collection-loads
}

// bad multiple-collection-loads: of one colony too
export async function fullOne(id: number) {
  return Colony.findByPk(id, { include: ['visits', 'swarms'] }); // expect multiple-collection-loads
}

// trap multiple-collection-loads: separate asks for each by itself
export async function apart() {
  return Colony.findAll({ include: [{ model: Visit, as: 'visits', separate: true }, { model: Swarm, as: 'swarms' }] });
}

// trap multiple-collection-loads: one of them
export async function withVisits() {
  return Colony.findAll({ include: [{ model: Visit, as: 'visits' }] });
}

// trap unindexed-filter: those of one colony, by its key
export async function dated(colony: Colony) {
  return colony.getSwarms({ where: { hived: '2024-05-01' } });
}

// trap outside-of-transaction: after it has ended
export async function after(id: number) {
  const transaction = await sequelize.transaction();
  await Colony.update({ strong: false }, { where: { id }, transaction });
  await transaction.commit();
  return Visit.count({ where: { colonyId: id } });
}

// bad outside-of-transaction: before it ends
export async function between(id: number) {
  const transaction = await sequelize.transaction();
  await Colony.update({ strong: false }, { where: { id }, transaction });
  const visits = await Visit.count({ where: { colonyId: id } }); // expect outside-of-transaction
  await transaction.commit();
  return visits;
}

// trap outside-of-transaction: before anything is written every connection sees the same
export async function weaken(id: number) {
  const transaction = await sequelize.transaction();
  const colony = await Colony.findOne({ where: { id } });
  if (colony) await Colony.update({ strong: false }, { where: { id }, transaction });
  await transaction.commit();
}

// trap outside-of-transaction: what builds the options is handed the transaction
export async function strengthen(id: number) {
  const transaction = await sequelize.transaction();
  await Colony.update({ strong: true }, { where: { id }, transaction });
  await Colony.update({ strong: false }, new Conditions().filter({ id }).transaction(transaction).build());
  const found = new Conditions().filter({ id }).transaction(transaction).build();
  await Colony.findOne(found);
  await transaction.commit();
}

// bad outside-of-transaction: the first of several
export async function mixed(id: number) {
  const transaction = await sequelize.transaction();
  await Colony.update({ strong: true }, { where: { id }, transaction });
  await Visit.update({ note: 'a' }, { where: { colonyId: id } }); // expect outside-of-transaction
  await Visit.update({ note: 'b' }, { where: { colonyId: id } });
  await transaction.commit();
}

// bad wasteful-sql: all columns for two of them
export async function plain() {
  return sequelize.query('SELECT * FROM colonies WHERE strong ORDER BY id LIMIT 20'); // expect wasteful-sql
}

// bad wasteful-sql: sorts them all
export async function any() {
  return sequelize.query('SELECT id FROM colonies ORDER BY random() LIMIT 1'); // expect wasteful-sql
}

// trap wasteful-sql: rows of a model
export async function asColonies() {
  return sequelize.query('SELECT * FROM colonies WHERE strong ORDER BY id LIMIT 20', { mapToModel: true, model: Colony });
}

// trap wasteful-sql: named
export async function named() {
  return sequelize.query('SELECT id, label FROM colonies ORDER BY id LIMIT 20');
}
