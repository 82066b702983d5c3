/** All fragments of a project → tables of its entities, and queries with the tables they mean. */
import type { Table } from '../../schema/model.ts';
import type { Problem } from '../../schema/source.ts';
import type { Fragment, LinkContext, LinkResult } from '../reader.ts';
import { directoryOf } from '../shared/paths.ts';
import { purposeOf } from '../../schema/filePurpose.ts';
import type { JavaFile } from '../shared/java/model.ts';
import { createWorld } from '../shared/java/world.ts';
import type { JavaWorld } from '../shared/java/world.ts';
import { jpa } from './annotations.ts';
import { buildSchema } from './build.ts';
import type { Parts } from './build.ts';
import { storedType } from './columns.ts';
import type { Converter } from './context.ts';
import { finished } from './drafts.ts';
import type { BuiltSchema } from './drafts.ts';
import { hbmOverlays, missingClasses } from './hbmOverlay.ts';
import { createHierarchy } from './hierarchy.ts';
import type { Entity } from './hierarchy.ts';
import { linkQueries } from './linkQueries.ts';
import type { JpaMappings, OrmClass } from './mappings.ts';
import { strategyOf } from './strategy.ts';
import { withoutValueClasses } from './valueClasses.ts';

interface Linked {
  readonly tables: readonly Table[];
  readonly enums: LinkResult['enums'];
  readonly problems: readonly Problem[];
  readonly world: JavaWorld;
  readonly schema: BuiltSchema;
}

interface Remembered {
  readonly mappings: readonly JpaMappings[];
  readonly key: string;
  readonly linked: Linked;
}

/** The last result of each project: most links follow a change of code, which leaves the mappings as they are. */
const remembered = new Map<string, Remembered>();

export function link(fragments: readonly Fragment<JpaMappings>[], context: LinkContext): LinkResult {
  const { tables, enums, problems, world, schema } = schemaOf(fragments, context);
  const files = linkQueries(
    fragments.map(({ facts }) => facts),
    { world, schema, tables },
  );
  return { tables, enums, files, problems };
}

function schemaOf(fragments: readonly Fragment<JpaMappings>[], context: LinkContext): Linked {
  const key = JSON.stringify([
    context.dialect,
    context.dataSources.map(({ namingStrategy, dialect }) => [namingStrategy, dialect]),
    fragments.map(({ file }) => file),
  ]);
  const before = remembered.get(context.root);
  if (before?.key === key && before.mappings.every((each, at) => each === fragments[at]?.mappings))
    return before.linked;
  const linked = build(fragments, context);
  remembered.set(context.root, { key, mappings: fragments.map(({ mappings }) => mappings), linked });
  return linked;
}

function build(fragments: readonly Fragment<JpaMappings>[], context: LinkContext): Linked {
  const sources = withoutValueClasses(javaFiles(fragments));
  const hbm = fragments.flatMap(({ mappings }) => mappings.hbm ?? []);
  const declared = createWorld(sources);
  const missing = missingClasses(hbm, (name) => declared.byName(name) !== undefined);
  const world = missing.length === 0 ? declared : createWorld([...sources, ...missing]);
  const overlays = new Map(
    fragments.flatMap(({ mappings }) =>
      (mappings.orm?.classes ?? []).map((each): [string, OrmClass] => {
        const qualified =
          each.name.includes('.') || !mappings.orm?.package ? each.name : `${mappings.orm.package}.${each.name}`;
        return [qualified, each];
      }),
    ),
  );
  for (const each of hbmOverlays(hbm)) overlays.set(each.name, each);
  const hierarchy = createHierarchy(world, overlays);
  const strategy = strategyOf(fragments, world, context);
  const parts: Parts = {
    world,
    hierarchy,
    naming: strategy.naming,
    dialect: strategy.dialect,
    hibernate: strategy.hibernate,
    defaultSchema: strategy.defaultSchema,
    converters: new Map(),
    enums: new Map(),
  };
  const schema = buildSchema({ ...parts, converters: convertersOf(world, parts) });
  const tables = schema.tables.map((table) => finished(table, (file) => moduleOf(file, context.root)));
  return { tables, enums: schema.enums, problems: withoutKeys(hierarchy.entities, tables), world, schema };
}

/** An entity has a key; where none is found, it is that of a superclass which cannot be read. */
function withoutKeys(entities: readonly Entity[], tables: readonly Table[]): readonly Problem[] {
  const bases = new Map(
    entities.flatMap(({ known, missingBase }): [string, string][] =>
      missingBase === null ? [] : [[`${known.path} ${known.declaration.name}`, missingBase]],
    ),
  );
  return tables.flatMap((table): readonly Problem[] => {
    const base = table.primaryKey.length > 0 ? undefined : bases.get(`${table.at.file} ${table.entity ?? ''}`);
    if (base === undefined) return [];
    const message = `${table.entity ?? table.name} extends ${base}, whose source is not in this project: the columns and the key that it brings are not known.`;
    return [{ code: 'unresolved-base', message, severity: 'information', at: table.at }];
  });
}

/** Entities of tests stand for nothing where there are others: they would be taken for tables of the application. */
function javaFiles(fragments: readonly Fragment<JpaMappings>[]): readonly { path: string; java: JavaFile }[] {
  const files = fragments.flatMap(({ file, mappings }) => (mappings.java ? [{ path: file, java: mappings.java }] : []));
  const isTest = ({ path }: { readonly path: string }): boolean =>
    /(?:^|\/)src\/(?:test|it|integration-?test|testFixtures)\//iu.test(path) || purposeOf(path) === 'test';
  const own = files.filter((file) => !isTest(file));
  return own.some(({ java }) => java.classes.some(({ annotations }) => jpa(annotations, 'Entity'))) ? own : files;
}

/** `@Converter(autoApply = true)` */
function convertersOf(world: JavaWorld, parts: Parts): ReadonlyMap<string, Converter> {
  const found = new Map<string, Converter>();
  for (const known of world.classes) {
    const annotation = jpa(known.declaration.annotations, 'Converter');
    const applies = annotation?.arguments.find(({ name }) => name === 'autoApply')?.value;
    if (!annotation || !world.flag(applies, known)) continue;
    const converter = known.declaration.implements.find(({ name }) => name.endsWith('AttributeConverter'));
    const [from] = converter?.arguments ?? [];
    const stored = storedType(known, { world } as Parameters<typeof storedType>[1]);
    if (from && stored) found.set(parts.world.qualify(from.name, known), { name: known.declaration.name, ...stored });
  }
  return found;
}

/** Package folders say little below the source root: `src/main/java/shop/orders` is `shop/orders`. */
function moduleOf(file: string, root: string): string {
  const folder = directoryOf(file);
  return root !== '' && folder.startsWith(`${root}/`) ? folder.slice(root.length + 1) : folder === root ? '' : folder;
}
