/**
 * What settings files and samples of the environment say a project connects to. Only the engine is kept, and the place of the word
 * that names it: never an address, a name or a password.
 */
import { LineIndex } from '../syntax/lineIndex.ts';
import { propertyEntries } from '../syntax/properties.ts';
import { yamlEntries } from '../syntax/yaml.ts';
import { weights } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import { isEnvironmentSample, isForTestsOnly } from './files.ts';
import type { ProfileSource } from './profile.ts';
import { technologies } from './vocabulary.ts';
import type { TechnologyCategory } from './vocabulary.ts';

interface Named {
  readonly category: TechnologyCategory;
  readonly id: string;
}

const bySchemes = new Map<string, Named>(
  technologies.flatMap(([category, list]) =>
    list.flatMap(({ id, schemes = [] }) => schemes.map((scheme): [string, Named] => [scheme, { category, id }])),
  ),
);

const anyScheme = [...bySchemes.keys()]
  .sort((a, b) => b.length - a.length)
  .map((scheme) => scheme.replace(/[+]/gu, '\\+'))
  .join('|');

/** `jdbc:postgresql:`, `r2dbc:pool:mysql:`, `postgresql+asyncpg://`, `mongodb+srv://`. */
const url = new RegExp(
  `(?<![\\w.+-])(?:(?:jdbc|r2dbc):(?:[\\w-]+:)??(?<java>${anyScheme}):|(?<plain>${anyScheme})(?:\\+[a-z0-9]+)?:\\/\\/)`,
  'giu',
);

