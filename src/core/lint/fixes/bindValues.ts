import type { Interpolation, Query } from '../../schema/code.ts';
import type { Dialect } from '../../schema/model.ts';
import type { CodeContext, Fix } from '../rule.ts';

/** Binds the values as parameters; none where one of them is a name or a piece of SQL, which cannot be bound. */
export function bindValues(
  { sql, table, namespace }: Query,
  interpolations: readonly Interpolation[],
  context: Pick<CodeContext, 'table' | 'dialect'>,
): readonly Fix[] {
  if (sql === null || interpolations.some(({ position }) => position !== 'value')) return [];
  const dialect: Dialect | null = context.dialect;
  const reader = table === null ? null : (context.table(table, namespace)?.reader ?? null);
  const expressions = [...new Set(interpolations.map(({ text }) => text))];
  return [
    {
      title: expressions.length === 1 ? `Bind ${expressions[0] ?? ''} as a parameter` : 'Bind the values as parameters',
      preferred: true,
      change: null,
      edits: [],
      code: { kind: 'bindValues', orm: reader, dialect, at: sql.at, expressions },
    },
  ];
}
