import { Op } from 'sequelize';
import { Harvest, Hive } from './model/models';

// bad: a query per row, at the same time or not
export async function yields() {
  const hives = await Hive.findAll();
  return Promise.all(hives.map((hive) => Harvest.findAll({ where: { hiveId: hive.id } }))); // expect
}

// bad: by key
export async function names() {
  const harvests = await Harvest.findAll();
  for (const harvest of harvests) {
    const hive = await Hive.findByPk(harvest.hiveId); // expect
    console.log(hive?.name);
  }
}

// trap: included
export async function withHarvests() {
  const hives = await Hive.findAll({ include: [Harvest] });
  return hives.map((hive) => hive.name);
}

// trap: one query for all keys
export async function ofHives() {
  const hives = await Hive.findAll();
  return Harvest.findAll({ where: { hiveId: { [Op.in]: hives.map(({ id }) => id) } } });
}

// trap: a page at a time
export async function pages() {
  for (let offset = 0; ; offset += 100) {
    const page = await Hive.findAll({ limit: 100, offset, order: [['id', 'ASC']] });
    if (page.length === 0) break;
  }
}
