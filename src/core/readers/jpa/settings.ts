/** Settings of Hibernate and its data source: `application.properties` and `.yml`, `persistence.xml`, `hibernate.cfg.xml`, and manifests. */
import type { DataSource } from '../../schema/code.ts';
import type { Dialect } from '../../schema/model.ts';
import { propertyEntries } from '../../syntax/properties.ts';
import { childrenNamed, parseXml, textOf } from '../../syntax/xml.ts';
import type { XmlElement } from '../../syntax/xml.ts';
import { yamlEntries } from '../../syntax/yaml.ts';
import type { SourceFile } from '../reader.ts';
import { isLocal } from '../shared/connectionUrl.ts';
import { purposeOf } from '../../schema/filePurpose.ts';
import { isProperties, isYaml } from './detect.ts';
import type { Settings } from './mappings.ts';

interface Entry {
  /** As written. */
  readonly key: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

export interface ReadSettings {
  readonly settings: Settings;
  readonly dataSources: readonly DataSource[];
}

export function readSettings(file: SourceFile): ReadSettings {
  const { path, text } = file;
  const entries = isProperties(path) ? propertyEntries(text) : isYaml(path) ? yamlEntries(text) : xmlEntries(text);
  const find = lookup(entries);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const springBoot = entries.some(({ key }) => key.startsWith('spring.'));
  const url = urlOf(find);
  const dialect =
    dialectOfClass(find(/(?:^|\.)hibernate\.dialect$|jpa\.database-platform$/u)?.value) ??
    dialectOfJdbc(url?.value) ??
    dialectOfClass(
      find(/\.jpa\.database$|database-kind$|db-kind$|driver-class-name$|driver[_-]class$|driverClassName$/u)?.value,
    );
  const secondary = purposeOf(path) === 'test' || /^(?:application|bootstrap)-/u.test(name) || path.includes('/test/');
  return {
    settings: {
      springBoot,
      physicalStrategy: find(/physical[_-]?(?:naming[_-])?strategy$/iu)?.value ?? null,
      implicitStrategy: find(/implicit[_-]?(?:naming[_-])?strategy$/iu)?.value ?? null,
      defaultSchema: literal(find(/hibernate\.default_schema$|database\.default-schema$/u)?.value),
      quoted: find(/globally_quoted_identifiers$/u)?.value === 'true',
      dialect,
      secondary,
      hibernate: null,
    },
    dataSources: dataSourcesOf(find, dialect, springBoot, url, file),
  };
}

type Find = (key: RegExp) => Entry | undefined;

/** Spring's keys may be written in camel case (`physicalStrategy`) as well. */
function lookup(entries: readonly Entry[]): Find {
  const kebab = entries.map((entry) => ({ ...entry, key: entry.key.replace(/"/gu, '') }));
  return (pattern) =>
    kebab.find(({ key }) => pattern.test(key)) ??
    kebab.find(({ key }) => pattern.test(key.replace(/([a-z])([A-Z])/gu, '$1-$2').toLowerCase()));
}

function urlOf(find: Find): Entry | undefined {
  return find(
    /datasource(?:\.[\w-]+)*\.(?:jdbc-)?url$|datasource\.[\w".-]*jdbc\.url$|(?:persistence\.)?jdbc\.url$|connection\.url$|^(?:db|jdbc|database)[._-]?(?:jdbc)?[._-]?url$/iu,
  );
}

function dataSourcesOf(
  find: Find,
  dialect: Dialect | null,
  springBoot: boolean,
  url: Entry | undefined,
  file: SourceFile,
): readonly DataSource[] {
  const generation = find(
    /ddl-auto$|hbm2ddl\.auto$|schema-generation\.database\.action$|database\.generation$|schema-management\.strategy$/u,
  );
  const password = find(
    /(?:datasource|jdbc|connection|hikari|druid|db)(?:[\w".-]*)\.?password$|^(?:db|jdbc)[._]password$/iu,
  );
  const first = url ?? generation;
  if (!first && dialect === null) return [];
  // A database in memory is empty whenever the program starts.
  const action = inMemory.test(url?.value ?? '') ? null : (generation?.value.toLowerCase() ?? null);
  // What the specification calls `create` drops nothing; Hibernate's own setting of that name does, and so does Spring's, which is handed to it.
  const creates = action === 'create' && !/(?:ddl-auto|hbm2ddl\.auto)$/iu.test(generation?.key ?? '');
  const pool = find(
    /maximum-pool-size$|max-?pool-?size$|(?:hikari|datasource|druid|dbcp2?|tomcat|jdbc|c3p0|agroal|pool|connection)[\w".-]*\.(?:max-active|max-size|pool_size|max_size)$/iu,
  );
  const timeout = find(/connection-timeout$/iu);
  const stated = find(/physical[_-]?(?:naming[_-])?strategy$/iu)?.value;
  const passwordInFile = isLiteral(password?.value) || /[?&;](?:password|pwd)=(?![$<{%&;]|$)/iu.test(url?.value ?? '');
  const at = first ? file.lines.range(first.start, first.end) : file.lines.range(0, 0);
  return [
    {
      dialect,
      synchronize: action === null ? null : /^(?:update|create|create-drop|create-only|drop-and-create)$/u.test(action),
      ...(action === 'create-only' || creates ? { onlyCreates: true as const } : {}),
      // Hibernate's update makes tables and columns that are missing, and leaves all others as they are.
      ...(action === 'update' ? { onlyAdds: true as const } : {}),
      migrationsRun: find(/(?:flyway|liquibase)\.(?:enabled|migrate-at-start)$/u)?.value === 'true' ? true : null,
      dropSchema: action === null ? null : !creates && /^(?:create|create-drop|drop-and-create)$/u.test(action),
      tls: tlsOf(url?.value),
      poolSize: numberOf(pool?.value),
      // In the address it is in seconds for one driver and in milliseconds for the other: that there is one is what counts.
      timeoutMs: numberOf(timeout?.value) ?? numberOf(inAddress.exec(url?.value ?? '')?.[1]),
      passwordInFile,
      ...(isLocal(url?.value) ? { local: true as const } : {}),
      // Spring Boot sets its own strategy where none is stated.
      namingStrategy: stated ?? (springBoot ? 'CamelCaseToUnderscoresNamingStrategy' : null),
      entityPrefix: null,
      namespace: literal(find(/hibernate\.default_schema$/u)?.value),
      entities: [],
      migrations: [],
      at,
    },
  ];
}

const inAddress = /[?&;](?:connect|socket|login)Timeout=(\d+)/iu;

const inMemory = /^["']?(?:jdbc:)?(?:h2:mem:|hsqldb:mem:|derby:memory:|sqlite::memory:)/iu;

/** A value that stands there itself: no `${PASSWORD}`; of `${PASSWORD:secret}` what follows the colon. */
function isLiteral(value: string | undefined): boolean {
  if (value === undefined) return false;
  const placeholder = /^\$\{[^:}]*(?::([^}]*))?\}$/u.exec(value.trim());
  const text = (placeholder ? (placeholder[1] ?? '') : value).trim();
  return text !== '' && !/^[$#@<{%]|^ENC\(|^\*+$/u.test(text);
}

function literal(value: string | undefined): string | null {
  return value === undefined || value === '' || value.includes('${') ? null : value;
}

function numberOf(value: string | undefined): number | null {
  return value !== undefined && /^\d{1,9}$/u.test(value.trim()) ? Number(value) : null;
}

function tlsOf(url: string | undefined): boolean | null {
  if (url === undefined) return null;
  if (/useSSL=false|sslmode=disable|encrypt=false|ssl=false/iu.test(url)) return false;
  return /useSSL=true|sslmode=(?:require|verify|VERIFY)|ssl=true|encrypt=true/iu.test(url) ? true : null;
}

const jdbc: Readonly<Record<string, Dialect>> = {
  postgresql: 'postgresql',
  pgsql: 'postgresql',
  mysql: 'mysql',
  mariadb: 'mariadb',
  sqlserver: 'mssql',
  jtds: 'mssql',
  oracle: 'oracle',
  sqlite: 'sqlite',
  cockroachdb: 'cockroachdb',
  sap: 'sap',
  cloudspanner: 'spanner',
};

/** `jdbc:postgresql://…`, also inside a placeholder's default: `${DB_URL:jdbc:mysql://…}`. */
export function dialectOfJdbc(url: string | undefined): Dialect | null {
  const scheme = /(?:jdbc|r2dbc|vertx-reactive)(?::p6spy|:tc|:aws-wrapper|:pool)*:([a-z0-9]+)/iu
    .exec(url ?? '')?.[1]
    ?.toLowerCase();
  return scheme !== undefined && Object.hasOwn(jdbc, scheme) ? (jdbc[scheme] ?? null) : null;
}

/** `org.hibernate.dialect.MySQL8Dialect`, `com.mysql.cj.jdbc.Driver`, `POSTGRESQL`. */
export function dialectOfClass(name: string | undefined): Dialect | null {
  const text = name ?? '';
  const known: readonly (readonly [RegExp, Dialect])[] = [
    [/mariadb/iu, 'mariadb'],
    [/mysql/iu, 'mysql'],
    [/cockroach/iu, 'cockroachdb'],
    [/postg(?:res|is)|pgsql/iu, 'postgresql'],
    [/sqlserver|mssql|sql_server/iu, 'mssql'],
    [/oracle/iu, 'oracle'],
    [/sqlite/iu, 'sqlite'],
    [/spanner/iu, 'spanner'],
    [/hana/iu, 'sap'],
  ];
  return known.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

/** `<property name="…" value="…"/>`, or the value as its text. */
function xmlEntries(text: string): readonly Entry[] {
  const entries: Entry[] = [];
  const visit = (element: XmlElement): void => {
    // Units for tests stand beside the program's own in `persistence.xml`.
    if (element.name === 'persistence-unit' && /test/iu.test(element.attributes.name ?? '')) return;
    const name = Object.hasOwn(element.attributes, 'name') ? element.attributes.name : undefined;
    if (element.name === 'property' && name !== undefined) {
      const value = Object.hasOwn(element.attributes, 'value')
        ? (element.attributes.value ?? '')
        : textOf(element).trim();
      entries.push({
        key: name.includes('.') ? name : `hibernate.${name}`,
        value,
        start: element.start,
        end: element.tagEnd,
      });
    }
    for (const child of element.children) if (child.name !== null) visit(child);
  };
  for (const root of parseXml(text)) visit(root);
  return entries;
}

const silent: Settings = {
  springBoot: false,
  physicalStrategy: null,
  implicitStrategy: null,
  defaultSchema: null,
  quoted: false,
  dialect: null,
  secondary: false,
  hibernate: null,
};

/** A class of the project that makes physical names, or a call that sets one; null = the file has neither. */
export function readOwnStrategy({ path, text }: SourceFile): Settings | null {
  const head =
    /class\s+(\w+)\s+(?:extends|implements)\s+(?:[\w.]+\.)?(PhysicalNamingStrategy\w*|CamelCaseToUnderscoresNamingStrategy|SpringPhysicalNamingStrategy)\b/u.exec(
      text,
    );
  // What a test sets names the tables of that test.
  const set =
    purposeOf(path) === 'test'
      ? undefined
      : /\b(?:set|apply)PhysicalNamingStrategy\(\s*(?:new\s+)?([\w.]+)\s*\(\s*\)\s*\)/u.exec(text)?.[1];
  if (!head?.[1]) return set === undefined ? null : { ...silent, physicalStrategy: set };
  const body = text.slice(head.index);
  const letters = body.includes('.toLowerCase(') ? 'lower' : body.includes('.toUpperCase(') ? 'upper' : null;
  const snake =
    !head[2]?.startsWith('PhysicalNaming') ||
    /\[a-z[^\]]*\]\)?\(?\[A-Z|LOWER_UNDERSCORE|isUnderscoreRequired|addUnderscores|toSnakeCase|append\('_'\)/u.test(
      body,
    );
  return {
    ...silent,
    physicalStrategy: set ?? null,
    strategy: { name: head[1], snake, letters, stripsColumns: /replace(?:All)?\(\s*"_"\s*,\s*""\s*\)/u.test(body) },
  };
}

/** What `pom.xml` and `build.gradle` say: Spring Boot, and which Hibernate comes with it or is stated. */
export function readManifestSettings(path: string, text: string): Settings {
  const springBoot = /spring-boot|org\.springframework\.boot/u.test(text);
  return {
    springBoot,
    physicalStrategy: null,
    implicitStrategy: null,
    defaultSchema: null,
    quoted: false,
    dialect: null,
    secondary: purposeOf(path) === 'test',
    hibernate: hibernateOf(path, text),
  };
}

function hibernateOf(path: string, text: string): number | null {
  const stated =
    /hibernate(?:-core|-entitymanager|-orm)?(?:<\/artifactId>\s*<version>|[\w.-]*version\s*[>=:]\s*['"]?|:)\s*['"]?(\d+)\./iu.exec(
      text,
    )?.[1] ?? /<hibernate\.version>(\d+)\./u.exec(text)?.[1];
  if (stated !== undefined) return Number(stated);
  const boot = springBootVersion(path, text);
  return boot === null ? null : boot >= 3 ? 6 : 5;
}

function springBootVersion(path: string, text: string): number | null {
  if (path.endsWith('.xml')) {
    for (const root of parseXml(text)) {
      const parent = childrenNamed(root, 'parent')[0];
      const artifact = parent ? childrenNamed(parent, 'artifactId')[0] : undefined;
      const version = parent ? childrenNamed(parent, 'version')[0] : undefined;
      if (artifact && version && textOf(artifact).includes('spring-boot')) return majorOf(textOf(version));
    }
    return majorOf(
      /<spring-boot\.version>\s*([\d.]+)/u.exec(text)?.[1] ??
        /spring-boot-dependencies<\/artifactId>\s*<version>\s*([\d.]+)/u.exec(text)?.[1],
    );
  }
  return majorOf(
    /org\.springframework\.boot['"]\)?\s*version\s*\(?['"]([\d.]+)/u.exec(text)?.[1] ??
      /spring-?boot(?:-gradle-plugin)?(?:_?version)?\s*[:=]\s*['"]([\d.]+)/iu.exec(text)?.[1],
  );
}

function majorOf(version: string | undefined): number | null {
  const major = Number.parseInt(version ?? '', 10);
  return Number.isFinite(major) ? major : null;
}
