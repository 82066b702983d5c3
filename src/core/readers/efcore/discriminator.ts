/** `HasDiscriminator` and `HasValue`. */
import { isKind, nameValue } from '../shared/csharp/values.ts';
import type { Host, Value } from '../shared/csharp/values.ts';
import type { Building } from './building.ts';
import { propertiesIn } from './builders.ts';
import type { Invocation } from './builders.ts';
import type { EntityType } from './model.ts';

export function discriminatorHost(
  entity: EntityType,
  building: Building,
  { name, args, types }: Invocation,
  back: Host,
): Host {
  if (name === 'HasNoDiscriminator') {
    entity.discriminator = 'none';
    return back;
  }
  const [column] = propertiesIn(args);
  const before = entity.discriminator === 'none' || entity.discriminator === null ? null : entity.discriminator;
  const discriminator = before ?? { column: null, type: null, values: new Map<string, string>() };
  if (column !== undefined) discriminator.column = column;
  const given = args.find((each) => isKind(each, 'type'));
  discriminator.type = types[0] ?? (isKind(given, 'type') ? given.type : discriminator.type);
  entity.discriminator = discriminator;
  const host: Host = {
    is: 'host',
    call(method, values, inner, innerTypes) {
      if (method === 'HasValue') {
        const [type] = innerTypes;
        const [first, second] = values;
        const target = type
          ? building.entity(type, inner.at, true)
          : isKind(first, 'type')
            ? building.entity(first.type, inner.at, true)
            : entity;
        const value = values.length > 1 ? second : first;
        if (target) discriminator.values.set(target.id, shown(value));
      }
      return host;
    },
  };
  return host;
}

function shown(value: Value): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : (nameValue(value) ?? '');
}
