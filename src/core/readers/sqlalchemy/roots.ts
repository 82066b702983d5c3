/** Which classes are mapped at all: what they inherit from, and how that names their tables. */
import type { Evaluator } from '../shared/python/evaluate.ts';
import { dottedName } from '../shared/python/readModule.ts';
import type { PyClass, PyValue } from '../shared/python/values.ts';
import { argumentOf, isCall, isClass, isMember, isSequence } from '../shared/python/values.ts';
import type { Names } from './names.ts';

export type RootKind = 'declarative' | 'flask' | 'sqlmodel';

export interface Root {
  readonly kind: RootKind;
  /** Classes that a factory was given: `declarative_base(cls=Base)`. */
  readonly extra: readonly PyClass[];
}

export interface Roots {
  /** Null = it is not mapped through what it inherits. */
  of(cls: PyClass): Root | null;
  /** The class makes others mapped and is not mapped itself: `class Base(DeclarativeBase)`. */
  isRoot(cls: PyClass): boolean;
}

export function createRoots(evaluator: Evaluator, names: Names): Roots {
  const known = new Map<PyClass, Root | null>();

  function kindOfBase(base: PyValue): Root | null {
    const path = names.path(base) ?? '';
    if (/(?:^|\.)(?:DeclarativeBase|DeclarativeBaseNoMeta)$/.test(path)) return { kind: 'declarative', extra: [] };
    if (/(?:^|\.)SQLModel$/.test(path)) return { kind: 'sqlmodel', extra: [] };
    if (isCall(base) && /(?:^|\.)(?:declarative_base|generate_base|automap_base)\(\)$/.test(path)) {
      const given = argumentOf(base, null, 'cls');
      const extra = isClass(given) ? [given] : isSequence(given) ? given.items.filter(isClass) : [];
      const [first] = base.arguments;
      // `automap_base(Base)`, `declarative_base(Base)`
      return { kind: 'declarative', extra: isClass(first) ? [...extra, first] : extra };
    }
    if (isMember(base) && path.endsWith('SQLAlchemy().Model')) {
      const made = base.object;
      const model = isCall(made) ? argumentOf(made, null, 'model_class') : undefined;
      return { kind: 'flask', extra: isClass(model) ? [model] : [] };
    }
    // `db` of a module that is not here.
    if (/(?:^|\.)db\.Model$/.test(path)) return { kind: 'flask', extra: [] };
    if (/^(?:advanced_alchemy|litestar\.contrib\.sqlalchemy)\.base\.\w*Base$/.test(path))
      return { kind: 'declarative', extra: [] };
    return null;
  }

  function find(cls: PyClass): Root | null {
    const { classes, foreign } = evaluator.lineage(cls);
    for (const base of foreign) {
      const root = kindOfBase(base);
      if (root) return root;
    }
    for (const each of classes) {
      if (
        each.declaration.decorators.some((decorator) =>
          /(?:^|\.)(?:as_declarative|as_declarative_base)$/.test(dottedName(decorator)),
        )
      )
        return { kind: 'declarative', extra: [] };
      const metaclass = each.declaration.keywords.find(({ name }) => name === 'metaclass');
      if (metaclass && /DeclarativeMeta|DeclarativeAttributeIntercept$/.test(dottedName(metaclass.value)))
        return { kind: 'declarative', extra: [] };
    }
    if (cls.declaration.decorators.some((decorator) => isMapping(decorator, cls)))
      return { kind: 'declarative', extra: [] };
    return null;
  }

  /** `@registry.mapped`, `@mapper_registry.mapped_as_dataclass`, `@mapped`. */
  function isMapping(decorator: PyClass['declaration']['decorators'][number], cls: PyClass): boolean {
    if (!/(?:^|\.)mapped(?:_as_dataclass)?$/.test(dottedName(decorator))) return false;
    const value = evaluator.evaluate(decorator, cls.scope);
    return /(?:^|\.)registry\(\)\.mapped/.test(names.path(value) ?? '');
  }

  function of(cls: PyClass): Root | null {
    let root = known.get(cls);
    if (root === undefined) known.set(cls, (root = find(cls)));
    return root;
  }

  return {
    of,
    isRoot(cls) {
      const bases = evaluator.basesOf(cls);
      if (bases.some((base) => /(?:^|\.)(?:DeclarativeBase|DeclarativeBaseNoMeta)$/.test(names.path(base) ?? '')))
        return true;
      if (
        cls.declaration.keywords.some(
          ({ name, value }) => name === 'metaclass' && dottedName(value).includes('Declarative'),
        )
      )
        return true;
      return cls.declaration.decorators.some((decorator) =>
        /(?:^|\.)(?:as_declarative|as_declarative_base)$/.test(dottedName(decorator)),
      );
    },
  };
}
