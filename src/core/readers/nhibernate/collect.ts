/** All mappings of a project: those in XML, and those that mapping classes build. */
import type { Problem, SourceRange } from '../../schema/source.ts';
import { createRunner } from '../shared/csharp/evaluate.ts';
import { argumentsFor, methodsOf, propertiesOf } from '../shared/csharp/project.ts';
import type { ClassInfo, CsProject } from '../shared/csharp/project.ts';
import { classify } from '../shared/csharp/clr.ts';
import { plainType, simpleName } from '../shared/csharp/types.ts';
import type { TypeRef } from '../shared/csharp/types.ts';
import type { HbmClass, HbmFile } from '../shared/hbm/model.ts';
import { byCodeHost } from './byCode.ts';
import { newClass, newColumn, newCollection, newId, newManyToOne, newProperty, oneToMany } from './drafts.ts';
import type { ClassDraft } from './drafts.ts';
import { fluentHost, ignored } from './fluent.ts';

export type Style = 'hbm' | 'code' | 'fluent';

export interface Mapped {
  readonly hbm: HbmClass;
  readonly style: Style;
  readonly info: ClassInfo | null;
  /** Simple name of the class. */
  readonly name: string;
  parent: Mapped | null;
  readonly schema: string | null;
  readonly namespace: string | null;
}

export interface Collected {
  readonly mapped: readonly Mapped[];
  readonly problems: readonly Problem[];
}

const kinds: Readonly<
  Record<string, { readonly kind: HbmClass['kind']; readonly style: Style; readonly auto?: boolean }>
> = {
  ClassMapping: { kind: 'class', style: 'code' },
  SubclassMapping: { kind: 'subclass', style: 'code' },
  JoinedSubclassMapping: { kind: 'joined-subclass', style: 'code' },
  UnionSubclassMapping: { kind: 'union-subclass', style: 'code' },
  ClassMap: { kind: 'class', style: 'fluent' },
  SubclassMap: { kind: 'joined-subclass', style: 'fluent' },
  IAutoMappingOverride: { kind: 'class', style: 'fluent', auto: true },
};

export function collect(project: CsProject, files: readonly HbmFile[]): Collected {
  const mapped: Mapped[] = [];
  const problems: Problem[] = [];
  for (const file of files) for (const each of file.classes) addXml(each, null, file, project, mapped);
  const overrides = project.classes.flatMap((info) => automaticTarget(info, project));
  const automatics = new Set(overrides.map(({ target }) => target));
  for (const info of project.classes) addCode(info, project, mapped, automatics);
  const [first] = overrides;
  if (first)
    problems.push({
      code: 'conventions-not-executed',
      message: `${first.target.name}${overrides.length > 1 ? ` and ${String(overrides.length - 1)} more classes are` : ' is'} mapped automatically: FluentNHibernate's default names are taken, because conventions that the project gives as code are not executed.`,
      severity: 'information',
      at: first.info.parts[0]?.at ?? nowhere,
    });
  for (const each of mapped) {
    if (each.parent || each.hbm.kind === 'class') continue;
    const stated =
      each.hbm.extends === null ? undefined : mapped.find(({ name }) => name === shortName(each.hbm.extends ?? ''));
    each.parent = stated ?? ancestor(each, project, mapped);
  }
  return { mapped, problems };
}

/** `Shop.Order, Shop` → `Order` */
export function shortName(name: string): string {
  return (name.split(',')[0] ?? '').trim().replace(/^.*[.+]/u, '');
}

export function classNamed(name: string, namespace: string | null, project: CsProject): ClassInfo | null {
  const full = (name.split(',')[0] ?? '').trim().replaceAll('+', '.');
  return (
    project.byKey(full) ??
    (namespace === null ? null : project.byKey(`${namespace}.${full}`)) ??
    (project.named(shortName(name)).length === 1 ? (project.named(shortName(name))[0] ?? null) : null)
  );
}

function addXml(hbm: HbmClass, parent: Mapped | null, file: HbmFile, project: CsProject, mapped: Mapped[]): void {
  const each: Mapped = {
    hbm,
    style: 'hbm',
    info: classNamed(hbm.name, file.namespace, project),
    name: shortName(hbm.entityName ?? hbm.name),
    parent,
    schema: hbm.schema ?? file.schema,
    namespace: file.namespace,
  };
  mapped.push(each);
  for (const child of hbm.subclasses) addXml(child, each, file, project, mapped);
}

