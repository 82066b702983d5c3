// at: migrations/20240101101010_start.js
// rules: blocking-index-build
exports.up = async function (knex) {
  await knex.schema.createTable('suppliers', (table) => {
    table.bigIncrements('id');
    table.text('name');
    table.text('code');
  });
  await knex.schema.createTable('shelfs', (table) => table.bigIncrements('id'));
  await knex.schema.createTable('legacy_articles', (table) => table.bigIncrements('id'));
  await knex.schema.createTable('articles', (table) => {
    table.bigIncrements('id');
    table.string('title', 80);
    table.string('sku', 20);
    table.integer('number');
    table.text('note');
    table.bigInteger('supplier_id');
    // trap blocking-index-build: with its table
    table.index(['note'], 'articles_note');
  });
};

exports.down = async function (knex) {
  for (const table of ['articles', 'legacy_articles', 'shelfs', 'suppliers']) await knex.schema.dropTable(table);
};
