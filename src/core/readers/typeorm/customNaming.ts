/**
 * Naming strategies that data sources name: TypeORM's own, the well-known SnakeNamingStrategy, and classes of the workspace
 * that extend one of them, as far as their methods are plain expressions.
 */
import type { DataSource } from '../../schema/code.ts';
import type { Problem } from '../../schema/source.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import { isClass } from '../shared/typescript/results.ts';
import type { ClassNode } from '../shared/typescript/results.ts';
import { defaultNaming, snakeNaming } from './naming.ts';
import type { NamingStrategy } from './naming.ts';
import { evaluateName } from './namingExpression.ts';
import type { NameValue } from './namingExpression.ts';

type Method = {
  [K in keyof NamingStrategy]: NamingStrategy[K] extends (...values: never[]) => string ? K : never;
}[keyof NamingStrategy];

const methods: readonly Method[] = [
  'tableName',
  'closureJunctionTableName',
  'columnName',
  'primaryKeyName',
  'uniqueConstraintName',
  'relationConstraintName',
  'foreignKeyName',
  'indexName',
  'checkConstraintName',
  'exclusionConstraintName',
  'joinColumnName',
  'joinTableName',
  'joinTableColumnDuplicationPrefix',
  'joinTableColumnName',
  'joinTableInverseColumnName',
  'prefixTableName',
];

type Untyped = (...values: readonly NameValue[]) => string;

/** Strategies by the name a data source gives; null = it gives none. Problems are reported once per strategy. */
export function namingStrategies(
  evaluator: Evaluator,
  report: (problem: Problem) => void,
  legacy: boolean,
): (source: DataSource) => NamingStrategy | null {
  const known = new Map<string, NamingStrategy | null>();
  return (source) => {
    if (source.namingStrategy === null) return null;
    const name = source.namingStrategy.replace(/^new\s+/, '').replace(/\(.*$/s, '');
    const key = `${source.at.file}\0${name}`;
    let strategy = known.get(key);
    if (strategy === undefined) known.set(key, (strategy = byName(name, source, evaluator, report, legacy)));
    return strategy;
  };
}

function byName(
  name: string,
  source: DataSource,
  evaluator: Evaluator,
  report: (problem: Problem) => void,
  legacy: boolean,
): NamingStrategy | null {
  const declared = evaluator.evaluate({ is: 'name', name }, { file: source.at.file, names: null, outer: null });
  const node = isClass(declared)
    ? declared
    : typeof declared === 'object' && declared !== null && 'is' in declared && declared.is === 'call'
      ? classNamed(declared.name, source.at.file, evaluator)
      : null;
  if (node) {
    evaluator.graph.consulted.read(source.at.file, node.file);
    return ofClass(node, report, legacy);
  }
  const base = foreignStrategy(name, legacy);
  if (!base)
    report({
      code: 'unknown-naming-strategy',
      message: `The naming strategy ${name} is not in this workspace and not one that is known, so names are TypeORM's default ones.`,
      severity: 'warning',
      at: source.at,
    });
  return base;
}

function classNamed(name: string, file: string, evaluator: Evaluator): ClassNode | null {
  const found = evaluator.evaluate({ is: 'name', name }, { file, names: null, outer: null });
  return isClass(found) ? found : null;
}

function foreignStrategy(name: string, legacy: boolean): NamingStrategy | null {
  if (name.includes('SnakeNaming')) return snakeNaming(legacy);
  return /^(?:Default|Legacy\w*)NamingStrategy$/.test(name) ? defaultNaming(legacy) : null;
}

function ofClass(node: ClassNode, report: (problem: Problem) => void, legacy: boolean): NamingStrategy {
  const base: NamingStrategy = node.base
    ? ofClass(node.base, report, legacy)
    : (foreignStrategy(node.foreignBase?.name ?? '', legacy) ?? defaultNaming(legacy));
  const own: Record<string, unknown> = { ...base };
  const bases = base as unknown as Record<string, Untyped>;
  const callOwn = (method: string, values: readonly NameValue[]): string | null => {
    // TypeORM's own helper: the name without its schema.
    if (method === 'getTableName') return String(values[0]).split('.').pop() ?? null;
    const target = own[method];
    return typeof target === 'function' ? (target as Untyped)(...values) : null;
  };
  for (const name of methods) {
    const member = node.declaration.members.find((each) => each.name === name && !each.static);
    const body = member?.body ?? (member?.value?.is === 'function' ? member.value : null);
    const inherited = bases[name];
    if (!member || !body || !inherited) continue;
    const run = (values: readonly NameValue[]): NameValue | undefined =>
      body.simple && body.returns
        ? evaluateName(body, values, {
            base: (method, given) => bases[method]?.(...given) ?? null,
            own: callOwn,
          })
        : undefined;
    let reported = false;
    own[name] = (...values: readonly NameValue[]): string => {
      const result = run(values);
      if (typeof result === 'string') return result;
      if (!reported) {
        reported = true;
        report({
          code: 'naming-strategy-not-evaluated',
          message: `${node.name}.${name} is not a plain expression, so the names it would give are ${node.foreignBase?.name ?? 'its base class'}'s. Write it as one return of string operations to have it followed.`,
          severity: 'warning',
          at: member.at,
        });
      }
      return inherited(...values);
    };
  }
  // Where only one side is overridden, TypeORM's other side calls it.
  const declares = (name: string): boolean => {
    for (let each: ClassNode | null = node; each; each = each.base)
      if (each.declaration.members.some((member) => member.name === name)) return true;
    return false;
  };
  if (!declares('joinTableInverseColumnName')) own.joinTableInverseColumnName = own.joinTableColumnName;
  const path = node.declaration.members.find((each) => each.name === 'materializedPathColumnName')?.value;
  if (path?.is === 'literal' && typeof path.value === 'string') own.materializedPathColumnName = path.value;
  return own as unknown as NamingStrategy;
}
