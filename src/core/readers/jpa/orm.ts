/** `orm.xml` (JPA 3.1 §12) as the annotations it stands for. */
import type { LineIndex } from '../../syntax/lineIndex.ts';
import { childrenNamed, parseXml, textOf } from '../../syntax/xml.ts';
import type { XmlElement } from '../../syntax/xml.ts';
import type { JavaAnnotation, JavaType, JavaValue } from '../shared/java/model.ts';
import { parseType } from '../shared/java/typeText.ts';
import type { OrmClass, OrmFile } from './mappings.ts';

export function parseOrm(text: string, lines: LineIndex): OrmFile | null {
  const root = parseXml(text).find(({ name }) => name === 'entity-mappings');
  if (!root) return null;
  const child = (name: string): string | null => {
    const element = childrenNamed(root, name)[0];
    return element ? textOf(element).trim() || null : null;
  };
  const defaults = childrenNamed(
    childrenNamed(root, 'persistence-unit-metadata')[0] ?? root,
    'persistence-unit-defaults',
  )[0];
  const schema =
    child('schema') ?? (defaults ? (childrenNamed(defaults, 'schema').map(textOf)[0]?.trim() ?? null) : null);
  return {
    package: child('package') ?? '',
    schema,
    access: accessOf(child('access')),
    classes: childrenNamed(root, 'entity', 'mapped-superclass', 'embeddable').flatMap((element) =>
      classOf(element, schema, accessOf(child('access')), lines),
    ),
  };
}

function accessOf(text: string | null | undefined): 'FIELD' | 'PROPERTY' | null {
  return text === 'FIELD' || text === 'PROPERTY' ? text : null;
}

const classAnnotations: Readonly<Record<string, string>> = {
  entity: 'Entity',
  'mapped-superclass': 'MappedSuperclass',
  embeddable: 'Embeddable',
};

/** Attributes whose values are constants of an enumeration. */
const constants = new Set(['fetch', 'strategy', 'discriminator-type', 'access', 'value']);
/** Attributes and elements that name a class. */
const classes = new Set(['target-entity', 'target-class', 'converter', 'class']);
const numbers = new Set(['length', 'precision', 'scale', 'second-precision', 'allocation-size', 'initial-value']);
const flags = new Set([
  'nullable',
  'unique',
  'insertable',
  'updatable',
  'optional',
  'orphan-removal',
  'auto-apply',
  'disable-conversion',
]);

function classOf(element: XmlElement, schema: string | null, access: OrmFile['access'], lines: LineIndex): OrmClass[] {
  const name = element.attributes.class;
  if (name === undefined || name === '') return [];
  const translate = translator(lines);
  const own = childrenNamed(element, ...classElements).flatMap((child) => translate(child));
  const annotations: JavaAnnotation[] = [
    {
      name: classAnnotations[element.name] ?? 'Entity',
      package: null,
      arguments: element.attributes.name
        ? [{ name: 'name', value: text(element.attributes.name, element, lines) }]
        : [],
      at: lines.range(element.start, element.tagEnd),
    },
    ...own.map((each) =>
      schema !== null && each.name === 'Table' && !each.arguments.some((given) => given.name === 'schema')
        ? { ...each, arguments: [...each.arguments, { name: 'schema', value: text(schema, element, lines) }] }
        : each,
    ),
  ];
  const attributes = childrenNamed(element, 'attributes')[0];
  return [
    {
      name,
      complete: element.attributes['metadata-complete'] === 'true',
      access: accessOf(element.attributes.access) ?? access,
      annotations,
      attributes: (attributes?.children ?? []).flatMap((child) => {
        const attributeName = child.name === null ? undefined : child.attributes.name;
        if (child.name === null || attributeName === undefined) return [];
        return [{ name: attributeName, annotations: attributeAnnotations(child, translate) }];
      }),
    },
  ];
}

