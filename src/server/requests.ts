/** The requests beyond LSP: `ServerRequests` of the protocol, answered from the analyses of all folders. */
import * as l10n from '@vscode/l10n';
import type { CancellationToken, Connection } from 'vscode-languageserver/node';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { applyView } from '../core/diagram/applyView.ts';
import { buildDiagram } from '../core/diagram/build.ts';
import type { DiagramModel } from '../core/diagram/model.ts';
import { withBoxes } from '../core/diagram/saved.ts';
import { renderRule } from '../core/lint/explain.ts';
import { findRule } from '../core/lint/registry.ts';
import type { ServerRequests, StatusSummary } from '../protocol/server.ts';
import { located } from './convert.ts';
import { entityAt, entityRows, generateReply } from './generateRequests.ts';
import type { FolderProject } from './projects.ts';
import { projectsOf, statusOf, tableId } from './projects.ts';
import { schemaJson } from './schemaJson.ts';
import { projectRows, tableChildren } from './schemaTree.ts';
import { tableCard } from './tableCard.ts';
import { absolutePath } from './paths.ts';
import type { Workspace } from './workspace.ts';

type Handlers = {
  readonly [Name in keyof ServerRequests]: (
    params: ServerRequests[Name]['params'],
    token: CancellationToken,
  ) => Promise<ServerRequests[Name]['result']>;
};

