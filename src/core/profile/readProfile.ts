import { scanSuppressions } from '../readers/shared/suppressions.ts';
import { purposeOf } from '../schema/filePurpose.ts';
import type { DataSource } from '../schema/code.ts';
import type { Dialect } from '../schema/model.ts';
import type { Problem } from '../schema/source.ts';
import { readCompose } from './containers.ts';
import { contradictionsIn } from './contradictions.ts';
import { staleCopies } from './copy.ts';
import { storeEvidence } from './declaredStores.ts';
import type { DeclaredStore } from './declaredStores.ts';
import { weights } from './evidence.ts';
import type { Evidence, EvidenceCategory } from './evidence.ts';
import {
  isCompose,
  isEnvironmentSample,
  isForTestsOnly,
  isInstructions,
  isPackageManifest,
  isSettings,
  isVersionCatalogue,
  sourceOfFile,
} from './files.ts';
import { readInstructions } from './instructions.ts';
import type { ReadInstructions } from './instructions.ts';
import { isDependencyManifest } from './dependencies.ts';
import { readDependencyEvidence, readManifest } from './manifest.ts';
import type { Fact, FactCategory, Profile, ProfileSource } from './profile.ts';
import { readSettings } from './settings.ts';
import { findTechnology, vocabulary } from './vocabulary.ts';

export interface ProfileResult {
  readonly profile: Profile;
  readonly problems: readonly Problem[];
}

/** What lies around a project. */
export interface ProfileSurroundings {
  /** Manifests and settings of the projects in the folders below: instructions speak of them as well. */
  readonly below: readonly ProfileSource[];
  /** Manifests of the folders above: what they bring is there, though another manifest lists it. */
  readonly above: readonly ProfileSource[];
  /** Whether instructions are the project's own, so that what is wrong with them is told here. */
  readonly isOwn: (file: string) => boolean;
  /** Files of the project that declare collections of a store. */
  readonly stores: readonly DeclaredStore[];
}

const alone: ProfileSurroundings = { below: [], above: [], isOwn: () => true, stores: [] };

/**
 * The profile of a project, from its files and the data sources in its code. What sources say differently stays visible in `facts`, the most reliable
 * first: data source, settings, run-time dependency, container, instructions, what only development uses. What the instructions reject
 * ("we do not use MongoDB") is no fact unless something else proves it. Where instructions name something in whose place another thing is proven to stand, that is
 * a contradiction. Never throws; sources of other kinds are passed over.
 */
export function readProfile(
  sources: readonly ProfileSource[],
  dataSources: readonly DataSource[],
  { below, above, isOwn, stores }: ProfileSurroundings = alone,
): ProfileResult {
  const evidence: Evidence[] = dataSources.flatMap(({ dialect, at }) =>
    dialect === null
      ? []
      : [{ category: 'databases' as const, id: databaseOf(dialect), weight: dataSourceWeight(at.file, dialect), at }],
  );
  const problems: Problem[] = [];
  const told: ReadInstructions[] = [];
  for (const source of sources)
    if (isInstructions(source.file)) {
      const read = readInstructions(source);
      evidence.push(...read.evidence);
      told.push(read);
    } else {
      const read = evidenceOf(source, sources);
      evidence.push(...read.evidence);
      problems.push(...read.problems);
    }
  evidence.push(...storeEvidence(stores));
  const own = sources.filter(({ file }) => isInstructions(file) && isOwn(file));
  const around = (files: readonly ProfileSource[]): readonly Evidence[] =>
    own.length === 0
      ? []
      : files.flatMap((source) => (isInstructions(source.file) ? [] : evidenceOf(source, files).evidence));
  const facts = factsByCategory(evidence);
  const database = decideDatabase(evidence);
  const databases = values(facts.databases);
  return {
    profile: {
      language: facts.languages[0]?.value ?? null,
      framework: mostSpecific(facts.frameworks, evidence),
      orms: values(facts.orms),
      databases: database === null ? databases : [database, ...databases.filter((id) => id !== database)],
      caches: values(facts.caches),
      messaging: values(facts.messaging),
      domains: values(facts.domains),
      security: values(facts.security),
      compliance: values(facts.compliance),
      testFrameworks: values(facts.testFrameworks),
      integrations: values(facts.integrations),
      dialect: vocabulary.databases.find(({ id }) => id === database)?.dialect ?? null,
      measures: told.flatMap(({ measures }) => measures),
      contradictions: contradictionsIn(
        told.flatMap(({ mentions }) => mentions.filter(({ file }) => isOwn(file))),
        { proven: [...evidence, ...around(below)], around: around(above) },
      ),
      staleCopies: staleCopies(own),
      suppressions: own.flatMap(({ file, text }) =>
        scanSuppressions(text).map((suppression) => ({ file, suppression })),
      ),
      facts,
    },
    problems,
  };
}

