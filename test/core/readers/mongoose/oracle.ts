/** What the real Mongoose makes of a folder of schemas: its models are loaded without any connection and asked for their paths and indexes. */
import mongoose from 'mongoose';
import type { Schema, SchemaType } from 'mongoose';
import { compileFolder } from '../../../support/compileFolder.ts';
import type {
  Described,
  DescribedColumn,
  DescribedForeignKey,
  DescribedIndex,
  DescribedTable,
} from '../../../conformance/described.ts';

mongoose.set('autoCreate', false);
mongoose.set('autoIndex', false);

interface Feature {
  readonly name: string;
  readonly schema: Schema;
  readonly collection?: string;
}

export function describeModels(folder: string): Described {
  const compiled = compileFolder(folder);
  try {
    mongoose.deleteModel(/.*/);
    for (const file of compiled.files) {
      const exported = compiled.load(file) as { readonly features?: readonly Feature[] };
      for (const { name, schema, collection } of exported.features ?? []) mongoose.model(name, schema, collection);
    }
    const models = Object.values(mongoose.models);
    const roots = models.filter((model) => (model as { baseModelName?: string }).baseModelName === undefined);
    return { tables: roots.map(describeRoot), enums: null };
  } finally {
    mongoose.deleteModel(/.*/);
    compiled.dispose();
  }
}

type Model = (typeof mongoose.models)[string];
type IndexPair = readonly [Readonly<Record<string, unknown>>, Parameters<typeof describeIndex>[1]];

/** Discriminators are stored with their base. */
function describeRoot(model: Model): DescribedTable {
  const { discriminators = {} } = model as unknown as {
    readonly discriminators?: Readonly<Record<string, { readonly schema: Schema }>>;
  };
  const schemas = [model.schema as Schema, ...Object.values(discriminators).map((each) => each.schema)];
  const columns = new Map<string, DescribedColumn>();
  const keys = new Map<string, DescribedForeignKey>();
  for (const schema of schemas) collect(schema, '', [], false, columns, keys);
  const indexes = new Map(
    schemas
      .flatMap((schema) => schema.indexes() as readonly IndexPair[])
      .map(([fields, options]) => [JSON.stringify(fields), describeIndex(fields, options)] as const),
  );
  const all = [...indexes.values()];
  return {
    name: model.collection.name,
    columns: [...columns.values()],
    primaryKey: columns.has('_id') ? ['_id'] : [],
    primaryKeyName: null,
    foreignKeys: [...keys.values()],
    indexes: all.filter(({ unique }) => !unique).map(({ unique: _, ...index }) => index),
    uniques: all.filter(({ unique }) => unique).map(({ unique: _, ...index }) => index),
  };
}

/** Classes of the model by what Mongoose calls its types. */
const classes: Readonly<Record<string, string>> = {
  String: 'string',
  Number: 'float64',
  Boolean: 'boolean',
  Date: 'datetime',
  ObjectId: 'object-id',
  ObjectID: 'object-id',
  Buffer: 'binary',
  Decimal128: 'decimal',
  UUID: 'uuid',
  BigInt: 'int64',
  Mixed: 'json',
  Map: 'object',
  Embedded: 'object',
};

interface Typed extends SchemaType {
  readonly schema?: Schema;
  readonly $isMongooseDocumentArray?: boolean;
  readonly embeddedSchemaType?: Typed;
}

function collect(
  schema: Schema,
  prefix: string,
  seen: readonly Schema[],
  inArray: boolean,
  columns: Map<string, DescribedColumn>,
  keys: Map<string, DescribedForeignKey>,
): void {
  schema.eachPath((name, each) => {
    const type = each as Typed;
    const path = prefix + name;
    const { base, arrays } = unwrapped(type);
    // The values of a map have a path of their own.
    if (name.endsWith('.$*')) return;
    if (columns.has(path)) return;
    columns.set(path, {
      name: path,
      type: `${type.$isMongooseDocumentArray === true ? 'object' : (classes[base.instance] ?? base.instance)}${arrays ? '[]' : ''}`,
      // Mongoose fills these in by itself.
      nullable:
        type.isRequired !== true && path !== '_id' && (type.options as { readonly auto?: boolean }).auto !== true,
    });
    const { ref } = type.options as { readonly ref?: unknown };
    const target = ref === undefined || arrays || inArray ? undefined : modelOf(ref);
    if (target)
      keys.set(path, {
        name: null,
        columns: [path],
        table: target.collection.name,
        references: ['_id'],
        onDelete: 'NO ACTION',
        onUpdate: 'NO ACTION',
      });
    if (type.schema && !seen.includes(type.schema) && seen.length < 8)
      collect(type.schema, `${path}.`, [...seen, schema], inArray || arrays, columns, keys);
  });
}

function unwrapped(type: Typed): { readonly base: Typed; readonly arrays: boolean } {
  let base = type;
  let arrays = false;
  while (base.instance === 'Array') {
    arrays = true;
    if (!base.embeddedSchemaType) break;
    base = base.embeddedSchemaType;
  }
  return { base, arrays };
}

function modelOf(ref: unknown): Model | undefined {
  if (typeof ref === 'string') return mongoose.models[ref];
  const { modelName } = ref as { readonly modelName?: string };
  if (modelName !== undefined) return mongoose.models[modelName];
  const { name } = ref as { readonly name?: string };
  if (name !== undefined && mongoose.models[name]) return mongoose.models[name];
  return typeof ref === 'function' ? modelOf((ref as () => unknown)()) : undefined;
}

function describeIndex(
  fields: Readonly<Record<string, unknown>>,
  options: { readonly unique?: unknown; readonly partialFilterExpression?: unknown; readonly name?: string },
): DescribedIndex & { readonly unique: boolean } {
  const columns = Object.keys(fields);
  const method = Object.values(fields).find((kind) => typeof kind === 'string');
  return {
    name: options.name ?? columns.map((column) => `${column}_${String(fields[column])}`).join('_'),
    columns,
    method: method ?? null,
    partial: options.partialFilterExpression !== undefined,
    descending: columns.filter((column) => Number(fields[column]) === -1),
    unique: options.unique === true,
  };
}