export function registerRequests(
  connection: Connection,
  workspace: Workspace,
  settled: () => Promise<void>,
  version: () => number,
  /** Texts of open documents by URI. */
  buffers: () => Iterable<readonly [uri: string, text: string]>,
): void {
  const projects = () => projectsOf(workspace.folders);
  const project = (id: string) => projects().find((entry) => entry.id === id);
  const migrationSetting = (entry: FolderProject) => ({
    ...workspace.settings(entry.folder),
    wasmDirectory: workspace.wasmDirectory,
    projects: projects(),
  });
  const generateSetting = (entry: FolderProject) => ({
    ...workspace.settings(entry.folder),
    wasmDirectory: workspace.wasmDirectory,
    buffers: buffers(),
  });
  const gone = { state: 'impossible', reason: l10n.t('This project is no longer there.') } as const;
  const status = (): StatusSummary => statusOf(workspace.folders, version());

  const comparedDiagram = async (entry: FolderProject, since: string | undefined): Promise<DiagramModel | string> => {
    const now = diagramOf(entry);
    if (since === undefined) return now;
    const { changedDiagram } = await import('./diagramChanges.ts');
    return changedDiagram(now, entry, migrationSetting(entry), since);
  };

  const handlers: Handlers = {
    // The one request that does not wait: the host shows by it that the first analysis is under way.
    'dataEngineer/status': () => Promise.resolve(status()),
    'dataEngineer/tree': async ({ node }, token) => {
      await current(settled, token);
      return node === null ? projectRows(projects()) : (tableChildren(projects(), node) ?? []);
    },
    'dataEngineer/card': async ({ project: id, table }, token) => {
      await current(settled, token);
      const found = project(id)?.project.schema.tables.find((candidate) => tableId(candidate) === table);
      return found === undefined ? null : tableCard(found);
    },
    'dataEngineer/diagram': async ({ project: id }, token) => {
      await current(settled, token);
      const entry = project(id);
      return entry === undefined ? null : diagramOf(entry);
    },
    'dataEngineer/changedDiagram': async ({ project: id, since }, token) => {
      await current(settled, token);
      const entry = project(id);
      return entry === undefined ? null : comparedDiagram(entry, since);
    },
    'dataEngineer/exportDiagram': async ({ project: id, format, theme, view, places, since }, token) => {
      await current(settled, token);
      const entry = project(id);
      if (entry === undefined) return null;
      const model = await comparedDiagram(entry, since);
      if (typeof model === 'string') throw new Error(model);
      const { renderDiagram } = await import('../core/report/renderDiagram.ts');
      throwIfCancelled(token);
      return renderDiagram(view === undefined ? model : applyView(model, view), format, {
        theme,
        arrangement: view?.arrangement ?? 'right',
        ...(places === undefined ? {} : { places: withBoxes(places, model, view?.collapsed ?? []) }),
      });
    },
    'dataEngineer/schemaJson': async ({ project: id }, token) => {
      await current(settled, token);
      const wanted = projects().filter((entry) => id === null || entry.id === id);
      return schemaJson(wanted, workspace.folders, id === null);
    },
    'dataEngineer/analyze': async (_params, token) => {
      const everything = async () => {
        await settled();
        await Promise.all(workspace.folders.map((folder) => folder.analyze()));
      };
      await cancellable(everything(), token);
      return status();
    },
    'dataEngineer/clearCache': async () => {
      await settled();
      for (const folder of workspace.folders) await folder.clearCache();
      return null;
    },
    'dataEngineer/tool': async ({ name, input, tokenBudget }, token) => {
      await current(settled, token);
      // Loaded when a model first asks: no one else needs the validator.
      const { callTool } = await import('./tools/callTool.ts');
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      const { text, isError } = await callTool(name, input, {
        signal: stop.signal,
        buffers: [...buffers()],
        projects: projects().map((entry) => ({
          project: entry.project,
          findings: entry.findings,
          folder: workspace.folders.length > 1 ? entry.folder.name : null,
          origin: { entry, setting: migrationSetting(entry) },
        })),
        tokenBudget,
      });
      // What a model is told goes further than this machine.
      const { environmentSecrets, withoutKnown } = await import('./chat/secrets.ts');
      const known = await environmentSecrets(workspace.folders.map(({ directory }) => directory));
      return { text: withoutKnown(text, known), isError };
    },
    'dataEngineer/brief': async ({ project: id, role }, token) => {
      await current(settled, token);
      const entry = project(id);
      if (entry === undefined) return null;
      const { briefOf } = await import('./brief.ts');
      return briefOf(role, { ...entry.project, title: entry.label, findings: entry.findings });
    },
    'dataEngineer/dictionary': async ({ project: id, format }, token) => {
      await current(settled, token);
      const entry = project(id);
      if (entry === undefined) return null;
      const { renderDictionary } = await import('../core/report/renderDictionary.ts');
      const { root, schema } = entry.project;
      const source = { project: root, title: entry.label, schema, findings: entry.findings };
      // Paths from the root: where a document without a file of its own is taken to lie.
      return renderDictionary(source, format, '');
    },
    'dataEngineer/instructions': async ({ project: id }, token) => {
      await current(settled, token);
      const entry = project(id);
      if (entry === undefined) return { ok: false, reason: gone.reason };
      const { instructionsReply } = await import('./instructions.ts');
      return instructionsReply(entry);
    },
    'dataEngineer/planMigration': async (params, token) => {
      await current(settled, token);
      const entry = project(params.project);
      if (entry === undefined) return gone;
      const { previewMigration } = await import('./migrationRequests.ts');
      return previewMigration(entry, params, migrationSetting(entry));
    },
    'dataEngineer/proveMigration': async (params, token) => {
      await current(settled, token);
      const entry = project(params.project);
      if (entry === undefined) return { outcome: 'not-run', words: gone.reason, digest: null };
      const { proveMigration } = await import('./migrationRequests.ts');
      const stop = new AbortController();
      const listener = token.onCancellationRequested(() => stop.abort());
      try {
        return await proveMigration(entry, params, migrationSetting(entry), stop.signal);
      } finally {
        listener.dispose();
        throwIfCancelled(token);
      }
    },
    'dataEngineer/gitRefs': async ({ project: id }) => {
      const entry = project(id);
      if (entry === undefined) return [];
      const { namedCommits } = await import('./git.ts');
      return namedCommits(absolutePath(entry.folder.directory, entry.project.root));
    },
    'dataEngineer/chatGround': async (params, token) => {
      await current(settled, token);
      const { groundChat } = await import('./chat/chatRequests.ts');
      return groundChat(projects(), params, { migration: migrationSetting, generate: generateSetting });
    },
    'dataEngineer/chatNames': async ({ project: id, uses, blocks }, token) => {
      await current(settled, token);
      const entry = project(id);
      if (entry === undefined) return uses.map(() => ({ at: null, problem: null }));
      const { answerNames } = await import('./chat/chatRequests.ts');
      return answerNames(entry, uses, blocks);
    },
    'dataEngineer/chatProve': async ({ project: id, blocks }, token) => {
      await current(settled, token);
      const entry = project(id);
      const { proveOnce } = await import('./chat/chatRequests.ts');
      const stop = new AbortController();
      const listener = token.onCancellationRequested(() => stop.abort());
      try {
        return await proveOnce(entry, blocks, stop.signal, gone.reason);
      } finally {
        listener.dispose();
        throwIfCancelled(token);
      }
    },
    'dataEngineer/chatBasis': async ({ project: id }, token) => {
      await current(settled, token);
      const entry = project(id);
      const { basisOf } = await import('./chat/chatRequests.ts');
      return entry === undefined ? '' : basisOf(entry);
    },
    'dataEngineer/answer': async ({ project: id, topic }, token) => {
      await current(settled, token);
      const entry = project(id);
      if (entry === undefined) return null;
      const { answerAlone } = await import('./chat/chatRequests.ts');
      return answerAlone(entry, topic);
    },
    'dataEngineer/indexReview': async (_params, token) => {
      await current(settled, token);
      const { indexRows } = await import('./indexReview.ts');
      return indexRows(projects());
    },
    'dataEngineer/indexEdits': async ({ row }, token) => {
      await current(settled, token);
      const { indexEdits } = await import('./indexReview.ts');
      return indexEdits(projects(), row);
    },
    'dataEngineer/generate': async (params, token) => {
      await current(settled, token);
      const entry = project(params.project);
      if (entry === undefined) return { ok: false, reason: gone.reason };
      const reply = await generateReply(entry, params, generateSetting(entry));
      throwIfCancelled(token);
      return reply;
    },
    'dataEngineer/entities': async ({ project: id }, token) => {
      await current(settled, token);
      const entry = project(id);
      return entry === undefined ? [] : entityRows(entry);
    },
    'dataEngineer/entityAt': async ({ uri, line }, token) => {
      await current(settled, token);
      return entityAt(projects(), uri, line);
    },
    'dataEngineer/editOptions': async ({ project: id, table }, token) => {
      await current(settled, token);
      const entry = project(id);
      if (entry === undefined) return null;
      const { editOptions } = await import('./editing.ts');
      return editOptions(entry, table);
    },
    'dataEngineer/edit': async ({ project: id, ask }, token) => {
      await current(settled, token);
      const entry = project(id);
      if (entry === undefined) return { ok: false, reason: gone.reason };
      const { editEntities } = await import('./editing.ts');
      const reply = await editEntities(entry, ask);
      throwIfCancelled(token);
      return reply;
    },
    'dataEngineer/reread': async ({ project: id, files }, token) => {
      await current(settled, token);
      const entry = project(id);
      if (entry === undefined) return { ok: false, reason: gone.reason };
      const { rereadEntities } = await import('./editing.ts');
      return rereadEntities(entry, files);
    },
    'dataEngineer/explainRule': ({ rule: id }) => {
      const rule = findRule(id);
      return Promise.resolve(rule === undefined ? null : renderRule(rule));
    },
  };
  const names = Object.keys(handlers) as (keyof ServerRequests)[];
  for (const name of names)
    connection.onRequest(name, async (params: never, token: CancellationToken): Promise<unknown> =>
      handlers[name](params, token),
    );
}