/** Keys of the environment whose value names the engine: `DB_CONNECTION=mysql`. */
const engineKey =
  /^[ \t]*(?:export[ \t]+)?(?:(?:DB|DATABASE|TYPEORM|SEQUELIZE|ORM|QUARKUS_DATASOURCE_DB)_)(?:CONNECTION|TYPE|DIALECT|ENGINE|CLIENT|DRIVER|VENDOR|PROVIDER|KIND)[ \t]*[=:][ \t]*["']?([\w.+-]+)/gmu;

/** Keys that are of one product. */
const productKeys: readonly (readonly [RegExp, Named])[] = [
  [
    /^[ \t]*(?:export[ \t]+)?(?:POSTGRES(?:QL)?_(?:USER|DB|HOST|PASSWORD|URL|SERVER|DATABASE)|PG(?:HOST|DATABASE|USER))[ \t]*=/gmu,
    { category: 'databases', id: 'postgresql' },
  ],
  [
    /^[ \t]*(?:export[ \t]+)?MYSQL_(?:USER|HOST|PASSWORD|ROOT_PASSWORD|DATABASE|DB|URL)[ \t]*=/gmu,
    { category: 'databases', id: 'mysql' },
  ],
  [
    /^[ \t]*(?:export[ \t]+)?MARIADB_(?:USER|HOST|PASSWORD|ROOT_PASSWORD|DATABASE)[ \t]*=/gmu,
    { category: 'databases', id: 'mariadb' },
  ],
  [
    /^[ \t]*(?:export[ \t]+)?MONGO(?:DB)?_(?:URI|URL|HOST|DATABASE|DB)[ \t]*=/gmu,
    { category: 'databases', id: 'mongodb' },
  ],
  [/^[ \t]*(?:export[ \t]+)?REDIS_(?:HOST|URL|URI|PORT|PASSWORD)[ \t]*=/gmu, { category: 'caches', id: 'redis' }],
  [/^[ \t]*(?:export[ \t]+)?MEMCACHED?_(?:HOST|SERVERS?|URL)[ \t]*=/gmu, { category: 'caches', id: 'memcached' }],
  [
    /^[ \t]*(?:export[ \t]+)?KAFKA_(?:BROKERS?|BOOTSTRAP\w*|HOST|URL)[ \t]*=/gmu,
    { category: 'messaging', id: 'kafka' },
  ],
  [
    /^[ \t]*(?:export[ \t]+)?(?:RABBITMQ|AMQP)_(?:HOST|URL|URI|USER)[ \t]*=/gmu,
    { category: 'messaging', id: 'rabbitmq' },
  ],
];

/** Keys of Spring and Quarkus, by how they begin. */
const springKeys: readonly (readonly [RegExp, Named])[] = [
  [/^spring\.(?:data\.)?redis\.|^quarkus\.redis\./u, { category: 'caches', id: 'redis' }],
  [/^spring\.kafka\.|^kafka\.bootstrap/u, { category: 'messaging', id: 'kafka' }],
  [/^spring\.rabbitmq\./u, { category: 'messaging', id: 'rabbitmq' }],
  [/^spring\.data\.mongodb\.|^quarkus\.mongodb\./u, { category: 'databases', id: 'mongodb' }],
  [/^spring\.(?:data\.)?elasticsearch\./u, { category: 'databases', id: 'elasticsearch' }],
  [/^spring\.(?:data\.)?neo4j\./u, { category: 'databases', id: 'neo4j' }],
  [/^spring\.(?:data\.)?cassandra\./u, { category: 'databases', id: 'cassandra' }],
];

/** What a connection string of ADO.NET gives away: keywords that one provider alone knows. */
const adoStrings: readonly (readonly [RegExp, Named])[] = [
  [
    /;\s*(?:Initial Catalog|Trusted_Connection|Integrated Security|TrustServerCertificate|MultipleActiveResultSets)\s*=|\(localdb\)/iu,
    { category: 'databases', id: 'mssql' },
  ],
  [
    /(?:^|;)\s*Host\s*=[^;]*;(?:.*;)?\s*(?:Database|Username|User ID)\s*=/iu,
    { category: 'databases', id: 'postgresql' },
  ],
  [
    /^\s*(?:Data Source|DataSource|Filename)\s*=[^;]*\.(?:db3?|sqlite3?)(?:;|$)/iu,
    { category: 'databases', id: 'sqlite' },
  ],
  [/(?:^|;)\s*Port\s*=\s*3306|;\s*Allow User Variables\s*=/iu, { category: 'databases', id: 'mysql' }],
];

export function readSettings({ file, text }: ProfileSource): readonly Evidence[] {
  const lines = new LineIndex(file, text);
  const weight = isForTestsOnly(file) ? weights.development : weights.settings;
  const found: Evidence[] = [];
  const add = ({ category, id }: Named, start: number, end: number): void => {
    if (!isInComment(text, start)) found.push({ category, id, weight, at: lines.range(start, end) });
  };
  for (const match of text.matchAll(url)) {
    const scheme = match.groups?.java ?? match.groups?.plain ?? '';
    const named = bySchemes.get(scheme.toLowerCase());
    const start = match.index + match[0].lastIndexOf(scheme);
    if (named) add(named, start, start + scheme.length);
  }
  if (isEnvironmentSample(file)) {
    for (const match of text.matchAll(engineKey)) {
      const named = bySchemes.get((match[1] ?? '').toLowerCase());
      const end = match.index + match[0].length;
      if (named) add(named, end - (match[1] ?? '').length, end);
    }
    for (const [pattern, named] of productKeys) {
      const match = [...text.matchAll(pattern)].find(({ index }) => !isInComment(text, index));
      if (match) add(named, match.index, match.index + match[0].trimEnd().length - 1);
    }
  } else if (file.endsWith('.json')) {
    for (const match of text.matchAll(/"((?:[^"\\\n]|\\.)*=(?:[^"\\\n]|\\.)*)"/gu))
      for (const [pattern, named] of adoStrings)
        if (pattern.test(match[1] ?? '')) add(named, match.index, match.index + match[0].length);
  } else {
    const entries = file.endsWith('.properties') ? propertyEntries(text) : yamlEntries(text);
    for (const [pattern, named] of springKeys) {
      const entry = entries.find(({ key }) => pattern.test(key));
      if (entry) add(named, entry.start, entry.end);
    }
  }
  return found;
}

/** Samples are full of ways to connect that are written out and switched off. */
function isInComment(text: string, at: number): boolean {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const line = text.slice(start, at);
  return /^\s*(?:#|\/\/|;)|\s#\s/u.test(line);
}
