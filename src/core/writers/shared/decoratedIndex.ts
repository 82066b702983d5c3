/** `@Index()` on a property, as several ORMs of TypeScript have it. */
import type { SourceFile } from '../../readers/reader.ts';
import type { Index, Table } from '../../schema/model.ts';
import { findDeclaration } from './declaration.ts';
import { decorateProperty } from './decorate.ts';
import { importName } from './imports.ts';
import { onlyColumn } from './indexWriter.ts';
import type { Inserted } from './indexWriter.ts';
import { styleOf } from './style.ts';

export interface DecoratedIndexOptions {
  /** Packages that export the decorator, the one that the file imports first. */
  readonly modules: readonly string[];
  /** Name where `Index` is taken. */
  readonly alias: string;
  /** The decorator as written, given its name in the file: `@Index()`. */
  readonly decorator: (reference: string) => string;
  readonly composite: string;
}

/** Undefined where no decorated class stands for the table. */
export function decorateIndex(
  index: Index,
  table: Table,
  file: SourceFile,
  options: DecoratedIndexOptions,
): Inserted | undefined {
  const { root } = file.parsed();
  const declaration = table.entity === null ? null : findDeclaration(root, table.entity, table.at.line);
  if (declaration?.kind !== 'class' || declaration.decorators.length === 0) return undefined;
  if (declaration.body.hasError)
    return `${file.path} has a syntax error in ${table.entity ?? table.name}; correct it first.`;
  const column = onlyColumn(index, table, file, options.composite);
  if (typeof column === 'string') return column;
  const property = declaration.properties.find(({ node }) => {
    const name = node.childForFieldName('name') ?? node;
    return file.lines.position(name.startIndex).line === column.at.line;
  });
  if (!property || property.decorators.length === 0)
    return `No decorated property stands for ${table.name}.${column.name}; declare the index on the class.`;
  const source = { path: file.path, text: file.text, root, style: styleOf(file.text), declaration };
  const module =
    options.modules.find((each) => file.text.includes(`'${each}'`) || file.text.includes(`"${each}"`)) ??
    options.modules[0] ??
    '';
  const imported = importName(source, 'Index', module, options.alias);
  return [...imported.edits, decorateProperty(source, property, options.decorator(imported.reference))];
}
