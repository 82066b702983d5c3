/** `*.hbm.xml` as the annotations it stands for, so that both ways of mapping are built alike. What Hibernate names differently here is stated. */
import type { HbmClass, HbmColumn, HbmFile, HbmId, HbmMember } from '../shared/hbm/model.ts';
import type { JavaClass, JavaFile } from '../shared/java/model.ts';
import { parseType, simpleName } from '../shared/java/typeText.ts';
import { annotation, columnAnnotation, constant, nested, number, text } from './hbmAnnotations.ts';
import { embeddable, fullName, javaTypeOf, memberOf, typeAnnotation } from './hbmMembers.ts';
import type { Collected } from './hbmMembers.ts';
import type { OrmAttribute, OrmClass } from './mappings.ts';

export function hbmOverlays(files: readonly HbmFile[]): readonly OrmClass[] {
  const strategies = inheritanceOf(files);
  return files.flatMap((file) => {
    const collected: Collected = { classes: new Map(), file };
    const found: OrmClass[] = [];
    const visit = (each: HbmClass, depth: number): void => {
      found.push(classOf(each, collected, strategies));
      if (depth < 12) for (const child of each.subclasses) visit(child, depth + 1);
    };
    for (const each of file.classes) visit(each, 0);
    return [...found, ...collected.classes.values()];
  });
}

const kinds = { subclass: 'SINGLE_TABLE', 'joined-subclass': 'JOINED', 'union-subclass': 'TABLE_PER_CLASS' } as const;

