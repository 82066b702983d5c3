/** Models and associations that decorators state: sequelize-typescript, and `@sequelize/core` (version 7). */
import type { SourceRange } from '../../schema/source.ts';
import type { ClassDeclaration, Decorator, Member } from '../shared/typescript/declarations.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import { reflectType } from '../shared/typescript/reflectType.ts';
import { isClass, isFunction, isList, isObject } from '../shared/typescript/results.ts';
import type { ClassNode, ObjectResult, Result } from '../shared/typescript/results.ts';

/** Which of the two libraries the class is written for. */
export type Flavour = 'sequelize-typescript' | 'core';

export interface DecoratedModel {
  readonly class: ClassNode;
  readonly flavour: Flavour;
  readonly options: ReadonlyMap<string, Result>;
  /** As `init` would be given them. */
  readonly attributes: ObjectResult;
  /** As `indexes` of the options would state them. */
  readonly indexes: readonly ObjectResult[];
  readonly foreignKeys: readonly { readonly attribute: string; readonly target: Result }[];
  readonly associations: readonly DecoratedAssociation[];
  readonly at: SourceRange;
}

export interface DecoratedAssociation {
  readonly kind: 'belongsTo' | 'hasOne' | 'hasMany' | 'belongsToMany';
  readonly as: string;
  readonly target: Result;
  readonly arguments: readonly Result[];
  readonly at: SourceRange;
}

const modules = /^(?:sequelize-typescript|@sequelize\/core)(?:\/|$)/;
const kinds: Readonly<Record<string, DecoratedAssociation['kind']>> = {
  BelongsTo: 'belongsTo',
  HasOne: 'hasOne',
  HasMany: 'hasMany',
  BelongsToMany: 'belongsToMany',
};

/** Name of the decorator in its library; null = it belongs to neither. */
function ownName({ name }: Decorator, file: string, evaluator: Evaluator): { name: string; module: string } | null {
  const declared = evaluator.graph.lookup(file, name, 'value');
  return declared?.is === 'external' && modules.test(declared.module) ? declared : null;
}

/** Null where the class is no model: it has no `@Table` (sequelize-typescript), or no decorated attribute (version 7). */
export function decoratedModel(node: ClassNode, evaluator: Evaluator): DecoratedModel | null {
  const { declaration, file } = node;
  const applied = declaration.decorators.map((each) => ({ each, own: ownName(each, file, evaluator) }));
  const table = applied.find(({ own }) => own?.name === 'Table');
  const flavour = flavourOf(declaration, file, evaluator);
  if (flavour === null || (flavour === 'sequelize-typescript' && !table) || declaration.abstract) return null;
  if (applied.some(({ each, own }) => own?.name === 'Table' && each.name.endsWith('.Abstract'))) return null;
  const state: State = {
    entries: new Map(),
    positions: new Map(),
    named: new Map(),
    foreignKeys: [],
    associations: [],
    options: new Map(),
  };
  // What a base class is given holds for those that extend it; of one class `@Table` takes effect last.
  for (const owner of [...chainOf(node)].reverse()) {
    for (const member of owner.declaration.members) applyMember(member, owner, state, flavour, evaluator);
    for (const decorator of owner.declaration.decorators)
      if (ownName(decorator, owner.file, evaluator)?.name === 'Table')
        for (const [key, value] of tableOptions(decorator, owner, evaluator)) state.options.set(key, value);
  }
  if (flavour === 'core' && !table && state.entries.size === 0) return null;
  return {
    class: node,
    flavour,
    options: state.options,
    attributes: { is: 'object', entries: state.entries, positions: state.positions, missing: null },
    indexes: [...state.named.values()].map(indexObject),
    foreignKeys: state.foreignKeys,
    associations: state.associations,
    at: declaration.at,
  };
}

function flavourOf(declaration: ClassDeclaration, file: string, evaluator: Evaluator): Flavour | null {
  const all = [...declaration.decorators, ...declaration.members.flatMap(({ decorators }) => decorators)];
  for (const each of all) {
    const own = ownName(each, file, evaluator);
    if (own) return own.module.startsWith('@sequelize') ? 'core' : 'sequelize-typescript';
  }
  return null;
}

interface State {
  readonly entries: Map<string, Result>;
  readonly positions: Map<string, SourceRange>;
  /** Indexes by their name, or by a key of their own. */
  readonly named: Map<
    string,
    { readonly options: ReadonlyMap<string, Result>; readonly fields: Result[]; readonly at: SourceRange }
  >;
  readonly foreignKeys: { attribute: string; target: Result }[];
  readonly associations: DecoratedAssociation[];
  readonly options: Map<string, Result>;
}

function* chainOf(node: ClassNode): Generator<ClassNode> {
  for (let at: ClassNode | null = node, depth = 0; at && depth < 20; at = at.base, depth++) yield at;
}

function tableOptions(decorator: Decorator, owner: ClassNode, evaluator: Evaluator): ReadonlyMap<string, Result> {
  const [first] = decorator.arguments ?? [];
  const options = first ? evaluator.evaluate(first, owner.scope) : undefined;
  return isObject(options) ? options.entries : new Map();
}

