import { LineIndex } from '../syntax/lineIndex.ts';
import type { Problem } from '../schema/source.ts';
import { catalogueDependencies, readDependencies } from './dependencies.ts';
import { domains } from './domains/registry.ts';
import { weights } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import type { ProfileSource } from './profile.ts';
import { providedBy } from './packages.ts';
import type { TechnologyCategory } from './vocabulary.ts';

/** Sections of a `package.json`; what only development needs says less about the application. */
const sections = [
  ['dependencies', weights.dependency],
  ['optionalDependencies', weights.dependency],
  ['peerDependencies', weights.development],
  ['devDependencies', weights.development],
] as const;

/** Categories whose packages always stand in `devDependencies`, so that standing there proves nothing against them. */
const developmentCategories: ReadonlySet<TechnologyCategory> = new Set(['languages', 'testFrameworks']);

export function readManifest(source: ProfileSource): {
  readonly evidence: readonly Evidence[];
  readonly problems: readonly Problem[];
} {
  const lines = new LineIndex(source.file, source.text);
  let manifest: unknown;
  try {
    manifest = JSON.parse(source.text.replace(/^\uFEFF/u, ''));
  } catch (error) {
    return { evidence: [], problems: [unreadable(source, lines, error)] };
  }
  if (!isRecord(manifest)) return { evidence: [], problems: [] };
  const evidence: Evidence[] = [];
  for (const [section, weight] of sections) {
    const names = manifest[section];
    if (!isRecord(names)) continue;
    const from = Math.max(source.text.search(new RegExp(`"${section}"\\s*:`, 'u')), 0);
    for (const name of Object.keys(names)) {
      const found = source.text.indexOf(JSON.stringify(name), from);
      const at = found < 0 ? lines.range(0, 0) : lines.range(found, found + name.length + 2);
      for (const [category, { id }] of providedBy(name))
        evidence.push({ category, id, weight: developmentCategories.has(category) ? weights.dependency : weight, at });
    }
  }
  evidence.push(...described(manifest, source, lines), {
    category: 'languages',
    id: 'javascript',
    weight: weights.development,
    at: lines.range(0, 0),
  });
  return { evidence, problems: [] };
}

/** The same of Python, Java and .NET. */
export function readDependencyEvidence(
  { file, text }: ProfileSource,
  catalogues: readonly ProfileSource[] = [],
): readonly Evidence[] {
  const read = readDependencies(file, text);
  if (!read) return [];
  const lines = new LineIndex(file, text);
  const named = /\.gradle(?:\.kts)?$/u.test(file)
    ? catalogues.flatMap((catalogue) => catalogueDependencies(text, catalogue.text))
    : [];
  return [
    ...[...read.dependencies, ...named].flatMap(({ name, start, end, development }) =>
      providedBy(name).map(([category, { id }]): Evidence => {
        const needed = development && !developmentCategories.has(category) ? weights.development : weights.dependency;
        return { category, id, weight: needed, at: lines.range(start, end) };
      }),
    ),
    ...describedInToml(file, text, lines),
    { category: 'languages', id: read.language, weight: weights.development, at: lines.range(0, 0) },
  ];
}

/** Of a `pyproject.toml`, by PEP 621 or Poetry: the same, on a line of its own. */
function describedInToml(file: string, text: string, lines: LineIndex): readonly Evidence[] {
  if (!/(?:^|\/)pyproject\.toml$/u.test(file)) return [];
  return [...text.matchAll(/^(?:description|keywords)[ \t]*=[ \t]*(?=["'[])([^\n]{1,2000})/gmu)].flatMap((match) => {
    // Tools describe their tasks.
    const header = [...text.slice(0, match.index).matchAll(/^\[+([^\]\n]{1,200})\]/gmu)].at(-1)?.[1];
    return header === 'project' || header === 'tool.poetry'
      ? domainsNamed(match[1] ?? '', lines.range(match.index, match.index))
      : [];
  });
}

/** A domain named in the description or the keywords. */
function described(
  manifest: Readonly<Record<string, unknown>>,
  source: ProfileSource,
  lines: LineIndex,
): readonly Evidence[] {
  const { description, keywords } = manifest;
  const text = [description, ...(Array.isArray(keywords) ? (keywords as unknown[]) : [])]
    .filter((part) => typeof part === 'string')
    .join(' | ');
  const at = lines.range(
    Math.max(source.text.search(/"(?:description|keywords)"/u), 0),
    Math.max(source.text.search(/"(?:description|keywords)"/u), 0),
  );
  return domainsNamed(text, at);
}

function domainsNamed(given: string, at: Evidence['at']): readonly Evidence[] {
  const text = given.toLowerCase();
  return domains
    .filter(({ names }) =>
      // Making such an expression takes a millisecond, and there are a hundred names.
      names.some(
        (name) => text.includes(name) && new RegExp(`(?<![\\p{L}\\p{N}])${name}(?![\\p{L}\\p{N}])`, 'u').test(text),
      ),
    )
    .map(({ id }) => ({ category: 'domains', id, weight: weights.dependency, at }));
}

function unreadable(source: ProfileSource, lines: LineIndex, error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  const position = Number(/position (\d+)/u.exec(reason)?.[1] ?? 0);
  return {
    code: 'manifest-not-readable',
    message: `${source.file} is not valid JSON, so the project's dependencies are not known: ${reason}. Correct the file.`,
    severity: 'warning',
    at: lines.range(position, position),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
