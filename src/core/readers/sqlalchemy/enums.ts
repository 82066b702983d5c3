/** Enumerations: Python's own, and values listed in the type. */
import type { SourceRange } from '../../schema/source.ts';
import type { Evaluator } from '../shared/python/evaluate.ts';
import type { PyClass, PyValue } from '../shared/python/values.ts';
import {
  argumentOf,
  externalPath,
  isCall,
  isClass,
  isPlain,
  isSequence,
  rangeOf,
  textOf,
} from '../shared/python/values.ts';

export interface EnumSpec {
  /** Name of the type in the database; null = SQLAlchemy is told none. */
  readonly name: string | null;
  readonly namespace: string | null;
  readonly values: readonly string[];
  /** The engine has a type for it, where it knows of such. */
  readonly native: boolean;
  readonly length: number | null;
  readonly at: SourceRange | null;
}

export interface EnumMember {
  readonly name: string;
  readonly value: PyValue;
}

export function isEnumClass(cls: PyClass, evaluator: Evaluator): boolean {
  return evaluator
    .lineage(cls)
    .foreign.some((base) =>
      /^(?:enum|aenum|strenum|backports\.strenum)\.\w*(?:Enum|Flag)$|(?:^|\.)(?:StrEnum|IntEnum|TextChoices|IntegerChoices)$/.test(
        externalPath(base) ?? '',
      ),
    );
}

/** Members in order, without aliases: two names of one value are one member. */
export function enumMembers(cls: PyClass, evaluator: Evaluator): readonly EnumMember[] {
  const members: EnumMember[] = [];
  const seen = new Set<string>();
  const textual = evaluator.lineage(cls).foreign.some((base) => (externalPath(base) ?? '').endsWith('StrEnum'));
  let next = 1;
  for (const each of evaluator.lineage(cls).classes.toReversed())
    for (const member of evaluator.membersOf(each)) {
      const { name, statement } = member;
      if (statement.kind !== 'assign' || statement.value === null || name.startsWith('_')) continue;
      let value = evaluator.memberValue(member);
      if (isCall(value) && /(?:^|\.)auto$/.test(externalPath(value.callee) ?? ''))
        value = textual ? name.toLowerCase() : next;
      if (typeof value === 'number') next = value + 1;
      const key = isPlain(value) ? `${typeof value} ${String(value)}` : `${name} itself`;
      if (seen.has(key)) continue;
      seen.add(key);
      members.push({ name, value });
    }
  return members;
}

/** `Enum(Status)`, `Enum('a', 'b', name='status')`, `Enum(Status, values_callable=…)`. */
export function enumOfType(value: PyValue, { evaluator }: { readonly evaluator: Evaluator }): EnumSpec {
  const none: EnumSpec = { name: null, namespace: null, values: [], native: true, length: null, at: null };
  if (!isCall(value)) return none;
  const [first] = value.arguments;
  const stated = textOf(argumentOf(value, null, 'name'));
  const length = argumentOf(value, null, 'length');
  const common = {
    namespace: textOf(argumentOf(value, null, 'schema')),
    native: argumentOf(value, null, 'native_enum') !== false,
    length: typeof length === 'number' ? length : null,
  };
  if (isClass(first)) {
    const byValue = value.keywords.has('values_callable');
    return { ...ofClass(first, evaluator, byValue), ...common, ...(stated === null ? {} : { name: stated }) };
  }
  const values = (isSequence(first) ? first.items : value.arguments).filter((each) => typeof each === 'string');
  return { ...none, ...common, name: stated, values, at: value.at };
}

/** SQLAlchemy stores the names of an enumeration unless it is told to take the values. */
export function ofClass(cls: PyClass, evaluator: Evaluator, byValue: boolean): EnumSpec {
  return {
    name: cls.name.toLowerCase(),
    namespace: null,
    values: enumMembers(cls, evaluator).map((member) =>
      byValue && (typeof member.value === 'string' || typeof member.value === 'number')
        ? String(member.value)
        : member.name,
    ),
    native: true,
    length: null,
    at: rangeOf(cls.file, cls.declaration.at),
  };
}
