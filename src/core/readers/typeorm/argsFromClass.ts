/** The decorators of one class → what they put into TypeORM's storage (`src/decorator/**` of typeorm 1.1). */
import type { SourceRange } from '../../schema/source.ts';
import type { Member } from '../shared/typescript/declarations.ts';
import { isClass, isFunction, isList, isObject } from '../shared/typescript/results.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import type { ClassNode } from '../shared/typescript/results.ts';
import { reflectType } from '../shared/typescript/reflectType.ts';
import { applyConstraint, reportUnread } from './args.ts';
import { applyDecorators } from './decorators.ts';
import type { AppliedDecorator } from './decorators.ts';
import type { Args, ColumnMode, ColumnOptions, RelationArgs, TableArgs, Target } from './model.ts';
import {
  cascadesOf,
  columnOptions,
  flagOf,
  isUnreadable,
  joinColumnList,
  joinColumnOptions,
  objectOf,
  textOf,
  typeOf,
  unreadOptions,
  valueOf,
} from './options.ts';
import type { Options } from './options.ts';

/** Fills `target.args`. Decorators of members come first, in the order of the members, then those of the class. */
export function fillFromClass(target: Target, node: ClassNode, evaluator: Evaluator): void {
  for (const member of node.declaration.members) {
    if (member.static || member.decorators.length === 0) continue;
    const decorators = applyDecorators(member.decorators, node.scope, evaluator);
    for (const applied of decorators) applyToMember(applied, member, target, node, evaluator);
    if (decorators.length === 0) assumeColumn(member, target, node, evaluator);
  }
  for (const applied of applyDecorators(node.declaration.decorators, node.scope, evaluator))
    applyToClass(applied, target);
}

const plainTypes = new Set(['String', 'Number', 'Boolean', 'Date']);

/** Code of the problem that a decorator of the project's own could not be followed. */
export const unfollowedDecorator = 'unfollowed-decorator';

/**
 * A decorator of the project's own that is not composed of TypeORM's may still register a column at run time. Where its name
 * says so the column is taken for granted, with what the property's type tells, because a table without its key helps nobody.
 */
function assumeColumn(member: Member, target: Target, node: ClassNode, evaluator: Evaluator): void {
  if (member.kind !== 'property') return;
  const own = member.decorators.find(
    (each) => evaluator.graph.lookup(node.scope.file, each.name, 'value')?.is === 'value',
  );
  if (!own) return;
  const { args, name } = target;
  const primary = own.name.startsWith('Primary');
  const assumed = primary || /(?:Column|Id|Money)$/.test(own.name);
  if (assumed) {
    const options = own.arguments?.[0] ? objectOf(evaluator.evaluate(own.arguments[0], node.scope)) : null;
    const reflected = reflectType(member.type, node.scope.file, evaluator);
    // `string | number` and the like: keys are numbers unless they say otherwise.
    const type = reflected !== null && plainTypes.has(reflected) ? reflected : 'Number';
    const known = columnOptions(options, type);
    args.columns.push({
      target,
      property: member.name,
      mode: 'regular',
      options: { ...known, primary: primary || known.primary },
      at: member.at,
    });
    if (own.name.startsWith('PrimaryGenerated'))
      args.generations.push({ property: member.name, strategy: 'increment' });
  }
  args.problems.push({
    code: unfollowedDecorator,
    message: `@${own.name} of ${name}.${member.name} is declared in this workspace, but what it does is not plain: ${
      assumed ? 'by its name it is taken for a column' : 'if it adds a column, that column is missing here'
    }.`,
    severity: 'information',
    at: own.at,
  });
}

