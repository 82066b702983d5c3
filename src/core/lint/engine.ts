import { memoize } from '../schema/memo.ts';
import type { Lookups } from '../schema/memo.ts';
import type { Dialect, Schema, Table } from '../schema/model.ts';
import type { Profile } from '../profile/profile.ts';
import { reportsOnCode } from './codeRules.ts';
import { rules } from './registry.ts';
import type { Finding, Report, Rule, RuleContext, RuleSetting } from './rule.ts';
import { isSuppressed } from './suppression.ts';
import { reportsOnTables } from './tableRules.ts';
import type { ProjectSuppression } from './suppression.ts';

/** What is checked: a project of the workspace's snapshot fits. */
export interface LintedProject {
  readonly root: string;
  readonly dialect: Dialect | null;
  readonly profile: Profile;
  readonly schema: Schema;
  readonly settings: {
    readonly rules: Readonly<Record<string, RuleSetting>>;
    readonly suppressions: readonly ProjectSuppression[];
  };
}

/**
 * Findings of one project, sorted by file, line, column and rule; equal ones appear once.
 *
 * `severities` (rule id or code → severity or `off`) are the editor's settings; those of the project win over them, and both win
 * over what a rule itself says. Findings in tests, seeds and migrations are information at most. Suppressed findings are left out.
 */
export function lintProject(
  project: LintedProject,
  severities: Readonly<Record<string, RuleSetting>> = {},
  selected: readonly Rule[] = rules,
): readonly Finding[] {
  const files = new Map(project.schema.code.files.map((file) => [file.file, file]));
  const context = contextOf(project);
  const kept = [reportsOnTables(project, context, selected), reportsOnCode(project, context, selected)];
  const findings = new Map<string, Finding>();
  for (const rule of selected) {
    const setting = settingOf(rule, project.settings.rules) ?? settingOf(rule, severities);
    if (setting === 'off') continue;
    run(rule, project, context, kept, (report) => {
      const file = files.get(report.at.file);
      const { finding, identity } = findingOf(report, {
        rule: () => rule,
        setting: () => setting,
        isApplication: () => file === undefined || file.purpose === 'application',
        project: () => project.root,
      });
      if (!isSuppressed(finding, report, file, project.schema, project.settings.suppressions))
        findings.set(identity, finding);
    });
  }
  return [...findings.values()].sort(compareFindings);
}

function run(
  rule: Rule,
  project: LintedProject,
  context: RuleContext,
  kept: readonly ReadonlyMap<Rule, readonly Report[]>[],
  report: (report: Report) => void,
): void {
  switch (rule.on) {
    case 'schema':
      for (const table of project.schema.tables) rule.check(table, context, report);
      break;
    case 'table':
    case 'query':
    case 'file':
      for (const reports of kept) for (const each of reports.get(rule) ?? []) report(each);
      break;
    case 'profile':
      rule.check(project.profile, context, report);
      break;
    case 'change':
      break; // a snapshot holds no changes: these rules run where a migration is read
  }
}

function contextOf({ schema, profile, dialect }: LintedProject): RuleContext {
  const tables = new Map<string, Table>();
  for (const table of schema.tables) tables.set(tableKey(table.name, table.namespace), table);
  return { schema, profile, dialect, table: (name, namespace) => tables.get(tableKey(name, namespace)) };
}

function tableKey(name: string, namespace: string | null): string {
  return `${namespace ?? ''}\0${name}`;
}

function settingOf(rule: Rule, settings: Readonly<Record<string, RuleSetting>>): RuleSetting | undefined {
  if (Object.hasOwn(settings, rule.id)) return settings[rule.id];
  return Object.hasOwn(settings, rule.code) ? settings[rule.code] : undefined;
}

interface Look extends Lookups {
  readonly rule: () => Rule;
  readonly setting: () => Exclude<RuleSetting, 'off'> | undefined;
  readonly isApplication: () => boolean;
  /** Root of the project. */
  readonly project: () => string;
}

/** The same finding for the same report, so that whoever tells findings sees which are new. */
const findingOf = memoize((report: Report, look: Look): { readonly finding: Finding; readonly identity: string } => {
  const rule = look.rule();
  const severity = look.setting() ?? report.severity ?? rule.severity;
  const finding: Finding = {
    rule: rule.id,
    code: rule.code,
    severity: look.isApplication() ? severity : 'info',
    message: report.message,
    file: report.at.file,
    range: report.at,
    project: look.project(),
    table: report.table,
    evidence: report.evidence,
    fixes: report.fixes,
  };
  const { file, line, column } = report.at;
  return { finding, identity: JSON.stringify([rule.id, report.message, file, line, column]) };
});

/** Order of findings everywhere: file, line, column, rule, message; by code units, so that it hangs on no locale. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.file, b.file) ||
    a.range.line - b.range.line ||
    a.range.column - b.range.column ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
