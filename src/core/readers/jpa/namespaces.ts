/** Database schemas that annotations name. */
import type { JavaAnnotation } from '../shared/java/model.ts';
import { argument } from '../shared/java/world.ts';
import type { KnownClass } from '../shared/java/world.ts';
import type { Context } from './context.ts';
import { physical } from './context.ts';

/** Where an engine has no schemas the catalog takes their place. Null = the default one. */
export function namespaceOf(table: JavaAnnotation | undefined, owner: KnownClass, context: Context): string | null {
  const text = (name: string): string | null => {
    const value = context.world.text(argument(table, name), owner);
    return value === '' ? null : value;
  };
  const isMysql = context.dialect === 'mysql' || context.dialect === 'mariadb';
  const stated = isMysql ? (text('catalog') ?? text('schema')) : text('schema');
  const written = stated ?? context.defaultSchema;
  if (written === null) return null;
  const name = physical(context, written);
  return name === 'public' && context.dialect === 'postgresql' ? null : name;
}
