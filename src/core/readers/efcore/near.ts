/** What of a C# file may make only a column: properties and fields of its types. */
import type { Near, NearMember } from '../reader.ts';
import type { TypeDeclaration } from '../shared/csharp/declarations.ts';
import { simpleName } from '../shared/csharp/types.ts';
import type { EfCoreMappings } from './mappings.ts';

export const near: Near<EfCoreMappings> = {
  // Those within a type are reached by its name.
  declares: ({ declarations }) =>
    (declarations?.types ?? []).flatMap(({ name, outer }) => (outer.length > 0 ? [] : [name])),
  constants: ({ declarations }) =>
    (declarations?.types ?? []).flatMap(({ name, outer, fields, values }) => [
      ...(outer.length > 0 ? [name] : []),
      ...fields.flatMap((each) => (each.const || each.static ? [each.name] : [])),
      ...values.map((each) => each.name),
    ]),
  bases: ({ declarations }) => (declarations?.types ?? []).flatMap(({ bases }) => bases.map(simpleName)),
  imports: () => [],
  isEverywhere: ({ declarations, project, options }) =>
    project !== null || options.length > 0 || (declarations?.types.some(isApplied) ?? false),
  file(mappings) {
    const members: NearMember[] = [];
    const types = (mappings.declarations?.types ?? []).map((each) => {
      const isOwn = (member: { readonly static: boolean; readonly const?: boolean }): boolean =>
        !member.static && member.const !== true;
      for (const member of [...each.properties, ...each.fields])
        if (isOwn(member)) members.push({ owner: each.name, names: [member.name], declaration: member });
      return {
        ...each,
        properties: each.properties.filter((member) => !isOwn(member)),
        fields: each.fields.filter((member) => !isOwn(member)),
      };
    });
    return { face: { ...mappings, declarations: { ...mappings.declarations, types } }, members };
  },
};

/** Its code says how entities of others are mapped: a context, an extension, a convention. What configures one entity names it. */
function isApplied({ bases, methods }: TypeDeclaration): boolean {
  return (
    methods.some(({ body }) => body !== null) && !bases.some((base) => simpleName(base) === 'IEntityTypeConfiguration')
  );
}
