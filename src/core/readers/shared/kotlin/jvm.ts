/** Files of Java and Kotlin alike: what they declare and do, in the terms of Java. */
import type { TreeNode } from '../../../syntax/treeNode.ts';
import type { ParsedText } from '../../../syntax/syntax.ts';
import type { SourceFile } from '../../reader.ts';
import { readJava } from '../java/declarations.ts';
import type { JavaFile } from '../java/model.ts';
import { pathText } from '../java/callShape.ts';
import { javaOutline } from '../java/outline.ts';
import type { JavaOutline } from '../java/outline.ts';
import { textOfNode } from '../java/sqlText.ts';
import type { JavaText, NodeOf } from '../java/sqlText.ts';
import { readKotlin } from './declarations.ts';
import { asJava, kotlinPath } from './expressions.ts';
import { kotlinOutline } from './outline.ts';
import { textOfKotlin } from './sqlText.ts';

export function isKotlin(path: string): boolean {
  return /\.kt$/iu.test(path);
}

export function readJvm(file: SourceFile): JavaFile {
  return isKotlin(file.path) ? readKotlin(file) : readJava(file);
}

const known = new WeakMap<ParsedText, JavaOutline>();

/** Several readers look at one file: it is walked once. */
export function jvmOutline(parsed: ParsedText): JavaOutline {
  if (parsed.language !== 'kotlin') return javaOutline(parsed);
  let outline = known.get(parsed);
  if (!outline) known.set(parsed, (outline = kotlinOutline(parsed.tree, parsed.text)));
  return outline;
}

/** What readers of queries ask of the text of a file. */
export interface JvmTexts {
  /** Of an expression, as Java would have it. */
  readonly text: (node: TreeNode) => string;
  /** A path of plain names; null for anything else. */
  readonly path: (node: TreeNode) => string | null;
  /** The text that an expression builds; null where none shows. */
  readonly built: (node: TreeNode, nodeOf: NodeOf) => JavaText | null;
}

export function textsOf({ path, text }: { readonly path: string; readonly text: string }): JvmTexts {
  const slice = (node: TreeNode): string => text.slice(node.startIndex, node.endIndex);
  return isKotlin(path)
    ? {
        text: (node) => asJava(slice(node)),
        path: (node) => kotlinPath(slice(node)),
        built: (node, nodeOf) => textOfKotlin(node, text, nodeOf),
      }
    : {
        text: slice,
        path: (node) => pathText(slice(node)),
        built: (node, nodeOf) => textOfNode(node, text, nodeOf),
      };
}
