/** What a Prisma schema file declares, with positions, as it is kept in a fragment. */
import type { SourceRange } from '../../schema/source.ts';
import type {
  PrismaArgument,
  PrismaAttribute,
  PrismaBlock,
  PrismaDocument,
  PrismaSetting,
  PrismaType,
  PrismaValue,
} from '../../syntax/prisma/ast.ts';
import type { LineIndex } from '../../syntax/lineIndex.ts';

export interface PrismaMappings {
  /** Null of files that hold code. */
  readonly schema: SchemaFile | null;
  /** Modules the file may lead to beside its imports: where a client is made, the schema it was generated from. */
  readonly modules: readonly string[];
}

export interface SchemaFile {
  readonly models: readonly ModelDeclaration[];
  readonly enums: readonly EnumDeclaration[];
  readonly source: SourceDeclaration | null;
}

export interface SourceDeclaration {
  readonly provider: string | null;
  readonly relationMode: string | null;
  /** Schema that a literal URL names (`?schema=shop`). */
  readonly namespace: string | null;
  readonly at: SourceRange;
}

export interface ModelDeclaration {
  readonly kind: 'model' | 'view' | 'type';
  readonly name: string;
  readonly fields: readonly FieldDeclaration[];
  readonly attributes: readonly AttributeDeclaration[];
  /** The head: `model User`. */
  readonly at: SourceRange;
}

export interface FieldDeclaration {
  readonly name: string;
  readonly type: Pick<PrismaType, 'name' | 'unsupported' | 'list' | 'optional'>;
  readonly attributes: readonly AttributeDeclaration[];
  readonly at: SourceRange;
}

export interface EnumDeclaration {
  readonly name: string;
  readonly values: readonly { readonly name: string; readonly stored: string }[];
  readonly attributes: readonly AttributeDeclaration[];
  readonly at: SourceRange;
}

export interface AttributeDeclaration {
  readonly name: string;
  readonly arguments: readonly Argument[];
  readonly at: SourceRange;
}

export interface Argument {
  readonly name: string | null;
  readonly value: Value;
}

/** As in the source, without positions. */
export type Value =
  | { readonly kind: 'string' | 'number' | 'name'; readonly value: string }
  | { readonly kind: 'call'; readonly value: string; readonly arguments: readonly Argument[] }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'object'; readonly entries: readonly Argument[] };

export function declarationsOf(document: PrismaDocument, lines: LineIndex): SchemaFile {
  const named = document.blocks.filter(({ name }) => name !== '');
  const source = named.find(({ kind }) => kind === 'datasource');
  return {
    models: named.flatMap((block) => modelOf(block, lines)),
    enums: named.filter(({ kind }) => kind === 'enum').map((block) => enumOf(block, lines)),
    source: source ? sourceOf(source, lines) : null,
  };
}

function modelOf(block: PrismaBlock, lines: LineIndex): ModelDeclaration[] {
  const { kind, name, fields, attributes, head } = block;
  if (kind !== 'model' && kind !== 'view' && kind !== 'type') return [];
  return [
    {
      kind,
      name,
      fields: fields.flatMap((field): FieldDeclaration[] =>
        field.type === null
          ? []
          : [
              {
                name: field.name,
                type: typeOf(field.type),
                attributes: field.attributes.map((each) => attributeOf(each, lines)),
                at: lines.range(field.start, field.type.end),
              },
            ],
      ),
      attributes: attributes.map((each) => attributeOf(each, lines)),
      at: lines.range(head.start, head.end),
    },
  ];
}

function typeOf({ name, unsupported, list, optional }: PrismaType): FieldDeclaration['type'] {
  return { name, unsupported, list, optional };
}

function enumOf(block: PrismaBlock, lines: LineIndex): EnumDeclaration {
  const { name, fields, attributes, head } = block;
  return {
    name,
    values: fields.map((value) => {
      const map = value.attributes.find((each) => each.name === 'map')?.arguments[0]?.value;
      return { name: value.name, stored: map?.kind === 'string' ? map.value : value.name };
    }),
    attributes: attributes.map((each) => attributeOf(each, lines)),
    at: lines.range(head.start, head.end),
  };
}

function sourceOf(block: PrismaBlock, lines: LineIndex): SourceDeclaration {
  const url = textSetting(block.settings, 'url');
  const stated = /[?&]schema=([^&#\s]+)/.exec(url ?? '')?.[1] ?? null;
  return {
    provider: textSetting(block.settings, 'provider'),
    relationMode: textSetting(block.settings, 'relationMode') ?? textSetting(block.settings, 'referentialIntegrity'),
    namespace: stated,
    at: lines.range(block.head.start, block.head.end),
  };
}

/** A setting that is stated as text; null where it is not, or comes from the environment. */
export function textSetting(settings: readonly PrismaSetting[], key: string): string | null {
  const value = settings.find((setting) => setting.key === key)?.value;
  // Before 2.x a provider could be a list: the first is what it is generated for.
  const first = value?.kind === 'list' ? value.items[0] : value;
  return first?.kind === 'string' ? first.value : null;
}

function attributeOf({ name, arguments: args, start, end }: PrismaAttribute, lines: LineIndex): AttributeDeclaration {
  return { name, arguments: args.map(argumentOf), at: lines.range(start, end) };
}

function argumentOf({ name, value }: PrismaArgument): Argument {
  return { name, value: valueOf(value) };
}

function valueOf(value: PrismaValue): Value {
  switch (value.kind) {
    case 'call':
      return { kind: 'call', value: value.value, arguments: value.arguments.map(argumentOf) };
    case 'list':
      return { kind: 'list', items: value.items.map(valueOf) };
    case 'object':
      return { kind: 'object', entries: value.entries.map(argumentOf) };
    default:
      return { kind: value.kind, value: value.value };
  }
}
