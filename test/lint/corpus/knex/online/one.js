// at: migrations/20240601101010_start.js
// rules: irreversible-migration, blocking-index-build, concurrent-index-in-transaction
exports.up = function (knex) {
  // bad irreversible-migration: nothing takes it back
  return knex.schema.createTable('articles', (table) => { // expect irreversible-migration
    table.bigIncrements('id');
    table.text('code');
  });
};

exports.down = async function () {};
