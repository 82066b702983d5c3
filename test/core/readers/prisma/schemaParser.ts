/**
 * Prisma's schema parser (WebAssembly): what it makes of models, fields and keys, for the engines whose DDL the schema engine in WebAssembly
 * does not write. It tells neither join tables nor what foreign keys do by default: those are stated here from Prisma's documentation.
 */
import { createRequire } from 'node:module';
import type { Described, DescribedForeignKey, DescribedIndex, DescribedTable } from '../../../conformance/described.ts';
import type { PrismaFiles } from './schemaEngine.ts';

const parser = createRequire(import.meta.url)('@prisma/prisma-schema-wasm') as { get_dmmf(params: string): string };

interface ParsedField {
  readonly name: string;
  readonly dbName?: string | null;
  readonly kind: 'scalar' | 'enum' | 'object' | 'unsupported';
  readonly isList: boolean;
  readonly isRequired: boolean;
  readonly type: string;
  readonly nativeType: readonly [string, readonly string[]] | null;
  readonly relationName?: string;
  readonly relationFromFields?: readonly string[];
  readonly relationToFields?: readonly string[];
  readonly relationOnDelete?: string;
}

interface ParsedModel {
  readonly name: string;
  readonly dbName: string | null;
  readonly fields: readonly ParsedField[];
}

interface ParsedIndex {
  readonly model: string;
  readonly type: 'id' | 'unique' | 'normal' | 'fulltext';
  readonly dbName?: string;
  readonly fields: readonly { readonly name: string; readonly sortOrder?: string }[];
}

interface Parsed {
  readonly datamodel: {
    readonly models: readonly ParsedModel[];
    readonly types: readonly ParsedModel[];
    readonly indexes: readonly ParsedIndex[];
  };
}

/** Throws with Prisma's own words where the schema is not valid. */
export function parsedByPrisma(files: PrismaFiles): Parsed {
  return JSON.parse(parser.get_dmmf(JSON.stringify({ prismaSchema: files }))) as Parsed;
}

const scalarClasses: Readonly<Record<string, string>> = {
  String: 'string',
  Boolean: 'boolean',
  Int: 'int32',
  BigInt: 'int64',
  Float: 'float64',
  Decimal: 'decimal',
  DateTime: 'datetime',
  Json: 'json',
  Bytes: 'binary',
};

/** Native types that mean something else than their scalar does. */
const nativeClasses: Readonly<Record<string, string>> = {
  Text: 'text',
  LongText: 'text',
  Char: 'char',
  TinyInt: 'int16',
  UniqueIdentifier: 'uuid',
  DateTimeOffset: 'datetime-tz',
  ObjectId: 'object-id',
};

const actions: Readonly<Record<string, string>> = { Cascade: 'CASCADE', Restrict: 'RESTRICT', SetNull: 'SET NULL' };

export function describeParsed({ datamodel }: Parsed, provider: 'mysql' | 'sqlserver' | 'mongodb'): Described {
  const { models, types, indexes } = datamodel;
  const stored = (model: ParsedModel | undefined, path: string): string => {
    const [first = '', ...rest] = path.split('.');
    const field = model?.fields.find(({ name }) => name === first);
    const name = field?.dbName ?? first;
    return rest.length === 0
      ? name
      : `${name}.${stored(
          types.find((type) => type.name === field?.type),
          rest.join('.'),
        )}`;
  };
  const columns = (model: ParsedModel, prefix: string): DescribedTable['columns'] =>
    model.fields.flatMap((field) => {
      const composite = types.find(({ name }) => name === field.type);
      if (field.kind === 'object' && !composite) return [];
      const type =
        field.kind === 'enum'
          ? 'enum'
          : composite
            ? 'object'
            : (nativeClasses[field.nativeType?.[0] ?? ''] ?? scalarClasses[field.type] ?? 'unknown');
      const name = prefix + (field.dbName ?? field.name);
      const own = { name, type: `${type}${field.isList ? '[]' : ''}`, nullable: !field.isRequired };
      return composite ? [own, ...columns(composite, `${name}.`)] : [own];
    });
  return {
    tables: models.map((model): DescribedTable => {
      const own = indexes.filter((index) => index.model === model.name);
      const indexOf = (index: ParsedIndex): DescribedIndex => ({
        name: index.dbName ?? null,
        columns: index.fields.map(({ name }) => stored(model, name)),
        method: index.type === 'fulltext' ? (provider === 'mongodb' ? 'text' : 'fulltext') : null,
        partial: false,
        descending: index.fields.filter(({ sortOrder }) => sortOrder === 'desc').map(({ name }) => stored(model, name)),
      });
      return {
        name: model.dbName ?? model.name,
        columns: columns(model, ''),
        primaryKey: own.find(({ type }) => type === 'id')?.fields.map(({ name }) => stored(model, name)) ?? [],
        primaryKeyName: null,
        foreignKeys:
          provider === 'mongodb'
            ? []
            : model.fields.flatMap((field): DescribedForeignKey[] => {
                const target = models.find(({ name }) => name === field.type);
                if (!target || !field.relationFromFields?.length) return [];
                const byDefault = !field.isRequired ? 'SET NULL' : provider === 'sqlserver' ? 'NO ACTION' : 'RESTRICT';
                return [
                  {
                    name: null,
                    columns: field.relationFromFields.map((name) => stored(model, name)),
                    table: target.dbName ?? target.name,
                    references: (field.relationToFields ?? []).map((name) => stored(target, name)),
                    onDelete: actions[field.relationOnDelete ?? ''] ?? byDefault,
                    onUpdate: 'CASCADE',
                  },
                ];
              }),
        indexes: own.filter(({ type }) => type === 'normal' || type === 'fulltext').map(indexOf),
        uniques: own.filter(({ type }) => type === 'unique').map(indexOf),
      };
    }),
    enums: null,
  };
}