function ancestor({ info }: Mapped, project: CsProject, mapped: readonly Mapped[]): Mapped | null {
  if (!info) return null;
  for (const link of project.chain(info).slice(1)) {
    const found = mapped.find((each) => each.info === link.info);
    if (found) return found;
  }
  return null;
}

/** Classes with an override are those that automapping is known to take. */
function automaticTarget(
  info: ClassInfo,
  project: CsProject,
): readonly { readonly info: ClassInfo; readonly target: ClassInfo }[] {
  return project.basesOf(info).flatMap((base) => {
    const [of] = base.args;
    const target = simpleName(base) === 'IAutoMappingOverride' && of ? project.resolve(of, info) : null;
    return target ? [{ info, target }] : [];
  });
}

function addCode(info: ClassInfo, project: CsProject, mapped: Mapped[], automatics: ReadonlySet<ClassInfo>): void {
  if (info.abstract || info.kind === 'interface' || info.typeParameters.length > 0) return;
  const links = project.chain(info);
  for (const link of links)
    for (const base of project.basesOf(link.info, link.args)) {
      const known = kinds[simpleName(base)];
      const [of] = base.args;
      if (!known || !of || project.resolve(base, link.info)) continue;
      const target = project.resolve(of, info);
      const at = info.parts[0]?.at ?? nowhere;
      const draft = newClass(known.kind, simpleName(of), null, target?.parts[0]?.at ?? at);
      if (known.auto) automatic(draft, target, automatics, project);
      const host = known.style === 'fluent' ? fluentHost(draft) : byCodeHost(draft);
      const runner = createRunner(project, {});
      if (known.auto) {
        const method = methodsOf(info).find(({ name, body }) => name === 'Override' && body !== null);
        if (method) runner.runMethod(method, info, [host], undefined, link.args);
        withoutOverridden(draft);
      } else
        for (const each of links.toReversed())
          for (const method of methodsOf(each.info))
            if (method.name === '.ctor') runner.runMethod(method, each.info, [], host, each.args);
      mapped.push({
        hbm: draft,
        style: known.style,
        info: target,
        name: simpleName(of),
        parent: null,
        schema: draft.schema,
        namespace: null,
      });
      return;
    }
}

const nowhere: SourceRange = { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 };

/** What FluentNHibernate's automapping makes of a class by default; conventions that are given as code are not run. */
function automatic(draft: ClassDraft, info: ClassInfo | null, bases: ReadonlySet<ClassInfo>, project: CsProject): void {
  if (!info) return;
  const links = project.chain(info);
  // What derives from a class that is mapped too has a table of its own with what it adds.
  const base = links.findIndex((link, at) => at > 0 && bases.has(link.info));
  if (base > 0) draft.kind = 'joined-subclass';
  else draft.id = newId('Id', [newColumn(null, draft.at)], draft.at);
  for (const link of (base > 0 ? links.slice(0, base) : links).toReversed())
    for (const property of propertiesOf(link.info)) {
      if (
        property.static ||
        !property.public ||
        property.computed ||
        draft.members.some(({ name }) => name === property.name)
      )
        continue;
      const type: TypeRef = project.canonical(property.type, link.info, link.args);
      const kind = classify(type, link.info, project);
      const column = newColumn(null, property.at);
      if (property.name === 'Id') draft.id = newId('Id', [column], property.at);
      else if (kind.kind === 'scalar' && !kind.list && property.writable)
        draft.members.push(newProperty(property.name, [column], property.at));
      else if (kind.kind === 'reference' && property.writable)
        draft.members.push(newManyToOne(property.name, [{ ...column, name: `${property.name}_id` }], property.at));
      else if (kind.kind === 'collection')
        draft.members.push({ ...newCollection('bag', property.name, property.at), element: oneToMany(property.at) });
    }
}

/** An override states a member anew: the later one counts. */
function withoutOverridden(draft: ClassDraft): void {
  const left = draft.members.filter(
    (member, at) =>
      !ignored(draft).has(member.name) && !draft.members.slice(at + 1).some(({ name }) => name === member.name),
  );
  draft.members.splice(0, Infinity, ...left);
}

export function elementType(info: ClassInfo, property: string, project: CsProject): ClassInfo | null {
  for (const link of project.chain(info, argumentsFor(info, plainType(info.key)))) {
    const declared = propertiesOf(link.info).find(({ name }) => name === property);
    if (!declared) continue;
    const type = project.canonical(declared.type, link.info, link.args);
    const of = type.args.at(-1) ?? type;
    return project.resolve(of, link.info);
  }
  return null;
}
