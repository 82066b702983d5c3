import type { Engine } from '../engine.ts';

/** Apache Cassandra. No foreign keys; a table is searched by its partition key. */
export const cassandra: Engine = {
  id: 'cassandra',
  label: 'Cassandra',
  enforcesForeignKeys: false,
  foreignKeyIndex: {
    value: 'never',
    source: 'cassandra.apache.org/doc/latest/cassandra/developing/cql/ddl.html has no foreign keys',
  },
  unindexedForeignKeyCost: {
    value: 'a look-up by the reference needs ALLOW FILTERING, which reads every partition',
    source: 'cassandra.apache.org/doc/latest/cassandra/developing/cql/dml.html#allow-filtering',
  },
  keyIndex: { value: true, source: 'cassandra.apache.org/doc/latest/cassandra/developing/cql/ddl.html#primary-key' },
  partialIndexes: { value: false, source: 'cassandra.apache.org/doc/latest/cassandra/developing/cql/indexing' },
  includeColumns: false,
  uniqueNulls: {
    value: 'one',
    source: 'cassandra.apache.org/doc/latest/cassandra/developing/cql/ddl.html#primary-key: keys are never null',
  },
  equalityMethods: [],
  maxIdentifierLength: 48,
  quotes: ['"', '"'],
};
