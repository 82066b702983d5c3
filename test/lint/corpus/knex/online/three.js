// at: migrations/20240603101010_more.js
// rules: irreversible-migration
exports.up = async function (knex) {
  // bad irreversible-migration: nor does anything take this back
  await knex.schema.alterTable('articles', (table) => table.text('title')); // expect irreversible-migration
};

exports.down = () => {};
