/**
 * Where instructions name something that the project does not have, while manifests, settings or data sources prove another thing in its place. Told only where
 * the sentence speaks of what the project is built with, and nothing proves what it says: a wrong report here is worse than none.
 */
import { weights } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import type { PlacedMention } from './instructions.ts';
import type { Contradiction } from './profile.ts';
import { findTechnology } from './vocabulary.ts';

type Category = Contradiction['category'];

/** Of each group a project has one as a rule. Several are no mistake; one that is not there while another is, is. */
const rivals: readonly (readonly [Category, readonly string[]])[] = [
  ['frameworks', ['nestjs', 'adonisjs', 'sails', 'fastify', 'express', 'koa', 'hapi', 'hono']],
  ['frameworks', ['django', 'fastapi', 'flask', 'starlette', 'tornado']],
  ['frameworks', ['spring-boot', 'quarkus', 'micronaut', 'jakarta-ee']],
  [
    'orms',
    ['typeorm', 'prisma', 'sequelize', 'mongoose', 'drizzle', 'mikro-orm', 'knex', 'kysely', 'objection', 'bookshelf'],
  ],
  ['orms', ['sqlalchemy', 'django', 'peewee', 'tortoise', 'mongoengine', 'beanie']],
  ['orms', ['jpa', 'mybatis', 'jooq', 'spring-jdbc']],
  ['orms', ['efcore', 'dapper', 'nhibernate']],
  ['databases', ['postgresql', 'mysql', 'mariadb', 'mssql', 'oracle', 'cockroachdb', 'mongodb', 'cassandra']],
  ['testFrameworks', ['jest', 'vitest', 'mocha', 'ava']],
  ['testFrameworks', ['junit', 'testng']],
  ['testFrameworks', ['xunit', 'nunit', 'mstest']],
];

/** What proves another thing as well: MariaDB is reached by the driver of MySQL, NestJS runs on Express or Fastify. */
const provenBy: Readonly<Record<string, readonly string[]>> = {
  mariadb: ['mysql'],
  mysql: ['mariadb'],
  cockroachdb: ['postgresql'],
  postgresql: ['cockroachdb', 'timescaledb'],
  express: ['nestjs', 'sails'],
  fastify: ['nestjs'],
  starlette: ['fastapi'],
  tornado: [],
  knex: ['objection', 'bookshelf'],
  jpa: ['spring-jdbc'],
  'spring-jdbc': ['jpa', 'mybatis', 'jooq'],
  'jakarta-ee': ['quarkus', 'spring-boot'],
};

/** Words of a heading or a clause that say it is about something else than what the project itself is built on. */
const foreign =
  /(?<![\p{L}])(?:integrations?|integrationen|integraciones|external|third[- ]party|partners?|upstream|downstream|legacy|migrat(?:e|es|ed|ing)|migrations? (?:from|to)|moving|moved|switch\w*|transition\w*|port(?:ing|ed)?|replac\w*|import(?:s|ed|er)?|export(?:s|ed|er)?|sync(?:s|ed|hroni[sz]\w*)?|connectors?|warehouse|analytics|reporting|customers?['’]s?|clients?['’]s?|vendors?|support(?:s|ed|ing)?|compatib\w*|compar\w*|alternatives?|examples?|e\.g|such as|like|similar|inspired|plugins?|adapters?|either|optional(?:ly)?|evaluat\w*|history|historical\w*|formerly|previously|glossary|read from|reads from|later|future|plan(?:s|ned|ning)?|roadmap|todo|another|other|separate|sister|frontend|front-end)(?![\p{L}])/iu;

/** What the project is said to be built on, in so many words. */
const statement =
  /(?<![\p{L}])(?:we use|uses?|using|used|built (?:with|on)|based on|runs? on|written (?:with|in)|powered by|stored? in|stores|lives? in|persist\w*|backed by|talks? to|through|via|mapped (?:with|by)|tests? (?:run|are)|with|database is|orm is|is our|wir (?:verwenden|nutzen|benutzen)|verwendet|nutzt|usamos|utilizamos|usa|utiliza)(?![\p{L}])/iu;

const label =
  /^[\s|]*[*_`]*(?:[\p{L}/& -]{0,30})?(?<![\p{L}])(?:orms?|odm|object[- ]relational mapper|databases?|dbms|db|data ?stores?|persistence|data access|framework|backend|back-end|server|api|tests?|testing|test framework|test runner|unit tests?|datenbank(?:en)?|persistenz|tests?|base de datos|pruebas|marco)(?:\s*\([^)]*\))?[*_`]*\s*[:|–—-]/iu;

const technologyHeading =
  /(?<![\p{L}])(?:tech(?:nolog(?:y|ies))?|stack|tools?|backend|database|persistence|orm|frameworks?|testing|tests?|technologien|datenbank|werkzeuge|tecnologías|herramientas|base de datos)(?![\p{L}])/iu;

export interface Grounds {
  /** Of the project and of those below it, instructions among them. */
  readonly proven: readonly Evidence[];
  /** Of the folders above: what they prove is there, and contradicts nothing. */
  readonly around: readonly Evidence[];
}

