/** The parts of TypeORM's storage that classes and schemas fill alike. */
import type { Problem, SourceRange } from '../../schema/source.ts';
import { isFunction, isObject } from '../shared/typescript/results.ts';
import type { Result } from '../shared/typescript/results.ts';
import type { AppliedDecorator } from './decorators.ts';
import type { Args, Target } from './model.ts';
import { flagOf, objectOf, textOf, textsOf, valueOf } from './options.ts';
import type { Options } from './options.ts';

export function emptyArgs(): Args {
  return {
    table: null,
    inheritance: null,
    discriminatorValue: null,
    tree: null,
    columns: [],
    generations: [],
    relations: [],
    joinColumns: [],
    joinTables: [],
    embeddeds: [],
    indices: [],
    uniques: [],
    checks: [],
    exclusions: [],
    foreignKeys: [],
    problems: [],
  };
}

export function reportUnread(args: Args, where: string, unread: readonly string[], at: SourceRange): void {
  if (unread.length === 0) return;
  const problem: Problem = {
    code: 'unresolved-option',
    message: `${where}: ${unread.join(', ')} cannot be read without running the code, so TypeORM's default is assumed. Use a literal or a constant.`,
    severity: 'information',
    at,
  };
  args.problems.push(problem);
}

/** @Index, @Unique, @Check, @Exclusion and @ForeignKey, on the class (`property` null) or on a property. */
export function applyConstraint(applied: AppliedDecorator, target: Target, property: string | null): void {
  const { args } = target;
  const { at } = applied;
  const [first, second, third, fourth] = applied.arguments;
  const named = typeof first === 'string' ? first : null;
  const fields = property !== null ? [property] : named === null ? first : second;
  const options = [first, second, third].map(objectOf).find((each) => each !== null) ?? null;
  switch (applied.name) {
    case 'Index':
      args.indices.push(indexArgs(named, isObject(fields) ? undefined : fields, options, at));
      return;
    case 'Unique':
      args.uniques.push({
        name: named,
        columns: isObject(fields) ? undefined : fields,
        deferrable: textOf(options, 'deferrable'),
        at,
      });
      return;
    case 'Check':
    case 'Exclusion': {
      const given = typeof second === 'string' ? second : null;
      const expression = given ?? named;
      const list = applied.name === 'Check' ? args.checks : args.exclusions;
      if (expression !== null) list.push({ name: given === null ? null : named, expression, at });
      else reportUnread(args, `@${applied.name} of ${target.name}`, ['expression'], at);
      return;
    }
    case 'ForeignKey': {
      const settings = [second, third, fourth].map(objectOf).find((each) => each !== null) ?? null;
      args.foreignKeys.push({
        type: first,
        property,
        inverse: typeof second === 'string' || isFunction(second) ? second : undefined,
        columnNames: textsOf(second),
        referencedColumnNames: textsOf(third),
        name: textOf(settings, 'name'),
        onDelete: textOf(settings, 'onDelete'),
        onUpdate: textOf(settings, 'onUpdate'),
        deferrable: textOf(settings, 'deferrable'),
        at,
      });
    }
  }
}

export function indexArgs(
  name: string | null,
  columns: Result,
  options: Options,
  at: SourceRange,
): Args['indices'][number] {
  const type = textOf(options, 'type');
  return {
    name,
    columns,
    unique: flagOf(options, 'unique'),
    method: flagOf(options, 'spatial') ? 'spatial' : flagOf(options, 'fulltext') ? 'fulltext' : type,
    where: textOf(options, 'where'),
    synchronize: valueOf(options, 'synchronize') !== false,
    at,
  };
}
