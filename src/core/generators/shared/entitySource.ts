/** What a TypeScript file says beyond the schema: the types of properties as their author wrote them, and where names come from. */
import type { Syntax } from '../../syntax/syntax.ts';
import type { TreeNode } from '../../syntax/treeNode.ts';

export interface FieldSource {
  /** Without null and undefined; of a lazy relation what the promise gives. */
  readonly type: string;
  readonly nullable: boolean;
  readonly lazy: boolean;
  readonly line: number;
}

export interface ClassSource {
  readonly name: string;
  readonly base: string | null;
  readonly fields: ReadonlyMap<string, FieldSource>;
  /** Names of instance methods. */
  readonly methods: readonly string[];
  readonly statics: readonly string[];
}

export interface ImportSource {
  readonly local: string;
  readonly imported: string;
  readonly module: string;
}

/** `export { local as exported } from 'module'`; `*` = all names. */
export interface ReexportSource {
  readonly exported: string;
  readonly local: string;
  readonly module: string;
}

export interface FileSource {
  readonly classes: ReadonlyMap<string, ClassSource>;
  readonly imports: readonly ImportSource[];
  readonly reexports: readonly ReexportSource[];
  /** Names that the file declares at its top: classes, enums, interfaces, types, functions, constants. */
  readonly declared: ReadonlySet<string>;
  /** Those of them that are there at run time. */
  readonly values: ReadonlySet<string>;
}

/** Reads what there is: a file with mistakes gives what can be made out. */
export function readFileSource(text: string, syntax: Syntax): FileSource {
  const parsed = syntax.parse('typescript', text);
  const reader = { text, of: (node: TreeNode) => text.slice(node.startIndex, node.endIndex) };
  const classes = new Map<string, ClassSource>();
  const imports: ImportSource[] = [];
  const reexports: ReexportSource[] = [];
  const declared = new Set<string>();
  const values = new Set<string>();
  for (const statement of parsed.tree.namedChildren) {
    if (statement.type === 'import_statement') imports.push(...readImport(statement, reader));
    if (statement.type === 'export_statement') reexports.push(...readReexport(statement, reader));
    const declaration = statement.type === 'export_statement' ? statement.childForFieldName('declaration') : statement;
    if (declaration) readDeclaration(declaration, reader, { classes, declared, values });
  }
  parsed.dispose();
  return { classes, imports, reexports, declared, values };
}

interface Reader {
  readonly text: string;
  of(node: TreeNode): string;
}

interface Found {
  readonly classes: Map<string, ClassSource>;
  readonly declared: Set<string>;
  readonly values: Set<string>;
}

const typeDeclarations = new Set(['interface_declaration', 'type_alias_declaration']);

function readDeclaration(node: TreeNode, reader: Reader, found: Found): void {
  const parts = node.type === 'lexical_declaration' ? node.namedChildren : [node];
  for (const part of parts) {
    const name = part.childForFieldName('name');
    if (!name) continue;
    found.declared.add(reader.of(name));
    if (!typeDeclarations.has(node.type)) found.values.add(reader.of(name));
  }
  if (node.type === 'class_declaration' || node.type === 'abstract_class_declaration') {
    const read = readClass(node, reader);
    if (read) found.classes.set(read.name, read);
  }
}

function readImport(node: TreeNode, reader: Reader): ImportSource[] {
  const source = node.childForFieldName('source');
  const clause = node.namedChildren.find(({ type }) => type === 'import_clause');
  if (!source || !clause) return [];
  const module = reader.of(source).slice(1, -1);
  return clause.namedChildren.flatMap((part): ImportSource[] => {
    if (part.type === 'identifier') return [{ local: reader.of(part), imported: 'default', module }];
    if (part.type !== 'named_imports') return [];
    return part.namedChildren
      .filter(({ type }) => type === 'import_specifier')
      .map((specifier) => {
        const imported = specifier.childForFieldName('name');
        const local = specifier.childForFieldName('alias') ?? imported;
        return { local: local ? reader.of(local) : '', imported: imported ? reader.of(imported) : '', module };
      });
  });
}

function readReexport(node: TreeNode, reader: Reader): ReexportSource[] {
  const source = node.childForFieldName('source');
  if (!source) return [];
  const module = reader.of(source).slice(1, -1);
  const clause = node.namedChildren.find(({ type }) => type === 'export_clause');
  if (!clause) return [{ exported: '*', local: '*', module }];
  return clause.namedChildren
    .filter(({ type }) => type === 'export_specifier')
    .map((specifier) => {
      const local = specifier.childForFieldName('name');
      const exported = specifier.childForFieldName('alias') ?? local;
      return { exported: exported ? reader.of(exported) : '', local: local ? reader.of(local) : '', module };
    });
}

function readClass(node: TreeNode, reader: Reader): ClassSource | null {
  const name = node.childForFieldName('name');
  const body = node.childForFieldName('body');
  if (!name || !body) return null;
  const fields = new Map<string, FieldSource>();
  const methods: string[] = [];
  const statics: string[] = [];
  for (const member of body.namedChildren) {
    const named = member.childForFieldName('name');
    if (!named) continue;
    const isStatic = /\bstatic\s+(?:\w+\s+)*$/.test(reader.text.slice(member.startIndex, named.startIndex));
    if (member.type === 'method_definition') {
      if (reader.of(named) !== 'constructor') (isStatic ? statics : methods).push(reader.of(named));
    } else if (member.type === 'public_field_definition') {
      if (isStatic) statics.push(reader.of(named));
      else fields.set(reader.of(named), readField(member, reader));
    }
  }
  const heritage = node.namedChildren.find(({ type }) => type === 'class_heritage')?.firstNamedChild ?? null;
  const base = heritage?.type === 'extends_clause' ? heritage.childForFieldName('value') : null;
  return { name: reader.of(name), base: base ? reader.of(base) : null, fields, methods, statics };
}

function readField(node: TreeNode, reader: Reader): FieldSource {
  const annotation = node.childForFieldName('type');
  const written = annotation ? reader.of(annotation).replace(/^\s*:\s*/, '') : 'unknown';
  const line = reader.text.slice(0, node.startIndex).split('\n').length;
  const promised = /^(?:Promise|Relation|Ref)\s*<([\s\S]*)>$/.exec(written)?.[1];
  const parts = unionOf(promised ?? written);
  const own = parts.filter((part) => part !== 'null' && part !== 'undefined');
  const optional = node.childForFieldName('name');
  const questioned = optional !== null && reader.text.startsWith('?', optional.endIndex);
  return {
    type: own.join(' | ').replace(/\s+/g, ' '),
    nullable: own.length < parts.length || questioned,
    lazy: written.startsWith('Promise'),
    line,
  };
}

/** The members of a union type, brackets and quotes respected. */
function unionOf(type: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let start = 0;
  for (let at = 0; at < type.length; at++) {
    const char = type.charAt(at);
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (/['"`]/.test(char)) quote = char;
    else if (/[<({[]/.test(char)) depth++;
    else if (/[)}\]]/.test(char) || (char === '>' && type.charAt(at - 1) !== '=')) depth--;
    else if (char === '|' && depth === 0) {
      parts.push(type.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, type.slice(start)].map((part) => part.trim()).filter((part) => part !== '');
}