/** Strategy of each class that others extend, here or in another file. */
function inheritanceOf(files: readonly HbmFile[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (each: HbmClass, parent: string | null, file: HbmFile): void => {
    const base = parent ?? (each.extends === null ? null : fullName(each.extends, file));
    if (each.kind !== 'class' && base !== null) found.set(base, kinds[each.kind]);
    for (const child of each.subclasses) visit(child, fullName(each.name, file), file);
  };
  for (const file of files) for (const each of file.classes) visit(each, null, file);
  return found;
}

function classOf(each: HbmClass, collected: Collected, strategies: ReadonlyMap<string, string>): OrmClass {
  const { at } = each;
  const { file } = collected;
  const name = fullName(each.name, file);
  const strategy = strategies.get(name);
  const uniques = uniqueKeys(each);
  const indexes = indexesOf(each);
  const ids = each.id ? idAttributes(each.id, collected) : [];
  const members = each.members.flatMap((member) => memberOf(member, collected, null));
  const joined = each.joins.flatMap((join) =>
    join.members.flatMap((member) => memberOf(member, collected, join.table)),
  );
  return {
    name,
    complete: true,
    strict: true,
    access: 'FIELD',
    annotations: [
      annotation('Entity', at),
      annotation('Table', at, {
        name: text(each.table, at),
        schema: text(each.schema ?? file.schema, at),
        catalog: text(each.catalog ?? file.catalog, at),
        uniqueConstraints: nested(
          uniques.map(([key, columns]) =>
            annotation('UniqueConstraint', at, {
              name: text(key, at),
              columnNames: { kind: 'list', items: columns.map((column) => ({ kind: 'string', value: column, at })) },
            }),
          ),
        ),
        indexes: nested(
          indexes.map(([key, columns]) =>
            annotation('Index', at, { name: text(key, at), columnList: text(columns.join(', '), at) }),
          ),
        ),
      }),
      ...(strategy === undefined ? [] : [annotation('Inheritance', at, { strategy: constant(strategy) })]),
      ...(each.discriminator
        ? [
            annotation('DiscriminatorColumn', each.discriminator.at, {
              name: text(each.discriminator.column.name ?? 'class', at),
              length: number(each.discriminator.column.length ?? 255),
            }),
          ]
        : []),
      ...(each.discriminatorValue === null
        ? []
        : [annotation('DiscriminatorValue', at, { value: text(each.discriminatorValue, at) })]),
      ...(each.key
        ? each.key.columns.map((column) =>
            annotation('PrimaryKeyJoinColumn', column.at, { name: text(column.name, column.at) }),
          )
        : []),
      ...(each.subselect === null ? [] : [annotation('Subselect', at, { value: text(each.subselect, at) })]),
      ...each.joins.map((join) =>
        annotation('SecondaryTable', join.at, {
          name: text(join.table, join.at),
          schema: text(join.schema, join.at),
          pkJoinColumns: nested(
            (join.key?.columns ?? []).map((column) =>
              annotation('PrimaryKeyJoinColumn', column.at, { name: text(column.name, column.at) }),
            ),
          ),
        }),
      ),
    ],
    attributes: [
      ...ids,
      ...(each.version ? memberOf(each.version, collected, null) : []),
      // A part of the key may be stated once more, as what is neither inserted nor updated.
      ...members.filter(({ name }) => !ids.some((id) => id.name === name)),
      ...joined,
    ],
  };
}

/** Columns that name one `unique-key` are unique together, and natural keys are. */
function uniqueKeys(each: HbmClass): readonly (readonly [string | null, readonly string[]])[] {
  const byKey = new Map<string, string[]>();
  const natural: string[] = [];
  forEachColumn(each.members, (column, name, isNatural) => {
    for (const key of column.uniqueKeys) byKey.set(key, [...(byKey.get(key) ?? []), name]);
    if (isNatural) natural.push(name);
  });
  return [...byKey, ...(natural.length > 0 ? [[null, natural] as const] : [])];
}

function indexesOf(each: HbmClass): readonly (readonly [string, readonly string[]])[] {
  const byName = new Map<string, string[]>();
  forEachColumn(each.members, (column, name) => {
    for (const key of column.indexes) byName.set(key, [...(byName.get(key) ?? []), name]);
  });
  return [...byName];
}

function forEachColumn(
  members: readonly HbmMember[],
  visit: (column: HbmColumn, name: string, natural: boolean) => void,
): void {
  for (const member of members) {
    if (member.kind === 'component') forEachColumn(member.members, visit);
    else if (member.kind === 'property' || member.kind === 'many-to-one')
      for (const column of member.columns) visit(column, column.name ?? member.name, member.naturalId);
  }
}

function idAttributes(id: HbmId, collected: Collected): readonly OrmAttribute[] {
  const { at } = id;
  if (id.kind === 'composite') {
    const parts = id.members.flatMap((member) => memberOf(member, collected, null));
    if (id.name === null || id.class === null)
      return parts.map((part) => ({ ...part, annotations: [annotation('Id', at), ...part.annotations] }));
    embeddable(id.class, parts, collected);
    return [
      {
        name: id.name,
        type: parseType(fullName(id.class, collected.file)),
        annotations: [annotation('EmbeddedId', at)],
      },
    ];
  }
  const generated = id.generator !== null && id.generator !== 'assigned' && id.generator !== 'foreign';
  const strategy = (id.generator ?? '').includes('identity') ? 'IDENTITY' : 'AUTO';
  return [
    {
      name: id.name ?? 'id',
      type: id.type === null ? null : parseType(javaTypeOf(id.type)),
      annotations: [
        annotation('Id', at),
        columnAnnotation(id.columns[0], id.name ?? 'id', at),
        ...typeAnnotation(id.type, at),
        ...(generated
          ? [
              annotation('GeneratedValue', at, { strategy: constant(strategy) }),
              annotation('GenericGenerator', at, { strategy: text(id.generator, at) }),
            ]
          : []),
      ],
    },
  ];
}

/** Classes that mapping files name and no source declares: what the mapping says of them is all there is. */
export function missingClasses(
  files: readonly HbmFile[],
  isKnown: (name: string) => boolean,
): readonly { readonly path: string; readonly java: JavaFile }[] {
  const found = new Map<string, { path: string; java: JavaFile }>();
  const visit = (each: HbmClass, parent: string | null, file: HbmFile): void => {
    const name = fullName(each.name, file);
    const base = parent ?? (each.extends === null ? null : fullName(each.extends, file));
    if (!isKnown(name) && !found.has(name)) {
      const dot = name.lastIndexOf('.');
      const declaration: JavaClass = {
        kind: 'class',
        name: simpleName(name),
        abstract: each.abstract === true,
        typeParameters: [],
        extends: base === null ? null : parseType(base),
        implements: [],
        annotations: [],
        fields: [],
        methods: [],
        constants: [],
        at: each.at,
      };
      found.set(name, {
        path: each.at.file,
        java: { package: name.slice(0, Math.max(dot, 0)), imports: [], classes: [declaration] },
      });
    }
    for (const child of each.subclasses) visit(child, name, file);
  };
  for (const file of files) for (const each of file.classes) visit(each, null, file);
  return [...found.values()];
}
