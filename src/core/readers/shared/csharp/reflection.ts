/** What code asks of types: `typeof(Order).Name`, `type.IsSubclassOf(…)`, all types of an assembly. */
import type { ClassInfo, CsProject } from './project.ts';
import { plainType, simpleName } from './types.ts';
import type { TypeRef } from './types.ts';
import { isKind } from './values.ts';
import type { TypeValue, Value } from './values.ts';

/** What reflection over the project's assemblies finds. */
export function everyType(project: CsProject): readonly Value[] {
  return project.classes.map((info) => ({ is: 'type', type: plainType(info.key.replace(/`\d+$/u, '')), info }));
}

export function derives(project: CsProject, info: ClassInfo, type: TypeRef): boolean {
  return info.name === simpleName(type) || project.derivesFrom(info, simpleName(type));
}

export function typeMember(on: TypeValue, name: string): Value {
  if (name === 'Name')
    return on.type.args.length > 0 ? `${simpleName(on.type)}\`${String(on.type.args.length)}` : simpleName(on.type);
  if (name === 'Namespace') return on.info?.namespace;
  if (name === 'FullName') return on.info?.key;
  if (name === 'Assembly') return { is: 'instance', type: plainType('Assembly'), info: on.info, fields: new Map() };
  if (name === 'IsAbstract') return on.info ? on.info.abstract || on.info.kind === 'interface' : undefined;
  if (name === 'IsInterface') return on.info ? on.info.kind === 'interface' : undefined;
  if (name === 'IsClass') return on.info ? on.info.kind === 'class' || on.info.kind === 'record' : undefined;
  if (name === 'IsEnum') return on.info ? on.info.kind === 'enum' : undefined;
  if (name === 'IsGenericType' || name === 'IsGenericTypeDefinition')
    return on.info ? on.info.typeParameters.length > 0 : undefined;
  return undefined;
}

export function typeMethod(project: CsProject, info: ClassInfo | null, name: string, args: readonly Value[]): Value {
  const [other] = args;
  if (!info || !isKind(other, 'type')) return undefined;
  if (name === 'IsSubclassOf') return project.derivesFrom(info, simpleName(other.type));
  if (name === 'IsAssignableFrom' && other.info)
    return other.info === info || project.derivesFrom(other.info, info.name);
  if (name === 'IsAssignableTo') return derives(project, info, other.type);
  return undefined;
}