function applyToMember(
  applied: AppliedDecorator,
  member: Member,
  target: Target,
  node: ClassNode,
  evaluator: Evaluator,
): void {
  const { args } = target;
  const property = member.name;
  const { at } = member;
  const [first, second, third] = applied.arguments;
  const reflected = (): string | null => reflectType(member.type, node.scope.file, evaluator);
  const column = (mode: ColumnMode, options: ColumnOptions): void => {
    args.columns.push({ target, property, mode, options, at });
  };
  const report = (options: Options, keys: readonly string[]): void => {
    reportUnread(args, `@${applied.name} of ${target.name}.${property}`, unreadOptions(options, keys), applied.at);
  };
  switch (applied.name) {
    case 'Column': {
      if (isFunction(first) || isClass(first)) {
        const options = objectOf(second);
        const prefix = valueOf(options, 'prefix');
        const array = reflected() === 'Array' || flagOf(options, 'array');
        args.embeddeds.push({
          property,
          type: first,
          prefix: typeof prefix === 'string' || typeof prefix === 'boolean' ? prefix : undefined,
          array,
          at,
        });
        return;
      }
      const options = objectOf(typeof first === 'string' || typeOf(first) !== null ? second : first);
      report(options, columnKeys);
      if (isUnreadable(first)) reportUnread(args, `@Column of ${target.name}.${property}`, ['type'], applied.at);
      if (flagOf(options, 'unique')) args.uniques.push({ name: null, columns: [property], deferrable: null, at });
      column('regular', columnOptions(options, typeOf(first) ?? typeOf(valueOf(options, 'type')) ?? reflected()));
      generate(args, property, options);
      return;
    }
    case 'PrimaryColumn': {
      const options = objectOf(typeOf(first) === null ? first : second);
      report(options, columnKeys);
      const plain = columnOptions(options, typeOf(first) ?? typeOf(valueOf(options, 'type')) ?? reflected());
      column('regular', { ...plain, primary: true, nullable: undefined });
      generate(args, property, options);
      return;
    }
    case 'PrimaryGeneratedColumn': {
      const options = objectOf(typeof first === 'string' ? second : first);
      const strategy = typeof first === 'string' ? first : 'increment';
      report(options, columnKeys);
      const type = typeOf(valueOf(options, 'type')) ?? generatedType(strategy);
      column('regular', { ...columnOptions(options, type), primary: true });
      args.generations.push({ property, strategy });
      return;
    }
    case 'Generated':
      args.generations.push({ property, strategy: typeof first === 'string' ? first : 'increment' });
      return;
    case 'ObjectIdColumn': {
      const plain = columnOptions(objectOf(first), null);
      column('objectId', { ...plain, primary: true, name: plain.name ?? '_id' });
      return;
    }
    case 'CreateDateColumn':
    case 'UpdateDateColumn':
    case 'DeleteDateColumn':
    case 'VersionColumn': {
      const options = objectOf(first);
      report(options, columnKeys);
      column(dateModes[applied.name] ?? 'regular', columnOptions(options, null));
      return;
    }
    case 'ViewColumn':
      column('regular', columnOptions(objectOf(first), null));
      return;
    case 'VirtualColumn':
      column('virtual-property', columnOptions(objectOf(typeof first === 'string' ? second : first), typeOf(first)));
      return;
    case 'TreeLevelColumn':
      column('treeLevel', columnOptions(null, null));
      return;
    case 'OneToOne':
    case 'ManyToOne':
    case 'ManyToMany':
    case 'OneToMany': {
      const hasInverse = second !== undefined && !isObject(second);
      const options = objectOf(applied.name === 'OneToMany' || hasInverse ? third : second);
      report(options, relationKeys);
      args.relations.push(
        relation(target, property, relationKinds[applied.name] ?? 'many-to-one', at, options, {
          type: first,
          inverse: isObject(second) ? undefined : second,
          lazy: flagOf(options, 'lazy') || reflected() === 'Promise',
        }),
      );
      return;
    }
    case 'TreeParent':
    case 'TreeChildren': {
      const parent = applied.name === 'TreeParent';
      args.relations.push({
        ...relation(target, property, parent ? 'many-to-one' : 'one-to-many', at, objectOf(first), {
          type: node,
          inverse: undefined,
          lazy: reflected() === 'Promise',
        }),
        treeParent: parent,
        treeChildren: !parent,
      });
      return;
    }
    case 'JoinColumn':
      for (const each of isList(first) ? first : [first])
        args.joinColumns.push({ property, ...joinColumnOptions(each) });
      return;
    case 'JoinTable': {
      const options = objectOf(first);
      report(options, ['name', 'joinColumn', 'inverseJoinColumn', 'joinColumns', 'inverseJoinColumns']);
      args.joinTables.push({
        property,
        name: textOf(options, 'name'),
        schema: textOf(options, 'schema'),
        database: textOf(options, 'database'),
        synchronize: valueOf(options, 'synchronize') !== false,
        joinColumns: joinColumnList(options, 'joinColumn', 'joinColumns'),
        inverseJoinColumns: joinColumnList(options, 'inverseJoinColumn', 'inverseJoinColumns'),
        at,
      });
      return;
    }
    case 'Index':
    case 'Unique':
    case 'Check':
    case 'Exclusion':
    case 'ForeignKey':
      applyConstraint(applied, target, property);
      return;
  }
}

