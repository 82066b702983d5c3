// at: src/listing/models.ts
// rules: missing-primary-key, mismatched-key-type, plaintext-password
import { DataTypes, Model } from 'sequelize';
import { sequelize } from '../model/models';

export class Grower extends Model {
  declare id: number;
  declare name: string;
}
Grower.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
    name: { type: DataTypes.STRING(80), allowNull: false },
    // bad plaintext-password: as it was typed
    password: { type: DataTypes.STRING(40), allowNull: false }, // expect plaintext-password
  },
  { sequelize, modelName: 'grower', timestamps: false },
);

export class Stall extends Model {
  declare id: string;
}
Stall.init(
  {
    id: { type: DataTypes.UUID, primaryKey: true },
    place: DataTypes.STRING(80),
    // bad plaintext-password: it is compared in a query, so it is no hash with a salt
    sellerPassword: DataTypes.STRING(100), // expect plaintext-password
    // trap plaintext-password: a hash
    passwordHash: DataTypes.STRING(60),
    // trap plaintext-password: the day of it
    passwordChangedAt: DataTypes.DATE,
    // bad mismatched-key-type: the grower's key is a bigint
    growerId: { type: DataTypes.INTEGER, references: { model: 'growers', key: 'id' } }, // expect mismatched-key-type
  },
  { sequelize, modelName: 'stall', timestamps: false, indexes: [{ fields: ['growerId'] }] },
);

export class Sale extends Model {}
Sale.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
    // bad mismatched-key-type: the stall's key is a UUID
    stallId: { type: DataTypes.STRING(36), references: { model: 'stalls', key: 'id' } }, // expect mismatched-key-type
    // trap mismatched-key-type: a bigint as there
    growerId: { type: DataTypes.BIGINT, references: { model: 'growers', key: 'id' } },
    // trap mismatched-key-type: what the bank calls it
    paymentId: DataTypes.STRING(40),
    soldOn: { type: DataTypes.DATEONLY, allowNull: false },
    paid: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
  },
  { sequelize, modelName: 'sale', timestamps: false, indexes: [{ fields: ['stallId'] }, { fields: ['growerId'] }] },
);

// bad missing-primary-key: its own is taken away
export class Weighing extends Model {} // expect missing-primary-key
Weighing.init({ grams: DataTypes.INTEGER, weighedAt: DataTypes.DATE }, { sequelize, modelName: 'weighing', timestamps: false });
Weighing.removeAttribute('id');

// bad missing-primary-key: of this one too
export const Reading = sequelize.define('reading', { value: DataTypes.DOUBLE }, { timestamps: false }); // expect missing-primary-key
Reading.removeAttribute('id');

// trap missing-primary-key: Sequelize adds an id
export class Basket extends Model {}
Basket.init({ apples: DataTypes.INTEGER }, { sequelize, modelName: 'basket', timestamps: false });

// trap missing-primary-key: the pair is it
export class Blend extends Model {}
Blend.init(
  {
    first: { type: DataTypes.STRING(20), primaryKey: true },
    second: { type: DataTypes.STRING(20), primaryKey: true },
  },
  { sequelize, modelName: 'blend', timestamps: false },
);
