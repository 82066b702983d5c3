/** `class Meta` of a model, with what it takes from other models' (docs.djangoproject.com/en/5.2/topics/db/models/#meta-inheritance). */
import type { Evaluator } from '../shared/python/evaluate.ts';
import type { PyClass, PyValue } from '../shared/python/values.ts';
import { isClass } from '../shared/python/values.ts';
import type { Model } from './models.ts';

export interface Meta {
  /** Only of the class itself, which is all that counts for `abstract` and `proxy`. */
  own(name: string): PyValue | undefined;
  get(name: string): PyValue | undefined;
  /** Class of the options, for their place in the source. */
  readonly cls: PyClass | null;
}

export function createMeta(cls: PyClass, evaluator: Evaluator, modelOf: (cls: PyClass) => Model | null): Meta {
  const nested = (of: PyClass): PyClass | null => {
    const member = evaluator.membersOf(of).find(({ name }) => name === 'Meta');
    const value = member ? evaluator.memberValue(member) : null;
    return isClass(value ?? undefined) ? (value as PyClass) : null;
  };
  const stated = nested(cls);
  // Models that are not abstract keep theirs to themselves.
  const inherited = (): PyClass | null => {
    for (const each of evaluator.lineage(cls).classes.slice(1)) {
      const model = modelOf(each);
      const meta = !model || model.abstract ? nested(each) : null;
      if (meta) return meta;
    }
    return null;
  };
  const meta = stated ?? inherited();
  const value = (from: PyClass, name: string): PyValue | undefined => {
    const member = evaluator.member(from, name);
    return member ? evaluator.memberValue(member) : undefined;
  };
  return {
    cls: meta,
    own(name) {
      const member = stated ? evaluator.membersOf(stated).find((each) => each.name === name) : undefined;
      return member ? evaluator.memberValue(member) : undefined;
    },
    get: (name) => (meta ? value(meta, name) : undefined),
  };
}
