import { Op } from 'sequelize';
import { Harvest, Hive, sequelize } from './model/models';

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

// trap: a helper that asks nothing
export async function heavy(hives: { id: number; parts: { id: number; grams: number }[] }[]) {
  const visit = (id: number, grams: number): boolean => id > 0 && grams > 1000;
  const found = await Hive.findAll();
  for (const hive of found) if (visit(hive.id, hives.length)) console.log(hive.name);
}

// bad: the helper of the same name calls itself for each row it has read
export async function removeSplits(keeperId: number) {
  const visit = async (id: number): Promise<void> => {
    const splits = await Hive.findAll({ where: { keeperId: id } });
    for (const split of splits) await visit(split.id); // expect
  };
  await visit(keeperId);
}

class Database {
  get hiveModel() {
    return sequelize.models.hive;
  }

  get harvestModel() {
    return sequelize.models.harvest;
  }
}

const database = new Database();

// bad: models that a class of the project hands out
export async function counts() {
  const hives = await database.hiveModel.findAll();
  for (const hive of hives) console.log(await database.harvestModel.count({ where: { hiveId: hive.id } })); // expect
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
