/** The lists of a `@Module({ … })`, and where something can be put into them. Offsets are those of the text. */
import type { Syntax } from '../../syntax/syntax.ts';
import type { TreeNode } from '../../syntax/treeNode.ts';

export interface ModuleList {
  /** Source texts of the elements. */
  readonly items: readonly ListItem[];
  readonly start: number;
  readonly end: number;
}

export interface ListItem {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface ModuleSource {
  readonly className: string;
  /** The object given to `@Module`; its braces are part of it. */
  readonly object: ListItem;
  readonly lists: ReadonlyMap<string, ModuleList>;
  /** Keys whose value is no literal list, so that nothing can be added. */
  readonly opaque: ReadonlySet<string>;
  /** Entities given to `TypeOrmModule.forFeature` by this module; null = it is not called. */
  readonly features: ModuleList | null;
  readonly imports: readonly ModuleImport[];
}

export interface ModuleImport extends ListItem {
  readonly module: string;
  readonly names: readonly string[];
}

/** Null where the file holds no module. */
export function readModule(text: string, syntax: Syntax): ModuleSource | null {
  const parsed = syntax.parse('typescript', text);
  const item = (node: TreeNode): ListItem => ({
    text: text.slice(node.startIndex, node.endIndex),
    start: node.startIndex,
    end: node.endIndex,
  });
  try {
    const statements = parsed.tree.namedChildren;
    const call = statements.map((statement) => moduleCall(statement, item)).find((found) => found !== null);
    const object = call?.call.childForFieldName('arguments')?.firstNamedChild;
    if (!call || object?.type !== 'object') return null;
    const lists = new Map<string, ModuleList>();
    const opaque = new Set<string>();
    for (const pair of object.namedChildren.filter(({ type }) => type !== 'comment')) {
      const key = pair.childForFieldName('key');
      const value = pair.childForFieldName('value');
      if (!key) continue;
      if (value?.type === 'array') lists.set(item(key).text, listOf(value, item));
      else opaque.add(item(key).text);
    }
    const features = featuresOf(object, item);
    return {
      className: call.name,
      object: item(object),
      lists,
      opaque,
      features,
      imports: importsOf(statements, item),
    };
  } finally {
    parsed.dispose();
  }
}

type Item = (node: TreeNode) => ListItem;

function listOf(node: TreeNode, item: Item): ModuleList {
  const items = node.namedChildren.filter(({ type }) => type !== 'comment').map(item);
  return { items, start: node.startIndex, end: node.endIndex };
}

function moduleCall(statement: TreeNode, item: Item): { readonly call: TreeNode; readonly name: string } | null {
  const declaration = statement.childForFieldName('declaration') ?? statement;
  if (declaration.type !== 'class_declaration') return null;
  const decorators = [...statement.namedChildren, ...declaration.namedChildren].filter(
    ({ type }) => type === 'decorator',
  );
  for (const decorator of decorators) {
    const call = decorator.firstNamedChild;
    const callee = call?.childForFieldName('function');
    const name = declaration.childForFieldName('name');
    if (call?.type === 'call_expression' && callee && item(callee).text === 'Module' && name)
      return { call, name: item(name).text };
  }
  return null;
}

function featuresOf(object: TreeNode, item: Item): ModuleList | null {
  const imports = object.namedChildren.find((pair) => {
    const key = pair.childForFieldName('key');
    return key && item(key).text === 'imports';
  });
  for (const element of imports?.childForFieldName('value')?.namedChildren ?? []) {
    const callee = element.childForFieldName('function');
    const first = element.childForFieldName('arguments')?.firstNamedChild;
    if (callee && item(callee).text === 'TypeOrmModule.forFeature' && first?.type === 'array')
      return listOf(first, item);
  }
  return null;
}

function importsOf(statements: readonly TreeNode[], item: Item): ModuleImport[] {
  return statements.flatMap((statement): ModuleImport[] => {
    const source = statement.type === 'import_statement' ? statement.childForFieldName('source') : null;
    if (!source) return [];
    const text = item(statement).text;
    const names =
      /\{([^}]*)\}/
        .exec(text)?.[1]
        ?.split(',')
        .map((name) => name.trim().replace(/^.*\bas\s+/, '')) ?? [];
    return [{ ...item(statement), module: item(source).text.slice(1, -1), names: names.filter((name) => name !== '') }];
  });
}
