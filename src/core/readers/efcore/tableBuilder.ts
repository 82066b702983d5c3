/** `ToTable` in its forms, and the builder it hands to a lambda. */
import type { CallExpr } from '../shared/csharp/ast.ts';
import { isKind, textValue } from '../shared/csharp/values.ts';
import type { Host, Value } from '../shared/csharp/values.ts';
import type { EntityType, TableSettings } from './model.ts';

export function tableSettings(args: readonly Value[], call: CallExpr, before: TableSettings | null): TableSettings {
  const [first, second] = args;
  const named = call.names?.indexOf('schema') ?? -1;
  const schema = textValue(named >= 0 ? args[named] : second) ?? (named >= 0 || second === null ? null : undefined);
  // `ToTable(t => …)` keeps the name by convention, `ToTable((string)null)` takes the table away.
  if (isKind(first, 'closure')) return before ?? { name: null, schema: undefined, kind: 'table', excluded: false };
  if (first === null) return { name: null, schema, kind: 'none', excluded: false };
  return { name: textValue(first) === '' ? null : textValue(first), schema, kind: 'table', excluded: false };
}

export function tableHost(entity: EntityType, back: Host): Host {
  const host: Host = {
    is: 'host',
    call(name, args, call) {
      if (name === 'HasComment') entity.comment = textValue(args[0]);
      else if (name === 'HasCheckConstraint')
        entity.checks.push({ name: textValue(args[0]), expression: textValue(args[1]) ?? '', at: call.at });
      else if (name === 'ExcludeFromMigrations' && entity.table && args[0] !== false)
        entity.table = { ...entity.table, excluded: true };
      else if (name === 'Property') return back.call?.(name, args, call, []);
      return host;
    },
  };
  return host;
}