function evidenceOf(
  source: ProfileSource,
  all: readonly ProfileSource[],
): { readonly evidence: readonly Evidence[]; readonly problems: readonly Problem[] } {
  if (isPackageManifest(source.file)) return readManifest(source);
  const evidence = isDependencyManifest(source.file)
    ? readDependencyEvidence(
        source,
        all.filter(({ file }) => isVersionCatalogue(file)),
      )
    : isCompose(source.file)
      ? readCompose(source)
      : isEnvironmentSample(source.file) || isSettings(source.file)
        ? readSettings(source)
        : [];
  return { evidence, problems: [] };
}

const categories: readonly FactCategory[] = [
  ...(['languages', 'frameworks', 'orms', 'databases', 'caches', 'messaging', 'domains', 'security'] as const),
  ...(['compliance', 'testFrameworks', 'requirements', 'integrations'] as const),
];

function factsByCategory(evidence: readonly Evidence[]): Profile['facts'] {
  return Object.fromEntries(categories.map((category) => [category, factsOf(evidence, category)])) as Record<
    FactCategory,
    readonly Fact[]
  >;
}

/** A data source in a test says what the tests run on; a file that a migration or a script reads is what rows are taken over from. */
function dataSourceWeight(file: string, dialect: Dialect): Evidence['weight'] {
  return isForTestsOnly(file) || (dialect === 'sqlite' && purposeOf(file) !== 'application')
    ? weights.development
    : weights.dataSource;
}

function databaseOf(dialect: Dialect): string {
  return vocabulary.databases.find((database) => database.dialect === dialect)?.id ?? dialect;
}

/** Everything said for a category, most reliable first, then as found; what is only ever rejected is left out. */
function factsOf(evidence: readonly Evidence[], category: EvidenceCategory): readonly Fact[] {
  return evidence
    .filter((entry) => entry.category === category && entry.weight !== weights.rejected)
    .filter(({ id, weight }) => weight !== weights.instructions || !isRejected(evidence, category, id))
    .sort((a, b) => a.weight - b.weight)
    .map(({ id, weight, at }) => ({
      value: id,
      at,
      source: sourceOfFile(at.file),
      ...(weight === weights.development && told.has(category) ? { development: true as const } : {}),
    }));
}

/** Languages and domains are told by weak evidence as well; it means nothing of tests there. */
const told: ReadonlySet<EvidenceCategory> = new Set([
  ...(['frameworks', 'orms', 'databases', 'caches', 'messaging', 'integrations'] as const),
]);

/** The instructions say both that it is used and that it is not: "Migrating from MySQL to PostgreSQL. The MySQL tables…". */
function isRejected(evidence: readonly Evidence[], category: EvidenceCategory, id: string): boolean {
  const said = evidence.filter((entry) => entry.category === category && entry.id === id);
  return (
    said.filter(({ weight }) => weight === weights.rejected).length >=
      said.filter(({ weight }) => weight === weights.instructions).length &&
    said.some(({ weight }) => weight === weights.rejected)
  );
}

