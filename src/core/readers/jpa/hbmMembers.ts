/** Properties, relations and collections of `*.hbm.xml` as attributes with annotations. */
import type { SourceRange } from '../../schema/source.ts';
import type { HbmCollection, HbmColumn, HbmFile, HbmMember } from '../shared/hbm/model.ts';
import type { JavaAnnotation, JavaValue } from '../shared/java/model.ts';
import { parseType, simpleName } from '../shared/java/typeText.ts';
import { annotation, columnAnnotation, constant, flag, nested, text } from './hbmAnnotations.ts';
import type { Arguments } from './hbmAnnotations.ts';
import type { OrmAttribute, OrmClass } from './mappings.ts';

/** Components are embeddables: their classes are mapped where they are used. */
export interface Collected {
  readonly classes: Map<string, OrmClass>;
  readonly file: HbmFile;
}

export function fullName(name: string, { package: prefix }: HbmFile): string {
  return name.includes('.') || prefix === null ? name : `${prefix}.${name}`;
}

export function embeddable(name: string, attributes: readonly OrmAttribute[], { classes, file }: Collected): void {
  const full = fullName(name, file);
  if (!classes.has(full))
    classes.set(full, { name: full, complete: true, strict: true, access: 'FIELD', annotations: [], attributes });
}

/** Types by which hbm.xml calls Java's: `long`, `string`, `java.lang.Long`; others are classes of the project. */
export function javaTypeOf(type: string): string {
  const known: Readonly<Record<string, string>> = {
    string: 'String',
    long: 'Long',
    integer: 'Integer',
    int: 'Integer',
    boolean: 'Boolean',
    big_decimal: 'BigDecimal',
    big_integer: 'BigInteger',
    timestamp: 'Timestamp',
    date: 'java.sql.Date',
    text: 'String',
    'uuid-char': 'String',
  };
  return Object.hasOwn(known, type) ? (known[type] ?? type) : type;
}

export function typeAnnotation(type: string | null, at: SourceRange): readonly JavaAnnotation[] {
  return type === null ? [] : [annotation('Type', at, { type: text(type, at) })];
}

