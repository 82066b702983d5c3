import { bindValues } from '../fixes/bindValues.ts';
import { ordersOfCustomers as example } from '../examples.ts';
import type { FileFacts, Interpolation, Query } from '../../schema/code.ts';
import type { QueryRule, Severity } from '../rule.ts';

export const sqlInjection: QueryRule = {
  id: 'sql-injection',
  code: 'SEC001',
  severity: 'error',
  on: 'query',
  docs: {
    what: 'Reports values and names from outside that are put into the text of a SQL statement instead of being bound as parameters.',
    why:
      'Whoever controls the value controls the statement: it can read other tables, change rows or drop them. Text that is safe today ' +
      'becomes unsafe with the next caller. Statements that differ only in their values are also planned anew each time. ' +
      'Constants, numbers and placeholders made for parameters are exempt.',
    fix:
      'Bind values: `:name` or `$1` with the value as a parameter, as the quick fix does. Names of columns and directions cannot be bound: choose them from a fixed list, ' +
      'for example an object that maps what the caller may say to the name.',
    bad: [
      example(
        'The term becomes part of the statement.',
        `  async search(term: string) {
    return this.dataSource.query(\`SELECT id, name FROM customers WHERE name = '\${term}'\`);
  }`,
      ),
      example(
        'The condition of a query builder is SQL too.',
        `  async search(input: { name: string }) {
    return this.customers.createQueryBuilder('c').where("c.name = '" + input.name + "'").getMany();
  }`,
      ),
      example(
        'A caller chooses the column to sort by.',
        `  async list(sort: string) {
    return this.dataSource.query('SELECT id, name FROM customers ORDER BY ' + sort + ' LIMIT 10');
  }`,
      ),
    ],
    good: [
      example(
        'The value is bound.',
        `  async search(term: string) {
    return this.dataSource.query('SELECT id, name FROM customers WHERE name = $1', [term]);
  }`,
      ),
      example(
        'A query builder binds by name.',
        `  async search(input: { name: string }) {
    return this.customers.createQueryBuilder('c').where('c.name = :name', { name: input.name }).getMany();
  }`,
      ),
      example(
        'A number cannot hold SQL.',
        `  async search(limit: number) {
    return this.dataSource.query(\`SELECT id, name FROM customers ORDER BY id LIMIT \${limit}\`);
  }`,
      ),
      example(
        'Placeholders are made for the parameters.',
        `  async search(ids: number[]) {
    const marks = ids.map((_, at) => \`$\${at + 1}\`).join(', ');
    return this.dataSource.query(\`SELECT id, name FROM customers WHERE id IN (\${marks})\`, ids);
  }`,
      ),
    ],
    references: [
      {
        title: 'OWASP: SQL injection prevention',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/SQL_Injection_Prevention_Cheat_Sheet.html',
      },
      { title: 'CWE-89: SQL injection', url: 'https://cwe.mitre.org/data/definitions/89.html' },
    ],
  },
  check({ query, file }, context, report) {
    // Whoever runs a test writes what comes in.
    if (file.purpose === 'test') return;
    const judged = (query.sql?.interpolations ?? []).flatMap((interpolation) => {
      const severity = judge(interpolation, query, file);
      return severity === null ? [] : [{ interpolation, severity }];
    });
    const worst = judged.find(({ severity }) => severity === 'error') ?? judged[0];
    if (!worst || !query.sql) return;
    const { interpolation, severity } = worst;
    // SQLite's PRAGMA takes no parameters.
    const isBindable = interpolation.position === 'value' && !/^\s*pragma\b/iu.test(query.sql.text);
    report({
      message: isBindable
        ? `The value of ${interpolation.text} becomes part of the SQL text: bind it as a parameter`
        : `${interpolation.text} becomes part of the SQL text: choose it from a fixed list`,
      at: interpolation.at,
      table: query.table,
      severity,
      evidence: judged.map(({ interpolation: each }) => ({
        message: `${each.text} is put into the statement as ${each.position === 'value' ? 'a value' : each.position === 'identifier' ? 'a name' : 'a piece of SQL'}.`,
        at: each.at,
      })),
      fixes: isBindable
        ? bindValues(
            query,
            judged.map(({ interpolation: each }) => each),
            context,
          )
        : [],
    });
  },
};

