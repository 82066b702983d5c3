// at: seeds/20240605101010_sections.js
// rules: irreversible-migration
// trap irreversible-migration: what a seed puts in goes with its table
exports.up = (knex) => knex('sections').insert([{ name: 'Home' }, { name: 'Abroad' }]);
exports.down = () => {};