/** @param table secondary table that it is in */
export function memberOf(member: HbmMember, collected: Collected, table: string | null): readonly OrmAttribute[] {
  const { at, name } = member;
  const made = (annotations: readonly JavaAnnotation[], type: string | null = null): OrmAttribute[] => [
    { name, type: type === null ? null : parseType(type), annotations },
  ];
  switch (member.kind) {
    case 'property': {
      if (member.formula !== null) return made([annotation('Formula', at, { value: text(member.formula, at) })]);
      const isEnum = (member.type ?? '').endsWith('EnumType');
      const named = member.typeParameters.type === '12' || member.typeParameters.useNamed === 'true';
      const extra = {
        insertable: member.insert === false ? flag(false) : null,
        updatable: member.update === false ? flag(false) : null,
        table: text(table, at),
        // What is locked by must be there.
        ...(member.role === 'property' ? {} : { nullable: flag(false) }),
      };
      return made(
        [
          columnAnnotation(member.columns[0], name, at, extra),
          ...(isEnum
            ? [annotation('Enumerated', at, { value: constant(named ? 'STRING' : 'ORDINAL') })]
            : typeAnnotation(member.type, at)),
          ...(member.role === 'property' ? [] : [annotation('Version', at)]),
        ],
        member.type === null || isEnum ? null : javaTypeOf(member.type),
      );
    }
    case 'component': {
      const parts = member.members.flatMap((each) => memberOf(each, collected, table));
      if (member.class === null)
        return [{ name, type: null, annotations: [annotation('Embedded', at)], inline: parts }];
      embeddable(member.class, parts, collected);
      return [
        {
          name,
          type: parseType(fullName(member.class, collected.file)),
          annotations: [annotation('Embedded', at)],
          inline: parts,
        },
      ];
    }
    case 'many-to-one':
      if (member.formula !== null) return [];
      return made(
        [
          annotation('ManyToOne', at, {
            fetch: constant(member.lazy === 'false' || member.fetch === 'join' ? 'EAGER' : 'LAZY'),
            cascade: cascade(member.cascade),
            targetEntity: classValue(member.class ?? member.entityName, collected),
          }),
          ...joinColumns(member.columns, name, at, {
            insertable: member.insert === false ? flag(false) : null,
            updatable: member.update === false ? flag(false) : null,
            foreignKey: foreignKey(member.foreignKey, at),
          }),
          ...(member.notFound === 'ignore' ? [annotation('NotFound', at, { action: constant('IGNORE') })] : []),
        ],
        member.class === null ? null : fullName(member.class, collected.file),
      );
    case 'one-to-one':
      return made(
        [
          annotation('OneToOne', at, {
            mappedBy: member.constrained
              ? null
              : text(member.propertyRef ?? lowerFirst(simpleName(member.class ?? name)), at),
            fetch: constant(member.lazy === 'false' || member.fetch === 'join' ? 'EAGER' : 'LAZY'),
            cascade: cascade(member.cascade),
            targetEntity: classValue(member.class ?? member.entityName, collected),
          }),
          ...(member.constrained ? [annotation('PrimaryKeyJoinColumn', at)] : []),
        ],
        member.class === null ? null : fullName(member.class, collected.file),
      );
    case 'any': {
      const [kind, ...key] = member.columns;
      return made([
        annotation('Any', at),
        columnAnnotation(kind, `${name}_type`, at),
        columnAnnotation(key[0], `${name}_id`, at, {}, 'JoinColumn'),
      ]);
    }
    case 'collection':
      return collectionOf(member, collected);
  }
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function classValue(name: string | null, { file }: Collected): JavaValue | null {
  return name === null ? null : { kind: 'class', type: parseType(fullName(name, file)) };
}

function cascade(stated: string | null): JavaValue | null {
  const names = (stated ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '' && each !== 'none');
  return names.length === 0
    ? null
    : {
        kind: 'list',
        items: names.map((each) => constant(each.startsWith('all') ? 'ALL' : each.toUpperCase().replaceAll('-', '_'))),
      };
}

function foreignKey(name: string | null, at: SourceRange): JavaValue | null {
  if (name === null) return null;
  return nested([
    annotation('ForeignKey', at, name === 'none' ? { value: constant('NO_CONSTRAINT') } : { name: text(name, at) }),
  ]);
}

function joinColumns(
  columns: readonly HbmColumn[],
  fallback: string,
  at: SourceRange,
  extra: Arguments = {},
): readonly JavaAnnotation[] {
  return columns.map((column) => columnAnnotation(column, fallback, at, extra, 'JoinColumn'));
}

function collectionOf(member: HbmCollection, collected: Collected): readonly OrmAttribute[] {
  const { at, name, element, key } = member;
  const { file } = collected;
  if (!element || element.kind === 'many-to-any') return [];
  const fetch = constant(member.lazy === 'false' || member.fetch === 'join' ? 'EAGER' : 'LAZY');
  const keyColumns = joinColumns(key?.columns ?? [], name, at, { foreignKey: foreignKey(key?.foreignKey ?? null, at) });
  const onDelete = key?.onDelete === 'cascade' ? [annotation('OnDelete', at, { action: constant('CASCADE') })] : [];
  const index = member.index?.columns[0];
  const position =
    member.index?.kind === 'position' || member.collection === 'list' || member.collection === 'array'
      ? [annotation('OrderColumn', at, { name: text(index?.name ?? 'idx', at) })]
      : member.index?.kind === 'key'
        ? [columnAnnotation(index, 'mapkey', at, {}, 'MapKeyColumn')]
        : [];
  const wrapper =
    member.collection === 'map' ? 'java.util.Map' : member.collection === 'set' ? 'java.util.Set' : 'java.util.List';
  const keyType = javaTypeOf(member.index?.type ?? 'string');
  const typed = (target: string): string =>
    member.collection === 'map' ? `${wrapper}<${keyType}, ${target}>` : `${wrapper}<${target}>`;
  const table = {
    name: text(member.table, at),
    schema: text(member.schema ?? file.schema, at),
    joinColumns: nested(keyColumns),
  };
  switch (element.kind) {
    case 'one-to-many': {
      const target = fullName(element.class ?? element.entityName ?? 'Object', file);
      return [
        {
          name,
          type: parseType(typed(target)),
          annotations: [
            annotation('OneToMany', at, {
              fetch,
              cascade: cascade(member.cascade),
              targetEntity: classValue(target, collected),
              orphanRemoval: member.cascade?.includes('orphan') ? flag(true) : null,
            }),
            ...keyColumns,
            ...onDelete,
            ...(member.inverse ? [] : position),
          ],
        },
      ];
    }
    case 'many-to-many': {
      const target = fullName(element.class ?? element.entityName ?? 'Object', file);
      const inverse = joinColumns(element.columns, 'elt', at, { foreignKey: foreignKey(element.foreignKey, at) });
      return [
        {
          name,
          type: parseType(typed(target)),
          annotations: [
            annotation('ManyToMany', at, {
              fetch,
              cascade: cascade(member.cascade),
              targetEntity: classValue(target, collected),
            }),
            annotation('JoinTable', at, { ...table, inverseJoinColumns: nested(inverse) }),
            ...position,
          ],
        },
      ];
    }
    case 'composite-element': {
      const parts = element.members.flatMap((each) => memberOf(each, collected, null));
      if (element.class === null) return [];
      embeddable(element.class, parts, collected);
      const target = fullName(element.class, file);
      return [
        {
          name,
          type: parseType(typed(target)),
          annotations: [
            annotation('ElementCollection', at, { fetch }),
            annotation('Embedded', at),
            annotation('CollectionTable', at, table),
            ...onDelete,
            ...position,
          ],
        },
      ];
    }
    case 'element':
      return [
        {
          name,
          type: parseType(typed(javaTypeOf(element.type ?? 'string'))),
          annotations: [
            annotation('ElementCollection', at, { fetch }),
            annotation('CollectionTable', at, table),
            columnAnnotation(element.columns[0], 'elt', at),
            ...typeAnnotation(element.type, at),
            ...onDelete,
            ...position,
          ],
        },
      ];
  }
}
