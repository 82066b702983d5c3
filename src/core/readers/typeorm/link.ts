/** Fragments of all files of a project → its tables. Pure: the same fragments give the same tables. */
import type { FileFacts } from '../../schema/code.ts';
import { memoize } from '../../schema/memo.ts';
import type { Dialect } from '../../schema/model.ts';
import type { Problem } from '../../schema/source.ts';
import { unfollowedDecorator } from './argsFromClass.ts';
import type { Fragment, LinkContext, LinkResult } from '../reader.ts';
import type { Declarations } from '../shared/typescript/declarations.ts';
import { linkQueries } from './linkQueries.ts';
import { withSqlSteps } from './migrationSteps.ts';
import { relink } from './relink.ts';
import type { Linked } from './relink.ts';
import { mergeTables } from './tables.ts';
import type { TableResult } from './tables.ts';

export function link(fragments: readonly Fragment<Declarations>[], context: LinkContext): LinkResult {
  const sorted = fragments.toSorted((a, b) => (a.file < b.file ? -1 : 1));
  const linked = relink(
    sorted.map(({ file, mappings }) => ({ file, declarations: mappings })),
    context,
  );
  const { tables, enums, byName } = merged(linked);
  const problems = distinct([...linked.problems, ...linked.files.flatMap((file) => file.problems)]);
  return {
    tables,
    enums,
    files: linkQueries(
      sorted.map(({ facts }) => facts),
      byName,
    ).map((file) => (file.migration ? withSteps(file, { dialect: () => context.dialect }) : file)),
    problems: onePerDecorator(problems.toSorted(byPlace)),
  };
}

const withSteps = memoize((file: FileFacts, look: { readonly dialect: () => Dialect | null }) =>
  withSqlSteps(file, look.dialect()),
);

const mergedOf = new WeakMap<Linked, TableResult>();

function merged(linked: Linked): TableResult {
  let result = mergedOf.get(linked);
  if (!result) {
    const kinds = ['declared', 'junctions', 'closures'] as const;
    result = mergeTables(kinds.flatMap((kind) => linked.files.flatMap((file) => file[kind])));
    mergedOf.set(linked, result);
  }
  return result;
}

/** What is wrong with a base class is told by each file that extends it. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

/** A decorator of the project's own is used on dozens of properties; what is not known of it is said once, where it is used first. */
function onePerDecorator(problems: readonly Problem[]): readonly Problem[] {
  const kindOf = ({ code, message }: Problem): string | null =>
    code === unfollowedDecorator ? message.replace(/ of \S+ is declared/, ' is declared') : null;
  const uses = new Map<string, number>();
  for (const problem of problems) {
    const kind = kindOf(problem);
    if (kind !== null) uses.set(kind, (uses.get(kind) ?? 0) + 1);
  }
  const said = new Set<string>();
  return problems.flatMap((problem) => {
    const kind = kindOf(problem);
    if (kind === null) return [problem];
    if (said.has(kind)) return [];
    said.add(kind);
    const more = (uses.get(kind) ?? 1) - 1;
    const others = ` The same holds for ${more} more ${more === 1 ? 'property' : 'properties'} with it.`;
    return [more === 0 ? problem : { ...problem, message: problem.message + others }];
  });
}

function byPlace(a: Problem, b: Problem): number {
  const [one, other] = [a.at, b.at];
  if (!one || !other) return 0;
  return one.file < other.file ? -1 : one.file > other.file ? 1 : one.line - other.line || one.column - other.column;
}
