/** `HasIndex` and its builder. */
import type { SourceRange } from '../../schema/source.ts';
import { isKind, isList, textValue } from '../shared/csharp/values.ts';
import type { Host, Value } from '../shared/csharp/values.ts';
import { propertiesIn } from './builders.ts';
import type { EntityType, IndexSettings } from './model.ts';

export function indexHost(entity: EntityType, args: readonly Value[], at: SourceRange): Host {
  // `HasIndex(x => x.A, "name")`, `HasIndex(new[] { "A" }, "name")`, `HasIndex("A", "B")`.
  const [first, second] = args;
  const named = (isKind(first, 'closure') || isList(first)) && args.length === 2 ? textValue(second) : null;
  const properties = propertiesIn(named === null ? args : args.slice(0, 1));
  const known = entity.indexes.find(
    (each) =>
      each.properties.join() === properties.join() && (each.name === named || named === null) && each.by === 'declared',
  );
  const index: IndexSettings = known ?? { properties, by: 'declared', at };
  if (named !== null) index.name = named;
  if (!known && properties.length > 0) entity.indexes.push(index);
  const host: Host = {
    is: 'host',
    call(name, given) {
      state(index, name, given);
      return host;
    },
  };
  return host;
}

function state(index: IndexSettings, name: string, args: readonly Value[]): void {
  const [first] = args;
  const text = textValue(first);
  if (name === 'IsUnique') index.unique = first !== false;
  else if ((name === 'HasDatabaseName' || name === 'HasName') && text !== null) index.name = text;
  else if (name === 'HasFilter') index.where = text;
  else if (name === 'IncludeProperties') index.include = propertiesIn(args);
  else if (name === 'IsDescending') {
    const flags = (isList(first) ? first : args).filter((each) => typeof each === 'boolean');
    index.descending = flags.length > 0 ? flags : index.properties.map(() => true);
  } else if (name === 'HasMethod' && text !== null) index.method = text.toLowerCase();
  else if (name === 'IsFullText') index.method = 'fulltext';
  else if (name === 'IsSpatial') index.method = 'spatial';
}
