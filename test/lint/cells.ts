/** Where the semantics of a rule differ from ORM to ORM, so that the corpus is to hold cases of each. */

const declaring = [
  'jpa',
  'efcore',
  'sqlalchemy',
  'django',
  'sequelize',
  'prisma',
  'nhibernate',
  'mikro-orm',
  'peewee',
  'tortoise',
];
const querying = [...declaring, 'mongoose', 'mybatis', 'dapper'];
const migrating = ['efcore', 'sqlalchemy', 'django', 'sequelize', 'prisma', 'mikro-orm', 'flyway', 'knex'];
const configuring = ['jpa', 'efcore', 'sqlalchemy', 'django', 'sequelize', 'mikro-orm'];

/** Rule → folders of the corpus beside the one that has its ten cases. */
export const cells: Readonly<Record<string, readonly string[]>> = {
  'missing-foreign-key-index': declaring,
  'unindexed-filter': querying,
  'range-before-equality': querying,
  'redundant-index': [...declaring, 'mongoose'],
  'unsearchable-filter': querying,
  'lazy-relation-in-loop': ['jpa', 'efcore', 'sqlalchemy', 'django', 'nhibernate', 'mikro-orm', 'peewee', 'tortoise'],
  'query-in-loop': querying,
  'write-in-loop': querying,
  'eager-collection': ['jpa', 'nhibernate', 'efcore', 'sqlalchemy'],
  'multiple-collection-loads': ['jpa', 'efcore', 'sqlalchemy', 'sequelize', 'nhibernate'],
  'filter-in-memory': querying,
  'repeated-query': querying,
  'unfiltered-write': querying,
  'wasteful-sql': ['jpa', 'efcore', 'sqlalchemy', 'django', 'sequelize', 'prisma', 'mybatis', 'dapper'],
  'missing-primary-key': ['efcore', 'sqlalchemy', 'sequelize', 'flyway'],
  'narrow-primary-key': declaring,
  'mismatched-key-type': ['jpa', 'efcore', 'sequelize', 'prisma'],
  'unenforced-relation': ['jpa', 'sqlalchemy', 'django', 'sequelize', 'prisma', 'peewee', 'tortoise'],
  'code-enforced-uniqueness': ['jpa', 'efcore', 'sqlalchemy', 'django', 'sequelize', 'prisma', 'mongoose'],
  'lossy-column-type': declaring,
  'numbered-columns': ['django', 'jpa', 'prisma'],
  'soft-delete-unique': ['django', 'efcore', 'sequelize', 'jpa', 'prisma'],
  'nullable-unique-column': ['django', 'jpa', 'prisma', 'efcore'],
  'costly-association': ['nhibernate'],
  'unprotected-sensitive-column': ['django', 'jpa', 'efcore', 'prisma', 'sequelize', 'mongoose'],
  'plaintext-password': ['django', 'jpa', 'efcore', 'sequelize', 'mongoose', 'dapper'],
  'sql-injection': querying,
  'self-invoked-transaction': ['jpa', 'mybatis'],
  'outside-of-transaction': ['sequelize', 'prisma', 'mikro-orm', 'mongoose'],
  'remote-call-in-transaction': ['jpa', 'django', 'prisma', 'sequelize', 'sqlalchemy'],
  'unordered-pagination': querying,
  'paginated-collection-join': ['jpa', 'sequelize', 'nhibernate', 'sqlalchemy', 'mikro-orm'],
  'unbounded-list': ['jpa', 'efcore', 'django', 'sequelize', 'prisma', 'mongoose', 'sqlalchemy'],
  'destructive-migration': migrating,
  'renaming-migration': migrating,
  'unfilled-required-column': migrating,
  'rewriting-migration': migrating,
  'blocking-index-build': migrating,
  'concurrent-index-in-transaction': ['flyway', 'django', 'sqlalchemy', 'knex'],
  'validating-constraint': migrating,
  'blocking-unique-constraint': migrating,
  'irreversible-migration': ['django', 'sqlalchemy', 'sequelize', 'knex'],
  'schema-auto-sync': configuring,
  'oversized-pool': configuring,
  'unencrypted-connection': configuring,
  'password-in-source': configuring,
  'missing-timeout': configuring,
};

/** Rule → ORM → why the rule has nothing to say there: such a cell is empty on purpose. */
export const notApplicable: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'unenforced-relation': {
    jpa: 'a relation has its constraint unless ConstraintMode.NO_CONSTRAINT leaves it out on purpose',
    django: 'a relation has its constraint unless db_constraint=False leaves it out on purpose',
    tortoise: 'a relation has its constraint unless db_constraint=False leaves it out on purpose',
    sequelize: 'an association has its constraint unless constraints: false leaves it out on purpose',
    prisma: 'a relation has its constraint unless relationMode leaves out all of them on purpose',
  },
  'mismatched-key-type': {
    jpa: 'the type of a key column is taken from the key that it refers to',
    efcore: 'a model whose key types differ is refused when it is built',
    prisma: 'a schema whose key types differ is refused when it is validated',
  },
  'schema-auto-sync': { django: 'nothing alters tables but the migrate command' },
  'lazy-relation-in-loop': {
    'mikro-orm': 'nothing is loaded by being read: what loads is a call, which query-in-loop tells',
  },
  'sql-injection': { mongoose: 'conditions are objects, and full-store-scan tells of $where' },
  'paginated-collection-join': {
    'mikro-orm': 'a limited query with joined collections is wrapped so that it counts entities',
  },
  'concurrent-index-in-transaction': {
    flyway: 'it sees statements that no transaction takes, and opens none for them',
  },
};
