/** What runs once per element in Kotlin: `for`, and the lambdas of collections, sequences, streams and flows. */
import type { TreeNode } from '../../../syntax/treeNode.ts';
import type { JavaLoop } from '../java/outline.ts';
import { lambdaParameters } from './expressions.ts';
import type { KotlinCall } from './expressions.ts';
import { plainName } from './types.ts';

type Loop = Omit<JavaLoop, 'parent' | 'function'>;

export interface FoundLoop {
  readonly body: TreeNode;
  readonly loop: Loop;
}

/** Functions of kotlin.collections, kotlin.sequences and java.util.stream whose lambda runs per element. */
const perElement = new Set(
  (
    'forEach forEachIndexed forEachOrdered onEach onEachIndexed map mapNotNull mapIndexed mapIndexedNotNull mapTo mapToSet flatMap flatMapIndexed mapValues mapKeys ' +
    'mapToObj mapToInt mapToLong filter filterNot filterIndexed filterValues filterKeys associate associateBy associateWith groupBy groupingBy partition any all none ' +
    'anyMatch allMatch noneMatch sumOf sumBy maxOf minOf maxBy minBy maxByOrNull minByOrNull sortedBy sortedByDescending distinctBy ' +
    'fold foldIndexed reduce removeIf removeAll retainAll takeWhile dropWhile peek indexOfFirst joinToString firstNotNullOf firstNotNullOfOrNull ' +
    'find findLast first firstOrNull last lastOrNull single singleOrNull count'
  ).split(' '),
);
/** The same names of something that holds one value at most. */
const single =
  /(?:^|\.)(?:Optional|Mono)\b|\b(?:findById|findFirst|findAny|findOne|ofNullable)\w*\s*\([^()]*\)\s*$|[oO]pt(?:ional)?\w*$/u;
/** What looks rows up may give an `Optional`, which has these as well; nothing here shows whether it does. */
const mayBeOptional = /\bfind(?!All)\w*By\w*\s*\([^()]*\)\s*$/u;

export function lambdaLoop(node: TreeNode, call: KotlinCall, text: string): FoundLoop | null {
  const lambda =
    call.arguments.findLast(
      ({ type }) => type === 'lambda_literal' || type === 'callable_reference' || type === 'anonymous_function',
    ) ??
    call.arguments.find(
      (each) => each.type === 'navigation_expression' && /::\w+$/u.test(text.slice(each.startIndex, each.endIndex)),
    );
  if (!lambda) return null;
  const source = call.object ? text.slice(call.object.startIndex, call.object.endIndex) : '';
  const range = { start: node.startIndex, end: node.endIndex };
  if (call.method === 'repeat' && call.receiver === '') {
    const times = call.arguments[0];
    return {
      body: lambda,
      loop: {
        kind: 'for',
        variables: [],
        iterable: null,
        bounded: times !== undefined && /^\d+$/u.test(text.slice(times.startIndex, times.endIndex)),
        concurrent: false,
        ...range,
      },
    };
  }
  if (!perElement.has(call.method) || source === '' || single.test(source.trimEnd())) return null;
  if (/^(?:map|flatMap|filter)$/u.test(call.method) && mayBeOptional.test(source.trimEnd())) return null;
  const parameters = lambda.type === 'lambda_literal' ? lambdaParameters(lambda, text) : [];
  return {
    body: lambda,
    loop: {
      kind: call.method === 'forEach' || call.method === 'filter' ? call.method : 'stream',
      variables: call.method.startsWith('fold') || call.method === 'reduce' ? parameters.slice(1) : parameters,
      iterable: shortened(elementsOf(source)),
      bounded: isBounded(source),
      concurrent: /\.parallel(?:Stream)?\(\)/u.test(source),
      ...range,
    },
  };
}

export function forLoop(node: TreeNode, text: string): FoundLoop | null {
  const children = node.namedChildren.filter(({ type }) => type !== 'annotation' && !type.endsWith('comment'));
  const [variable, value, body] = children;
  if (!variable || !value || !body) return null;
  const source = text.slice(value.startIndex, value.endIndex);
  const isRange = value.type === 'range_expression' || /\b(?:until|downTo)\b/u.test(source);
  const names = variable.type === 'multi_variable_declaration' ? variable.namedChildren : [variable];
  return {
    body,
    loop: {
      kind: isRange ? 'for' : 'for-of',
      variables: names.flatMap((each) => {
        const name = each.firstNamedChild;
        return name ? [plainName(text.slice(name.startIndex, name.endIndex))] : [];
      }),
      iterable: isRange ? null : shortened(elementsOf(source)),
      bounded: isRange ? /^\d+\s*(?:\.\.<?|until|downTo)\s*\d+$/u.test(source.trim()) : isBounded(source),
      concurrent: false,
      start: node.startIndex,
      end: node.endIndex,
    },
  };
}

function isBounded(source: string): boolean {
  return /^(?:listOf|setOf|arrayOf|sequenceOf|mapOf)\s*\(|^\(\d+\s*(?:\.\.|until)\s*\d+\)|^[\p{Lu}]\w*\.(?:values\(\)|entries)$/u.test(
    source.trim(),
  );
}

/** What is gone through: `orders` of `orders.asSequence().filter { … }`. */
function elementsOf(source: string): string {
  const text = source.replace(/!!|\?(?=\s*\.)/gu, '');
  const view =
    /\.\s*(?:stream|parallelStream|asSequence|asFlow|iterator|withIndex|filterNotNull|toList|toSet|toMutableList|orEmpty|reversed|sorted|distinct)\s*\(\s*\)|\.\s*(?:filter|map|mapNotNull|sortedBy\w*|distinctBy|take|drop|chunked)\s*[({]|\.(?:values|keys|entries|indices)\b(?!\s*\()/u.exec(
      text,
    );
  return (view ? text.slice(0, view.index) : text).replace(/\.\s*content\s*$/u, '').trim();
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
