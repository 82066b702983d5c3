/** Which of TypeORM's decorators a decorator stands for: through import aliases, namespaces, and decorators composed of others. */
import type { SourceRange } from '../../schema/source.ts';
import type { Decorator } from '../shared/typescript/declarations.ts';
import { isCall, isFunction, isList } from '../shared/typescript/results.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import type { Result, Scope } from '../shared/typescript/results.ts';

export interface AppliedDecorator {
  /** TypeORM's own name: `Column`. */
  readonly name: string;
  readonly arguments: readonly Result[];
  readonly at: SourceRange;
}

export const decoratorNames = new Set([
  'Entity',
  'ViewEntity',
  'ChildEntity',
  'TableInheritance',
  'Tree',
  'Column',
  'PrimaryColumn',
  'PrimaryGeneratedColumn',
  'ObjectIdColumn',
  'CreateDateColumn',
  'UpdateDateColumn',
  'DeleteDateColumn',
  'VersionColumn',
  'ViewColumn',
  'VirtualColumn',
  'Generated',
  'OneToOne',
  'OneToMany',
  'ManyToOne',
  'ManyToMany',
  'JoinColumn',
  'JoinTable',
  'RelationId',
  'TreeParent',
  'TreeChildren',
  'TreeLevelColumn',
  'Index',
  'Unique',
  'Check',
  'Exclusion',
  'ForeignKey',
]);

/** Names other ORMs' decorators and people's own share: without an import from TypeORM they are not taken for TypeORM's. */
const commonNames = new Set(['Index', 'Unique', 'Check', 'Tree', 'Generated', 'ForeignKey', 'Exclusion', 'Entity']);

export function isTypeormModule(module: string | null): boolean {
  // A relative import of a file that was not read can only be told by the name it imports.
  return module === null || /^typeorm(?:\/|$)/.test(module) || module.startsWith('.');
}

/** In the order they take effect: decorators of one element are applied from the last to the first. */
export function applyDecorators(
  decorators: readonly Decorator[],
  scope: Scope,
  evaluator: Evaluator,
): readonly AppliedDecorator[] {
  return decorators.toReversed().flatMap((decorator) => expand(decorator, scope, evaluator));
}

function expand(decorator: Decorator, scope: Scope, evaluator: Evaluator): readonly AppliedDecorator[] {
  const { name, at } = decorator;
  const own = name.slice(name.lastIndexOf('.') + 1);
  const declared = evaluator.graph.lookup(scope.file, name, 'value');
  const parameters = (): readonly Result[] =>
    (decorator.arguments ?? []).map((each) => evaluator.evaluate(each, scope));
  if (!declared) {
    const known = decoratorNames.has(own) && !commonNames.has(own);
    return known ? [{ name: own, arguments: parameters(), at }] : [];
  }
  if (declared.is === 'external') {
    if (decoratorNames.has(declared.name) && isTypeormModule(declared.module))
      return [{ name: declared.name, arguments: parameters(), at }];
    return declared.name === 'applyDecorators' ? flatten(parameters(), at, evaluator) : [];
  }
  if (declared.is !== 'value') return [];
  const target = evaluator.evaluate({ is: 'name', name }, scope);
  if (isFunction(target)) {
    const applied = decorator.arguments
      ? flatten([evaluator.call(target, parameters())], at, evaluator)
      : composedOf(target, at, evaluator);
    if (applied.length > 0) return applied;
    // TypeORM's own sources, read as a workspace: its decorators are functions that fill a storage.
    return decoratorNames.has(own) && isDecoratorFile(declared.file)
      ? [{ name: own, arguments: parameters(), at }]
      : [];
  }
  return flatten([target], at, evaluator);
}

function isDecoratorFile(file: string): boolean {
  return /(?:^|\/)src\/decorator\//.test(file);
}

/** `(target, property) => { Column(…)(target, property); … }` */
function composedOf(
  target: Extract<Result, { is: 'function' }>,
  at: SourceRange,
  evaluator: Evaluator,
): readonly AppliedDecorator[] {
  const results = target.value.applies.map((each) => evaluator.evaluate(each, target.scope));
  return flatten(results, at, evaluator);
}

function flatten(results: readonly Result[], at: SourceRange, evaluator: Evaluator): readonly AppliedDecorator[] {
  return results.flatMap((result): readonly AppliedDecorator[] => {
    if (isList(result)) return flatten(result, at, evaluator);
    if (isFunction(result)) return composedOf(result, at, evaluator);
    if (!isCall(result)) return [];
    if (result.name === 'applyDecorators') return flatten(result.arguments, at, evaluator).toReversed();
    return decoratorNames.has(result.name) && isTypeormModule(result.module)
      ? [{ name: result.name, arguments: result.arguments, at }]
      : [];
  });
}
