/** Types of Kotlin as those of Java that the compiler makes of them: `Int` is `int`, `Int?` is `Integer`, `MutableList<Int>` a `List<Integer>`. */
import type { TreeNode } from '../../../syntax/treeNode.ts';
import type { JavaType } from '../java/model.ts';
import { unknownType } from '../java/typeText.ts';

/** A type that its declaration does not state and its value does not show. */
export const untold: JavaType = { name: '?', arguments: [], array: false };

/** Types that are primitive where they can be neither null nor a type argument (kotlinlang.org/docs/java-interop.html, "Mapped types"). */
const primitives: ReadonlyMap<string, readonly [primitive: string, boxed: string]> = new Map([
  ['Byte', ['byte', 'Byte']],
  ['Short', ['short', 'Short']],
  ['Int', ['int', 'Integer']],
  ['Long', ['long', 'Long']],
  ['Char', ['char', 'Character']],
  ['Float', ['float', 'Float']],
  ['Double', ['double', 'Double']],
  ['Boolean', ['boolean', 'Boolean']],
  ['UByte', ['byte', 'Byte']],
  ['UShort', ['short', 'Short']],
  ['UInt', ['int', 'Integer']],
  ['ULong', ['long', 'Long']],
]);

const renamed: ReadonlyMap<string, string> = new Map([
  ['Any', 'Object'],
  ['Unit', 'void'],
  ['Nothing', 'void'],
  ['MutableList', 'List'],
  ['MutableSet', 'Set'],
  ['MutableMap', 'Map'],
  ['MutableCollection', 'Collection'],
  ['MutableIterable', 'Iterable'],
  ['Sequence', 'Stream'],
  ['Flow', 'Flux'],
]);

const typeNodes = new Set(['user_type', 'nullable_type', 'function_type', 'parenthesized_type', 'non_nullable_type']);

/** How deep type arguments are followed; deeper ones are left out. */
const deepest = 8;

export function isType({ type }: TreeNode): boolean {
  return typeNodes.has(type);
}

export interface TypeSource {
  readonly text: string;
  /** The full name that an import gives another one; null = it is what it says. */
  readonly aliased: (name: string) => string | null;
}

/** @param boxed it may be null, or is an argument of another type */
export function typeOf(node: TreeNode, source: TypeSource, boxed = false, depth = 0): JavaType {
  if (depth > deepest) return unknownType;
  if (node.type !== 'user_type') {
    const inner = node.namedChildren.findLast(isType);
    return inner && node.type !== 'function_type'
      ? typeOf(inner, source, boxed || node.type === 'nullable_type', depth + 1)
      : unknownType;
  }
  const names: string[] = [];
  const args: JavaType[] = [];
  for (const child of node.namedChildren) {
    if (child.type === 'identifier') names.push(plainName(source.text.slice(child.startIndex, child.endIndex)));
    else if (child.type === 'type_arguments')
      for (const projection of child.namedChildren) {
        const argument = projection.namedChildren.findLast(isType);
        args.push(argument ? typeOf(argument, source, true, depth + 1) : unknownType);
      }
  }
  return named(names.join('.'), args, source, boxed);
}

/** A type by its name in Kotlin. */
export function named(written: string, args: readonly JavaType[], source: TypeSource, boxed: boolean): JavaType {
  const name = written.replace(/^kotlin\.(?:collections\.)?(?=\p{Lu}\w*$)/u, '');
  const primitive = primitives.get(name);
  if (primitive) return { name: primitive[boxed ? 1 : 0], arguments: [], array: false };
  const element = /^(\w+)Array$/u.exec(name)?.[1];
  const ofElement = element === undefined ? undefined : primitives.get(element);
  if (ofElement) return { name: ofElement[0], arguments: [], array: true };
  if (name === 'Array') return { ...(args[0] ?? unknownType), array: true };
  const [first = '', ...rest] = name.split('.');
  const full = source.aliased(first);
  return {
    name: renamed.get(name) ?? (full === null ? name : [full, ...rest].join('.')),
    arguments: args,
    array: false,
  };
}

