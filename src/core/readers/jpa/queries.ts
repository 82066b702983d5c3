/** Finds the queries of a file of Java or Kotlin: methods of repositories, calls of repositories, entity managers, sessions and JDBC templates. */
import type { FileFacts, Query } from '../../schema/code.ts';
import type { TreeNode } from '../../syntax/treeNode.ts';
import type { SourceFile } from '../reader.ts';
import { readJavaFacts, typeOfVariable } from '../shared/java/facts.ts';
import { queryAt, withTransactions } from '../shared/java/foundQuery.ts';
import type { JavaFile } from '../shared/java/model.ts';
import type { JavaCall, JavaOutline } from '../shared/java/outline.ts';
import type { JavaText } from '../shared/java/sqlText.ts';
import { parseType, simpleName, typeText } from '../shared/java/typeText.ts';
import { isKotlin, jvmOutline, textsOf } from '../shared/kotlin/jvm.ts';
import { managerQuery } from './managerQueries.ts';
import { repositoryCall, repositoryMethods } from './repositories.ts';
import type { FoundCall } from './repositories.ts';

/** What a query reader asks about the place of a call. */
export interface CallScope {
  readonly file: SourceFile;
  readonly java: JavaFile;
  readonly outline: JavaOutline;
  /** Type of a variable, parameter or field, as written; null = not known. */
  readonly typeOf: (path: string, call: JavaCall) => string | null;
  /** The value of a constant, or of a variable that is set once. */
  readonly nodeOf: (name: string, offset: number) => TreeNode | null;
  /** As Java has it: `Order.class` of Kotlin's `Order::class.java`. */
  readonly text: (node: TreeNode) => string;
  /** The text that an expression builds; null where none shows. */
  readonly built: (node: TreeNode) => JavaText | null;
  /** Calls chained to this one, from it outwards: `createQuery(…).setMaxResults(1).getSingleResult()`. */
  readonly chain: (call: JavaCall) => readonly JavaCall[];
}

export function readQueries(file: SourceFile, java: JavaFile): FileFacts {
  const facts = readJavaFacts(file, java);
  const outline = jvmOutline(file.parsed());
  const scope = scopeOf(file, java, outline);
  const queries: Query[] = repositoryMethods(java, file, facts);
  for (const call of outline.calls) {
    const found = managerQuery(call, scope) ?? repositoryCall(call, scope);
    if (found) queries.push(made(found, call, scope));
  }
  return {
    ...facts,
    queries: withTransactions(queries, facts.transactions, (id) => facts.functions[id]?.parent ?? null),
  };
}

function made(found: FoundCall, call: JavaCall, { file, text }: CallScope): Query {
  const { draft, last = call, result = last.result ?? call.result } = found;
  return queryAt(draft, {
    function: call.function,
    loop: call.loop,
    result,
    uses: [
      ...new Set([
        ...(call.element === undefined ? [] : [call.element]),
        ...call.arguments.flatMap((each) => usesOf(text(each))),
      ]),
    ],
    at: file.lines.range(call.start, Math.max(call.end, last.end)),
  });
}

/** Names and paths that an argument mentions; getters count as the properties they read. */
export function usesOf(source: string): readonly string[] {
  const plain = source.replace(/"(?:[^"\\\n]|\\.)*"/gu, ' ');
  return Array.from(
    plain.matchAll(/(?<![\p{L}\p{N}_$.])[\p{Ll}_$][\p{L}\p{N}_$]*(?:\.[\p{L}_$][\p{L}\p{N}_$]*(?:\(\))?)*/gu),
    ([path]) =>
      path
        .replace(
          /\.(?:get|is)(\p{Lu})([\p{L}\p{N}_$]*)\(\)/gu,
          (_, first: string, rest: string) => `.${first.toLowerCase()}${rest}`,
        )
        .replace(/\(\)/gu, ''),
  ).flatMap((path) => (path.includes('.') ? [path, path.split('.')[0] ?? ''] : [path]));
}

