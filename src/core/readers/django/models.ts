/** Which classes are models, what they inherit, and the names they are known by. */
import type { Dialect } from '../../schema/model.ts';
import type { Problem, SourceRange } from '../../schema/source.ts';
import type { Evaluator } from '../shared/python/evaluate.ts';
import type { PyCall, PyClass, PyValue } from '../shared/python/values.ts';
import { externalPath, isClass, isPlain, rangeOf } from '../shared/python/values.ts';
import type { App, Apps } from './apps.ts';
import { fieldOf, isColumn, isKey, plainField } from './fields.ts';
import type { Field, FieldContext } from './fields.ts';
import { knownModel } from './knownModels.ts';
import type { KnownModel } from './knownModels.ts';
import { createMeta } from './meta.ts';
import type { Meta } from './meta.ts';
import { splitTable, truncated } from './names.ts';
import type { Settings } from './settings.ts';

export interface Model {
  readonly cls: PyClass;
  readonly name: string;
  readonly app: App;
  readonly meta: Meta;
  readonly abstract: boolean;
  /** The model whose table it shares. */
  readonly proxyOf: Model | KnownModel | null;
  readonly table: string;
  readonly namespace: string | null;
  /** Columns and relations of its own table, those of abstract models included. */
  readonly fields: readonly Field[];
  /** Tables that its rows continue: multi-table inheritance. */
  readonly parents: readonly Parent[];
  /** Names of fields or columns of a composite key. */
  readonly compositeKey: readonly string[] | null;
  readonly genericKeys: readonly { readonly name: string; readonly call: PyCall }[];
  readonly at: SourceRange;
}

export interface Parent {
  readonly model: Model | KnownModel;
  /** Column that leads to it; null where a model above has it already. */
  readonly link: Field | null;
}

export interface Project {
  readonly evaluator: Evaluator;
  readonly settings: Settings;
  readonly apps: Apps;
  readonly dialect: Dialect;
  readonly fieldContext: FieldContext;
  readonly problems: Problem[];
}

export interface Models {
  /** In the order of files and places; abstract ones and proxies included. */
  readonly all: readonly Model[];
  of(cls: PyClass): Model | null;
  /** By `app_label` and name, in any case. */
  named(app: string, name: string): Model | undefined;
  byName(name: string): readonly Model[];
}

const roots = /^django\.(?:db|contrib\.gis\.db)\.models(?:\.base)?\.Model$/;
/** Classes whose bodies hold fields of other kinds, or that only look like models. */
const others =
  /(?:Form|FormSet|Serializer|Filter|FilterSet|Admin|Manager|QuerySet|View|ViewSet|Factory|TestCase|Migration|Command|Schema|Resource|Document|Mutation|ObjectType|Node|Enum|Choices|Field|Widget|Block|Exception|Error|Config|Middleware|Permission|Pagination)$/;

export function isKnown(model: Model | KnownModel): model is KnownModel {
  return 'label' in model;
}

