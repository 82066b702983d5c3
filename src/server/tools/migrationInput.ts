/** What the three tools about migrations have in common: their parameters, and the plan they rest on. */
import type { Comparable, Rename } from '../../core/diff/diff.ts';
import { parseRename, renderRename } from '../../core/diff/renames.ts';
import type { MigrationPlan } from '../../core/migrations/shared/plan.ts';
import { planOf } from '../migrationRequests.ts';
import type { Planned } from '../migrationRequests.ts';
import { migrationNamePattern } from '../migration.ts';
import { rootOf, selectOneProject } from './select.ts';
import { ToolError } from './tool.ts';
import type { Json, JsonObject, PropertySchema, ToolContext } from './tool.ts';

export interface MigrationInput {
  readonly from: string;
  readonly project?: string;
  readonly name?: string;
  readonly format?: 'typeorm' | 'sql';
  readonly renames?: readonly string[];
  readonly fills?: readonly string[];
}

export const fromParameter: PropertySchema = {
  type: 'string',
  description:
    'What the entities are compared with: "migrations" (what the migrations of the project build) or "git:<ref>" (the entities of a branch, tag or commit, e.g. "git:main").',
  default: 'migrations',
  minLength: 1,
  maxLength: 200,
};

export const renamesParameter: PropertySchema = {
  type: 'array',
  description:
    'Renames that the user has confirmed: "orders.client=customer" for a column, "clients=customers" for a table. Everything else is a drop and an add, which loses the values. Do not guess: ask.',
  items: { type: 'string', minLength: 3, maxLength: 300 },
  minItems: 1,
  maxItems: 100,
};

export const fillsParameter: PropertySchema = {
  type: 'array',
  description:
    'SQL values for required columns that rows of today have no value for: "orders.note=\'none\'". They are filled in before the column is required.',
  items: { type: 'string', minLength: 3, maxLength: 1000 },
  minItems: 1,
  maxItems: 100,
};

/** @throws ToolError for what the model can mend */
export async function planned(
  input: MigrationInput,
  context: ToolContext,
): Promise<Planned & { readonly root: string; readonly hide: <T extends Json | undefined>(value: T) => T }> {
  const entry = selectOneProject(context, input.project);
  if (input.name !== undefined && !migrationNamePattern.test(input.name))
    throw new ToolError(`"name" is the name of the migration as a class has it (AddOrders), not "${input.name}".`);
  if (!entry.origin) throw new ToolError('Migrations cannot be planned here: the project lies in no folder on disk.');
  const answer = await planOf(
    entry.origin.entry,
    {
      from: input.from,
      name: input.name ?? null,
      format: input.format ?? 'typeorm',
      renames: (input.renames ?? []).map(renameOf),
      fills: Object.fromEntries((input.fills ?? []).map(fillOf)),
    },
    entry.origin.setting,
  );
  if (typeof answer === 'string') throw new ToolError(answer);
  return { ...answer, root: rootOf(entry), hide: hiding(secretsOf(answer.planned.plan, entry.project.schema)) };
}

/** Defaults of columns that hold secrets, as they stand in the entities and in the migrations. */
function secretsOf(plan: MigrationPlan, schema: Comparable): string[] {
  const secret = new Set(
    schema.tables.flatMap((table) =>
      table.columns
        .filter(({ classification }) => classification?.kind === 'secret')
        .map(({ name }) => `${table.name}.${name}`),
    ),
  );
  const literals = [...schema.tables, ...plan.from.tables].flatMap((table) =>
    table.columns.flatMap(({ name, default: text }) => (secret.has(`${table.name}.${name}`) ? (text ?? []) : [])),
  );
  return [...new Set(literals.map((text) => text.replace(/^'|'$/g, '')))].filter((text) => text.length > 3);
}

function hiding(secrets: readonly string[]) {
  return function hide<T extends Json | undefined>(value: T): T {
    if (typeof value === 'string')
      return secrets.reduce<string>((text, secret) => text.replaceAll(secret, '***'), value) as T;
    if (Array.isArray(value)) return value.map((each: Json) => hide(each)) as unknown as T;
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, hide(each)])) as T;
  };
}

function renameOf(text: string): Rename {
  const rename = parseRename(text);
  if (!rename) throw new ToolError(`"${text}" is no rename: write "table.column=column" or "table=table".`);
  return rename;
}

function fillOf(text: string): readonly [string, string] {
  const match = /^\s*([^.=\s]+\.[^.=\s]+)\s*=\s*(.+)$/s.exec(text);
  if (!match) throw new ToolError(`"${text}" is no value: write "table.column=value", the value as SQL has it.`);
  return [match[1] ?? '', match[2] ?? ''];
}

/** What is asked of the user before such a migration is written. */
export function openQuestions({ planned: { plan } }: Planned): JsonObject {
  return {
    ...(plan.candidates.length === 0
      ? {}
      : {
          possibleRenames: plan.candidates.map(({ rename, reason }) => ({ rename: renderRename(rename), reason })),
        }),
    ...(plan.needed.length === 0
      ? {}
      : {
          needsValues: plan.needed.map(({ column, type, why, suggestion }) => ({ column, type, why, suggestion })),
        }),
    ...(plan.losses.length === 0 ? {} : { losesData: plan.losses }),
  };
}

/** Places of migrations that could not be followed. */
export function notFollowed({ notes }: Planned): JsonObject {
  return notes.length === 0 ? {} : { notFollowed: notes };
}
