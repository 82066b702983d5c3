/** Finds annotations of the libraries that mappings are written with, and not those of others that are called the same. */
import type { JavaAnnotation } from '../shared/java/model.ts';
import { nested } from '../shared/java/world.ts';

const persistence = /^(?:javax|jakarta)\.persistence$/u;
const hibernate = /^org\.hibernate\.(?:annotations|envers)\b/u;

type Annotations = readonly JavaAnnotation[];

/** Of JPA: `@Entity`, `@Column`. */
export function jpa(annotations: Annotations, name: string): JavaAnnotation | undefined {
  return annotations.find((each) => each.name === name && (each.package === null || persistence.test(each.package)));
}

/** Of Hibernate: `@Formula`, `@Type`. */
export function hibernateOwn(annotations: Annotations, name: string): JavaAnnotation | undefined {
  return annotations.find((each) => each.name === name && (each.package === null || hibernate.test(each.package)));
}

/** Of any package: Bean Validation, Spring Data, Lombok. */
export function named(annotations: Annotations, ...names: readonly string[]): JavaAnnotation | undefined {
  return annotations.find((each) => names.includes(each.name));
}

/** `@JoinColumn`, several of them (since JPA 2.2), or a `@JoinColumns` around them. */
export function repeated(annotations: Annotations, name: string, container: string): Annotations {
  const single = annotations.filter(
    (each) =>
      each.name === name && (each.package === null || persistence.test(each.package) || hibernate.test(each.package)),
  );
  const held = annotations.filter((each) => each.name === container).flatMap((each) => nested(each, 'value'));
  return [...single, ...held.filter((each) => each.name === name)];
}

/** Annotations that make a member part of the mapping, so that its place tells how the class is accessed. */
export const idAnnotations: ReadonlySet<string> = new Set(['Id', 'EmbeddedId']);
