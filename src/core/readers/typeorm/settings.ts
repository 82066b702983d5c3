/** Which data source an entity belongs to, and what that makes of its names and types. */
import type { DataSource } from '../../schema/code.ts';
import type { Dialect } from '../../schema/model.ts';
import { driverOf } from './driverTypes.ts';
import type { Settings, Target } from './model.ts';
import { defaultNaming } from './naming.ts';
import type { NamingStrategy } from './naming.ts';

export interface SettingsInput {
  /** Dialect of the profile or of the project's settings; null = not known there. */
  readonly dialect: Dialect | null;
  readonly dataSources: readonly DataSource[];
  /** TypeORM 0.x. */
  readonly legacy: boolean;
  /** The strategy a data source names; null = it names none. */
  readonly namingOf: (dataSource: DataSource) => NamingStrategy | null;
}

export function settingsFor(input: SettingsInput): (target: Target) => Settings {
  const sources = input.dataSources.toSorted((a, b) => rank(a) - rank(b));
  const known = new Map<DataSource | null, Settings>();

  function settingsOf(source: DataSource | null): Settings {
    let settings = known.get(source);
    if (!settings) {
      // A profile speaks of the project's one database; several data sources know better, each for itself.
      const dialect =
        distinctDialects(sources) > 1 ? (source?.dialect ?? input.dialect) : (input.dialect ?? source?.dialect ?? null);
      settings = {
        driver: driverOf(dialect),
        naming: (source && input.namingOf(source)) ?? defaultNaming(input.legacy),
        legacy: input.legacy,
        entityPrefix: source?.entityPrefix ?? null,
        schema: source?.namespace ?? null,
      };
      known.set(source, settings);
    }
    return settings;
  }

  // Settings are often spread over files (options here, a CLI data source there): what one leaves out another states.
  const [first = null] = sources;
  const common = sources.length > 0 && distinctDialects(sources) <= 1 ? merged(sources) : first;
  return (target) => {
    if (distinctDialects(sources) <= 1) return settingsOf(common);
    return settingsOf(sources.find((source) => lists(source, target)) ?? common);
  };
}

function distinctDialects(sources: readonly DataSource[]): number {
  return new Set(sources.map((source) => source.dialect).filter((dialect) => dialect !== null)).size;
}

function merged(sources: readonly DataSource[]): DataSource | null {
  const [first] = sources;
  if (!first) return null;
  const pick = <K extends keyof DataSource>(key: K): DataSource[K] =>
    sources.find((source) => source[key] !== null)?.[key] ?? first[key];
  return {
    ...first,
    dialect: pick('dialect'),
    namingStrategy: pick('namingStrategy'),
    entityPrefix: pick('entityPrefix'),
    namespace: pick('namespace'),
  };
}

/** Sources of tests and scripts come last. */
function rank(source: DataSource): number {
  return /(?:^|\/)(?:tests?|e2e|__tests__|spec|fixtures?|mocks?|scripts?|seeds?)\//i.test(source.at.file) ? 1 : 0;
}

/** By class name, or by a glob such as `src/orders/**\/*.entity{.ts,.js}`. */
function lists(source: DataSource, target: Target): boolean {
  return source.entities.some((entry) => {
    if (/^[A-Za-z_$][\w$]*$/.test(entry)) return entry === target.name;
    const folder =
      entry
        .replace(/\\/g, '/')
        .replace(/^.*?(?=src\/|\w+\/)/, '')
        .split(/[*{]/)[0] ?? '';
    return folder !== '' && target.file.includes(folder.replace(/^(?:dist|build|out)\//, ''));
  });
}
