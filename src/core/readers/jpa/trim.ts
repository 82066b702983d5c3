/** Leaves out of a file's declarations what linking never asks for, so that fragments stay small. */
import type { JavaClass, JavaFile } from '../shared/java/model.ts';
import { jpa } from './annotations.ts';
import { propertyName } from './hierarchy.ts';

export function trimmed(file: JavaFile): JavaFile {
  return { ...file, classes: file.classes.map(trimmedClass) };
}

function trimmedClass(declaration: JavaClass): JavaClass {
  const mapped = ['Entity', 'MappedSuperclass', 'Embeddable'].some((name) => jpa(declaration.annotations, name));
  const hasMappedMembers = (members: JavaClass['fields'] | JavaClass['methods']): boolean =>
    members.some(({ annotations }) =>
      annotations.some(({ package: from }) => from !== null && /persistence|hibernate/u.test(from)),
    );
  const keeps = mapped || hasMappedMembers(declaration.fields) || hasMappedMembers(declaration.methods);
  // Classes that `orm.xml` maps carry no annotation: their fields may be attributes.
  return {
    ...declaration,
    fields: declaration.fields.map((field) => (keeps || field.value !== null ? field : { ...field, annotations: [] })),
    methods:
      declaration.kind === 'interface'
        ? declaration.methods.filter(({ hasBody }) => !hasBody)
        : declaration.methods.filter(
            ({ name, parameters }) => keeps && parameters.length === 0 && propertyName(name) !== null,
          ),
  };
}
