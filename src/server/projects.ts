/** Projects of all folders, with the ids and labels under which the host knows them. */
import type { Finding, Severity } from '../core/lint/rule.ts';
import type { Table } from '../core/schema/model.ts';
import type { Project } from '../core/workspace/snapshot.ts';
import type { ProjectSummary, StatusSummary } from '../protocol/server.ts';
import type { Folder } from './folder.ts';
import { allProblems } from './diagnostics.ts';
import { fileUri } from './convert.ts';

export interface FolderProject {
  readonly id: string;
  readonly label: string;
  readonly folder: Folder;
  readonly project: Project;
  readonly findings: readonly Finding[];
}

export function projectsOf(folders: readonly Folder[]): FolderProject[] {
  return folders.flatMap((folder) =>
    (folder.analysis?.snapshot.projects ?? []).map((project) => ({
      id: fileUri(folder.directory, project.root),
      label: [...(folders.length > 1 || project.root === '' ? [folder.name] : []), project.root]
        .filter((part) => part !== '')
        .join('/'),
      folder,
      project,
      findings: (folder.analysis?.findings ?? []).filter((finding) => finding.project === project.root),
    })),
  );
}

export function tableId(table: Pick<Table, 'name' | 'namespace'>): string {
  return table.namespace === null ? table.name : `${table.namespace}.${table.name}`;
}

export function summarize(entry: FolderProject): ProjectSummary {
  const { tables } = entry.project.schema;
  return {
    id: entry.id,
    label: entry.label,
    tables: tables.length,
    relations: tables.reduce((sum, table) => sum + table.foreignKeys.length, 0),
  };
}

export function statusOf(folders: readonly Folder[], version: number): StatusSummary {
  const analyses = folders.flatMap((folder) => folder.analysis ?? []);
  const findings = analyses.flatMap((analysis) => analysis.findings);
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  return {
    projects: projectsOf(folders).map(summarize),
    findings: { error: count('error'), warning: count('warning'), info: count('info') },
    problems: analyses.reduce((sum, analysis) => sum + allProblems(analysis).length, 0),
    version,
    analyzing: folders.some((folder) => !folder.tried),
  };
}

/** The gravest of some findings; null = none. */
export function worst(findings: readonly Finding[]): Severity | null {
  const order: readonly Severity[] = ['error', 'warning', 'info'];
  return order.find((severity) => findings.some((finding) => finding.severity === severity)) ?? null;
}
