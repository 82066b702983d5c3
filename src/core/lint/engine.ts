import { purposeOf } from '../schema/filePurpose.ts';
import { memoize } from '../schema/memo.ts';
import type { Lookups } from '../schema/memo.ts';
import type { FileFacts } from '../schema/code.ts';
import type { Dialect, Schema } from '../schema/model.ts';
import type { Profile } from '../profile/profile.ts';
import { recentMigrations, reportsOnCode } from './codeRules.ts';
import { findTableOf } from './findTable.ts';
import { withUnmanagedTables } from './madeElsewhere.ts';
import { withMigratedIndexes } from './migratedIndexes.ts';
import { rules } from './registry.ts';
import type { Finding, Report, Reported, Rule, RuleContext, RuleSetting } from './rule.ts';
import { isSuppressed, isSuppressedByComment } from './suppression.ts';
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
 * over what a rule itself says. In tests, seeds and migrations a finding counts one step less: what would be an error or a warning
 * is information, and mere information is left out; migrations that are not among the newest have run, and nothing that their code
 * does is reported. So are suppressed findings, and those that no source stands for.
 */
export function lintProject(
  given: LintedProject,
  severities: Readonly<Record<string, RuleSetting>> = {},
  selected: readonly Rule[] = rules,
): readonly Finding[] {
  const project: LintedProject = { ...given, schema: withMigratedIndexes(withUnmanagedTables(given.schema)) };
  const files = new Map(project.schema.code.files.map((file) => [file.file, file]));
  const table = findTableOf(project.schema);
  const settings = new Map(
    selected.map((rule) => [
      rule.id,
      settingOf(rule, project.settings.rules) ?? settingOf(rule, severities) ?? (rule.optIn ? 'off' : undefined),
    ]),
  );
  const isRecent = recentMigrations(project.schema.code);
  const look: Look = {
    setting: (id) => settings.get(id),
    isRecent,
    file: (path) => files.get(path),
    project: () => project.root,
    // A suppression by table may come to mean another one with any change of the schema.
    instructions: () => project.profile.suppressions,
    suppressions: () => (project.settings.suppressions.length > 0 ? project : null),
  };
  const kept = [
    ...reportsOnTables(project, { table }, selected),
    ...reportsOnCode(project, { table, isRecent }, selected),
  ];
  const other = reportsOnWhole(
    project,
    { schema: project.schema, profile: project.profile, dialect: project.dialect, table },
    selected,
  );
  const found = [...kept, other].flatMap((reported) => (reported.length === 0 ? [] : findingsOf(reported, look)));
  return withoutTwins(inOrder(found, files.keys()), files);
}

/** Engines as the names of scripts have them: `2.7.1-upgrade-mysql.sql` beside `2.7.1-upgrade-pg.sql`. */
const engineInName =
  /[-_.](?:pg|postgres(?:ql)?|mysql|mariadb|oracle|ora|mssql|sqlserver|sqlite3?|h2|db2|dm8?|ob|oceanbase|og|opengauss|kingbase(?:es|8)?)(?=[-_.])/iu;

/** Written for each engine, in a folder or file of its own, a migration is one all the same: what is to be said of all is said of the first. */
function withoutTwins(findings: readonly Finding[], files: ReadonlyMap<string, FileFacts>): readonly Finding[] {
  const told = new Map<string, string>();
  return findings.filter(({ file, rule, message }) => {
    if (files.get(file)?.migration === undefined) return true;
    // Prisma's are all called the same, each in a folder of its own.
    const path = file.replace(/\/migration\.sql$/u, '');
    const slash = path.lastIndexOf('/');
    // Migrations begin with when they were made, which differs by what it took to make the next.
    const name = path.slice(slash + 1).replace(/^\d{8,17}_/u, '');
    const plain = name.replace(engineInName, '');
    const key = [rule, plain, message].join('\n');
    const place = plain === name ? path.slice(0, slash) : path;
    const first = told.get(key);
    if (first === undefined) told.set(key, place);
    return first === undefined || first === place;
  });
}

/** What the rules report that look at the schema or the profile as a whole. Rules on changes run where a migration is read. */
function reportsOnWhole(project: LintedProject, context: RuleContext, selected: readonly Rule[]): readonly Reported[] {
  const found: Reported[] = [];
  for (const rule of selected) {
    const report = (each: Report): number => found.push({ rule, report: each });
    if (rule.on === 'profile') rule.check(project.profile, context, report);
    if (rule.on === 'schema') for (const table of project.schema.tables) rule.check(table, context, report);
  }
  return found;
}