/**
 * An error where the value comes in as a parameter of the function, a warning where it is a variable of which no more is known.
 * Names and pieces of SQL are judged only where a parameter brings them: building a statement from one's own pieces is common.
 */
function judge({ text, position }: Interpolation, query: Query, file: FileFacts): Severity | null {
  if (isHarmless(text, isQuoted(text, query)) || (position === 'identifier' && isNamespace(text, query))) return null;
  const own = typeOfParameter(text, query, file);
  const type = own === undefined ? typeOfMember(text, file) : own;
  if (type === undefined) {
    const name = text.replace(sameText, '');
    const variable = position === 'value' && /^[\w$.!?[\]'"]+$/u.test(name) && !pieceOfSql.test(name);
    return variable ? 'warning' : null;
  }
  if (type !== null && harmlessTypes.some((pattern) => pattern.test(type))) return null;
  if (isChecked(text, query, file)) return null;
  if (position === 'fragment' && isOwnPiece(text, query, file)) return null;
  const open = type === null || openTypes.test(type);
  if (position === 'value') return open ? 'error' : 'warning';
  // Java and Python hand names of tables around as text; what stands in the quotes of a name was meant to be one.
  if (type !== null && /^(?:String|str)\b/u.test(type) && isQuotedName(text, query)) return null;
  // What the project's own kind of query is sorted by, callers state more often than they pass it on.
  const isOwn = type !== null && text.includes('.') && /(?:Query|Filter|Options|Args|Params)\b/u.test(type);
  return open ? (isOwn ? 'warning' : 'error') : null;
}

/** Methods that leave in a text whatever else it holds. */
const sameText = /\.(?:lower|upper|strip|trim|to(?:Lower|Upper)Case|To(?:Lower|Upper)(?:Invariant)?|Trim)\((?:…)?\)$/u;

/** Text as callers send it, or an object of such: a member of anything else may well be a name that the project chose. */
const openTypes =
  /^(?:[sS]tring|str|any|unknown|object|Record\b.*|\{.*|\w*(?:Dto|DTO|Input|Args|Params|Query|Request|Body|Filter|Options))\b/su;

/** A variable named like this holds SQL of the project's own. */
const pieceOfSql =
  /(?:filters?|conditionals?|range(?:arg)?|ids|list|joined|csv|params|query|sql|conditions?|clauses?|where|joins?|expr(?:ession)?|fragment|statement|values)$/iu;

/** `number`, `Date`, `'asc' | 'desc'`, `keyof Order`: nothing that could hold SQL of a caller's. */
const harmlessTypes = [
  /^(?:number|bigint|boolean|Date|keyof\b.*)$/u,
  // Of Java, C# and Python: numbers, moments, identifiers, and lists of such.
  /^(?:(?:List|Set|Collection|Iterable|IEnumerable|ICollection|IList|IReadOnlyList|list|set|tuple|Sequence|Optional)[<[])?(?:java\.util\.)?(?:UUID|Guid|Long|Integer|Short|BigDecimal|BigInteger|u?int|u?long|u?short|byte|double|float|decimal|bool|Boolean|Double|Float|Decimal|Local(?:Date|Time|DateTime)|Instant|(?:Zoned|Offset)DateTime|DateTime(?:Offset)?|DateOnly|TimeSpan|date|datetime|uuid\.UUID|datetime\.\w+)(?:[>\]])?(?:\[\])?\??(?:\s*\|\s*None)?$/u,
  /^(?:\|?\s*(?:'[^']*'|"[^"]*")\s*)+$/u,
  /\b(?:QueryBuilder|Repository|EntityMetadata|ColumnMetadata|QueryRunner|Connection|DataSource|EntityManager|Driver)\b/u,
];

/** It stands between the quotes of a text: what is called like a name there is a value all the same. */
function isQuoted(text: string, { sql }: Query): boolean {
  return sql?.text.includes(`'\${${text}}'`) ?? false;
}

/** `"${tenant}".orders`: the schema that holds a tenant's tables, which the project itself has named. */
function isNamespace(text: string, { sql }: Query): boolean {
  return ['{', '${'].some((open) =>
    ['".', '`.', '].', '.'].some((close) => sql?.text.includes(`${open}${text}}${close}`) === true),
  );
}

/** `FROM "{table}"` */
function isQuotedName(text: string, { sql }: Query): boolean {
  return ['"', '`'].some((quote) => sql?.text.includes(`${quote}{${text}}${quote}`) ?? false);
}

/** Constants, enum members, metadata of the ORM, numbers, placeholders. */
function isHarmless(text: string, quoted: boolean): boolean {
  return (
    /^[A-Z][A-Z0-9_]*(?:\.\w+)*$/u.test(text) ||
    // What a class holds for all, or one within it, and members of an enumeration.
    /^(?:[A-Z]\w*\.)+\w+$/u.test(text) ||
    /^-?\d[\d_.]*$/u.test(text) ||
    // The program's own configuration.
    /^(?:config|settings|env|process\.env|os\.environ|constants?|Configuration)\b/iu.test(text) ||
    /\b(?:metadata|tableName|tablePath|alias|schema|schemaName|prefix|driver|escape|quote|placeholder|parameter|marks?)\w*\b/iu.test(
      text,
    ) ||
    (!quoted && /(?:column|table|property|field|relation|database|index)(?:Name|Path)?$/iu.test(text)) ||
    /^(?:Number|parseInt|parseFloat|BigInt|Math\.\w+|escape\w*|pgFormat\w*|format\.\w+)\(/u.test(text) ||
    /\.(?:escape|escapeId|quote|escapeIdentifier|escapeLiteral)\(/u.test(text) ||
    // Numbers of Spring's pages.
    /\.get(?:PageSize|PageNumber|Offset)\(\)$/u.test(text) ||
    /\bgetParameters?\b|\blength$|\.(?:getTime|toISOString|toFixed)\(\)$/u.test(text)
  );
}

/** `if (!operators.has(operator)) throw …`: the function has looked it up in a list or matched it before. */
function isChecked(text: string, { function: own, at }: Query, { calls }: FileFacts): boolean {
  return calls.some(
    (call) =>
      call.function === own &&
      call.at.line < at.line &&
      call.arguments[0] === text &&
      /\.(?:has|contains|containsKey|Contains|ContainsKey|IsMatch)$/u.test(call.callee),
  );
}

/** A parameter of a helper that nobody outside can call, for which every caller states the piece where it calls. */
function isOwnPiece(text: string, { function: own }: Query, { functions, calls }: FileFacts): boolean {
  const fact = own === null ? undefined : functions[own];
  const index = fact?.parameters.indexOf(text) ?? -1;
  if (!fact || fact.exported || fact.name === null || index < 0) return false;
  const callers = calls.filter(({ callee }) => callee.replace(/^.*\./u, '') === fact.name);
  return callers.length > 0 && callers.every((call) => (call.arguments[index] ?? null) === null);
}

/** Type of the member that the expression ends with, where every class of the file that has one of the name says the same kind. */
function typeOfMember(text: string, { fields }: FileFacts): string | undefined {
  const name = /^\w+(?:\.\w+)*\.(\w+)$/u.exec(text)?.[1];
  const types = fields.filter((field) => field.name === name).map(({ type }) => type);
  const isHarmlessType = (type: string): boolean => harmlessTypes.some((pattern) => pattern.test(type));
  return types.every(isHarmlessType) ? types[0] : undefined;
}

/** Type of the parameter that the expression begins with; null = a parameter without a type, undefined = no parameter. */
function typeOfParameter(text: string, query: Query, file: FileFacts): string | null | undefined {
  const root = /^[A-Za-z_$][\w$]*/u.exec(text)?.[0];
  if (root === undefined) return undefined;
  for (let at = query.function; at !== null; at = file.functions[at]?.parent ?? null) {
    const fact = file.functions[at];
    const index = fact?.parameters.findIndex((name) => name.split(',').includes(root)) ?? -1;
    // A callback's parameter without a type is an element of something local.
    const type = fact?.parameterTypes[index] ?? null;
    if (fact && index >= 0 && type !== null) return typeOfPart(root, type);
    if (fact && index >= 0) return fact.name === null ? undefined : null;
  }
  return undefined;
}

/** `{ operator, value }: { operator: Operator; value: number }`: what a destructured parameter says of the one that is named. */
function typeOfPart(name: string, type: string): string {
  if (!type.startsWith('{')) return type;
  return (
    new RegExp(`[{;,\\n]\\s*(?:readonly\\s+)?${name}\\??\\s*:\\s*([^;,}\\n{]+)`, 'u').exec(type)?.[1]?.trim() ?? type
  );
}