/** Waits until everything told so far is analysed; refuses when the asker has gone. */
export async function current(settled: () => Promise<void>, token: CancellationToken): Promise<void> {
  await cancellable(settled(), token);
}

function throwIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) throw cancelled();
}

function cancelled(): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
}

/** The work goes on, for the next one who asks; this asker is answered at once. */
async function cancellable<T>(work: Promise<T>, token: CancellationToken): Promise<T> {
  throwIfCancelled(token);
  return new Promise<T>((resolve, reject) => {
    const listener = token.onCancellationRequested(() => reject(cancelled()));
    void work.then(resolve, reject).finally(() => listener.dispose());
  });
}

function diagramOf({ id, label, folder, project, findings }: FolderProject): DiagramModel {
  const model = buildDiagram({ project: project.root, title: label, schema: project.schema, findings });
  const at = (range: DiagramModel['tables'][number]['at']) => located(folder.directory, range);
  return {
    ...model,
    project: id,
    tables: model.tables.map((table) => ({
      ...table,
      at: at(table.at),
      columns: table.columns.map((column) => ({ ...column, at: at(column.at) })),
      findings: table.findings.map((finding) => ({ ...finding, at: at(finding.at) })),
    })),
    edges: model.edges.map((edge) => ({ ...edge, at: at(edge.at) })),
  };
}
