// at: migrations/20240604101010_back.js
// rules: irreversible-migration
// trap irreversible-migration: the column goes again
exports.up = (knex) => knex.schema.alterTable('articles', (table) => table.text('subtitle'));
exports.down = (knex) => knex.schema.alterTable('articles', (table) => table.dropColumn('subtitle'));
