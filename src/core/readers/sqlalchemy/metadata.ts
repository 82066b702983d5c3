/** `MetaData`: default schema and naming convention (docs.sqlalchemy.org, "Configuring Constraint Naming Conventions"). */
import type { Evaluator } from '../shared/python/evaluate.ts';
import type { PyClass, PyValue } from '../shared/python/values.ts';
import { argumentOf, isCall, isClass, isDict, isMember, textOf } from '../shared/python/values.ts';
import type { Names } from './names.ts';

export interface Metadata {
  readonly namespace: string | null;
  /** Templates by kind: `ix`, `uq`, `ck`, `fk`, `pk`. */
  readonly convention: ReadonlyMap<string, string>;
}

/** Without a convention SQLAlchemy names nothing but the indexes that it makes of `index=True`. */
export const defaultMetadata: Metadata = { namespace: null, convention: new Map([['ix', 'ix_%(column_0_label)s']]) };

export interface MetadataReader {
  /** Of a `MetaData(…)`, or of what has one: a base class, a registry, Flask's `db`. */
  of(value: PyValue | undefined): Metadata;
  ofClass(cls: PyClass): Metadata;
}

export function createMetadataReader(evaluator: Evaluator, names: Names): MetadataReader {
  const known = new Map<PyValue, Metadata>();
  /** `Base.metadata.naming_convention = {…}` and the like, by the class or value it is set on. */
  const set = assignedConventions(evaluator, names);

  function of(value: PyValue | undefined, depth = 0): Metadata {
    if (value === undefined || value === null || typeof value !== 'object' || depth > 8) return defaultMetadata;
    let found = known.get(value);
    if (!found) known.set(value, (found = read(value, depth)));
    return found;
  }

  function read(value: PyValue, depth: number): Metadata {
    if (isClass(value)) return ofClass(value, depth + 1);
    if (isMember(value)) {
      if (value.value !== null) return of(value.value, depth + 1);
      return value.name === 'metadata' ? of(value.object, depth + 1) : defaultMetadata;
    }
    if (!isCall(value)) return set ?? defaultMetadata;
    if (names.called(value) === 'MetaData') return ofMetaData(value);
    const inner = argumentOf(value, null, 'metadata') ?? argumentOf(value, null, 'registry');
    if (inner !== undefined) return of(inner, depth + 1);
    const model = argumentOf(value, null, 'model_class');
    if (isClass(model)) return ofClass(model, depth + 1);
    // `mapper_registry.generate_base()`
    if (isMember(value.callee)) return of(value.callee.object, depth + 1);
    if (isClass(value.callee)) return defaultMetadata;
    const [first] = value.arguments;
    return names.isCallOf(first, 'MetaData') ? of(first, depth + 1) : (set ?? defaultMetadata);
  }

  function ofMetaData(value: Extract<PyValue, { is: 'call' }>): Metadata {
    const convention = argumentOf(value, null, 'naming_convention');
    return {
      namespace: textOf(argumentOf(value, null, 'schema')),
      convention: isDict(convention) ? conventionOf(convention) : defaultMetadata.convention,
    };
  }

  function ofClass(cls: PyClass, depth = 0): Metadata {
    const found = known.get(cls);
    if (found) return found;
    known.set(cls, defaultMetadata);
    const result = readClass(cls, depth);
    known.set(cls, result);
    return result;
  }

  function readClass(cls: PyClass, depth: number): Metadata {
    for (const name of ['metadata', 'registry']) {
      const member = evaluator.member(cls, name);
      if (member) return of(evaluator.memberValue(member), depth + 1);
    }
    const { foreign } = evaluator.lineage(cls);
    for (const base of foreign) {
      const path = names.path(base) ?? '';
      if (isCall(base)) return of(base, depth + 1);
      // `db.Model` has the metadata of `db`.
      if (isMember(base) && path.endsWith('.Model')) return of(base.object, depth + 1);
    }
    for (const { value } of cls.declaration.keywords)
      if (value.kind === 'name' || value.kind === 'attribute') {
        const evaluated = evaluator.evaluate(value, cls.scope);
        if (names.isCallOf(evaluated, 'registry', 'MetaData')) return of(evaluated, depth + 1);
      }
    return set ?? defaultMetadata;
  }

  return { of: (value) => of(value), ofClass: (cls) => ofClass(cls) };
}

function conventionOf(dict: Extract<PyValue, { is: 'dict' }>): ReadonlyMap<string, string> {
  const templates = dict.entries.flatMap(([key, value]) =>
    typeof key === 'string' && typeof value === 'string' ? [[key, value] as const] : [],
  );
  return new Map([...defaultMetadata.convention, ...templates]);
}

function assignedConventions(evaluator: Evaluator, names: Names): Metadata | null {
  for (const file of evaluator.graph.files.keys())
    for (const statement of evaluator.graph.attributeAssignments(file)) {
      if (!/\.metadata(?:\.naming_convention)?$/.test(statement.target) || statement.value === null) continue;
      const value = evaluator.evaluate(statement.value, evaluator.fileScope(file));
      if (isDict(value)) return { namespace: null, convention: conventionOf(value) };
      if (names.isCallOf(value, 'MetaData')) {
        const convention = value.keywords.get('naming_convention');
        if (isDict(convention))
          return { namespace: textOf(value.keywords.get('schema')), convention: conventionOf(convention) };
      }
    }
  return null;
}

export interface NameParts {
  readonly table: string;
  readonly namespace: string | null;
  readonly columns: readonly string[];
  readonly referredTable?: string;
  readonly referredColumns?: readonly string[];
  /** As stated in the source. */
  readonly stated: string | null;
}

/** Null = the engine names it. */
export function conventionalName(
  kind: 'ix' | 'uq' | 'ck' | 'fk' | 'pk',
  parts: NameParts,
  { convention }: Metadata,
): string | null {
  const template = convention.get(kind);
  if (template === undefined) return parts.stated;
  // A name that is stated is taken as it is, unless the template has a place for it.
  if (parts.stated !== null && !template.includes('%(constraint_name)s')) return parts.stated;
  if (parts.stated === null && template.includes('%(constraint_name)s')) return null;
  const { table, columns, referredColumns = [] } = parts;
  const prefix = parts.namespace === null ? '' : `${parts.namespace.replaceAll('.', '_')}_`;
  const label = (column: string): string => `${prefix}${table}_${column}`;
  const missing: string[] = [];
  const name = template.replace(/%\((\w+)\)s/g, (_, token: string) => {
    const value = valueOfToken(token, parts, columns, referredColumns, label);
    if (value === null) missing.push(token);
    return value ?? '';
  });
  return missing.length > 0 ? null : name;
}

function valueOfToken(
  token: string,
  parts: NameParts,
  columns: readonly string[],
  referred: readonly string[],
  label: (column: string) => string,
): string | null {
  if (token === 'table_name') return parts.table;
  if (token === 'referred_table_name') return parts.referredTable ?? null;
  if (token === 'constraint_name') return parts.stated;
  const match = /^(referred_)?column_(\d+)(_?N)?_(name|key|label)$/.exec(token);
  if (!match) return null;
  const list = match[1] === undefined ? columns : referred;
  const write = (column: string): string => (match[4] === 'label' ? label(column) : column);
  if (match[3] !== undefined) return list.map(write).join(match[3] === '_N' ? '_' : '');
  const column = list[Number(match[2])];
  return column === undefined ? null : write(column);
}
