/** The application that a model belongs to, which names its table and the type of its key. */
import { directoryOf } from '../shared/paths.ts';
import type { Evaluator } from '../shared/python/evaluate.ts';
import type { PyClass } from '../shared/python/values.ts';
import { externalPath } from '../shared/python/values.ts';
import type { Settings } from './settings.ts';

export interface App {
  readonly label: string;
  /** Class of the key of models that declare none: `BigAutoField`. */
  readonly autoField: string | null;
}

export interface Apps {
  /** The application whose folder a file lies in. */
  ofFile(file: string): App;
  ofLabel(label: string): App | undefined;
}

export function createApps(
  evaluator: Evaluator,
  settings: Settings,
  resolve: (fromFile: string, module: string) => readonly string[],
  root: string,
): Apps {
  const files = [...evaluator.graph.files.keys()];
  const byFolder = new Map<string, App>();
  const chosen = new Set(settings.installedApps.map(({ entry }) => entry));

  for (const { file, entry } of settings.installedApps) {
    const target = resolve(file, entry)[0];
    if (target === undefined || !/(?:^|\/)__init__\.py$/.test(target)) continue;
    byFolder.set(directoryOf(target), { label: lastPart(entry), autoField: null });
  }
  // Folders of migrations tell of an application where no settings do.
  for (const file of files) {
    const folder = /^(.*?)\/?migrations\/\w+\.py$/.exec(file)?.[1];
    if (folder !== undefined && folder !== '' && !byFolder.has(folder))
      byFolder.set(folder, { label: folder.slice(folder.lastIndexOf('/') + 1), autoField: null });
  }
  const configured = new Map<string, number>();
  for (const file of files) {
    for (const cls of evaluator.classesOf(file)) {
      if (cls.qualifiedName.includes('.') || !isConfig(cls, evaluator)) continue;
      const name = text(cls, 'name', evaluator);
      if (name === null) continue;
      const folder = folderOf(file, name, resolve);
      const auto = text(cls, 'default_auto_field', evaluator);
      // Of several configurations of one application that in use counts, then the one that says it is the default.
      const place = `${moduleOf(file)}.${cls.name}`;
      const isDefault = evaluator.member(cls, 'default');
      const score = [...chosen].some((entry) => place.endsWith(entry) && entry.endsWith(`.${cls.name}`))
        ? 2
        : isDefault && evaluator.memberValue(isDefault) === true
          ? 1
          : 0;
      if ((configured.get(folder) ?? -1) >= score) continue;
      configured.set(folder, score);
      byFolder.set(folder, {
        label: text(cls, 'label', evaluator) ?? lastPart(name),
        autoField: auto === null ? null : lastPart(auto),
      });
    }
  }

  const byLabel = new Map<string, App>();
  for (const app of byFolder.values()) if (!byLabel.has(app.label)) byLabel.set(app.label, app);
  const known = new Map<string, App>();

  function ofFile(file: string): App {
    const folder = directoryOf(file);
    let app = known.get(folder) ?? null;
    if (app) return app;
    for (let at = folder; ; at = directoryOf(at)) {
      app = byFolder.get(at) ?? null;
      if (app || at === '' || at === root) break;
    }
    app ??= { label: guessed(file, root), autoField: null };
    known.set(folder, app);
    return app;
  }

  return { ofFile, ofLabel: (label) => byLabel.get(label) };
}

/** Neither a configuration nor migrations are there: the folder that holds the models, `models` itself left out. */
function guessed(file: string, root: string): string {
  let folder = directoryOf(file);
  for (let at = folder; at !== '' && at !== root; at = directoryOf(at))
    if (/(?:^|\/)models$/.test(at)) {
      folder = directoryOf(at);
      break;
    }
  const name = lastSegment(folder === '' ? root : folder);
  return name === '' ? 'app' : name;
}

function isConfig(cls: PyClass, evaluator: Evaluator): boolean {
  return evaluator
    .lineage(cls)
    .foreign.some((base) =>
      /(?:^|\.)(?:django\.apps\.(?:config\.)?AppConfig|\w*AppConfig)$/.test(externalPath(base) ?? ''),
    );
}

function text(cls: PyClass, name: string, evaluator: Evaluator): string | null {
  const member = evaluator.member(cls, name);
  const value = member ? evaluator.memberValue(member) : null;
  if (typeof value === 'string') return value;
  // `name = __name__.rpartition(…)` and the like: the folder it stands in.
  return name === 'name' && member ? lastSegment(directoryOf(cls.file)) : null;
}

function folderOf(file: string, name: string, resolve: (from: string, module: string) => readonly string[]): string {
  const own = directoryOf(file);
  if (lastSegment(own) === lastPart(name)) return own;
  const target = resolve(file, name)[0];
  return target !== undefined && /(?:^|\/)__init__\.py$/.test(target) ? directoryOf(target) : own;
}

function moduleOf(file: string): string {
  return file.replace(/(?:\/__init__)?\.py$/, '').replaceAll('/', '.');
}

function lastPart(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf('.') + 1);
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
