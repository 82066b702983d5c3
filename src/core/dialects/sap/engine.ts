import type { Engine } from '../engine.ts';

/** SAP HANA. */
export const sap: Engine = {
  id: 'sap',
  label: 'SAP HANA',
  enforcesForeignKeys: true,
  foreignKeyIndex: { value: 'unknown', source: 'no statement found in the SAP HANA SQL Reference' },
  unindexedForeignKeyCost: {
    value: 'deletes and key updates of a referenced row search the referencing table',
    source: 'follows from the constraint; no statement found in the SAP HANA SQL Reference',
  },
  keyIndex: { value: true, source: 'help.sap.com SAP HANA SQL Reference, "CREATE TABLE"' },
  partialIndexes: { value: false, source: 'help.sap.com SAP HANA SQL Reference, "CREATE INDEX" has no WHERE clause' },
  includeColumns: false,
  uniqueNulls: { value: 'many', source: 'help.sap.com SAP HANA SQL Reference, "CREATE TABLE"' },
  equalityMethods: ['btree', 'cpbtree'],
  maxIdentifierLength: 127,
  quotes: ['"', '"'],
};
