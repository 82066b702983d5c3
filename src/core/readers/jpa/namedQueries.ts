/** `@NamedQuery` and `@NamedNativeQuery` by their names. */
import type { Query } from '../../schema/code.ts';
import { queryAt } from '../shared/java/foundQuery.ts';
import { argument } from '../shared/java/world.ts';
import type { JavaWorld } from '../shared/java/world.ts';
import { applyStatement } from '../shared/sql/applyStatement.ts';
import { newDraft } from '../shared/typescript/queryDraft.ts';
import { repeated } from './annotations.ts';
import { applyJpql } from '../shared/sql/jpql.ts';

export function namedQueries(world: JavaWorld): (name: string) => Query | undefined {
  let known: Map<string, Query> | undefined;
  return (name) => {
    known ??= collect(world);
    return known.get(name);
  };
}

function collect(world: JavaWorld): Map<string, Query> {
  const found = new Map<string, Query>();
  for (const known of world.classes) {
    const { annotations } = known.declaration;
    const plain = repeated(annotations, 'NamedQuery', 'NamedQueries');
    const native = repeated(annotations, 'NamedNativeQuery', 'NamedNativeQueries');
    for (const annotation of [...plain, ...native]) {
      const name = world.text(argument(annotation, 'name'), known);
      const text = world.text(argument(annotation, 'query'), known);
      if (name === null || text === null) continue;
      const draft = newDraft(annotation.name, 'unknown', 'unknown');
      if (native.includes(annotation)) {
        draft.sql = { text: text.slice(0, 4000), interpolations: [], at: annotation.at };
        applyStatement(text, annotation.at, draft);
      } else applyJpql(text, annotation.at, draft);
      found.set(name, queryAt(draft, { function: null, loop: null, result: null, uses: [], at: annotation.at }));
    }
  }
  return found;
}
