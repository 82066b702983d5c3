/** Queries of Spring Data: what a method of a repository loads is stated by its `@EntityGraph`. */
import type { SourceFile } from '../../readers/reader.ts';
import type { TextEdit } from '../../schema/source.ts';
import type { SyntaxNode } from '../../syntax/syntax.ts';
import type { CodeChangeOf, CodeWriters } from '../codeWriter.ts';
import { chainAt, nodeAt } from '../shared/code/chain.ts';
import { collect, javaOf, loopAt } from '../shared/code/collect.ts';
import { insertAt } from '../shared/indexWriter.ts';
import { refuse } from '../shared/refusals.ts';
import { indentAt, lineEnd, lineStart, partsOf } from '../shared/style.ts';
import type { WriteResult } from '../writer.ts';

export const jpaQueries: CodeWriters = { loadRelation, writeAtOnce };

/** `at` is the interface of the repository, `api` its method. */
function loadRelation(change: CodeChangeOf<'loadRelation'>, file: SourceFile): WriteResult {
  let node = nodeAt(file, change.at);
  while (node && node.type !== 'interface_declaration') node = node.parent;
  const body = node?.childForFieldName('body');
  if (!node || !body || node.hasError) return refuse(`The repository was not found in ${file.path}.`);
  const { path, text } = file;
  const methods = partsOf(body).filter(
    (each) => each.type === 'method_declaration' && each.childForFieldName('name')?.text === change.api,
  );
  const [method, ...others] = methods;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const graph = `@EntityGraph(attributePaths = "${change.relation}")`;
  const imports = imported(file, 'org.springframework.data.jpa.repository', 'EntityGraph', eol);
  if (method && others.length === 0) {
    if (/@EntityGraph\b/u.test(method.text)) return refuse('The method has a graph already: add the relation there.');
    const at = lineStart(text, method.startIndex);
    return { ok: true, edits: [...imports, insertAt(path, at, `${indentAt(text, method.startIndex)}${graph}${eol}`)] };
  }
  // What every repository has is declared anew to say more of it.
  if (methods.length > 0 || change.api !== 'findAll')
    return refuse('Several methods have the name: annotate the one that is called.');
  const indent = indentOf(text, node, body);
  const name = change.entity.replace(/^.*[.$]/u, '');
  const declaration = [`@Override`, graph, `List<${name}> findAll();`].map((line) => `${eol}${indent}${line}`).join('');
  const end = partsOf(body).at(-1)?.endIndex ?? body.startIndex + 1;
  const close = partsOf(body).length === 0 ? eol + indentAt(text, node.startIndex) : '';
  return {
    ok: true,
    edits: [
      ...imports,
      ...imported(file, 'java.util', 'List', eol),
      insertAt(path, end, `${partsOf(body).length > 0 ? eol : ''}${declaration}${close}`),
    ],
  };
}

function indentOf(text: string, node: SyntaxNode, body: SyntaxNode): string {
  const [first] = partsOf(body);
  return first ? indentAt(text, first.startIndex) : `${indentAt(text, node.startIndex)}  `;
}

function imported({ path, text }: SourceFile, pack: string, name: string, eol: string): readonly TextEdit[] {
  const known = new RegExp(`^import\\s+${pack.replaceAll('.', '\\.')}\\.(?:${name}|\\*)\\s*;`, 'mu');
  if (known.test(text)) return [];
  const last = [...text.matchAll(/^(?:import|package)\s[^\n]*/gmu)].at(-1);
  const at = last ? lineEnd(text, last.index) : 0;
  const gap = last?.[0].startsWith('package') === true ? eol : '';
  return [insertAt(path, at, `${last ? eol : ''}${gap}import ${pack}.${name};${last ? '' : eol}`)];
}

const ofMany: Readonly<Record<string, string>> = { save: 'saveAll', delete: 'deleteAll' };

/** `orders.save(order)` of each round becomes one `saveAll`. */
function writeAtOnce(change: CodeChangeOf<'writeAtOnce'>, file: SourceFile): WriteResult {
  if (!file.path.endsWith('.java')) return refuse('Only loops of Java are rewritten: write the rows at once by hand.');
  const chain = chainAt(file, change.at);
  const loop = loopAt(file, change.loop);
  const [link, ...others] = chain?.links ?? [];
  const [row, ...more] = link?.arguments ?? [];
  const many = link && Object.hasOwn(ofMany, link.name) ? ofMany[link.name] : undefined;
  if (!chain?.root || !loop || !row || more.length > 0 || others.length > 0 || many === undefined)
    return refuse('Only rows that a repository of Spring Data saves are saved at once: do it by hand.');
  const type = change.entity.replace(/^.*[.$]/u, '');
  const isOne =
    row.text === loop.element.text ||
    row.type === 'object_creation_expression' ||
    (row.type === 'identifier' && new RegExp(`\\b(?:${type}|var)\\s+${row.text}\\s*=`, 'u').test(loop.body.text));
  if (!isOne) return refuse('Whether one row is written is not known: write the rows at once by hand.');
  const { root } = chain;
  const bulk = { row, call: (list: string) => `${root.text}.${many}(${list})`, constant: [root] };
  const result = collect(file, { loop, chain: chain.node, bulk, isList: change.isList, language: javaOf(type) });
  if (!result.ok || !result.edits.some(({ newText }) => newText.includes('new ArrayList<>()'))) return result;
  const eol = file.text.includes('\r\n') ? '\r\n' : '\n';
  const imports = ['ArrayList', 'List'].flatMap((name) => imported(file, 'java.util', name, eol));
  return { ...result, edits: [...imports, ...result.edits] };
}
