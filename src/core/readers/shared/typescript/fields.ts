import type { ClassFact, FieldFact } from '../../../schema/classFacts.ts';
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import { functionAt } from './outline.ts';
import type { Outline } from './outline.ts';

const field =
  /^\s*(?:(?:declare|public|private|protected|static|override|readonly|accessor|abstract)\s+)*([\w$#]+)\s*[!?]?\s*(?::\s*([^=;]+?))?\s*(?:=\s*([\s\S]+?))?\s*;?\s*$/;
const plainType = /^[\w$.]+(?:<[\s\S]*>)?$/;
const constant = /(?:^|[\n;])[ \t]*(?:export\s+)?(?:const|let|var)\s+([\w$]+)\s*(?::\s*([^=;\n]+?))?\s*=\s*([^\n]+)/g;

/** Type that an initializer shows without any inference: `new X()`, `inject(X)`, `app.get(X)`. */
export type TypeOfInitializer = (initializer: string) => string | null;

export const typeOfNew: TypeOfInitializer = (initializer) =>
  /^new\s+([\w$.]+(?:<[^()]*>)?)\s*\(/.exec(initializer)?.[1] ??
  /^(?:inject|app\.get|module\.get|moduleRef\.get|container\.(?:get|resolve)|Container\.get)(?:<[\w$]+>)?\(\s*([A-Z][\w$]*)/.exec(
    initializer,
  )?.[1] ??
  null;

/** Fields of classes (declared, or by parameters of the constructor) and constants of the module, where a type is known. */
export function readFields(outline: Outline, typeOf: TypeOfInitializer = typeOfNew): FieldFact[] {
  const { text, classes } = outline;
  const facts: FieldFact[] = [];
  const add = (owner: string, name: string, type: string | null | undefined, initializer: string | undefined): void => {
    const stated = type
      ?.replace(/\s+/g, ' ')
      .replace(/\s*\|\s*(?:null|undefined)\b/g, '')
      .trim();
    const known =
      stated !== undefined && plainType.test(stated) && !primitive.test(stated)
        ? stated
        : initializer === undefined
          ? null
          : typeOf(initializer);
    if (known !== null && known.length <= 200) facts.push({ owner, name, type: known });
  };
  for (const span of outline.fields) {
    const owner = span.class === null ? undefined : classes[span.class];
    if (!owner || span.end - span.start > 4000) continue;
    const from = Math.max(span.start, ...span.decorators.map(({ end }) => end));
    const match = field.exec(text.slice(from, span.end));
    if (match?.[1] !== undefined) add(owner.name, match[1], match[2], match[3]);
  }
  for (const span of outline.functions) {
    const owner = span.class === null ? undefined : classes[span.class];
    if (!owner || !span.method) continue;
    if (span.name === 'constructor') {
      for (const parameter of span.parameters) {
        const assigned = new RegExp(
          `this\\.([\\w$]+)\\s*=\\s*${parameter.name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}\\s*[;\\n]`,
        );
        const name = parameter.field ? parameter.name : assigned.exec(text.slice(span.start, span.end))?.[1];
        if (name !== undefined) add(owner.name, name, parameter.type, undefined);
      }
      for (const match of text.slice(span.start, span.end).matchAll(/this\.([\w$]+)\s*=\s*([^\n]+)/g))
        if (
          match[1] !== undefined &&
          match[2] !== undefined &&
          !facts.some((fact) => fact.owner === owner.name && fact.name === match[1])
        )
          add(owner.name, match[1], undefined, match[2]);
    } else if (
      /^(?:(?:public|private|protected|static)\s+)*get\s/.test(text.slice(span.start, span.start + 40)) &&
      span.name !== null
    )
      add(owner.name, span.name, span.returnType, /\breturn\s+([^\n]+)/.exec(text.slice(span.start, span.end))?.[1]);
  }
  for (const match of text.matchAll(constant)) {
    const from = facts.length;
    if (match[1] !== undefined) add('', match[1], match[2], match[3]);
    // Those of functions are local; only what the module declares can be met elsewhere.
    if (
      facts.length > from &&
      functionAt(outline, match.index + match[0].length) !== null &&
      functionAt(outline, match.index) !== null
    )
      facts.length = from;
  }
  return facts;
}

const primitive = /^(?:string|number|boolean|any|unknown|never|void|object|bigint|symbol|Date|Buffer|null|undefined)$/;

export function readClasses(outline: Outline, lines: LineIndex): ClassFact[] {
  return outline.classes
    .filter(({ name }) => name !== '')
    .map((span) => ({
      name: span.name,
      extends: span.extends,
      implements: span.implements,
      decorators: span.decorators.map(({ name }) => name),
      exported: span.exported,
      at: lines.range(span.start, Math.max(span.start, span.bodyStart)),
    }));
}