function applyMember(member: Member, owner: ClassNode, state: State, flavour: Flavour, evaluator: Evaluator): void {
  // As they take effect: the last one first.
  for (const decorator of member.decorators.toReversed()) {
    const own = ownName(decorator, owner.file, evaluator);
    if (own) {
      applyDecorator(own.name, decorator, member, owner, state, flavour, evaluator);
      continue;
    }
    // `@CategoryIndex` of `const CategoryIndex = createIndexDecorator({ … })`
    const target = evaluator.evaluate({ is: 'name', name: decorator.name }, owner.scope);
    if (
      typeof target === 'object' &&
      target !== null &&
      !isList(target) &&
      'is' in target &&
      target.is === 'call' &&
      target.name.startsWith('createIndexDecorator')
    )
      addIndex(
        `\0${decorator.name}`,
        target.arguments[0],
        argumentsOf(decorator, owner, evaluator)[0],
        member,
        decorator,
        state,
      );
  }
}

function argumentsOf(decorator: Decorator, owner: ClassNode, evaluator: Evaluator): readonly Result[] {
  return (decorator.arguments ?? []).map((each) => evaluator.evaluate(each, owner.scope));
}

function applyDecorator(
  name: string,
  decorator: Decorator,
  member: Member,
  owner: ClassNode,
  state: State,
  flavour: Flavour,
  evaluator: Evaluator,
): void {
  const given = argumentsOf(decorator, owner, evaluator);
  const [first] = given;
  const set = (options: readonly (readonly [string, Result])[]): void => setOptions(member, options, state);
  const kind = kinds[name];
  if (kind) {
    const target = isFunction(first) ? evaluator.call(first, []) : first;
    const resolved = given.slice(1).map((each) => (isFunction(each) ? evaluator.call(each, []) : each));
    state.associations.push({ kind, as: member.name, target, arguments: resolved, at: decorator.at });
    return;
  }
  switch (name) {
    case 'Column':
    case 'Attribute': {
      const options = isObject(first) ? [...first.entries] : [];
      const hasType = options.some(([key]) => key === 'type');
      const type = isObject(first) || first === undefined ? inferred(member, owner, evaluator) : first;
      set([...(hasType ? [] : [['type', type] as const]), ...options]);
      if (member.kind === 'accessor') set([['get', { is: 'unknown', text: `get ${member.name}` }]]);
      return;
    }
    case 'AllowNull': {
      set([['allowNull', first ?? true]]);
      return;
    }
    case 'NotNull': {
      set([['allowNull', false]]);
      return;
    }
    case 'PrimaryKey': {
      set([['primaryKey', first ?? true]]);
      return;
    }
    case 'AutoIncrement': {
      set([['autoIncrement', first ?? true]]);
      return;
    }
    case 'Default': {
      set([['defaultValue', first]]);
      return;
    }
    case 'Comment': {
      set([['comment', first]]);
      return;
    }
    case 'ColumnName': {
      set([['columnName', first]]);
      return;
    }
    case 'Unique': {
      set([['unique', first ?? true]]);
      return;
    }
    case 'ForeignKey':
      state.foreignKeys.push({ attribute: member.name, target: isFunction(first) ? evaluator.call(first, []) : first });
      return;
    case 'CreatedAt':
    case 'UpdatedAt':
    case 'DeletedAt': {
      const key = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
      state.options.set(key, member.name);
      // sequelize-typescript turns them on in the order the decorators stand.
      if (name === 'DeletedAt') state.options.set('paranoid', true);
      if (flavour === 'sequelize-typescript') state.options.set('timestamps', true);
      return;
    }
    case 'Version':
      state.options.set('version', member.name);
      return;
    case 'Index': {
      const options = isObject(first) ? first : undefined;
      const stated = typeof first === 'string' ? first : options?.entries.get('name');
      const key = typeof stated === 'string' ? stated : `\0${member.name}:${state.named.size}`;
      addIndex(
        key,
        options ?? (typeof first === 'string' ? objectOf([['name', first]]) : undefined),
        options,
        member,
        decorator,
        state,
      );
    }
  }
}

function setOptions(member: Member, options: readonly (readonly [string, Result])[], state: State): void {
  const before = state.entries.get(member.name);
  const entries = new Map(isObject(before) ? before.entries : []);
  for (const [key, value] of options) entries.set(key, value);
  state.entries.set(member.name, { is: 'object', entries, positions: new Map(), missing: null });
  state.positions.set(member.name, member.at);
}

function inferred(member: Member, owner: ClassNode, evaluator: Evaluator): Result {
  const types: Readonly<Record<string, string>> = {
    String: 'STRING',
    BigInt: 'BIGINT',
    Number: 'INTEGER',
    Boolean: 'BOOLEAN',
    Date: 'DATE',
    Buffer: 'BLOB',
  };
  const type = types[reflectType(member.type, owner.file, evaluator) ?? ''];
  return { is: 'unknown', text: type ?? 'design:type' };
}

function objectOf(entries: readonly (readonly [string, Result])[]): ObjectResult {
  return { is: 'object', entries: new Map(entries), positions: new Map(), missing: null };
}

function addIndex(
  key: string,
  options: Result,
  field: Result,
  member: Member,
  decorator: Decorator,
  state: State,
): void {
  const parts = isObject(field)
    ? [...field.entries].filter(([name]) => /^(?:length|order|collate|attribute)$/.test(name))
    : [];
  const entry = objectOf([['name', member.name], ...parts]);
  const known = state.named.get(key);
  if (known) known.fields.push(entry);
  else
    state.named.set(key, {
      options: isObject(options) ? options.entries : new Map(),
      fields: [entry],
      at: decorator.at,
    });
}

function indexObject(index: State['named'] extends Map<string, infer Index> ? Index : never): ObjectResult {
  return {
    is: 'object',
    entries: new Map([...index.options, ['fields', index.fields] as const]),
    positions: new Map([['fields', index.at]]),
    missing: null,
  };
}

/** The class a decorator's argument names. */
export function classOf(value: Result): ClassNode | null {
  return isClass(value) ? value : null;
}
