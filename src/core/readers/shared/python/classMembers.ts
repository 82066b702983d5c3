/** Members of classes, inherited ones included; a part of the evaluator. */
import type { PyAssignment } from './declarations.ts';
import { lineageOf, plainBases } from './classes.ts';
import type { Lineage } from './classes.ts';
import type { EvaluatorParts, PyClassMember } from './evaluate.ts';
import { dottedName } from './readModule.ts';
import type { PyClass, PyValue } from './values.ts';
import { externalPath, isClass, isDict, isFunction, isModule, isPlain, isSequence } from './values.ts';

export function createClassMembers(
  parts: EvaluatorParts,
): Pick<
  EvaluatorParts,
  'basesOf' | 'lineage' | 'membersOf' | 'member' | 'memberValue' | 'isEnum' | 'attributeOfClass'
> {
  const bases = new Map<PyClass, readonly PyValue[]>();
  const lineages = new Map<PyClass, Lineage>();
  const members = new Map<PyClass, readonly PyClassMember[]>();
  let late: ReadonlyMap<PyClass, readonly PyClassMember[]> | null = null;

  function basesOf(cls: PyClass): readonly PyValue[] {
    let found = bases.get(cls);
    if (!found) {
      // A class that extends itself through a name bound twice: `class User(User)`.
      bases.set(cls, []);
      found = plainBases(cls.declaration.bases.map((base) => parts.evaluate(base, cls.scope))).filter(
        (base) => base !== cls,
      );
      bases.set(cls, found);
    }
    return found;
  }

  function lineage(cls: PyClass): Lineage {
    let found = lineages.get(cls);
    if (!found) lineages.set(cls, (found = lineageOf(cls, basesOf)));
    return found;
  }

  function isEnum(cls: PyClass): boolean {
    return lineage(cls).foreign.some((base) =>
      /(?:^|\.)(?:\w*Enum|\w*Flag|\w*Choices)$/.test(externalPath(base) ?? ''),
    );
  }

  function membersOf(cls: PyClass): readonly PyClassMember[] {
    let found = members.get(cls);
    if (!found) {
      const byName = new Map<string, PyClassMember>();
      const add = (entry: PyClassMember): void => {
        // Python keeps the place of a name that is bound again.
        if (!('fallback' in entry.statement) || !byName.has(entry.name)) byName.set(entry.name, entry);
      };
      for (const statement of cls.declaration.body) {
        const name =
          statement.kind === 'assign'
            ? statement.target
            : statement.kind === 'class' || statement.kind === 'function'
              ? statement.name
              : null;
        if (name === null || name.includes('.') || (statement.kind === 'assign' && statement.operator !== undefined))
          continue;
        add({ name, statement, owner: cls, file: cls.file });
      }
      members.set(cls, (found = [...byName.values()]));
    }
    const added = lateMembers().get(cls);
    return added ? [...found.filter(({ name }) => !added.some((each) => each.name === name)), ...added] : found;
  }

  /** `User.orders = relationship(…)` after the class, in whatever file. */
  function lateMembers(): ReadonlyMap<PyClass, readonly PyClassMember[]> {
    if (late) return late;
    const found = new Map<PyClass, PyClassMember[]>();
    late = found;
    for (const file of parts.graph.files.keys())
      for (const statement of parts.graph.attributeAssignments(file)) addLate(statement, file, found);
    return found;
  }

  function addLate(statement: PyAssignment, file: string, found: Map<PyClass, PyClassMember[]>): void {
    const path = statement.target.split('.');
    const name = path.pop() ?? '';
    let object: PyValue | undefined = parts.global(file, path.shift() ?? '');
    for (const step of path)
      object = object === undefined ? undefined : isModule(object) ? parts.attribute(object, step) : undefined;
    if (!isClass(object)) return;
    const entry = { name, statement, owner: object, file };
    const known = found.get(object);
    if (known) known.push(entry);
    else found.set(object, [entry]);
  }

  function member(cls: PyClass, name: string): PyClassMember | undefined {
    for (const each of lineage(cls).classes) {
      const found = membersOf(each).find((own) => own.name === name);
      if (found && !(found.statement.kind === 'assign' && found.statement.value === null)) return found;
    }
    return undefined;
  }

  function memberValue({ statement, owner, file }: PyClassMember, cls: PyClass = owner): PyValue {
    const scope =
      file === owner.file && owner.declaration.body.includes(statement)
        ? parts.classScope(owner)
        : parts.fileScope(file);
    const value = parts.valueOfStatement(statement, scope, owner);
    if (!isFunction(value)) return value;
    const computed = value.decorators.some((each) =>
      /(?:^|\.)(?:declared_attr|\w*property)(?:\.|$)/.test(dottedName(each)),
    );
    if (!computed) return value;
    return parts.run({ ...value, bound: null }, [cls]) ?? { is: 'unknown', text: `${owner.name}.${value.name}` };
  }

  function attributeOfClass(cls: PyClass, name: string): PyValue {
    if (name === '__name__') return cls.name;
    if (name === '__qualname__') return cls.qualifiedName;
    if (name === '__module__') return cls.file.replace(/\.py$/, '').replaceAll('/', '.');
    const found = member(cls, name);
    if (!found) return { is: 'member', object: cls, name, value: null };
    const value = memberValue(found, cls);
    if (isFunction(value)) return { ...value, bound: cls };
    if (isClass(value)) return value;
    const constant = isPlain(value) || isSequence(value) || isDict(value);
    return constant && found.statement.kind === 'assign' && !isEnum(cls)
      ? value
      : { is: 'member', object: cls, name, value };
  }

  return { basesOf, lineage, membersOf, member, memberValue, isEnum, attributeOfClass };
}
