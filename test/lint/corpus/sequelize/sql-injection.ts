import { QueryTypes } from 'sequelize';
import { sequelize } from './model/models';

// bad: a value
export async function search(name: string) {
  return sequelize.query(`SELECT id FROM hives WHERE name = '${name}'`, { type: QueryTypes.SELECT }); // expect
}

// bad: a caller chooses the column
export async function sorted(by: string) {
  return sequelize.query('SELECT id FROM hives ORDER BY ' + by + ' LIMIT 10'); // expect
}

// trap: replacements are bound
export async function bound(name: string) {
  return sequelize.query('SELECT id FROM hives WHERE name = :name', { replacements: { name }, type: QueryTypes.SELECT });
}

// trap: a condition that stands in the source
export async function since(from: Date | null) {
  return sequelize.query(`SELECT id FROM harvests WHERE grams > 0 ${from ? 'AND "createdAt" >= :from' : ''} LIMIT 10`, {
    replacements: { from },
  });
}

// trap: marks for the parameters
export async function several(ids: number[]) {
  const marks = ids.map(() => '?').join(', ');
  return sequelize.query(`SELECT id FROM hives WHERE id IN (${marks})`, { replacements: ids });
}

// trap: the schema with the tables of a tenant
export async function ofTenant(tenant: string, id: number) {
  return sequelize.query(`SELECT id FROM "${tenant}".hives WHERE id = :id`, { replacements: { id } });
}
