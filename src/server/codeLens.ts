/** One line over every entity: how large it is, and the way to its place in the diagram. */
import * as l10n from '@vscode/l10n';
import type { CodeLens } from 'vscode-languageserver/node';
import type { Table } from '../core/schema/model.ts';
import { hostCommand } from './codeActions.ts';
import { toRange } from './convert.ts';
import { columnCount, relationCount } from './counts.ts';
import type { Folder } from './folder.ts';
import { projectsOf, tableId } from './projects.ts';

export function codeLenses(folder: Folder, file: string): CodeLens[] {
  return projectsOf([folder]).flatMap(({ id, project }) =>
    project.schema.tables
      .filter((table) => table.entity !== null && table.at.file === file)
      .map((table) => ({
        range: toRange(table.at),
        command: hostCommand('dataEngineer.showDiagram', { project: id, table: tableId(table) }, title(table)),
      })),
  );
}

function title(table: Table): string {
  const { columns, relations } = table;
  return l10n.t('{0} · {1} · show in diagram', columnCount(columns.length), relationCount(relations.length));
}
