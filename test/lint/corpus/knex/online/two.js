// at: migrations/20240602101010_index.js
// rules: irreversible-migration, blocking-index-build, concurrent-index-in-transaction
// trap concurrent-index-in-transaction: it is none
// trap blocking-index-build: without holding anybody up
exports.config = { transaction: false };

// trap irreversible-migration: there is a way back
exports.up = (knex) => knex.raw('CREATE INDEX CONCURRENTLY articles_code ON articles (code)');
exports.down = (knex) => knex.raw('DROP INDEX CONCURRENTLY articles_code');
