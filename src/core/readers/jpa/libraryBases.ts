/** Mapped superclasses that libraries bring along: their source is not in the workspace. */
import type { JavaAnnotation, JavaType } from '../shared/java/model.ts';
import { substituted } from '../shared/java/world.ts';
import type { JavaWorld, KnownClass } from '../shared/java/world.ts';
import type { Attribute } from './hierarchy.ts';

interface BaseAttribute {
  readonly name: string;
  /** Name of a type, or index of the type argument it is. */
  readonly type: string | number;
  /** Annotations by name, with their arguments as constants, texts or truth values. */
  readonly annotations: Readonly<Record<string, Readonly<Record<string, string | boolean>>>>;
}

const generatedId = (type: string | number, strategy: string): BaseAttribute => ({
  name: 'id',
  type,
  annotations: { Id: {}, GeneratedValue: { strategy } },
});
const version: BaseAttribute = { name: 'version', type: 'Integer', annotations: { Version: {} } };
const auditing: readonly BaseAttribute[] = [
  { name: 'createdBy', type: 0, annotations: { ManyToOne: {}, CreatedBy: {} } },
  { name: 'createdDate', type: 'java.util.Date', annotations: { Temporal: { value: 'TIMESTAMP' }, CreatedDate: {} } },
  { name: 'lastModifiedBy', type: 0, annotations: { ManyToOne: {}, LastModifiedBy: {} } },
  {
    name: 'lastModifiedDate',
    type: 'java.util.Date',
    annotations: { Temporal: { value: 'TIMESTAMP' }, LastModifiedDate: {} },
  },
];

/** Full name → attributes; sources of Spring Data JPA 3, Quarkus 3 (hibernate-orm-panache) and Apereo. */
const bases: Readonly<Record<string, readonly BaseAttribute[]>> = {
  'org.springframework.data.jpa.domain.AbstractPersistable': [generatedId(0, 'AUTO')],
  'org.springframework.data.jpa.domain.AbstractAuditable': [generatedId(1, 'AUTO'), ...auditing],
  'io.quarkus.hibernate.orm.panache.PanacheEntity': [generatedId('Long', 'AUTO')],
  'io.quarkus.hibernate.reactive.panache.PanacheEntity': [generatedId('Long', 'AUTO')],
  'org.springframework.data.rest.webmvc.json.AbstractPersistable': [generatedId(0, 'AUTO')],
  'org.springframework.data.envers.repository.support.DefaultRevisionEntity': [generatedId('Integer', 'AUTO'), version],
};

export function libraryBase(
  base: JavaType,
  from: KnownClass,
  world: JavaWorld,
  environment: ReadonlyMap<string, JavaType>,
): readonly Attribute[] {
  const name = world.qualify(base.name, from);
  const known = Object.hasOwn(bases, name)
    ? bases[name]
    : Object.entries(bases).find(([each]) => each.endsWith(`.${name}`) && !name.includes('.'))?.[1];
  return (known ?? []).map((attribute): Attribute => {
    const given = typeof attribute.type === 'number' ? base.arguments[attribute.type] : undefined;
    const type: JavaType = given
      ? substituted(given, environment)
      : { name: typeof attribute.type === 'string' ? attribute.type : 'Long', arguments: [], array: false };
    return {
      name: attribute.name,
      type,
      annotations: Object.entries(attribute.annotations).map(([annotation, args]): JavaAnnotation => ({
        name: annotation,
        package: null,
        arguments: Object.entries(args).map(([argument, value]) => ({
          name: argument,
          value: typeof value === 'boolean' ? { kind: 'boolean', value } : { kind: 'name', name: value },
        })),
        at: from.declaration.at,
      })),
      owner: from,
      at: from.declaration.at,
    };
  });
}
