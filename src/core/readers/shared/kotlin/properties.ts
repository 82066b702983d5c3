/** Properties of Kotlin as the fields and getters that they compile to, each with the annotations that are meant for it. */
import type { TreeNode } from '../../../syntax/treeNode.ts';
import type { JavaAnnotation, JavaField, JavaMethod, JavaType } from '../java/model.ts';
import { inferredType, isType, plainName, typeOf, untold } from './types.ts';
import { annotationsOf, textOf, valueOf } from './values.ts';
import type { KotlinSource } from './values.ts';

export interface Members {
  readonly fields: JavaField[];
  readonly methods: JavaMethod[];
}

/** Where a property stands. `static`: in a companion object, an object, or outside of classes. */
export type PropertyPlace = 'member' | 'constructor' | 'interface' | 'static';

/**
 * Annotations that a parameter can have as well: of a property in the constructor they stand on the parameter alone, unless `field:` or `get:` says otherwise
 * (kotlinlang.org/docs/annotations.html, "Annotation use-site targets"), and Hibernate does not look there.
 */
const ofParameters = /^(?:jakarta|javax)\.validation\b|^org\.hibernate\.validator\b/u;
const validation = new Set([
  'NotNull',
  'NotBlank',
  'NotEmpty',
  'Size',
  'Length',
  'Digits',
  'Min',
  'Max',
  'Email',
  'Pattern',
]);

export function readProperty(node: TreeNode, source: KotlinSource, members: Members, place: PropertyPlace): void {
  const children = node.namedChildren;
  const variable = children.find(({ type }) => type === 'variable_declaration');
  const isParameter = place === 'constructor';
  const nameNode = isParameter
    ? children.find(({ type }) => type === 'identifier')
    : variable?.namedChildren.find(({ type }) => type === 'identifier');
  if (!nameNode) return;
  const head = children.find(({ type }) => type === 'modifiers')?.endIndex ?? node.startIndex;
  const keyword = source.text.slice(head, nameNode.startIndex);
  // A parameter that is no property; a property of another type (`val Order.total`).
  if (isParameter ? !/\b(?:val|var)\b/u.test(keyword) : children.some((each) => each !== variable && isType(each)))
    return;
  const modifiers = modifiersAt(children, source);
  const after = children.filter(({ startIndex }) => startIndex >= (variable ?? nameNode).endIndex);
  const stated = (isParameter ? after : (variable?.namedChildren ?? [])).find(isType);
  const value = after.find(({ type }) => isValue(type));
  const getter = after.find(({ type }) => type === 'getter');
  const name = plainName(textOf(nameNode, source));
  const type = stated ? typeOf(stated, source) : typeOfValue(value, getter, source);
  const at = source.lines.range(nameNode.startIndex, nameNode.endIndex);
  const targeted = annotationsOf(node, source);
  const isStatic = place === 'static' || modifiers.has('const');
  const isDelegated = after.some((each) => each.type === 'property_delegate');
  const isComputed =
    value === undefined && getter?.namedChildren.some((each) => each.type === 'function_body') === true;
  const isAbstract = place === 'interface' || modifiers.has('abstract');
  if (!isDelegated && !isComputed && !isAbstract)
    members.fields.push({
      name,
      type,
      annotations: targeted
        .filter(
          ({ target, annotation }) =>
            target === 'field' || (target === null && !(isParameter && staysOutside(annotation))),
        )
        .map(({ annotation }) => annotation),
      static: isStatic,
      transient: false,
      value: isStatic && value && !/\bvar\b/u.test(keyword) ? valueOf(value, source) : null,
      at,
    });
  if (isStatic || isDelegated || modifiers.has('private')) return;
  const ofGetter = targeted.filter(({ target }) => target === 'get');
  members.methods.push({
    name: getterName(name),
    type,
    annotations: [...ofGetter, ...annotationsOf(getter, source)].map(({ annotation }) => annotation),
    parameters: [],
    static: false,
    hasBody: !isAbstract,
    at,
  });
}

function staysOutside(annotation: JavaAnnotation): boolean {
  return annotation.package === null ? validation.has(annotation.name) : ofParameters.test(annotation.package);
}

function modifiersAt(children: readonly TreeNode[], source: KotlinSource): ReadonlySet<string> {
  const list = children.find(({ type }) => type === 'modifiers')?.namedChildren ?? [];
  return new Set(list.flatMap((each) => (each.type === 'annotation' ? [] : [textOf(each, source)])));
}

const notValues = new Set(['getter', 'setter', 'property_delegate', 'type_constraints', 'modifiers', 'ERROR']);

function isValue(type: string): boolean {
  return !notValues.has(type) && !type.endsWith('comment') && !type.endsWith('_type');
}

function typeOfValue(value: TreeNode | undefined, getter: TreeNode | undefined, source: KotlinSource): JavaType {
  if (value) return inferredType(value, source);
  const stated = getter?.namedChildren.find(isType);
  return stated ? typeOf(stated, source) : untold;
}

/** `getName` of `name`; `isActive` of `isActive`. */
function getterName(property: string): string {
  return /^is[^\p{Ll}]/u.test(property) ? property : `get${property.charAt(0).toUpperCase()}${property.slice(1)}`;
}