/** Without the backticks around names that are words of the language. */
export function plainName(written: string): string {
  return written.startsWith('`') ? written.slice(1, written.endsWith('`') ? -1 : undefined) : written;
}

const collections: readonly (readonly [RegExp, string])[] = [
  [/^(?:mutableListOf|arrayListOf|listOf|emptyList|listOfNotNull|buildList)$/u, 'List'],
  [/^(?:mutableSetOf|hashSetOf|linkedSetOf|setOf|emptySet|sortedSetOf|buildSet)$/u, 'Set'],
  [/^(?:mutableMapOf|hashMapOf|linkedMapOf|mapOf|emptyMap|sortedMapOf|buildMap)$/u, 'Map'],
];

/** Type of a property that states none, by the value it is given: literals, constructors, factories, constants of enumerations. */
export function inferredType(node: TreeNode, source: TypeSource, depth = 0): JavaType {
  const slice = (part: TreeNode): string => source.text.slice(part.startIndex, part.endIndex);
  const simple = (name: string): JavaType => named(name, [], source, false);
  if (depth > deepest) return untold;
  switch (node.type) {
    case 'string_literal':
    case 'multiline_string_literal':
      return simple('String');
    case 'character_literal':
      return simple('Char');
    case 'float_literal':
      return simple(/f$/iu.test(slice(node)) ? 'Float' : 'Double');
    case 'number_literal':
      return simple(/l$/iu.test(slice(node)) ? 'Long' : 'Int');
    case 'identifier':
      return /^(?:true|false)$/u.test(slice(node)) ? simple('Boolean') : untold;
    case 'as_expression': {
      const right = node.childForFieldName('right');
      return right && isType(right) ? typeOf(right, source) : untold;
    }
    case 'unary_expression': {
      const inner = node.childForFieldName('argument');
      return inner ? inferredType(inner, source, depth + 1) : untold;
    }
    case 'parenthesized_expression':
      return node.firstNamedChild ? inferredType(node.firstNamedChild, source, depth + 1) : untold;
    case 'navigation_expression':
      return ofFactory(slice(node), [], source);
    case 'call_expression': {
      const callee = node.firstNamedChild;
      const args = node.namedChildren
        .filter(({ type }) => type === 'type_arguments')
        .flatMap(({ namedChildren }) =>
          namedChildren.map((projection) => {
            const argument = projection.namedChildren.findLast(isType);
            return argument ? typeOf(argument, source, true) : unknownType;
          }),
        );
      return callee ? ofFactory(slice(callee), args, source) : untold;
    }
    default:
      return untold;
  }
}

/** `Address(…)`, `mutableListOf<Pet>()`, `LocalDate.now()`, `Status.NEW`, `BigDecimal.ZERO`. */
function ofFactory(callee: string, args: readonly JavaType[], source: TypeSource): JavaType {
  if (/\.\s*toString$/u.test(callee)) return named('String', [], source, false);
  const path = /^[\w.`]+$/u.exec(callee)?.[0].split('.') ?? [];
  const [first = '', second = '', ...rest] = path;
  if (path.length === 1) {
    const collection = collections.find(([pattern]) => pattern.test(first))?.[1];
    if (collection !== undefined) return { name: collection, arguments: args, array: false };
    return /^\p{Lu}/u.test(first) ? named(first, args, source, false) : untold;
  }
  if (!/^\p{Lu}/u.test(first) || rest.length > 0 || first === 'System' || first === 'Math') return untold;
  // `Order.Status.NEW` needs more than the text; `Order.Status(…)` is a constructor.
  if (/^\p{Lu}\p{Ll}/u.test(second)) return named(`${first}.${second}`, args, source, false);
  return named(first, [], source, false);
}
