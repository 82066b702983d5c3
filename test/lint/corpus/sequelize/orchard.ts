// rules: missing-foreign-key-index, redundant-index, narrow-primary-key, lossy-column-type, soft-delete-unique, nullable-unique-column, unprotected-sensitive-column
import { DataTypes, Model, Op, Sequelize } from 'sequelize';
import { sequelize } from './model/models';

export class Grower extends Model {}
Grower.init(
  {
    // trap nullable-unique-column: one column, which has a value
    // bad soft-delete-unique: paranoid models keep their rows
    email: { type: DataTypes.STRING, allowNull: false, unique: true }, // expect soft-delete-unique
    village: { type: DataTypes.STRING, allowNull: false },
    // bad unprotected-sensitive-column: a card in the clear
    cardNumber: { type: DataTypes.STRING(19) }, // expect unprotected-sensitive-column
    // trap unprotected-sensitive-column: the brand only
    cardBrand: { type: DataTypes.STRING(20) },
  },
  {
    sequelize,
    modelName: 'grower',
    paranoid: true,
    indexes: [
      // trap soft-delete-unique: live ones only
      { unique: true, fields: ['village', 'email'], where: { deletedAt: null } },
    ],
  },
);

export class Field extends Model {}
Field.init(
  {
    name: { type: DataTypes.STRING, allowNull: false },
    growerId: { type: DataTypes.INTEGER, allowNull: false },
    soilId: DataTypes.INTEGER,
    row: DataTypes.INTEGER,
    // bad lossy-column-type: binary fractions of a price
    price: DataTypes.FLOAT, // expect lossy-column-type
    // bad lossy-column-type: doubles are no better
    rentAmount: { type: DataTypes.DOUBLE, allowNull: false }, // expect lossy-column-type
    // trap lossy-column-type: an area
    hectares: DataTypes.FLOAT,
    // trap lossy-column-type: exact
    tax: DataTypes.DECIMAL(10, 2),
  },
  {
    sequelize,
    modelName: 'field',
    indexes: [
      // bad redundant-index: the next begins with it
      { name: 'field_name', fields: ['name'] }, // expect redundant-index
      { name: 'field_name_row', fields: ['name', 'row'] },
      // trap redundant-index: second of the other
      { name: 'field_row', fields: ['row'] },
      // trap nullable-unique-column: fields of a grower without a row are many
      { name: 'field_grower_row', unique: true, fields: ['growerId', 'row'] },
      // trap nullable-unique-column: both are required
      { name: 'field_grower_name', unique: true, fields: ['growerId', 'name'] },
      // bad redundant-index: unique ones serve it
      { name: 'field_grower', fields: ['growerId'] }, // expect redundant-index
      // trap redundant-index: of another method
      { name: 'field_soil', using: 'GIN', fields: ['soilId'] },
      { name: 'field_soil_row', fields: ['soilId', 'row'] },
    ],
  },
);

export class Soil extends Model {}
Soil.init({ name: DataTypes.STRING }, { sequelize, modelName: 'soil', timestamps: false });

export class Tree extends Model {}
Tree.init(
  {
    // trap narrow-primary-key: nobody plants two billion trees
    id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
    fieldId: DataTypes.INTEGER, // expect missing-foreign-key-index
    sortId: DataTypes.INTEGER,
    row: DataTypes.INTEGER,
    place: { type: DataTypes.INTEGER, allowNull: false },
  },
  // bad nullable-unique-column: a column without allowNull
  { sequelize, modelName: 'tree', indexes: [{ unique: true, fields: ['row', 'place'] }, { fields: ['sortId'] }] }, // expect nullable-unique-column
);

export class Sort extends Model {}
Sort.init(
  { label: { type: DataTypes.STRING, allowNull: false }, season: DataTypes.INTEGER },
  {
    sequelize,
    modelName: 'sort',
    indexes: [
      // bad nullable-unique-column: one label any number of times without a season
      { unique: true, fields: ['label', 'season'] }, // expect nullable-unique-column
    ],
  },
);

export class HarvestEvent extends Model {}
HarvestEvent.init(
  {
    // bad narrow-primary-key: for every crate
    id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true }, // expect narrow-primary-key
    treeId: DataTypes.INTEGER, // expect missing-foreign-key-index
    // bad unprotected-sensitive-column: of the picker
    diagnosis: DataTypes.STRING, // expect unprotected-sensitive-column
    // trap unprotected-sensitive-column: of the tree
    pruningTreatment: DataTypes.STRING,
  },
  { sequelize, modelName: 'harvestEvent' },
);

export class SensorReading extends Model {}
SensorReading.init(
  {
    // trap narrow-primary-key: 64 bits
    id: { type: DataTypes.BIGINT, primaryKey: true, autoIncrement: true },
    treeId: DataTypes.INTEGER,
  },
  { sequelize, modelName: 'sensorReading' },
);

// bad narrow-primary-key: Sequelize adds an INTEGER id
export class DeliveryMessage extends Model {} // expect narrow-primary-key
DeliveryMessage.init({ text: DataTypes.TEXT }, { sequelize, modelName: 'deliveryMessage' });

// bad soft-delete-unique: stated in the model's options
export class Crate extends Model {}
Crate.init(
  { label: DataTypes.STRING },
  { sequelize, modelName: 'crate', paranoid: true, indexes: [{ unique: true, fields: ['label'] }] }, // expect soft-delete-unique
);

// trap soft-delete-unique: rows of this one are removed
export class Basket extends Model {}
Basket.init({ label: { type: DataTypes.STRING, unique: true } }, { sequelize, modelName: 'basket' });

// trap missing-foreign-key-index: the unique pair begins with it
Grower.hasMany(Field, { foreignKey: 'growerId' });
// bad missing-foreign-key-index: Sequelize makes none
Field.hasMany(Tree, { foreignKey: 'fieldId' });
Tree.belongsTo(Field, { foreignKey: 'fieldId' });
// trap missing-foreign-key-index: the model asks for it
Tree.belongsTo(Sort, { foreignKey: 'sortId' });
// bad missing-foreign-key-index: nor here; the column stands in the model
HarvestEvent.belongsTo(Tree, { foreignKey: 'treeId' });
// bad missing-foreign-key-index: the key of the table between is (sort, soil), so that nothing begins with the soil
Sort.belongsToMany(Soil, { through: 'sort_soils' }); // expect missing-foreign-key-index
Soil.belongsToMany(Sort, { through: 'sort_soils' });
// trap missing-foreign-key-index: an index of the model begins with it
Field.belongsTo(Soil, { foreignKey: 'soilId' });
