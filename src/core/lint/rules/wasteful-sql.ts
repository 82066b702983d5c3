import { ordersOfCustomers as example } from '../examples.ts';
import type { QueryRule } from '../rule.ts';

export const wastefulSql: QueryRule = {
  id: 'wasteful-sql',
  code: 'QRY004',
  severity: 'info',
  on: 'query',
  docs: {
    what: 'Reports SQL that reads all columns by `*`, sorts by chance, or inserts without naming columns.',
    why:
      'Reading by `*` sends what nobody needs, keeps an index from answering alone, and changes its result with the table. ' +
      'Sorting by chance computes a number for every row and sorts all of them to keep a few. ' +
      'An insert without columns breaks, or fills the wrong ones, as soon as a column is added.',
    fix: 'Name the columns. For a random row, choose a key at random or use `TABLESAMPLE`.',
    bad: [
      example(
        'All columns, for two of them.',
        "  async names() {\n    return this.dataSource.query('SELECT * FROM customers');\n  }",
      ),
      example(
        'Every row is given a number and sorted.',
        "  async winner() {\n    return this.dataSource.query('SELECT id FROM customers ORDER BY RANDOM() LIMIT 1');\n  }",
      ),
      example(
        'Which value is whose is left to the table.',
        "  async add(name: string) {\n    await this.dataSource.query('INSERT INTO customers VALUES (DEFAULT, $1)', [name]);\n  }",
      ),
    ],
    good: [
      example(
        'The columns that are used.',
        "  async names() {\n    return this.dataSource.query('SELECT id, name FROM customers');\n  }",
      ),
      example(
        'Counting and asking whether there are rows read no columns.',
        "  async any() {\n    return this.dataSource.query('SELECT count(*) FROM customers c WHERE EXISTS (SELECT * FROM orders o WHERE o.customer_id = c.id)');\n  }",
      ),
    ],
    references: [
      {
        title: 'Use The Index, Luke: index-only scan',
        url: 'https://use-the-index-luke.com/sql/clustering/index-only-scan-covering-index',
      },
      { title: 'sqlcheck: implicit columns, ORDER BY RAND usage', url: 'https://github.com/jarulraj/sqlcheck' },
    ],
  },
  check({ query, file }, context, report) {
    if (query.sql === null || file.purpose !== 'application') return;
    const text = withoutLiterals(query.sql.text);
    for (const { pattern, message } of wastes) {
      if (!pattern.test(text)) continue;
      // Rows of an entity need all of its columns. Of a file of queries, types are made that name each of them (sqlc, pgtyped).
      if (pattern === allColumns && (query.asEntities === true || /\.sql$/iu.test(file.file))) continue;
      // Of one row the columns that nobody looks at cost next to nothing.
      // A row that is locked is not read for its columns.
      if (
        pattern === allColumns &&
        /\bfor\s+(?:no\s+key\s+)?update\b|\bfor\s+(?:key\s+)?share\b|\block\s+in\s+share\b/iu.test(text)
      )
        continue;
      if (pattern === allColumns && /\blimit\s+1\b|^\s*select\s+top\s*\(?\s*1\b/iu.test(text)) continue;
      const table = query.table === null ? undefined : context.table(query.table, query.namespace);
      report({ message, at: query.sql.at, table: table?.name ?? null, evidence: [], fixes: [] });
    }
  },
};

/** What stands in quotes and comments is no SQL. */
function withoutLiterals(sql: string): string {
  return sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/gu, ' ');
}

/**
 * Behind EXISTS and in a common table or sub-select the engine leaves out what is not used: only the outermost list counts. What a
 * sub-select names is named already.
 */
const allColumns = /^\s*select\s+(?:distinct\s+)?(?:\w+\.)?\*(?!\s*(?:,[^()]*)?from\s*\()/iu;

const wastes: readonly { readonly pattern: RegExp; readonly message: string }[] = [
  {
    pattern: allColumns,
    message: 'This reads all columns (SELECT *): name those that are used',
  },
  {
    pattern: /\border\s+by\s+(?:random|rand|newid|dbms_random\.value)\s*(?:\(\s*\))?/iu,
    message: 'This sorts all rows by chance to keep a few: choose a key at random instead',
  },
  {
    pattern: /^\s*insert\s+(?:or\s+\w+\s+|ignore\s+)?into\s+[\w."`[\]]+\s*(?:values\b|select\b)/iu,
    message: 'This inserts without naming the columns: it breaks when one is added',
  },
];
