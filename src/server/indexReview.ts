/** The review of the indexes as rows of a tree, and the edits that follow it. */
import * as l10n from '@vscode/l10n';
import { adviseIndexes } from '../core/lint/advisor/advise.ts';
import type { TableAdvice } from '../core/lint/advisor/advise.ts';
import type { IndexProposal } from '../core/lint/advisor/propose.ts';
import { describePath } from '../core/lint/wording.ts';
import type { Fix } from '../core/lint/rule.ts';
import { plainIndex } from '../core/schema/plainIndex.ts';
import type { Change } from '../core/schema/change.ts';
import type { Index, Table } from '../core/schema/model.ts';
import type { SourceRange } from '../core/schema/source.ts';
import type { IndexEdits, IndexRow } from '../protocol/indexes.ts';
import { fileUri, located, toTextEdits } from './convert.ts';
import type { FolderProject } from './projects.ts';
import { tableId } from './projects.ts';

/** Ids hold names of the user's, so the separator is a character that none can hold. */
const separator = '\u0000';

interface Made {
  readonly row: IndexRow;
  readonly fix: { readonly table: Table; readonly change: Change; readonly title: string } | null;
}

/** Tables with most call sites first; a level of projects only where there are several with something to say. */
export function indexRows(projects: readonly FolderProject[]): readonly IndexRow[] {
  const rows = projects.flatMap((entry) => {
    const tables = tableRows(entry);
    return tables.length === 0 ? [] : [{ entry, tables }];
  });
  const [only] = rows;
  if (rows.length === 1 && only) return only.tables;
  return rows.map(({ entry, tables }) =>
    row('project', entry.id, entry.label, { description: String(tables.length), children: tables }),
  );
}

/** What a row proposes, as edits of the source. The review is made anew, so the edits are for what stands there now. */
export async function indexEdits(projects: readonly FolderProject[], id: string): Promise<IndexEdits> {
  for (const entry of projects) {
    const [root = ''] = id.split(separator);
    if (entry.id !== root) continue;
    for (const advice of adviceOf(entry))
      for (const { row: each, fix } of rowsOf(entry, advice)) if (each.id === id && fix) return editsOf(entry, fix);
  }
  return { ok: false, reason: l10n.t('The queries have changed, and this is not proposed any more.') };
}

async function editsOf({ folder, project }: FolderProject, made: NonNullable<Made['fix']>): Promise<IndexEdits> {
  const { table, change, title } = made;
  const fix: Fix = { title, preferred: true, change, edits: [] };
  const result = await folder.fix({ project: project.root, file: table.at.file }, fix);
  if ('reason' in result) return { ok: false, reason: result.reason };
  const files = [...new Set(result.edits.map(({ file }) => file))];
  const edits = [];
  for (const file of files) {
    const text = await folder.text(file);
    if (text === null) return { ok: false, reason: l10n.t('The file could not be read.') };
    const own = result.edits.filter((edit) => edit.file === file);
    edits.push({
      uri: fileUri(folder.directory, file),
      path: file,
      label: title,
      // Editors keep a byte order mark out of their text.
      base: text.replace(/^\uFEFF/u, ''),
      edits: toTextEdits(text, own).map(({ range, newText }) => ({ start: range.start, end: range.end, newText })),
    });
  }
  return { ok: true, edits };
}

function adviceOf({ project }: FolderProject): readonly TableAdvice[] {
  return adviseIndexes(project.schema, project.dialect);
}

function tableRows(entry: FolderProject): readonly IndexRow[] {
  return adviceOf(entry).map((advice) => {
    const { table, proposals, redundant, unused } = advice;
    const counts = [
      proposals.length === 0 ? '' : l10n.t('{0} to add', proposals.length),
      redundant.length === 0 ? '' : l10n.t('{0} redundant', redundant.length),
      unused.length === 0 ? '' : l10n.t('{0} unused', unused.length),
    ];
    return row('table', [entry.id, tableId(table)].join(separator), tableId(table), {
      description: counts.filter((part) => part !== '').join(' · '),
      at: located(entry.folder.directory, table.at),
      children: rowsOf(entry, advice).map((each) => each.row),
    });
  });
}

function rowsOf(entry: FolderProject, { table, proposals, redundant, unused }: TableAdvice): readonly Made[] {
  const id = (kind: string, index: Pick<Index, 'columns'> & { readonly name?: string | null }): string =>
    [entry.id, tableId(table), kind, index.name ?? '', ...index.columns].join(separator);
  const at = (range: SourceRange): SourceRange => located(entry.folder.directory, range);
  const ref = { table: table.name, namespace: table.namespace };
  const drop = (kind: 'redundant' | 'unused', index: Index, description: string): Made => ({
    row: row(kind, id(kind, index), index.columns.join(', '), { description, at: at(index.at) }),
    fix: {
      table,
      change: { kind: 'dropIndex', ...ref, index },
      title: l10n.t('Remove the index on {0}({1})', table.name, index.columns.join(', ')),
    },
  });
  return [
    ...proposals.map((proposal): Made => {
      const first = table.columns.find(({ name }) => name === proposal.columns[0])?.at ?? table.at;
      const own = id('proposal', proposal);
      return {
        row: row('proposal', own, proposal.columns.join(', '), {
          description: reasonOf(proposal),
          tooltip: l10n.t('Columns compared by equality come first, then the range or the order.'),
          at: at(first),
          children: servedRows(own, proposal, at),
        }),
        fix: {
          table,
          change: { kind: 'addIndex', ...ref, index: plainIndex(proposal.columns, first) },
          title: l10n.t('Add an index on {0}({1})', table.name, proposal.columns.join(', ')),
        },
      };
    }),
    ...redundant.map(({ index, covering }) =>
      drop('redundant', index, l10n.t('redundant: the {0} serves the same', describePath(covering))),
    ),
    ...unused.map((index) => drop('unused', index, l10n.t('no query that was read uses it'))),
  ];
}

function servedRows(
  own: string,
  { serves, foreignKeys }: IndexProposal,
  at: (range: SourceRange) => SourceRange,
): readonly IndexRow[] {
  return [
    ...serves.map(({ lookup, fully }, place) =>
      row('query', [own, 'query', place].join(separator), lookup.function ?? lookup.api, {
        description: [
          `${lookup.at.file}:${lookup.at.line}`,
          ...(fully ? [] : [l10n.t('by the first column only')]),
        ].join(' · '),
        at: at(lookup.at),
      }),
    ),
    ...foreignKeys.map((key, place) =>
      row('foreign-key', [own, 'key', place].join(separator), `→ ${key.references.table}`, {
        description: l10n.t('when a row of it is deleted'),
        at: at(key.at),
      }),
    ),
  ];
}

function reasonOf({ serves, foreignKeys, replaces, forOrderOnly }: IndexProposal): string {
  return [
    serves.length === 0
      ? ''
      : serves.length === 1
        ? l10n.t('serves 1 query')
        : l10n.t('serves {0} queries', serves.length),
    foreignKeys.length === 0 ? '' : l10n.t('foreign key'),
    forOrderOnly ? l10n.t('saves sorting') : '',
    ...replaces.map(({ columns }) => l10n.t('takes the place of ({0})', columns.join(', '))),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function row(kind: IndexRow['kind'], id: string, label: string, rest: Partial<IndexRow>): IndexRow {
  return { kind, id, label, description: '', tooltip: null, at: null, children: [], ...rest };
}
