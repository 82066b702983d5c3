// at: migrations/20240101101010-start.js
// rules: blocking-index-build
module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('suppliers', { id: { type: Sequelize.BIGINT, primaryKey: true }, name: Sequelize.TEXT });
    await queryInterface.createTable('shelfs', { id: { type: Sequelize.BIGINT, primaryKey: true } });
    await queryInterface.createTable('legacy_articles', { id: { type: Sequelize.BIGINT, primaryKey: true } });
    await queryInterface.createTable('articles', {
      id: { type: Sequelize.BIGINT, primaryKey: true },
      title: Sequelize.STRING(80),
      sku: Sequelize.STRING(20),
      number: Sequelize.INTEGER,
      note: Sequelize.TEXT,
      supplier_id: Sequelize.BIGINT,
    });
    // trap blocking-index-build: of a table made here
    await queryInterface.addIndex('articles', ['note']);
  },
  async down(queryInterface) {
    for (const table of ['articles', 'legacy_articles', 'shelfs', 'suppliers']) await queryInterface.dropTable(table);
  },
};
