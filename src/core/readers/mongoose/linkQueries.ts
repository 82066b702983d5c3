/** Gives queries their collections and paths, over all files of a project. */
import type { FileFacts, PathUse, Query } from '../../schema/code.ts';
import { purposeOf } from '../../schema/filePurpose.ts';
import type { Table } from '../../schema/model.ts';
import type { ModuleGraph } from '../shared/typescript/moduleGraph.ts';
import { modelOfType } from '../shared/typescript/modelReceiver.ts';
import { pathResolver, tableFinder } from '../shared/physicalPaths.ts';
import type { PathResolver } from '../shared/physicalPaths.ts';
import { uncertain } from './api.ts';
import type { Model } from './model.ts';

export interface QueryWorld {
  readonly models: readonly Model[];
  readonly byModel: ReadonlyMap<Model, Table>;
  readonly graph: ModuleGraph;
  /** Classes that query one model. */
  readonly repositories: readonly { readonly name: string; readonly model: string; readonly file: string }[];
}

export function linkQueries(files: readonly FileFacts[], world: QueryWorld): readonly FileFacts[] {
  const entities = new Map<string, Table>();
  const names = new Map<string, Model>();
  const put = (name: string, model: Model): void => {
    for (const key of [name, name.toLowerCase()]) if (!names.has(key)) names.set(key, model);
  };
  for (const [model, table] of world.byModel) {
    if (!entities.has(model.name)) entities.set(model.name, table);
    if (isOfTest(model)) continue;
    put(model.name, model);
    if (model.schema.class) put(model.schema.class.name, model);
  }
  for (const model of world.models)
    if (model.variable !== null && !isOfTest(model) && !isGeneric(model.variable)) put(lastOf(model.variable), model);
  const inFile = new Map(
    world.models.flatMap((model) =>
      model.variable === null ? [] : [[`${model.file}\0${model.variable}`, model] as const],
    ),
  );
  const soleIn = new Map<string, Model | null>();
  for (const model of world.models) soleIn.set(model.file, soleIn.has(model.file) ? null : model);
  const repositories = new Map(repositoriesOf(files));
  for (const each of world.repositories) repositories.set(each.name, each);
  const methods = new Set(
    files.flatMap(({ functions }) => functions.map(({ owner, name }) => `${owner ?? ''}.${name ?? ''}`)),
  );
  const paths = pathResolver({ entity: (name) => entities.get(name), table: tableFinder(entities) });

  /** A method that a repository defines itself is no query but a function to follow. */
  function isOwn(path: string, api: string): boolean {
    const name = lastOf(path);
    const type = repositories.has(name) ? name : name.charAt(0).toUpperCase() + name.slice(1);
    return repositories.has(type) && methods.has(`${type}.${api}`);
  }

  function modelOf(path: string, file: string, depth = 0): Model | undefined {
    if (depth > 4) return undefined;
    const own = inFile.get(`${file}\0${path}`);
    if (own) return own;
    const declared = world.graph.lookup(file, path, 'value');
    if (declared?.is === 'value') {
      const found =
        inFile.get(`${declared.file}\0${declared.name}`) ??
        (declared.name === 'default' ? soleIn.get(declared.file) : undefined);
      if (found) return found;
    } else if (declared?.is === 'namespace') {
      const found = soleIn.get(declared.file);
      if (found) return found;
    }
    const name = lastOf(path);
    const direct =
      names.get(name) ??
      names.get(name.replace(/(?:Document|Model|Entity|Schema)$/, '')) ??
      names.get(name.replace(/(?:Document|Model|Entity)$/i, '').toLowerCase());
    if (direct) return direct;
    const handed = repositories.get(name) ?? repositories.get(name.charAt(0).toUpperCase() + name.slice(1));
    return handed === undefined ? undefined : modelOf(handed.model, handed.file, depth + 1);
  }

  return files.map((file) =>
    file.queries.length === 0
      ? file
      : {
          ...file,
          queries: file.queries.flatMap((query) =>
            isOwn(query.entity ?? '', query.api)
              ? []
              : linkQuery(query, modelOf(query.entity ?? '', file.file), world, paths),
          ),
        },
  );
}

/** A test's own model, which nothing of the application can mean. */
function isOfTest({ file }: Model): boolean {
  return purposeOf(file) === 'test';
}

/** `const Model = mongoose.model('User', schema)`: elsewhere, every model is called so. */
function isGeneric(variable: string): boolean {
  return /^(?:[mM]odel|[sS]chema|[cC]ollection)$/u.test(lastOf(variable));
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** Classes of which a field tells the model: `class UserRepository { constructor(private model: Model<User>) }`. */
function repositoriesOf(
  files: readonly FileFacts[],
): ReadonlyMap<string, { readonly model: string; readonly file: string }> {
  const found = new Map<string, { model: string; file: string }>();
  for (const { file, fields } of files)
    for (const { owner, name, type } of fields) {
      if (owner === '' || !/[mM]odel$/.test(name) || found.has(owner)) continue;
      const model = modelOfType(type);
      if (model !== null) found.set(owner, { model, file });
    }
  return found;
}

function linkQuery(query: Query, model: Model | undefined, { byModel }: QueryWorld, paths: PathResolver): Query[] {
  const table = model ? byModel.get(model) : undefined;
  if (!model || !table) {
    const name = lastOf(query.entity ?? '');
    // Some other library's object; of a model that is not here only the name is known.
    return query.receiver === uncertain || !/^[A-Z]+[a-z]/.test(name) ? [] : [{ ...query, entity: name }];
  }
  const target = <Use extends PathUse>(uses: readonly Use[]): Use[] =>
    uses.map((use) => {
      const found = paths.resolve(table, use.path.replace(/\.\d+(?=\.|$)/g, ''), model.name);
      return found ? { ...use, target: found } : use;
    });
  return [
    {
      ...query,
      entity: model.name,
      receiver: null,
      table: table.name,
      namespace: table.namespace,
      filters: target(query.filters),
      sorts: target(query.sorts),
      joins: target(query.joins),
      loads: target(query.loads),
      groups: target(query.groups),
      writes: target(query.writes),
    },
  ];
}
