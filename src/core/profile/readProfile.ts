import type { DataSource } from '../schema/code.ts';
import type { Dialect } from '../schema/model.ts';
import type { Problem } from '../schema/source.ts';
import { readCompose } from './containers.ts';
import { weights } from './evidence.ts';
import type { Evidence, EvidenceCategory } from './evidence.ts';
import { readInstructions } from './instructions.ts';
import { isDependencyManifest } from './dependencies.ts';
import { readDependencyEvidence, readManifest } from './manifest.ts';
import type { Fact, Profile, ProfileSource } from './profile.ts';
import { vocabulary } from './vocabulary.ts';

export interface ProfileResult {
  readonly profile: Profile;
  readonly problems: readonly Problem[];
}

const instructions = /(?:^|\/)(?:copilot\.instructions\.md|\.github\/copilot-instructions\.md|AGENTS\.md)$/u;
const compose = /(?:^|\/)(?:docker-)?compose(?:\.[\w.-]+)?\.ya?ml$/u;
const manifest = /(?:^|\/)package\.json$/u;

/** Files a profile is read from, wherever they lie in a project: instructions, manifests and compose files. */
export function isProfileFile(path: string): boolean {
  return instructions.test(path) || manifest.test(path) || compose.test(path) || isDependencyManifest(path);
}

/**
 * The profile of a project, from its files and the data sources in its code. Contradictions stay visible in `facts`, the most reliable
 * first: data source, run-time dependency, container, instructions, what only development uses. What the instructions reject
 * ("we do not use MongoDB") is no fact unless something else proves it. Never throws; sources of other kinds are passed over.
 */
export function readProfile(sources: readonly ProfileSource[], dataSources: readonly DataSource[]): ProfileResult {
  const evidence: Evidence[] = dataSources.flatMap(({ dialect, at }) =>
    dialect === null
      ? []
      : [{ category: 'databases' as const, id: databaseOf(dialect), weight: dataSourceWeight(at.file), at }],
  );
  const problems: Problem[] = [];
  for (const source of sources) {
    if (manifest.test(source.file)) {
      const read = readManifest(source);
      evidence.push(...read.evidence);
      problems.push(...read.problems);
    } else if (isDependencyManifest(source.file)) evidence.push(...readDependencyEvidence(source));
    else if (compose.test(source.file)) evidence.push(...readCompose(source));
    else if (instructions.test(source.file)) evidence.push(...readInstructions(source));
  }
  const facts = {
    languages: factsOf(evidence, 'languages'),
    frameworks: factsOf(evidence, 'frameworks'),
    orms: factsOf(evidence, 'orms'),
    databases: factsOf(evidence, 'databases'),
    domains: factsOf(evidence, 'domains'),
    compliance: factsOf(evidence, 'compliance'),
    testFrameworks: factsOf(evidence, 'testFrameworks'),
    requirements: factsOf(evidence, 'requirements'),
    integrations: factsOf(evidence, 'integrations'),
  };
  const database = decideDatabase(evidence);
  const databases = values(facts.databases);
  return {
    profile: {
      language: facts.languages[0]?.value ?? null,
      framework: mostSpecific(facts.frameworks, evidence),
      orms: values(facts.orms),
      databases: database === null ? databases : [database, ...databases.filter((id) => id !== database)],
      domains: values(facts.domains),
      compliance: values(facts.compliance),
      testFrameworks: values(facts.testFrameworks),
      dialect: vocabulary.databases.find(({ id }) => id === database)?.dialect ?? null,
      facts,
    },
    problems,
  };
}

/** A data source in a test says what the tests run on. */
function dataSourceWeight(file: string): Evidence['weight'] {
  return /(?:^|\/)(?:tests?|__tests__|e2e|fixtures?|mocks?)\/|\.(?:spec|test|e2e)\.\w+$/u.test(file)
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
    .map(({ id, at }) => ({ value: id, at }));
}

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
  const named = evidence.filter(({ category }) => category === 'databases');
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