const classElements = [
  'table',
  'secondary-table',
  'primary-key-join-column',
  'inheritance',
  'discriminator-value',
  'discriminator-column',
  'id-class',
  'attribute-override',
  'association-override',
  'convert',
];

function attributeAnnotations(element: XmlElement, translate: Translate): readonly JavaAnnotation[] {
  const [own] = translate(element, ['name']);
  const inner = element.children.flatMap((child) =>
    child.name === null || child.name === 'cascade' ? [] : translate(child),
  );
  return own ? [own, ...inner] : inner;
}

type Translate = (element: XmlElement, without?: readonly string[]) => readonly JavaAnnotation[];

/** `join-column` → `@JoinColumn`, its attributes as arguments, elements inside as nested annotations. */
function translator(lines: LineIndex): Translate {
  const translate = (element: XmlElement, without: readonly string[] = [], depth = 0): readonly JavaAnnotation[] => {
    if (depth > 8) return [];
    const args: { name: string; value: JavaValue }[] = [];
    for (const [key, value] of Object.entries(element.attributes)) {
      if (!without.includes(key)) args.push({ name: camel(key), value: valueOf(key, value, element, lines) });
    }
    const lists = new Map<string, JavaValue[]>();
    const put = (key: string, value: JavaValue): void => void lists.set(key, [...(lists.get(key) ?? []), value]);
    for (const child of element.children) {
      if (child.name === null) continue;
      if (child.name === 'column-name') put('columnNames', text(textOf(child).trim(), child, lines));
      else if (child.name === 'cascade')
        for (const kind of child.children)
          if (kind.name !== null)
            put('cascade', { kind: 'name', name: kind.name.replace('cascade-', '').toUpperCase() });
      const key = nestedKeys[child.name];
      if (key !== undefined)
        for (const annotation of translate(child, [], depth + 1)) put(key, { kind: 'annotation', annotation });
    }
    for (const [name, items] of lists) args.push({ name, value: { kind: 'list', items } });
    const content = element.children.every(({ name }) => name === null) ? textOf(element).trim() : '';
    if (content !== '') args.push({ name: 'value', value: { kind: 'name', name: content } });
    if (element.name === 'discriminator-value' && content !== '')
      args.splice(0, args.length, { name: 'value', value: text(content, element, lines) });
    return [
      {
        name: annotationName(element.name),
        package: null,
        arguments: args,
        at: lines.range(element.start, element.tagEnd),
      },
    ];
  };
  return translate;
}

const nestedKeys: Readonly<Record<string, string>> = {
  'join-column': 'joinColumns',
  'inverse-join-column': 'inverseJoinColumns',
  'unique-constraint': 'uniqueConstraints',
  index: 'indexes',
  column: 'column',
  'foreign-key': 'foreignKey',
  'inverse-foreign-key': 'inverseForeignKey',
  'primary-key-join-column': 'pkJoinColumns',
  'join-table': 'joinTable',
};

/** `inverse-join-column` is a `@JoinColumn` too. */
function annotationName(element: string): string {
  if (element === 'inverse-join-column') return 'JoinColumn';
  const name = camel(element);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function camel(name: string): string {
  return name.replace(/-([a-z])/gu, (_, letter: string) => letter.toUpperCase());
}

function valueOf(key: string, value: string, element: XmlElement, lines: LineIndex): JavaValue {
  if (flags.has(key)) return { kind: 'boolean', value: value === 'true' };
  if (numbers.has(key) && /^\d+$/u.test(value)) return { kind: 'number', value: Number(value) };
  if (classes.has(key)) return { kind: 'class', type: classType(value) };
  if (constants.has(key)) return { kind: 'name', name: value };
  return text(value, element, lines);
}

function classType(name: string): JavaType {
  return parseType(name);
}

function text(value: string, element: XmlElement, lines: LineIndex): JavaValue {
  return { kind: 'string', value, at: lines.range(element.start, element.tagEnd) };
}
