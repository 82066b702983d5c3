import type { LintedProject } from '../../src/core/lint/engine.ts';
import { readProfile } from '../../src/core/profile/readProfile.ts';
import type { Dialect, Table } from '../../src/core/schema/model.ts';
import type { Problem } from '../../src/core/schema/source.ts';

/** A project of these tables and nothing else. */
export function aProject(
  tables: readonly Table[],
  dialect: Dialect | null,
  problems: readonly Problem[] = [],
): LintedProject {
  return {
    root: '',
    dialect,
    profile: readProfile([], []).profile,
    schema: { tables, enums: [], code: { files: [] }, problems },
    settings: { rules: {}, suppressions: [] },
  };
}