export function contradictionsIn(mentions: readonly PlacedMention[], grounds: Grounds): readonly Contradiction[] {
  return mentions.flatMap((mention) => {
    const group = rivals.find(
      ([category, ids]) => category === mention.category && ids.includes(mention.technology.id),
    );
    if (!group || mention.stance !== 'used' || (mention.forTests && mention.category !== 'testFrameworks')) return [];
    const found = inItsPlace(mention, group[0], group[1], mentions, grounds);
    return found.length > 0 && isStatement(mention) ? [contradiction(mention, group[0], found)] : [];
  });
}

/** What is proven instead, one place each; [] = nothing is, or what is said is proven too. */
function inItsPlace(
  { technology }: PlacedMention,
  category: Category,
  group: readonly string[],
  mentions: readonly PlacedMention[],
  { proven, around }: Grounds,
): readonly Evidence[] {
  const accepted = new Set([technology.id, ...(provenBy[technology.id] ?? [])]);
  const facts = proven.filter((entry) => entry.category === category && isProof(entry));
  if ([...facts, ...around.filter((entry) => entry.category === category)].some(({ id }) => accepted.has(id)))
    return [];
  const firm = facts.filter(
    ({ id, weight }) =>
      group.includes(id) &&
      (weight <= weights.dependency || (category === 'testFrameworks' && weight === weights.development)),
  );
  // Instructions that speak of both know better than we do: one of them may lie in another service, or come later.
  const alsoSaid = new Set(
    mentions
      .filter(
        // `typeorm-naming-strategies` is a package, and may be left over.
        ({ stance, category: of, block, end }) =>
          of === category && stance !== 'neither' && !/^-\w/u.test(block.text.slice(end)),
      )
      .map(({ technology: { id } }) => id),
  );
  if (firm.some(({ id }) => alsoSaid.has(id))) return [];
  const places = new Map<string, Evidence>();
  for (const entry of [...firm].sort((a, b) => a.weight - b.weight))
    if (!places.has(entry.id)) places.set(entry.id, entry);
  return [...places.values()];
}

/** Everything but what people wrote. */
function isProof({ weight, at }: Evidence): boolean {
  return weight !== weights.instructions && weight !== weights.rejected && !/\.md$/iu.test(at.file);
}

function isStatement({ block, start, end }: PlacedMention): boolean {
  const clause = clauseAround(block.text, start, end);
  if (block.kind === 'heading' || foreign.test(clause) || block.headings.some((heading) => foreign.test(heading)))
    return false;
  // A name of a file or a package, a link, a command: not what the project is said to be built on.
  if (/[`/@\w.-]$/u.test(block.text.slice(0, start)) && !/[\s(*_`]$/u.test(block.text.slice(0, start))) return false;
  if (/^`?[/\\]|^\.\w|^-\w/u.test(block.text.slice(end))) return false;
  if (label.test(clause)) return true;
  const before = clause.slice(0, Math.max(0, clause.indexOf(block.text.slice(start, end))));
  return (
    statement.test(before) ||
    (block.headings.some((heading) => technologyHeading.test(heading)) && isBare(clause, before, block.text.slice(end)))
  );
}

/** A list of technologies has items that begin with names: `- Prisma 5`, `- PostgreSQL (orders)`, `- Prisma 5 as the ORM`. */
function isBare(clause: string, before: string, after: string): boolean {
  if (before.replace(/[\s*_`|,&+/-]|\b(?:and|und|y)\b/gu, '').length > 0) return false;
  return (
    clause.trim().length < 60 ||
    /^[*_`]*(?:\s+v?\d[\w.]*)?(?:\s*[,(:;]|\s+(?:as|for|with|als|für|mit|como|con)\s)/iu.test(after)
  );
}

/** The sentence, list item or row that the words stand in. */
function clauseAround(text: string, start: number, end: number): string {
  const before =
    text
      .slice(0, start)
      .split(/[.!?;](?=\s)|\n(?=\s*(?:[-*|]|\d+\.))/u)
      .at(-1) ?? '';
  const after = text.slice(end).split(/[.!?;](?=\s|$)|\n(?=\s*(?:[-*|]|\d+\.))/u)[0] ?? '';
  return (before + text.slice(start, end) + after).trimStart();
}

function contradiction(mention: PlacedMention, category: Category, found: readonly Evidence[]): Contradiction {
  const { block, lines, file, start, end } = mention;
  const places = found.map(({ id, at }) => ({ label: findTechnology(category, id)?.label ?? id, at }));
  // The version is that of the thing that is not there.
  const version = /^(?:\s+v?\d+(?:\.(?:\d+|x))*\+?(?![\p{L}\d%]))?/u.exec(block.text.slice(end))?.[0] ?? '';
  const [only] = places;
  return {
    category,
    said: block.text.slice(start, end),
    found: places,
    at: lines.range(block.start + start, block.start + end),
    edit:
      places.length === 1 && only
        ? { file, start: block.start + start, end: block.start + end + version.length, newText: only.label }
        : null,
  };
}