function settingOf(rule: Rule, settings: Readonly<Record<string, RuleSetting>>): RuleSetting | undefined {
  if (Object.hasOwn(settings, rule.id)) return settings[rule.id];
  return Object.hasOwn(settings, rule.code) ? settings[rule.code] : undefined;
}

interface Look extends Lookups {
  /** By the rule's id. */
  readonly setting: (id: string) => RuleSetting | undefined;
  readonly file: (path: string) => FileFacts | undefined;
  /** The migration is among the newest: what is older has run. */
  readonly isRecent: (path: string) => boolean;
  /** Root of the project. */
  readonly project: () => string;
  /** Comments in instructions, which no reader reads. */
  readonly instructions: () => Profile['suppressions'];
  /** The project, where it suppresses anything by its settings. */
  readonly suppressions: () => LintedProject | null;
}

/** A Prisma schema that documents, shows, or is filled in for others: no database is made of it here. (Scripts in `docs` often are the schema.) */
function isForReading(path: string): boolean {
  return /(?:^|\/)(?:docs?|documentation|examples?|samples?|templates?|__fixtures__)\/(?:.*\/)?[^/]+\.prisma$/iu.test(
    path,
  );
}

/** The same findings for the same reports, so that whoever tells findings sees which are new, and a keystroke makes few. */
const findingsOf = memoize((reported: readonly Reported[], look: Look): readonly Finding[] =>
  reported.flatMap(({ rule, report }): readonly Finding[] => {
    const setting = look.setting(rule.id);
    if (setting === 'off' || report.at.file === '' || (rule.on === 'table' && isForReading(report.at.file))) return [];
    const file = look.file(report.at.file);
    const full =
      (file?.purpose ?? purposeOf(report.at.file)) === 'application' ||
      (rule.aboutMigrations === true && file?.migration !== undefined && file.purpose !== 'test');
    // What the code of an older migration does it has done; tables may stand in one for ever.
    const ofCode = rule.on === 'file' || rule.on === 'query';
    if (ofCode && file?.migration !== undefined && !look.isRecent(file.file)) return [];
    const severity = setting ?? report.severity ?? rule.severity;
    if (!full && severity === 'info') return [];
    const suppressing = look.suppressions();
    const finding: Finding = {
      rule: rule.id,
      code: rule.code,
      severity: full ? severity : 'info',
      message: report.message,
      file: report.at.file,
      range: report.at,
      project: look.project(),
      table: report.table,
      evidence: report.evidence,
      fixes: report.fixes,
    };
    const inInstructions = report.at.file.endsWith('.md')
      ? look.instructions().flatMap(({ file: path, suppression }) => (path === report.at.file ? [suppression] : []))
      : [];
    return isSuppressedByComment(finding, inInstructions) || isSuppressed(finding, report, file, suppressing)
      ? []
      : [finding];
  }),
);

/**
 * Sorted, equal ones once. Most files are in order already (`sorted`), so that only the findings of each are compared: whole paths
 * would cost most of a keystroke.
 */
function inOrder(findings: readonly Finding[], sorted: Iterable<string>): readonly Finding[] {
  const byFile = new Map<string, Finding[]>();
  for (const finding of findings) {
    const list = byFile.get(finding.file);
    if (list) list.push(finding);
    else byFile.set(finding.file, [finding]);
  }
  const files = new Set([...sorted].filter((file) => byFile.has(file)));
  const inPlace = files.size;
  for (const file of byFile.keys()) files.add(file);
  const order = files.size === inPlace ? [...files] : [...files].sort(compareText);
  return order.flatMap((file) => {
    const list = (byFile.get(file) ?? []).sort(compareWithin);
    return list.filter((finding, at) => {
      const before = list[at - 1];
      return before === undefined || compareWithin(before, finding) !== 0;
    });
  });
}

/** Order of findings everywhere: file, line, column, rule, message; by code units, so that it hangs on no locale. */
export function compareFindings(a: Finding, b: Finding): number {
  return compareText(a.file, b.file) || compareWithin(a, b);
}

/** Of one file. */
function compareWithin(a: Finding, b: Finding): number {
  return (
    a.range.line - b.range.line ||
    a.range.column - b.range.column ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
