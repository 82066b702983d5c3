// rules: range-before-equality
import { DataTypes, Model, Op } from 'sequelize';
import { sequelize } from './model/models';

export class Crate extends Model {}
Crate.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
    orchard: { type: DataTypes.STRING(40), allowNull: false },
    cellar: { type: DataTypes.STRING(40), allowNull: false },
    filledOn: { type: DataTypes.DATEONLY, allowNull: false },
    pressedOn: DataTypes.DATEONLY,
  },
  {
    sequelize,
    modelName: 'crate',
    timestamps: false,
    indexes: [{ fields: ['filledOn', 'orchard'] }, { fields: ['cellar', 'pressedOn'] }],
  },
);

// bad range-before-equality: the index begins with the day
export async function filledSince(orchard: string, from: Date) {
  return Crate.findAll({ where: { orchard, filledOn: { [Op.gte]: from } } }); // expect range-before-equality
}

// bad range-before-equality: counted
export async function countFilled(orchard: string, from: Date, to: Date) {
  return Crate.count({ where: { filledOn: { [Op.between]: [from, to] }, orchard } }); // expect range-before-equality
}

// trap range-before-equality: the index begins with what is equal
export async function pressedSince(cellar: string, from: Date) {
  return Crate.findAll({ where: { cellar, pressedOn: { [Op.gte]: from } } });
}

// trap range-before-equality: one day
export async function filledOn(orchard: string, day: string) {
  return Crate.findAll({ where: { orchard, filledOn: day } });
}
