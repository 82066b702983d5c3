// at: migrations/20240502101010-tidy-stock.js
// rules: destructive-migration, renaming-migration, unfilled-required-column, rewriting-migration, blocking-index-build, validating-constraint, blocking-unique-constraint, irreversible-migration
module.exports = {
  // trap irreversible-migration: there is a way back
  async up(queryInterface, { DataTypes, literal }) {
    // bad destructive-migration: a column with what it holds
    await queryInterface.removeColumn('articles', 'note'); // expect destructive-migration
    // bad destructive-migration: a table
    await queryInterface.dropTable('legacy_articles'); // expect destructive-migration
    // trap destructive-migration: an index holds no values
    await queryInterface.removeIndex('articles', ['title']);
    // bad renaming-migration: what still runs asks for the old name
    await queryInterface.renameColumn('articles', 'sku', 'code'); // expect renaming-migration
    // bad renaming-migration: a table
    await queryInterface.renameTable('shelfs', 'shelves'); // expect renaming-migration
    // bad unfilled-required-column: the rows that are there have none
    await queryInterface.addColumn('articles', 'unit', { type: DataTypes.STRING(8), allowNull: false }); // expect unfilled-required-column
    // bad unfilled-required-column: in words
    await queryInterface.sequelize.query('ALTER TABLE suppliers ADD COLUMN country char(2) NOT NULL'); // expect unfilled-required-column
    // trap unfilled-required-column: with a value for them
    // trap rewriting-migration: one value for all
    await queryInterface.addColumn('articles', 'minimum', { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 });
    // trap unfilled-required-column: it may be empty
    await queryInterface.addColumn('articles', 'remark', DataTypes.TEXT);
    // bad rewriting-migration: each row is written anew
    await queryInterface.changeColumn('articles', 'number', { type: DataTypes.BIGINT }); // expect rewriting-migration
    // bad rewriting-migration: a key for each row
    await queryInterface.addColumn('articles', 'token', { type: DataTypes.UUID, defaultValue: literal('gen_random_uuid()') }); // expect rewriting-migration
    // trap rewriting-migration: text has no length to check
    await queryInterface.changeColumn('articles', 'title', { type: DataTypes.TEXT });
    // bad blocking-index-build: nobody writes meanwhile
    await queryInterface.addIndex('articles', ['code']); // expect blocking-index-build
    // bad blocking-index-build: in words
    await queryInterface.sequelize.query('CREATE INDEX suppliers_name ON suppliers (name)'); // expect blocking-index-build
    // trap blocking-index-build: without holding anybody up
    await queryInterface.addIndex('articles', { fields: ['remark'], concurrently: true });
    // bad validating-constraint: all rows are looked at under a lock
    await queryInterface.addConstraint('articles', { // expect validating-constraint
      type: 'foreign key',
      fields: ['supplier_id'],
      references: { table: 'suppliers', field: 'id' },
    });
    // bad validating-constraint: a condition
    await queryInterface.addConstraint('articles', { type: 'check', fields: ['number'], where: { number: { $gt: 0 } } }); // expect validating-constraint
    // bad blocking-unique-constraint: its index is built under the lock
    await queryInterface.addConstraint('articles', { type: 'unique', fields: ['code'] }); // expect blocking-unique-constraint
    // bad blocking-unique-constraint: in words
    await queryInterface.sequelize.query('ALTER TABLE suppliers ADD CONSTRAINT suppliers_name UNIQUE (name)'); // expect blocking-unique-constraint
    await queryInterface.createTable('counts', { id: { type: DataTypes.BIGINT, primaryKey: true }, at: DataTypes.DATE });
    // trap blocking-unique-constraint: there are no rows to compare
    await queryInterface.addConstraint('counts', { type: 'unique', fields: ['at'] });
    // trap validating-constraint: nor any to look at
    await queryInterface.addConstraint('counts', { type: 'check', fields: ['id'], where: { id: { $gt: 0 } } });
    // trap validating-constraint: later
    await queryInterface.sequelize.query('ALTER TABLE articles ADD CONSTRAINT positive CHECK (number > 0) NOT VALID');
    // trap renaming-migration: nobody asks for an index by its name
    await queryInterface.sequelize.query('ALTER INDEX old_index RENAME TO new_index');
    // trap renaming-migration: a table that was made here
    await queryInterface.renameTable('counts', 'countings');
    // trap destructive-migration: what was made here
    await queryInterface.dropTable('countings');
    // trap blocking-unique-constraint: of an index that is there
    await queryInterface.sequelize.query('ALTER TABLE suppliers ADD CONSTRAINT u UNIQUE USING INDEX suppliers_name');
  },
  async down(queryInterface) {
    await queryInterface.dropTable('countings');
  },
};
