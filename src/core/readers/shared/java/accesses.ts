/** Which members of the elements of loops, of parameters, and of the row itself a file of Java or Kotlin reads. */
import type { Access } from '../../../schema/code.ts';
import type { TreeNode } from '../../../syntax/treeNode.ts';
import type { SourceFile } from '../../reader.ts';
import type { JavaFile } from './model.ts';
import type { JavaCall, JavaOutline } from './outline.ts';
import { simpleName } from './typeText.ts';

const getter = /^(?:get|is)(\p{Lu}[\p{L}\p{N}_$]*)$/u;

/** A file with more of them was written by a program. */
const most = 2000;

/**
 * `order.getCustomer().getName()` reads `order.customer.name` of the element of a loop or of a parameter, `this.customer.name` in an
 * entity. A reference has its key and can be handed on, compared and set without a query: such reads are left out.
 */
export function accessesOf(outline: JavaOutline, java: JavaFile, file: SourceFile): Access[] {
  const { lines } = file;
  const read = outline.reads.flatMap(({ path, function: around, loop, start, end }): Access[] =>
    isElement(path.split('.')[0] ?? '', loop, outline)
      ? [{ path, awaited: true, function: around, loop, at: lines.range(start, end) }]
      : [],
  );
  const relations = relationsOf(java);
  const called = outline.calls.flatMap((call): Access[] => {
    const names = namesRead(call, outline, relations);
    if (!names) return [];
    const path = loaded(call.node, names, file.text);
    if (path.length < 2) return [];
    const at = lines.range(call.start, call.end);
    return [{ path: path.join('.'), awaited: true, function: call.function, loop: call.loop, at }];
  });
  return [...read, ...called].slice(0, most);
}

/** Name of the property that a getter reads; null = it is none. */
export function propertyOf(method: string): string | null {
  const property = getter.exec(method)?.[1];
  if (property === undefined) return null;
  return /^\p{Lu}{2}/u.test(property) ? property : property.charAt(0).toLowerCase() + property.slice(1);
}

const relating = new Set(['ManyToOne', 'OneToOne', 'OneToMany', 'ManyToMany', 'ElementCollection', 'Any', 'ManyToAny']);

/** Fields of each entity that lead to other rows. */
function relationsOf({ classes }: JavaFile): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    classes.flatMap(({ name, fields }) => {
      const own = fields.filter(({ annotations }) => annotations.some((each) => relating.has(each.name)));
      return own.length === 0 ? [] : [[simpleName(name), new Set(own.map((field) => field.name))]];
    }),
  );
}

function namesRead(
  call: JavaCall,
  outline: JavaOutline,
  relations: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] | null {
  if (call.receiver === null) return null;
  const property = call.arguments.length === 0 ? propertyOf(call.method) : null;
  if (call.element !== undefined) return property === null ? null : [call.element, property];
  const receiver = call.receiver.replace(/^this\./u, '');
  if (receiver.includes('.')) return null;
  const isOwn = receiver === '' || receiver === 'this' || receiver !== call.receiver;
  if (!isOwn && (isElement(receiver, call.loop, outline) || isGiven(receiver, call, outline)))
    return property === null ? null : [receiver, property];
  if (relations.size === 0) return null;
  const own = relations.get(ownerOf(call.function, outline) ?? '');
  if (receiver === '' || receiver === 'this')
    return property !== null && own?.has(property) ? ['this', property] : null;
  const isLocal = !isOwn && outline.locals.some(({ name, start }) => name === receiver && start < call.start);
  if (isLocal || !own?.has(receiver)) return null;
  return property === null ? ['this', receiver] : ['this', receiver, property];
}

/** It is what one of the loops around goes through. */
function isElement(name: string, loop: number | null, { loops }: JavaOutline): boolean {
  for (let id = loop; id !== null; id = loops[id]?.parent ?? null)
    if (loops[id]?.variables.includes(name) === true) return true;
  return false;
}

/** Types of parameters that are no rows. */
const noRow =
  /^(?:[a-z]\w*|String|Integer|Long|Double|Boolean|Object|Class|UUID|Optional|Map|List|Set|Collection|(?:Http)?Servlet\w+|Pageable|Page|Sort|Locale|Principal|Authentication|Model\w*|BindingResult|\w*(?:Request|Response|Context|Config|Properties|Exception|Builder|Event|Form|Command|Dto|DTO|Service|Repository))\b/u;

function isGiven(name: string, { function: around }: JavaCall, { functions }: JavaOutline): boolean {
  for (let at = around; at !== null; at = functions[at]?.parent ?? null) {
    const given = functions[at]?.parameters.find((each) => each.name === name);
    if (given) return given.type !== null && !noRow.test(given.type.replace(/^final\s+/u, ''));
  }
  return false;
}

function ownerOf(around: number | null, { functions }: JavaOutline): string | null {
  for (let at = around; at !== null; at = functions[at]?.parent ?? null) {
    const owner = functions[at]?.owner;
    if (owner != null) return owner;
  }
  return null;
}

/** The path with the getters that follow, as far as it needs the rows themselves. */
function loaded(from: TreeNode, names: readonly string[], text: string): readonly string[] {
  const path = [...names];
  let node = from;
  let parent = from.parent;
  while (parent?.type === 'method_invocation' && parent.childForFieldName('object')?.index === node.index) {
    const method = parent.childForFieldName('name');
    const property = method ? propertyOf(text.slice(method.startIndex, method.endIndex)) : null;
    if (property === null || (parent.childForFieldName('arguments')?.namedChildren.length ?? 0) > 0) return path;
    path.push(property);
    node = parent;
    ({ parent } = node);
  }
  if (path.at(-1) === 'id') return path.slice(0, -2);
  return isOnlyHandedOn(node, parent, text) ? path.slice(0, -1) : path;
}

/** The reference is compared, checked for null, or set elsewhere. */
function isOnlyHandedOn(node: TreeNode, parent: TreeNode | null, text: string): boolean {
  if (parent?.type === 'binary_expression')
    return /==|!=/u.test(
      text.slice(parent.childForFieldName('left')?.endIndex, parent.childForFieldName('right')?.startIndex),
    );
  if (parent?.type === 'expression_statement') return true;
  const call = parent?.type === 'argument_list' ? parent.parent : null;
  const method = call?.type === 'method_invocation' ? call.childForFieldName('name') : null;
  const name = method ? text.slice(method.startIndex, method.endIndex) : '';
  return /^(?:set\p{Lu}\w*|isNull|nonNull|notNull|requireNonNull\w*)$/u.test(name);
}
