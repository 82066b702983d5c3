/** A plan, run on the embedded engine of its dialect. Never rejects: that it could not be run is an answer as well. */
import { createHash } from 'node:crypto';
import { sampleRows } from '../core/dialects/sampleRows.ts';
import type { MigrationPlan } from '../core/migrations/shared/plan.ts';
import { proofInWords, runProof } from '../proof/runProof.ts';
import type { ProofLimits } from '../proof/runProof.ts';
import type { MigrationProof } from '../protocol/migration.ts';

export async function provePlan(
  plan: MigrationPlan,
  { withoutDown = false, ...limits }: ProofLimits & { readonly withoutDown?: boolean } = {},
): Promise<MigrationProof> {
  const digest = digestOf(plan);
  const { dialect } = plan;
  if (dialect !== 'postgresql' && dialect !== 'sqlite')
    return { words: 'not executed: there is no embedded MySQL', outcome: 'no-engine', digest };
  try {
    const result = await runProof(
      {
        dialect,
        base: plan.base,
        target: plan.target,
        rows: sampleRows(plan.from, dialect).statements,
        renamedTables: renamedTables(plan),
        up: plan.up.map(({ sql }) => sql),
        down: withoutDown ? null : plan.down.map(({ sql }) => sql),
      },
      limits,
    );
    return { words: proofInWords(result), outcome: result.ok ? 'passed' : 'failed', digest };
  } catch (error) {
    return { words: error instanceof Error ? error.message : String(error), outcome: 'not-run', digest };
  }
}

/** Equal for plans that run the same statements from the same start to the same end. */
export function digestOf({ dialect, base, target, up, down }: MigrationPlan): string {
  return createHash('sha256')
    .update(JSON.stringify([dialect, base, target, up, down]))
    .digest('base64url');
}

function renamedTables({ changes, dialect }: MigrationPlan): ReadonlyMap<string, string> {
  const shown = (table: string, namespace: string | null): string =>
    dialect === 'postgresql' ? `${namespace ?? 'public'}.${table}` : table;
  return new Map(
    changes.flatMap((change) =>
      change.kind === 'renameTable'
        ? [[shown(change.table, change.namespace), shown(change.to, change.toNamespace)] as const]
        : [],
    ),
  );
}
