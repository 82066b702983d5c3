/** Columns that a mapped class declares: its own, and those of mixins and abstract bases. */
import type { PyStatement } from '../shared/python/declarations.ts';
import type { PyClassMember } from '../shared/python/evaluate.ts';
import { dottedName } from '../shared/python/readModule.ts';
import type { PyClass, PyValue } from '../shared/python/values.ts';
import { isCall, isClass, rangeOf } from '../shared/python/values.ts';
import { columnSpec, mappedType, unwrapColumn } from './columnSpecs.ts';
import type { ColumnSpec } from './columnSpecs.ts';
import type { RootKind } from './roots.ts';
import { sqlModelColumn } from './sqlModel.ts';
import type { TypeContext } from './types.ts';

/**
 * SQLAlchemy 2 has the columns of the class first, then those of its mixins and bases as Python looks them up, and sorts by `sort_order`; before, and in
 * SQLModel, those of mixins come first, as Python has made them before the class.
 */
export function classColumns(
  cls: PyClass,
  sources: readonly PyClass[],
  kind: RootKind,
  context: TypeContext,
): readonly ColumnSpec[] {
  const specs = new Map<string, readonly ColumnSpec[]>();
  for (const source of sources.toReversed())
    for (const member of context.evaluator.membersOf(source)) {
      const found = columnsOfMember(member, cls, kind, context);
      if (found) specs.set(member.name, found);
      // A constant or method of the class hides the column of a mixin.
      else if (specs.has(member.name) && !isOnlyAnnotated(member.statement)) specs.delete(member.name);
    }
  if (kind === 'sqlmodel' || !context.ownFirst) return [...specs.values()].flat();
  const names = new Set(
    sources.flatMap((source) => {
      const members = context.evaluator.membersOf(source);
      const made = (member: PyClassMember): boolean => member.statement.kind === 'function';
      return [...members.filter((member) => !made(member)), ...members.filter(made)].map(({ name }) => name);
    }),
  );
  const orderOf = ({ keywords }: ColumnSpec): number => {
    const order = keywords.get('sort_order');
    return typeof order === 'number' ? order : 0;
  };
  return [...names].flatMap((name) => specs.get(name) ?? []).sort((a, b) => orderOf(a) - orderOf(b));
}

function isOnlyAnnotated(statement: PyStatement): boolean {
  return statement.kind === 'assign' && statement.value === null;
}

/** Null = no column. */
function columnsOfMember(
  member: PyClassMember,
  cls: PyClass,
  kind: RootKind,
  context: TypeContext,
): readonly ColumnSpec[] | null {
  const { statement, name, file } = member;
  const { names, evaluator } = context;
  if (name.startsWith('__') || (statement.kind !== 'assign' && statement.kind !== 'function')) return null;
  const at = rangeOf(file, statement.at);
  const scope = evaluator.classScope(member.owner);
  const stated = statement.kind === 'assign' ? statement.annotation : statement.returns;
  const annotation = stated ? evaluator.evaluate(stated, scope) : undefined;
  if (
    statement.kind === 'function' &&
    !statement.decorators.some((decorator) => /(?:^|\.)declared_attr(?:\.|$)/.test(dottedName(decorator)))
  )
    return null;
  const given =
    statement.kind === 'assign' && statement.value === null ? undefined : evaluator.memberValue(member, cls);
  const value = unwrapColumn(given, context);
  // `column_property(func.lower(name))` is computed when rows are read.
  if (value === undefined && names.isCallOf(given, 'deferred', 'column_property')) return null;
  const mapped = mappedType(annotation, context);
  if (names.isCallOf(value, 'Column'))
    return [columnSpec(name, value, mapped, at, context, mapped === undefined ? 'column' : 'mapped')];
  if (names.isCallOf(value, 'mapped_column')) return [columnSpec(name, value, mapped, at, context, 'mapped')];
  if (names.isCallOf(value, 'composite')) return composite(name, value, mapped, at, context);
  if (value !== undefined && isOther(value, context)) return null;
  if (kind === 'sqlmodel' && mapped === undefined) {
    const spec = sqlModelColumn(name, value, annotation, at, context);
    return spec && [spec];
  }
  if (mapped === undefined || isRelationship(mapped, context)) return null;
  // `Mapped[int]` alone, or with a plain default of a dataclass.
  return [columnSpec(name, null, mapped, at, context, 'mapped')];
}

function isOther(value: PyValue, { names }: TypeContext): boolean {
  return /^(?:relationship|dynamic_loader|synonym|column_property|query_expression|association_proxy|aliased|backref)$/.test(
    names.called(value) ?? '',
  );
}

/** `Mapped["Order"]` without `relationship()` is none that SQLAlchemy would take as a column. */
function isRelationship(mapped: PyValue, { evaluator }: TypeContext): boolean {
  return (
    isClass(mapped) &&
    evaluator
      .lineage(mapped)
      .classes.some((each) => evaluator.membersOf(each).some(({ name }) => name === '__tablename__'))
  );
}

/** `composite(Point, mapped_column('x'), mapped_column('y'))` */
function composite(
  property: string,
  call: Extract<PyValue, { is: 'call' }>,
  annotation: PyValue | undefined,
  at: ColumnSpec['at'],
  context: TypeContext,
): readonly ColumnSpec[] {
  const [first] = call.arguments;
  const cls = isClass(annotation) ? annotation : isClass(first) ? first : null;
  const fields = cls
    ? context.evaluator
        .membersOf(cls)
        .filter(({ statement }) => statement.kind === 'assign' && statement.annotation !== null)
    : [];
  return call.arguments.filter(isCall).flatMap((argument, index): readonly ColumnSpec[] => {
    if (!context.names.isCallOf(argument, 'mapped_column', 'Column')) return [];
    const field = fields[index];
    const type =
      field?.statement.kind === 'assign' && field.statement.annotation
        ? context.evaluator.evaluate(field.statement.annotation, context.evaluator.classScope(field.owner))
        : undefined;
    const spec = columnSpec(
      field?.name ?? null,
      argument,
      type,
      at,
      context,
      context.names.isCallOf(argument, 'mapped_column') ? 'mapped' : 'column',
    );
    return [{ ...spec, property: `${property}.${field?.name ?? spec.name}` }];
  });
}
