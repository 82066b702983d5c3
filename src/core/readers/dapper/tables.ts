/** Classes that Dapper.Contrib maps to tables by attributes (github.com/DapperLib/Dapper.Contrib). Dapper creates no table: what it is told is its columns and its key. */
import { plainColumn, plainTable } from '../../schema/emptyTable.ts';
import type { Column, Dialect, Table } from '../../schema/model.ts';
import type { AttributeDeclaration } from '../shared/csharp/attributes.ts';
import { classify, scalarNamed } from '../shared/csharp/clr.ts';
import type { ScalarType } from '../shared/csharp/clr.ts';
import { attributesOfClass, propertiesOf } from '../shared/csharp/project.ts';
import type { ClassInfo, CsProject } from '../shared/csharp/project.ts';
import { familyOf, shapeOf } from '../shared/csharp/storeTypes.ts';
import { directoryOf } from '../shared/paths.ts';

/** What tells that a class is mapped, beside its own attributes. */
export interface Mapped {
  /** Files where `[Key]` is that of Dapper.Contrib. */
  readonly contrib: ReadonlySet<string>;
  /** Classes that methods of Dapper.Contrib are asked for (`connection.Get<Car>(1)`). */
  readonly asked: ReadonlySet<string>;
}

export function tablesOf(project: CsProject, mapped: Mapped, dialect: Dialect, root: string): readonly Table[] {
  return project.classes
    .filter((info) => isMapped(info, mapped))
    .flatMap((info) => tableOf(info, project, dialect, root));
}

function isMapped(info: ClassInfo, { contrib, asked }: Mapped): boolean {
  const [part] = info.parts;
  if (!part || info.kind === 'enum' || info.kind === 'struct') return false;
  if (attributesOfClass(info).some(({ name }) => name === 'Table') || asked.has(info.name)) return true;
  if (part.abstract && info.kind !== 'interface') return false;
  const own = contrib.has(part.at.file);
  return propertiesOf(info).some(({ attributes }) =>
    attributes.some(
      ({ name }) => name === 'ExplicitKey' || (own && (name === 'Key' || name === 'Computed' || name === 'Write')),
    ),
  );
}

function textOf(attribute: AttributeDeclaration | undefined): string | null {
  const [first] = attribute?.args ?? [];
  return first?.k === 'lit' && typeof first.v === 'string' ? first.v : null;
}

function tableOf(info: ClassInfo, project: CsProject, dialect: Dialect, root: string): readonly Table[] {
  const stated = attributesOfClass(info).find(({ name }) => name === 'Table');
  const [part] = info.parts;
  if (!part) return [];
  const [namespace, name] = split(
    textOf(stated) ?? `${info.kind === 'interface' ? info.name.replace(/^I(?=[A-Z])/u, '') : info.name}s`,
  );
  const columns: Column[] = [];
  const keys: string[] = [];
  const members = project
    .chain(info)
    .toReversed()
    .flatMap((link) => propertiesOf(link.info).map((property) => ({ property, link })));
  const has = (attributes: readonly AttributeDeclaration[], wanted: string): boolean =>
    attributes.some((each) => each.name === wanted);
  const explicit = members.some(
    ({ property }) => has(property.attributes, 'Key') || has(property.attributes, 'ExplicitKey'),
  );
  for (const { property, link } of members) {
    const { attributes } = property;
    const write = attributes.find((each) => each.name === 'Write')?.args[0];
    if (
      property.static ||
      !property.public ||
      property.computed ||
      (write?.k === 'lit' && write.v === false) ||
      has(attributes, 'NotMapped')
    )
      continue;
    const type = project.canonical(property.type, link.info, link.args);
    const known = classify(type, link.info, project);
    const scalar: ScalarType | null = known.kind === 'scalar' ? known : scalarNamed(type);
    if (!scalar) continue;
    const isKey =
      has(attributes, 'Key') || has(attributes, 'ExplicitKey') || (!explicit && property.name.toLowerCase() === 'id');
    const generated = isKey && !has(attributes, 'ExplicitKey') && /^(?:int|long|short)$/u.test(scalar.scalar);
    if (isKey) keys.push(property.name);
    columns.push({
      ...plainColumn(
        textOf(attributes.find((each) => each.name === 'Column')) ?? property.name,
        shapeOf(scalar, {}, dialect, isKey),
        property.at,
      ),
      property: property.name,
      nullable: !isKey && (scalar.nullable || (!scalar.value && property.nullable !== true)),
      generated: generated
        ? {
            kind: familyOf(dialect) === 'mysql' || familyOf(dialect) === 'sqlite' ? 'increment' : 'identity',
            expression: null,
          }
        : null,
      insertable: !has(attributes, 'Computed'),
      updatable: !has(attributes, 'Computed'),
    });
  }
  if (columns.length === 0) return [];
  const folder = directoryOf(part.at.file);
  return [
    {
      ...plainTable(
        name,
        'dapper',
        root !== '' && folder.startsWith(`${root}/`) ? folder.slice(root.length + 1) : folder === root ? '' : folder,
        part.at,
      ),
      namespace,
      entity: info.name,
      columns,
      primaryKey: columns
        .filter(({ property }) => property !== null && keys.includes(property))
        .map((column) => column.name),
      // Dapper maps what is there; it creates nothing.
      managed: false,
    },
  ];
}

/** `dbo.Orders`, `[sales].[Orders]` */
function split(name: string): readonly [string | null, string] {
  const parts = name.split('.').map((part) => part.replace(/^[[`"]|[\]`"]$/gu, ''));
  return [parts.length > 1 ? (parts.at(-2) ?? null) : null, parts.at(-1) ?? name];
}
