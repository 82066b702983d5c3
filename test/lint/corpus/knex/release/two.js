// at: migrations/20240502101010_tidy_stock.js
// rules: destructive-migration, renaming-migration, unfilled-required-column, rewriting-migration, blocking-index-build, concurrent-index-in-transaction, validating-constraint, blocking-unique-constraint
exports.up = async function (knex) {
  await knex.schema.alterTable('articles', (table) => {
    // bad destructive-migration: a column with what it holds
    table.dropColumn('note'); // expect destructive-migration
    // trap destructive-migration: an index holds no values
    table.dropIndex('note', 'articles_note');
    // bad renaming-migration: what still runs asks for the old name
    table.renameColumn('sku', 'code'); // expect renaming-migration
    // bad unfilled-required-column: the rows that are there have none
    table.string('unit', 8).notNullable(); // expect unfilled-required-column
    // trap unfilled-required-column: with a value for them
    table.integer('minimum').notNullable().defaultTo(0);
    // trap unfilled-required-column: it may be empty
    table.text('remark');
    // bad rewriting-migration: each row is written anew
    table.bigInteger('number').alter(); // expect rewriting-migration
    // trap rewriting-migration: text has no length to check
    table.text('title').alter();
    // bad rewriting-migration: a key for each row
    table.uuid('token').notNullable().defaultTo(knex.raw('gen_random_uuid()')); // expect rewriting-migration
    // trap rewriting-migration: one value for all
    table.boolean('listed').notNullable().defaultTo(false);
    // bad blocking-index-build: nobody writes meanwhile
    table.index(['code'], 'articles_code'); // expect blocking-index-build
    // bad validating-constraint: all rows are looked at under a lock
    table.foreign('supplier_id').references('id').inTable('suppliers'); // expect validating-constraint
    // bad blocking-unique-constraint: its index is built under the lock
    table.unique(['code']); // expect blocking-unique-constraint
  });
  // bad destructive-migration: a table
  await knex.schema.dropTableIfExists('legacy_articles'); // expect destructive-migration
  // bad renaming-migration: a table
  await knex.schema.renameTable('shelfs', 'shelves'); // expect renaming-migration
  // bad unfilled-required-column: in words
  await knex.raw('ALTER TABLE suppliers ADD COLUMN country char(2) NOT NULL'); // expect unfilled-required-column
  // bad blocking-index-build: in words
  await knex.raw('CREATE INDEX suppliers_name ON suppliers (name)'); // expect blocking-index-build
  // bad concurrent-index-in-transaction: the migration is a transaction
  await knex.raw('CREATE INDEX CONCURRENTLY articles_unit ON articles (unit)'); // expect concurrent-index-in-transaction
  // bad concurrent-index-in-transaction: dropping one is no better
  await knex.raw('DROP INDEX CONCURRENTLY suppliers_code'); // expect concurrent-index-in-transaction
  // trap concurrent-index-in-transaction: an index like any other
  await knex.raw('DROP INDEX articles_number');
  // bad validating-constraint: a condition
  await knex.raw('ALTER TABLE articles ADD CONSTRAINT articles_minimum CHECK (minimum >= 0)'); // expect validating-constraint
  // trap validating-constraint: later
  await knex.raw('ALTER TABLE articles ADD CONSTRAINT articles_number CHECK (number > 0) NOT VALID');
  // bad blocking-unique-constraint: in words
  await knex.raw('ALTER TABLE suppliers ADD CONSTRAINT suppliers_name UNIQUE (name)'); // expect blocking-unique-constraint
  // trap blocking-unique-constraint: of an index that is there
  await knex.raw('ALTER TABLE suppliers ADD CONSTRAINT suppliers_code UNIQUE USING INDEX suppliers_code');
  // trap renaming-migration: nobody asks for an index by its name
  await knex.raw('ALTER INDEX old_index RENAME TO new_index');
  await knex.schema.createTable('counts', (table) => {
    table.bigIncrements('id');
    table.timestamp('at');
    table.bigInteger('article_id').references('id').inTable('articles');
  });
  await knex.schema.alterTable('counts', (table) => {
    // trap blocking-index-build: on a table without rows
    table.index(['at']);
    // trap blocking-unique-constraint: nor are there any to compare
    table.unique(['article_id', 'at']);
    // trap validating-constraint: nor any to look at
    table.foreign('id').references('id').inTable('articles');
  });
  // trap renaming-migration: nobody knows it yet
  await knex.schema.alterTable('counts', (table) => table.renameColumn('at', 'counted_at'));
  // trap destructive-migration: made in the same migration
  await knex.schema.dropTable('counts');
};

exports.down = async function (knex) {
  await knex.schema.dropTable('never');
};
