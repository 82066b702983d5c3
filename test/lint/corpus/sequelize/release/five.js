// at: migrations/20240604101010-back.js
// rules: irreversible-migration
module.exports = {
  // trap irreversible-migration: the column goes again
  up: (queryInterface, { DataTypes }) => queryInterface.addColumn('articles', 'depth', DataTypes.DOUBLE),
  down: (queryInterface) => queryInterface.removeColumn('articles', 'depth'),
};
