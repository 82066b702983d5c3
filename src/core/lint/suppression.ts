import type { FileFacts } from '../schema/code.ts';
import type { Suppression } from '../schema/suppression.ts';
import type { Schema } from '../schema/model.ts';
import type { Finding, Report } from './rule.ts';

/** An entry of `suppressions` in `.data-engineer.json`. */
export interface ProjectSuppression {
  /** Rule id or code; `*` = every rule. */
  readonly rule: string;
  /** Physical name, `namespace.name` or entity; absent = every table. */
  readonly table?: string;
  readonly reason?: string;
}

/** Whether a comment in the file or the project's settings switch this finding off. */
export function isSuppressed(
  finding: Finding,
  report: Report,
  file: FileFacts | undefined,
  /** Where suppressions of the project's settings count; null = there are none. */
  project: {
    readonly schema: Schema;
    readonly settings: { readonly suppressions: readonly ProjectSuppression[] };
  } | null,
): boolean {
  return (
    isSuppressedByComment(finding, file?.suppressions ?? []) ||
    (project?.settings.suppressions.some(
      ({ rule, table }) =>
        isNamed(rule, finding) && (table === undefined || isTable(table, report.table, project.schema)),
    ) ??
      false)
  );
}

export function isSuppressedByComment(finding: Finding, comments: readonly Suppression[]): boolean {
  return comments.some(
    ({ line, endLine, rules }) =>
      line <= finding.range.line &&
      finding.range.line <= endLine &&
      (rules === 'all' || rules.some((rule) => isNamed(rule, finding))),
  );
}

function isNamed(rule: string, finding: Finding): boolean {
  return rule === '*' || rule.toLowerCase() === finding.rule || rule.toLowerCase() === finding.code.toLowerCase();
}

function isTable(wanted: string, name: string | null, schema: Schema): boolean {
  if (name === null) return false;
  if (wanted === name) return true;
  return schema.tables.some(
    (table) =>
      (table.name === name || `${table.namespace ?? ''}.${table.name}` === name) &&
      [table.entity, table.name, `${table.namespace ?? ''}.${table.name}`].includes(wanted),
  );
}