const columnKeys = [
  'name',
  'type',
  'length',
  'nullable',
  'enum',
  'enumName',
  'precision',
  'scale',
  'primary',
  'unique',
  'array',
];
const relationKeys = ['nullable', 'onDelete', 'onUpdate', 'eager', 'lazy', 'createForeignKeyConstraints'];
const dateModes: Readonly<Record<string, ColumnMode>> = {
  CreateDateColumn: 'createDate',
  UpdateDateColumn: 'updateDate',
  DeleteDateColumn: 'deleteDate',
  VersionColumn: 'version',
};
const relationKinds: Readonly<Record<string, RelationArgs['kind']>> = {
  OneToOne: 'one-to-one',
  ManyToOne: 'many-to-one',
  ManyToMany: 'many-to-many',
  OneToMany: 'one-to-many',
};

function generate(args: Args, property: string, options: Options): void {
  const generated = valueOf(options, 'generated');
  if (generated !== undefined && generated !== false && generated !== null)
    args.generations.push({ property, strategy: typeof generated === 'string' ? generated : 'increment' });
}

function generatedType(strategy: string): string | null {
  if (strategy === 'increment' || strategy === 'identity') return 'Number';
  return strategy === 'uuid' ? 'uuid' : strategy === 'rowid' ? 'int' : null;
}

export function relation(
  target: Target,
  property: string,
  kind: RelationArgs['kind'],
  at: SourceRange,
  options: Options,
  known: Pick<RelationArgs, 'type' | 'inverse' | 'lazy'>,
): RelationArgs {
  return {
    target,
    property,
    kind,
    ...known,
    treeParent: false,
    treeChildren: false,
    nullable: valueOf(options, 'nullable') !== false,
    eager: flagOf(options, 'eager'),
    cascade: cascadesOf(valueOf(options, 'cascade')),
    onDelete: textOf(options, 'onDelete'),
    onUpdate: textOf(options, 'onUpdate'),
    deferrable: textOf(options, 'deferrable'),
    createForeignKeyConstraints: valueOf(options, 'createForeignKeyConstraints') !== false,
    at,
  };
}

function applyToClass(applied: AppliedDecorator, target: Target): void {
  const { args } = target;
  const [first, second] = applied.arguments;
  const options = objectOf(isObject(first) ? first : second);
  switch (applied.name) {
    case 'Entity':
    case 'ViewEntity': {
      const name = typeof first === 'string' ? first : textOf(options, 'name');
      args.table ??= tableArgs(applied.name === 'Entity' ? 'regular' : 'view', name === '' ? null : name, options);
      const unread = unreadOptions(options, ['name', 'schema', 'database', 'synchronize']);
      reportUnread(
        args,
        `@${applied.name} of ${target.name}`,
        isUnreadable(first) ? ['name', ...unread] : unread,
        applied.at,
      );
      return;
    }
    case 'ChildEntity':
      args.table ??= tableArgs('entity-child', null, null);
      args.discriminatorValue ??= typeof first === 'string' || typeof first === 'number' ? String(first) : null;
      return;
    case 'TableInheritance': {
      const column = valueOf(options, 'column');
      args.inheritance ??= {
        pattern: textOf(options, 'pattern') ?? 'STI',
        column:
          typeof column === 'string'
            ? { ...columnOptions(null, null), name: column }
            : isObject(column)
              ? columnOptions(column, null)
              : null,
      };
      return;
    }
    case 'Tree': {
      const ancestor = valueOf(options, 'ancestorColumnName');
      const descendant = valueOf(options, 'descendantColumnName');
      const closure = first === 'closure-table';
      args.tree ??= {
        type: typeof first === 'string' ? first : 'adjacency-list',
        closureTableName: closure ? textOf(options, 'closureTableName') : null,
        closureTableSchema: closure ? textOf(options, 'closureTableSchema') : null,
        ancestorColumnName: closure && isFunction(ancestor) ? ancestor : null,
        descendantColumnName: closure && isFunction(descendant) ? descendant : null,
      };
      return;
    }
    default:
      applyConstraint(applied, target, null);
  }
}

export function tableArgs(type: TableArgs['type'], name: string | null, options: Options): TableArgs {
  const expression = valueOf(options, 'expression');
  return {
    type,
    name,
    schema: textOf(options, 'schema'),
    database: textOf(options, 'database'),
    synchronize: valueOf(options, 'synchronize') !== false,
    materialized: flagOf(options, 'materialized'),
    expression: typeof expression === 'string' ? expression.trim() : null,
    comment: textOf(options, 'comment'),
  };
}
