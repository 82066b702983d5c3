/** `OwnsOne` and `OwnsMany`. */
import type { TypeRef } from '../shared/csharp/types.ts';
import { isKind, textValue } from '../shared/csharp/values.ts';
import type { Host, Value } from '../shared/csharp/values.ts';
import type { Building } from './building.ts';
import { entityHost, entityMethod, propertiesIn } from './builders.ts';
import type { Invocation } from './builders.ts';
import type { EntityType } from './model.ts';

export function ownedHost(
  entity: EntityType,
  building: Building,
  invocation: Invocation,
  back: Host,
): Host | undefined {
  const { name, args, call } = invocation;
  const many = name === 'OwnsMany';
  // The first lambda selects the navigation, the one after it configures.
  const [first, second, third] = args;
  const configure = isKind(second, 'closure')
    ? second
    : isKind(third, 'closure')
      ? third
      : isKind(first, 'closure') && invocation.types.length > 0 && propertiesIn([first]).length === 0
        ? first
        : null;
  const target = ownedTarget(entity, building, invocation);
  if (target === null) return back;
  const owned = building.ownedEntity(entity, target.navigation, target.type, many, call.at);
  if (!owned) return back;
  const host = ownedBuilder(owned, building);
  if (!configure) return host;
  configure.run([host]);
  return back;
}

function ownedTarget(
  entity: EntityType,
  building: Building,
  invocation: Invocation,
): { readonly navigation: string; readonly type: TypeRef } | null {
  const { args, types } = invocation;
  const [first, second] = args;
  // Of a snapshot: `OwnsOne("Ns.Address", "Address", …)`.
  if (typeof first === 'string' && typeof second === 'string')
    return { navigation: second, type: building.named(first) };
  if (isKind(first, 'type')) {
    const navigation = textValue(second);
    return navigation === null ? null : { navigation, type: first.type };
  }
  const [navigation] = propertiesIn([first]);
  if (navigation === undefined) return null;
  const type =
    types.at(-1) !== undefined && typeof first === 'string'
      ? types.at(-1)
      : building.navigationType(entity, navigation);
  return type ? { navigation, type } : null;
}

function ownedBuilder(owned: EntityType, building: Building): Host {
  const inner = entityHost(owned, building);
  const host: Host = {
    is: 'host',
    get: (name) => inner.get?.(name),
    call(name, args: readonly Value[], call, types) {
      if (name === 'WithOwner') return ownerHost(owned, building);
      return entityMethod(owned, building, host, { name, args, call, types });
    },
  };
  building.hosts.set(host, owned);
  return host;
}

/** `WithOwner().HasForeignKey("OrderId")` */
function ownerHost(owned: EntityType, building: Building): Host {
  const host: Host = {
    is: 'host',
    call(name, args) {
      const properties = propertiesIn(args.filter((each) => each !== null));
      if (name === 'HasForeignKey' && properties.length > 0) building.ownerKeys.set(owned, properties);
      if (name === 'HasConstraintName' && typeof args[0] === 'string') owned.ownerKeyName = args[0];
      return host;
    },
  };
  return host;
}
