/** The review of the indexes for people at a terminal, and as the public JSON. */
import type { IndexProposal } from '../lint/advisor/propose.ts';
import type { TableAdvice } from '../lint/advisor/advise.ts';
import { describePath } from '../lint/wording.ts';
import type { Index, Table } from '../schema/model.ts';
import type { SourceRange } from '../schema/source.ts';
import { count } from './style.ts';
import type { Style } from './style.ts';

export interface ProjectAdvice {
  readonly root: string;
  readonly advice: readonly TableAdvice[];
}

export function renderIndexAdviceText(projects: readonly ProjectAdvice[], style: Style): string {
  const lines = projects.flatMap(({ root, advice }) => [
    ...(projects.length > 1 ? [style.bold(root === '' ? '.' : root), ''] : []),
    ...advice.flatMap((each) => tableLines(each, style)),
  ]);
  const all = projects.flatMap(({ advice }) => advice);
  const sum = (of: (advice: TableAdvice) => readonly unknown[]): number =>
    all.reduce((total, each) => total + of(each).length, 0);
  const summary =
    all.length === 0
      ? style.green('Every look-up that was read is served by a key or an index, and every index serves one.')
      : `${style.bold(
          count(
            sum(({ proposals }) => proposals),
            'index',
            'indexes',
          ),
        )} to add, ${sum(({ redundant }) => redundant)} redundant, ${sum(({ unused }) => unused)} that no query read here uses`;
  return [...lines, summary, ''].join('\n');
}

function tableLines({ table, proposals, redundant, unused }: TableAdvice, style: Style): readonly string[] {
  return [
    `${style.bold(nameOf(table))}  ${style.dim(place(table.at))}`,
    ...proposals.flatMap((proposal) => proposalLines(proposal, style)),
    ...redundant.map(
      ({ index, covering }) =>
        `  ${style.red('-')} ${indexLabel(index)}  ${style.dim(`the ${describePath(covering)} serves what it serves`)}  ${style.dim(place(index.at))}`,
    ),
    ...unused.map(
      (index) =>
        `  ${style.yellow('?')} ${indexLabel(index)}  ${style.dim('no query read here uses it')}  ${style.dim(place(index.at))}`,
    ),
    '',
  ];
}

function proposalLines(proposal: IndexProposal, style: Style): readonly string[] {
  return [
    `  ${style.green('+')} (${proposal.columns.join(', ')})  ${style.dim(reasonOf(proposal))}`,
    ...proposal.serves.map(
      ({ lookup, fully }) =>
        `      ${lookup.function ?? lookup.api}  ${style.dim(`${place(lookup.at)}${fully ? '' : ', by its first column'}`)}`,
    ),
    ...proposal.foreignKeys.map(({ references, at }) => `      deleting ${references.table}  ${style.dim(place(at))}`),
  ];
}

function reasonOf({ serves, foreignKeys, replaces, forOrderOnly }: IndexProposal): string {
  return [
    ...(serves.length > 0 ? [`serves ${count(serves.length, 'query', 'queries')}`] : []),
    ...(foreignKeys.length > 0 ? [count(foreignKeys.length, 'foreign key')] : []),
    ...(forOrderOnly ? ['saves sorting'] : []),
    ...(replaces.length > 0 ? [`takes the place of ${replaces.map(indexLabel).join(', ')}`] : []),
  ].join(', ');
}

/** Pretty-printed, with a line end; `version` rises when its shape changes. */
export function renderIndexAdviceJson(projects: readonly ProjectAdvice[]): string {
  const json = {
    version: 1,
    projects: projects.map(({ root, advice }) => ({
      root,
      tables: advice.map(({ table, proposals, redundant, unused }) => ({
        table: table.name,
        namespace: table.namespace,
        at: table.at,
        proposals: proposals.map(({ columns, serves, foreignKeys, replaces, forOrderOnly }) => ({
          columns,
          forOrderOnly,
          serves: serves.map(({ lookup, fully }) => ({
            api: lookup.api,
            function: lookup.function,
            columns: lookup.columns,
            then: lookup.then,
            fully,
            at: lookup.at,
          })),
          foreignKeys: foreignKeys.map((key) => ({ columns: key.columns, references: key.references, at: key.at })),
          replaces: replaces.map(indexJson),
        })),
        redundant: redundant.map(({ index, covering }) => ({
          ...indexJson(index),
          covering: { kind: covering.kind, name: covering.name, columns: covering.columns },
        })),
        unused: unused.map(indexJson),
      })),
    })),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

function indexJson({ name, columns, at }: Index) {
  return { name, columns, at };
}

function indexLabel({ name, columns }: Index): string {
  return `${name === null ? '' : `${name} `}(${columns.join(', ')})`;
}

function nameOf({ name, namespace }: Table): string {
  return namespace === null ? name : `${namespace}.${name}`;
}

function place({ file, line }: SourceRange): string {
  return `${file}:${line}`;
}
