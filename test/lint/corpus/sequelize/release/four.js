// at: migrations/20240603101010-another-way.js
// rules: irreversible-migration
module.exports = {
  async up(queryInterface, { DataTypes }) {
    // bad irreversible-migration: nor does anything take this back
    await queryInterface.addColumn('articles', 'height', DataTypes.DOUBLE); // expect irreversible-migration
  },
  down: async () => {},
};
