/** Arguments of a recorded call, as what they are expected to be. */
import { isList, nameValue } from '../../readers/shared/csharp/values.ts';
import type { ReferentialAction } from '../../schema/model.ts';
import type { SqlName } from '../../syntax/sql/operation.ts';
import type { EfCall } from './builder.ts';

export function textOf({ args }: EfCall, name: string): string | null {
  const value = args.get(name);
  return typeof value === 'string' ? value : null;
}

export function numberOf({ args }: EfCall, name: string): number | null {
  const value = args.get(name);
  return typeof value === 'number' ? value : null;
}

export function flagOf({ args }: EfCall, name: string): boolean | null {
  const value = args.get(name);
  return typeof value === 'boolean' ? value : null;
}

/** One or several names. */
export function namesOf({ args }: EfCall, name: string): readonly string[] {
  const value = args.get(name);
  if (typeof value === 'string') return [value];
  return isList(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** Null where the name is put together when it runs. */
export function tableOf(call: EfCall, key = 'table', schema = 'schema'): SqlName | null {
  const name = textOf(call, key);
  const namespace = textOf(call, schema);
  return name === null ? null : { name, namespace: namespace === 'public' || namespace === 'dbo' ? null : namespace };
}

const actions: Readonly<Record<string, ReferentialAction>> = {
  Cascade: 'CASCADE',
  SetNull: 'SET NULL',
  SetDefault: 'SET DEFAULT',
  Restrict: 'RESTRICT',
  NoAction: 'NO ACTION',
};

/** Absent = `NoAction`, as the parameters of EF Core have it. */
export function actionOf({ args }: EfCall, name: string): ReferentialAction {
  return actions[nameValue(args.get(name)) ?? ''] ?? 'NO ACTION';
}
