import { DataTypes, Model, Sequelize } from 'sequelize';

export const sequelize = new Sequelize(process.env.DATABASE_URL ?? '', { dialect: 'postgres' });

export class Hive extends Model {
  declare id: number;
  declare name: string;
  declare keeperId: number;
}
Hive.init({ name: DataTypes.STRING, keeperId: DataTypes.INTEGER }, { sequelize, modelName: 'hive' });

export class Harvest extends Model {
  declare id: number;
  declare hiveId: number;
  declare grams: number;
}
Harvest.init({ hiveId: DataTypes.INTEGER, grams: DataTypes.INTEGER }, { sequelize, modelName: 'harvest' });

Hive.hasMany(Harvest, { foreignKey: 'hiveId' });
Harvest.belongsTo(Hive, { foreignKey: 'hiveId' });
