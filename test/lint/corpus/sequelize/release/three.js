// at: migrations/20240602101010-one-way.js
// rules: irreversible-migration
module.exports = {
  async up(queryInterface, { DataTypes }) {
    // bad irreversible-migration: nothing takes it back
    await queryInterface.addColumn('articles', 'weight', DataTypes.DOUBLE); // expect irreversible-migration
  },
  async down() {},
};
