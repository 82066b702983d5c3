import type { ProjectFiles } from '../generator.ts';

/** What `package.json` says the project has. */
export interface Manifest {
  /** Among the dependencies of any kind. */
  has(name: string): boolean;
  /** Version range as written; null = not among the dependencies. */
  range(name: string): string | null;
  /** The package is an ES module. */
  readonly esm: boolean;
}

export function readManifest(files: ProjectFiles): Manifest {
  const json = parse(files.read('package.json'));
  const ranges = new Map(
    ['peerDependencies', 'devDependencies', 'dependencies'].flatMap((kind) => Object.entries(objectOf(json[kind]))),
  );
  const range = (name: string): string | null => {
    const found = ranges.get(name);
    return typeof found === 'string' ? found : null;
  };
  return { has: (name) => range(name) !== null, range, esm: json.type === 'module' };
}

/** Half-typed manifests state nothing. */
function parse(text: string | null): Readonly<Record<string, unknown>> {
  try {
    return objectOf(JSON.parse(text ?? '{}'));
  } catch {
    return {};
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
