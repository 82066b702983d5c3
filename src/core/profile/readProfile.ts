import type { DataSource } from '../schema/code.ts';
import type { Problem } from '../schema/source.ts';
import type { Profile, ProfileSource } from './profile.ts';

export interface ProfileResult {
  readonly profile: Profile;
  readonly problems: readonly Problem[];
}

/** Files the profile is read from, wherever they lie in a project: instructions and manifests. */
export function isProfileFile(path: string): boolean {
  return /(?:^|\/)(?:copilot\.instructions\.md|\.github\/copilot-instructions\.md|AGENTS\.md|package\.json)$/u.test(
    path,
  );
}

export function readProfile(sources: readonly ProfileSource[], dataSources: readonly DataSource[]): ProfileResult {
  void sources;
  return {
    profile: {
      language: null,
      framework: null,
      orms: [],
      databases: [],
      domains: [],
      compliance: [],
      testFrameworks: [],
      dialect: dataSources.find(({ dialect }) => dialect !== null)?.dialect ?? null,
      facts: {
        languages: [],
        frameworks: [],
        orms: [],
        databases: [],
        domains: [],
        compliance: [],
        testFrameworks: [],
        requirements: [],
        integrations: [],
      },
    },
    problems: [],
  };
}