function values(facts: readonly Fact[]): readonly string[] {
  return [...new Set(facts.map(({ value }) => value))];
}

/** Drivers that serve a compatible engine as well: the package alone cannot tell which. */
const compatible: Readonly<Record<string, readonly string[]>> = { mysql: ['mariadb'], postgresql: ['cockroachdb'] };

/**
 * The database whose dialect counts: the one that the most reliable kind of evidence names alone. Where that kind names several (an
 * application with drivers for each), less reliable evidence chooses among them; null where it cannot.
 */
function decideDatabase(evidence: readonly Evidence[]): string | null {
  const engines = evidence.filter(
    ({ category, id }) => category === 'databases' && findTechnology('databases', id)?.dialect !== undefined,
  );
  // Collections need no engine to be understood, tables do: where an application has both, that of the tables counts.
  const tables = engines.filter(({ id }) => id !== 'mongodb' && id !== 'cassandra');
  const named = withoutFallback(
    mapsTables(evidence) && tables.some(({ weight }) => weight < weights.instructions) ? tables : engines,
  );
  const rejected = new Set(named.filter(({ weight }) => weight === weights.rejected).map(({ id }) => id));
  let candidates: readonly string[] = [];
  for (const weight of Object.values(weights)) {
    if (weight === weights.rejected) break;
    const here = [...new Set(named.filter((entry) => entry.weight === weight).map(({ id }) => id))];
    const kept = here.length > 1 ? here.filter((id) => !rejected.has(id)) : here;
    if (candidates.length === 0) candidates = kept;
    else if (candidates.length > 1) {
      const agreed = candidates.filter((id) => kept.includes(id));
      if (agreed.length > 0) candidates = agreed;
    }
    if (candidates.length === 1 && candidates[0] !== undefined && weight < weights.instructions) {
      const [candidate] = candidates;
      const instructed = named.find(
        ({ id, weight: from }) => from <= weights.instructions && compatible[candidate]?.includes(id),
      );
      if (instructed && weight > weights.dataSource && !isStated(named, candidate)) return instructed.id;
    }
    if (candidates.length === 1) return candidates[0] ?? null;
  }
  return null;
}

/** A file is what an application begins with until it is given a server: it depends on the driver of one, and is started with one. */
function withoutFallback(named: readonly Evidence[]): readonly Evidence[] {
  const hasServer = (weight: Evidence['weight']): boolean =>
    named.some((entry) => entry.weight === weight && entry.id !== 'sqlite');
  return hasServer(weights.dependency) && hasServer(weights.container)
    ? named.filter(({ id }) => id !== 'sqlite')
    : named;
}

const ofDocuments: ReadonlySet<string> = new Set(['mongoose', 'mongoengine', 'beanie']);

/** The application depends on a mapper of tables. */
function mapsTables(evidence: readonly Evidence[]): boolean {
  return evidence.some(
    ({ category, id, weight }) => category === 'orms' && weight <= weights.dependency && !ofDocuments.has(id),
  );
}

/** People or containers name this very engine. */
function isStated(named: readonly Evidence[], id: string): boolean {
  return named.some(
    (entry) => entry.id === id && (entry.weight === weights.instructions || entry.weight === weights.container),
  );
}

/** Of the frameworks with the best evidence the first of the vocabulary: NestJS stands on Express, which is then no rival. */
function mostSpecific(facts: readonly Fact[], evidence: readonly Evidence[]): string | null {
  const best = Math.min(...evidence.filter(({ category }) => category === 'frameworks').map(({ weight }) => weight));
  const ids = new Set(
    evidence.filter(({ category, weight }) => category === 'frameworks' && weight === best).map(({ id }) => id),
  );
  const known = facts.filter(({ value }) => ids.has(value));
  return vocabulary.frameworks.find(({ id }) => known.some(({ value }) => value === id))?.id ?? facts[0]?.value ?? null;
}
