/** What of a Java or Kotlin file may make only a column: fields and methods of its classes. */
import type { Near, NearMember } from '../reader.ts';
import type { JavaClass } from '../shared/java/model.ts';
import { simpleName } from '../shared/java/typeText.ts';
import type { JpaMappings } from './mappings.ts';

export const near: Near<JpaMappings> = {
  // Those within a class are reached by its name.
  declares: ({ java }) => (java?.classes ?? []).flatMap(({ name }) => (name.includes('.') ? [] : [name])),
  constants: ({ java }) =>
    (java?.classes ?? []).flatMap(({ name, fields, constants }) => [
      ...(name.includes('.') ? [simpleName(name)] : []),
      ...fields.flatMap((each) => (each.static ? [each.name] : [])),
      ...constants.map((each) => each.name),
    ]),
  bases: ({ java }) =>
    (java?.classes ?? []).flatMap(({ extends: base, implements: interfaces }) =>
      (base === null ? interfaces : [base, ...interfaces]).map(({ name }) => simpleName(name)),
    ),
  imports: () => [],
  isEverywhere: ({ java, orm, hbm, settings }) =>
    java === null ||
    java.classes.length === 0 ||
    orm !== null ||
    hbm !== null ||
    settings !== null ||
    java.classes.some(isApplied),
  file(mappings) {
    const members: NearMember[] = [];
    const classes = (mappings.java?.classes ?? []).map((each) => {
      for (const field of each.fields)
        if (!field.static) members.push({ owner: each.name, names: [field.name], declaration: field });
      for (const method of each.methods)
        if (!method.static)
          members.push({ owner: each.name, names: [method.name, propertyOf(method.name)], declaration: method });
      return {
        ...each,
        fields: each.fields.filter((field) => field.static),
        methods: each.methods.filter((method) => method.static),
      };
    });
    return { face: { ...mappings, java: { ...mappings.java, classes } }, members };
  },
};

/** It changes how columns of other classes come out without being named there. */
function isApplied({ kind, annotations, facade, wraps }: JavaClass): boolean {
  return (
    kind === 'annotation' ||
    facade === true ||
    wraps !== undefined ||
    annotations.some(({ name }) => name === 'Converter' || name === 'TypeDef' || name === 'TypeDefs')
  );
}

function propertyOf(method: string): string {
  const name = method.replace(/^(?:get|is|set)(?=\p{Lu})/u, '');
  return name === method ? name : name.charAt(0).toLowerCase() + name.slice(1);
}