export function createModels(project: Project): Models {
  const { evaluator, fieldContext } = project;
  const models = new Map<PyClass, Model | null>();
  const kinds = new Map<PyClass, boolean>();

  /** Directly or through others; of bases that are not known the fields decide. */
  function isModel(cls: PyClass): boolean {
    const known = kinds.get(cls);
    if (known !== undefined) return known;
    kinds.set(cls, false);
    const bases = evaluator.basesOf(cls);
    const own = bases.some((base) => {
      if (isClass(base)) return isModel(base);
      const path = externalPath(base) ?? '';
      return roots.test(path) || knownModel(path) !== undefined;
    });
    const result = own || (bases.some(mayBeModel) && !others.test(cls.name) && holdsFields(cls));
    kinds.set(cls, result);
    return result;
  }

  function holdsFields(cls: PyClass): boolean {
    return evaluator.membersOf(cls).some((member) => {
      if (member.statement.kind !== 'assign' || !member.statement.value) return false;
      const field = fieldOf(member.name, evaluator.memberValue(member), cls0(cls), fieldContext);
      if (field === null) return false;
      const path = isColumn(field) ? externalPath(field.call?.callee) : null;
      return path?.startsWith('django.') ?? true;
    });
  }

  function isForeignModel(base: PyValue, cls: PyClass): boolean {
    if (!mayBeModel(base)) return false;
    const besides = evaluator
      .basesOf(cls)
      .some((each) => each !== base && (isClass(each) ? isModel(each) : roots.test(externalPath(each) ?? '')));
    return !besides || !mixes(externalPath(base) ?? '');
  }

  function of(cls: PyClass): Model | null {
    let model = models.get(cls);
    if (model === undefined) {
      models.set(cls, null);
      model = isModel(cls) ? modelOf(cls) : null;
      models.set(cls, model);
    }
    return model;
  }

  function modelOf(cls: PyClass): Model {
    const meta = createMeta(cls, evaluator, (each) => of(each));
    const abstract = meta.own('abstract') === true;
    const stated = meta.get('app_label');
    const app: App =
      typeof stated === 'string'
        ? (project.apps.ofLabel(stated) ?? { label: stated, autoField: null })
        : project.apps.ofFile(cls.file);
    const bases = evaluator.basesOf(cls).flatMap((base): readonly (Model | KnownModel)[] => {
      if (isClass(base)) return listed(of(base));
      const path = externalPath(base) ?? '';
      const known = knownModel(path);
      if (!known && isForeignModel(base, cls)) tellUnknownBase(cls, path);
      return listed(known);
    });
    const collected = collect(cls, bases);
    const proxied = !abstract && meta.own('proxy') === true ? concreteParent(bases) : null;
    const named = meta.get('db_table');
    const { namespace, table } =
      typeof named === 'string' && named !== ''
        ? splitTable(named)
        : { namespace: null, table: `${app.label}_${cls.name.toLowerCase()}` };
    return {
      cls,
      name: cls.name,
      app,
      meta,
      abstract,
      proxyOf: proxied,
      table: proxied ? (isKnown(proxied) ? (proxied.table ?? '') : proxied.table) : truncated(table, project.dialect),
      namespace: proxied && !isKnown(proxied) ? proxied.namespace : namespace,
      ...collected,
      parents: abstract || proxied ? [] : collected.parents,
      at: rangeOf(cls.file, cls.declaration.at),
    };
  }

  function concreteParent(bases: readonly (Model | KnownModel)[]): Model | KnownModel | null {
    const parent = bases.find((base) => (isKnown(base) ? base.label !== null : !base.abstract));
    return parent && !isKnown(parent) ? (parent.proxyOf ?? parent) : (parent ?? null);
  }

  /** Fields of the class and of its abstract bases, as django.db.models.base.ModelBase puts them together. */
  function collect(
    cls: PyClass,
    bases: readonly (Model | KnownModel)[],
  ): Pick<Model, 'fields' | 'parents' | 'compositeKey' | 'genericKeys'> {
    const own: Field[] = [];
    const genericKeys: { name: string; call: PyCall }[] = [];
    let compositeKey: readonly string[] | null = null;
    const members = evaluator.membersOf(cls);
    for (const member of members) {
      if (member.statement.kind !== 'assign' || !member.statement.value) continue;
      const at = rangeOf(member.file, member.statement.at);
      const field = fieldOf(member.name, evaluator.memberValue(member), at, fieldContext);
      if (isColumn(field)) {
        own.push(field);
        if (!field.known) tellUnknownField(cls, field);
      } else if (field?.columnless === 'CompositePrimaryKey')
        compositeKey = field.call.arguments.filter((each) => typeof each === 'string');
      else if (field?.columnless === 'GenericForeignKey') genericKeys.push({ name: member.name, call: field.call });
    }
    const taken = new Set(members.map(({ name }) => name));
    const inherited: Field[] = [];
    const parents: Parent[] = [];
    for (const base of bases) {
      for (const field of fieldsOfBase(base, cls)) {
        if (taken.has(field.name)) continue;
        taken.add(field.name);
        inherited.push(field);
      }
      if (isKnown(base)) {
        if (base.label !== null) parents.push({ model: base, link: linkTo(base, own, inherited, cls) });
        continue;
      }
      if (base.abstract) {
        compositeKey ??= base.compositeKey;
        genericKeys.push(...base.genericKeys.filter(({ name }) => !taken.has(name)));
        // What an abstract model inherits from a concrete one, it passes on.
        parents.push(...base.parents);
        continue;
      }
      const target = base.proxyOf ?? base;
      if (parents.some(({ model }) => model === target)) continue;
      parents.push({ model: target, link: linkTo(target, own, inherited, cls) });
    }
    const links = parents.flatMap(({ link }) =>
      link && !own.includes(link) && !inherited.includes(link) ? [link] : [],
    );
    return { fields: [...links, ...inherited, ...own], parents, compositeKey, genericKeys };
  }

  function fieldsOfBase(base: Model | KnownModel, cls: PyClass): readonly Field[] {
    if (!isKnown(base)) return base.abstract ? base.fields : [];
    if (base.label !== null) return [];
    const at = rangeOf(cls.file, cls.declaration.at);
    return [
      ...base.bases.flatMap((name) => {
        const above = knownModel(name);
        return above ? fieldsOfBase(above, cls) : [];
      }),
      ...base.fields.map(({ name, kind, options }) => plainField(name, kind, options, at)),
    ];
  }

  function linkTo(target: Model | KnownModel, own: readonly Field[], inherited: readonly Field[], cls: PyClass): Field {
    const name = isKnown(target) ? (target.label ?? '').replace(/^.*\./, '') : target.name;
    const stated = [...own, ...inherited].find(
      (field) => field.relation === 'OneToOneField' && field.options.get('parent_link') === true,
    );
    const key = stated && !isKey(stated) ? withKey(stated) : stated;
    if (key && stated) {
      // It is the key though it does not say so.
      const list = own.includes(stated) ? (own as Field[]) : (inherited as Field[]);
      list[list.indexOf(stated)] = key;
      return key;
    }
    const to: PyValue = isKnown(target) ? (target.label ?? '') : target.cls;
    const hasKey = [...own, ...inherited].some(isKey);
    return plainField(
      `${name.toLowerCase()}_ptr`,
      'OneToOneField',
      { to, primary_key: !hasKey, parent_link: true },
      rangeOf(cls.file, cls.declaration.at),
    );
  }

  function tellUnknownBase(cls: PyClass, path: string): void {
    project.problems.push({
      code: 'unresolved-base',
      message: `${cls.name} inherits from ${path}, which is not in the workspace: what fields it has from there is not known.`,
      severity: 'information',
      at: rangeOf(cls.file, cls.declaration.at),
    });
  }

  function tellUnknownField(cls: PyClass, field: Field): void {
    project.problems.push({
      code: 'unknown-field-type',
      message: `${cls.name}.${field.name} is a ${field.className}, which is not in the workspace: ${
        field.kind.internal === ''
          ? 'the type of its column is not known'
          : `its column is taken for that of a ${field.kind.internal}`
      }.`,
      severity: 'information',
      at: field.at,
    });
  }

  const all = [...evaluator.graph.files.keys()]
    .sort()
    .flatMap((file) => evaluator.classesOf(file))
    .flatMap((cls) => (cls.qualifiedName.includes('.') ? [] : (of(cls) ?? [])));
  const byLabel = new Map<string, Model>();
  const byName = new Map<string, Model[]>();
  for (const model of all) {
    const key = `${model.app.label}.${model.name}`.toLowerCase();
    if (!byLabel.has(key)) byLabel.set(key, model);
    const name = model.name.toLowerCase();
    byName.set(name, [...(byName.get(name) ?? []), model]);
  }
  return {
    all,
    of,
    named: (app, name) => byLabel.get(`${app}.${name}`.toLowerCase()),
    byName: (name) => byName.get(name.toLowerCase()) ?? [],
  };
}

/** Beside a base that is a model, what does not sound like one is a mixin of behaviour. */
function mixes(path: string): boolean {
  return !/(?:Model|Base|\.Abstract\w*)$|\.(?:abstract_)?models(?:\.\w+)?\.\w+(?<!Mixin)$/.test(path);
}

function withKey(field: Field): Field {
  return { ...field, options: new Map([...field.options, ['primary_key', true]]) };
}

/** A base from outside that may be a model: not one of Python's own, and not of a kind that is something else. */
function mayBeModel(base: PyValue): boolean {
  const path = externalPath(base);
  if (path === null || roots.test(path) || knownModel(path) !== undefined) return false;
  if (/^(?:builtins|typing|abc|enum|collections|object|rest_framework|graphene)\b/.test(path)) return false;
  // Of Django only its applications have models.
  if (path.startsWith('django.') && !/^django\.contrib\.\w+\.(?:base_)?models\./.test(path)) return false;
  return !others.test(path) && path.includes('.') && !isPlain(base);
}

function listed<Item>(item: Item | null | undefined): readonly Item[] {
  return item ? [item] : [];
}

function cls0(cls: PyClass): SourceRange {
  return rangeOf(cls.file, cls.declaration.at);
}