function scopeOf(file: SourceFile, java: JavaFile, outline: JavaOutline): CallScope {
  const texts = textsOf(file);
  const fields = new Map(
    java.classes.flatMap(({ fields: own }) => own.map((field) => [field.name, typeText(field.type)] as const)),
  );
  const constants = new Map<string, TreeNode>();
  let constantsRead = false;
  const byStart = new Map<number, JavaCall[]>();
  for (const call of outline.calls) {
    const list = byStart.get(call.start);
    if (list) list.push(call);
    else byStart.set(call.start, [call]);
  }
  const scope: CallScope = {
    file,
    java,
    outline,
    typeOf(path, call) {
      const [first = '', second, ...rest] = path.split('.');
      if (rest.length > 0) return null;
      if (first === 'this' || first === 'super') return second === undefined ? null : (fields.get(second) ?? null);
      if (second !== undefined) return null;
      const variable = typeOfVariable(first, call.function, call.start, outline);
      if (variable !== undefined) return variable === 'var' ? null : variable;
      return fields.get(first) ?? null;
    },
    nodeOf(name, offset) {
      const local = outline.locals.findLast((each) => each.name === name && each.start < offset);
      if (local?.value) return isReassigned(file.text, name, local.value.endIndex, offset) ? null : local.value;
      if (!constantsRead) {
        constantsRead = true;
        collectConstants(file, constants);
      }
      return constants.get(simpleName(name)) ?? null;
    },
    text: texts.text,
    built: (node) => texts.built(node, scope.nodeOf),
    chain(call) {
      const calls = byStart.get(call.start) ?? [];
      return calls.filter(({ end }) => end >= call.end).toSorted((a, b) => a.end - b.end);
    },
  };
  return scope;
}

/** `sql += …` between the end of its declaration and its use: what it holds is not known. */
function isReassigned(text: string, name: string, from: number, to: number): boolean {
  return new RegExp(`\\b${name.replace(/\$/gu, '\\$')}\\s*(?:\\+=|=(?!=))`, 'u').test(text.slice(from, to));
}

/** Initial values of `static final` fields; of Kotlin those of properties outside of functions that are set once. */
function collectConstants(file: SourceFile, constants: Map<string, TreeNode>): void {
  const { path, text } = file;
  const root = file.parsed().tree;
  const { table } = root;
  const ofKotlin = isKotlin(path);
  const names = ofKotlin ? ['property_declaration'] : ['field_declaration', 'constant_declaration'];
  const wanted = names.map((name) => table.names.types.indexOf(name));
  for (let at = 0; at < table.size; at++) {
    if (table.named[at] !== 1 || !wanted.includes(table.type[at] ?? -1)) continue;
    const node = root.descendantForIndex(table.start[at] ?? 0, table.end[at] ?? 0);
    if (ofKotlin) {
      const [name, value] = constantOf(node, text);
      if (name && value) constants.set(name, value);
      continue;
    }
    for (const child of node.namedChildren) {
      const name = child.type === 'variable_declarator' ? child.childForFieldName('name') : null;
      const value = name ? child.childForFieldName('value') : null;
      if (name && value) constants.set(text.slice(name.startIndex, name.endIndex), value);
    }
  }
}

function constantOf(node: TreeNode, text: string): readonly [name: string | null, value: TreeNode | null] {
  const children = node.namedChildren;
  const at = children.findIndex(({ type }) => type === 'variable_declaration');
  const name = children[at]?.firstNamedChild;
  if (!name || node.parent?.type === 'block' || !/\bval\s/u.test(text.slice(node.startIndex, name.startIndex)))
    return [null, null];
  return [text.slice(name.startIndex, name.endIndex), children[at + 1] ?? null];
}

/** Simple name of a type as written: `OrderRepository` of `shop.OrderRepository<Order>`. */
export function typeName(written: string): string {
  return simpleName(parseType(written).name);
}
